"""Every screen is opened, used and photographed, wide and narrow, light and dark."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from tests.browser.looks import LOOKS, STILL, barriers, fits_and_can_be_read, look

from ripeness.main import add_pages
from ripeness.web.screens import screens

PICTURES = os.environ.get("RIPENESS_PICTURES")  # a folder; without one the pictures go with the test
READ_ALOUD = LOOKS[:2]  # in which a page is looked through for what stands in the way of somebody who does not see it
CASE = "japan-1945"
ASKED = {  # what the address of a page asks, and what the answer says of it
    "/forecast": ("draws=128", "128 simulations"),
    "/disagree": ("draws=128", "128 simulations"),
    "/explain": ("draws=128", "128 simulations"),
    "/wars-like-this": ("months_fought=5", "months fought: 5"),
    "/story": ("draw=3", "which simulation: 3"),
    "/ripe": ("draws=128", "128 simulations"),
    "/options": ("draws=128", "128 simulations"),
    "/watch": ("draws=128", "128 simulations"),
    "/map": ("draws=128", "128 simulations"),
    "/mechanisms": ("draws=128", "128 simulations"),
    "/update": ("draws=128", "128 simulations"),
    "/what-matters": ("draws=128", "128 simulations"),
    "/who-decides": ("particles=100&plan=yes", "samples of the inference: 100"),
    "/report": ("draws=128", "128 simulations"),
}
CODE = (  # what no page says
    r"ripeness (?!was )[a-z]+ |--[a-z]{2,}|\bdraws?\b|\bcodings?\b|/tmp/|\.yaml|\bfactional\b|\bunitary\b|\bluck\b"
    r"|(?:%|\d|the|of|all) runs\b|\b(?:this|each|leading|factional|unitary) reading\b|\bwars (?:each|still)\b"
)
OWN_WORDS = """() => {
  const page = document.querySelector('#content').cloneNode(true);
  page.querySelectorAll('style, .nicegui-codemirror, .ev-works').forEach(quoted => quoted.remove());
  return page.textContent;
}"""  # without the text of a scenario's file, and the titles of works
UNFOLD = "document.querySelectorAll('#content details').forEach(fold => { fold.open = true })"
CUT = """[...document.querySelectorAll('.sheet')]
  .filter(one => one.checkVisibility() && one.scrollWidth > one.clientWidth + 1)
  .map(one => one.innerText.slice(0, 80))"""
add_pages()
NAMES = [screen.path for screen in screens()]


@pytest.fixture(scope="module")
def pictures(tmp_path_factory):
    folder = Path(PICTURES) if PICTURES else tmp_path_factory.mktemp("pictures")
    folder.mkdir(exist_ok=True, parents=True)
    return folder


def number(page, label, value):
    field = page.get_by_label(label, exact=True)
    field.fill(str(value))
    field.blur()


def use(page, path):
    """Ask the question of a screen, small, and wait for its answer."""
    if path == "/":
        page.wait_for_selector(".card .drawing svg")
    elif path == "/scenario":
        page.wait_for_selector(".g-step")
        page.locator(".g-step[data-path=wants]").click()
        page.wait_for_selector(".actors circle:visible")
    elif path == "/what-if":
        page.wait_for_selector(".laboratory:not(.stale) .drawing svg")
        page.locator(".presets button").first.click()
        page.wait_for_selector(".laboratory:not(.stale) td:nth-child(4)")
        page.mouse.move(2, 2)  # what is said of the button one points at fades away
        page.wait_for_selector(".q-tooltip", state="hidden")
    elif path == "/sources":
        page.wait_for_selector(".ev-works li")
    elif path == "/decide":
        page.wait_for_selector(".rules .outcome")
        page.locator("[data-act=add]").click()
        page.wait_for_selector(".answer >> text=both tables come to the same")
    elif path == "/record":
        page.wait_for_selector(".sheet")
        page.get_by_role("tab", name="Leaders, weighed").click()
        page.locator("[data-act=weight]").click()
        page.wait_for_selector(".answer figure.chart svg")
    elif path == "/shelf":
        keep_and_verify(page)
    elif path == "/judges":
        page.get_by_label("Experts", exact=True).fill("Anna\nBen")
        page.locator("[data-act=run]").click()
        page.locator("[data-act=sheet]").first.wait_for()
    elif path == "/compare":
        page.wait_for_selector(".differences li")
    elif path in ASKED:
        page.wait_for_selector(f".answer:not(.stale) .about:has-text('{ASKED[path][1]}'), .working .fault:not(:empty)")
        assert page.locator(".working .fault").all_inner_texts() == []
    settle(page)


def keep_and_verify(page):
    """Keep the run behind a forecast, and have the shelf fight it again."""
    shelf = page.url
    page.goto(shelf.replace("/shelf", "/forecast") + "&draws=128")
    page.wait_for_selector(".answer:not(.stale) .about:has-text('128 simulations')")
    page.locator("[data-act=keep]").last.click()
    page.wait_for_selector("text=kept under Kept")
    page.goto(shelf)
    page.get_by_role("button", name="Simulate again and compare").first.click()
    page.wait_for_selector(".card .good, .card .fault")
    assert page.locator(".card .fault").all_inner_texts() == []


def test_an_outlook_by_the_end_of_a_year_is_one_press_and_leads_on_about_that_day(opened):
    page = opened("/forecast?case=ukraine-2023-03&draws=128", width=390)
    page.wait_for_selector(".answer:not(.stale) .about:has-text('128 simulations')")
    assert page.locator(".year-ends [aria-pressed=true]").inner_text() == "14 March 2025"
    page.locator(".year-ends [data-by='2025-12-31']").click()
    page.wait_for_selector(".answer:not(.stale) .sentence:has-text('by the end of 2025')")
    assert "by=2025-12-31" in page.url
    assert page.locator(".year-ends [aria-pressed=true]").inner_text() == "2025"
    ways = {way.inner_text(): way.get_attribute("href") for way in page.locator(".ways-on a").all()}
    assert ways["Who stands in the way"] == "/ripe?case=ukraine-2023-03"
    assert ways["What would change it most"] == "/what-matters?case=ukraine-2023-03&by=2025-12-31"
    assert ways["How far analysts differ, and why"] == "/disagree?case=ukraine-2023-03&by=2025-12-31"
    page.locator(".year-ends [data-by='2025-03-14']").click()
    page.wait_for_selector(".answer:not(.stale) .sentence:has-text('by 14 March 2025')")
    assert "by=" not in page.url


def test_kept_simulations_are_removed_after_a_question_and_put_back(opened):
    page = opened(f"/shelf?case={CASE}")
    keep_and_verify(page)
    number = page.locator(".kept .card").count()
    page.locator("[data-act=remove]").first.click()
    page.get_by_role("button", name="Cancel").click()
    page.wait_for_selector(".ledger-dialog", state="detached")
    assert page.locator(".kept .card").count() == number
    page.locator("[data-act=remove]").first.click()
    page.locator("[data-act=enter]").click()
    page.locator("[data-act=undo]").click()
    page.wait_for_selector(".removed", state="hidden")
    page.wait_for_function(f"document.querySelectorAll('.kept .card').length === {number}")
    page.locator("[data-act=remove]").first.click()
    page.locator("[data-act=enter]").click()
    page.wait_for_function(f"document.querySelectorAll('.kept .card').length === {number - 1}")
    page.reload()  # what was removed outlasts the page that removed it
    page.locator(".removed summary").click()
    fits_and_can_be_read(page)
    page.locator("[data-act=put-back]").first.click()
    page.wait_for_function(f"document.querySelectorAll('.kept .card').length === {number}")


def settle(page):
    """Wait until every picture is drawn and nothing moves."""
    page.wait_for_function(STILL)
    page.evaluate("document.querySelectorAll('img[loading=lazy]').forEach(one => one.loading = 'eager')")
    page.wait_for_function(
        "[...document.images].every(one => one.complete && (one.naturalWidth || !one.src.includes('/answers/')))"
    )


@pytest.mark.parametrize("path", NAMES)
def test_a_screen_answers_and_fits_every_screen_and_light(opened, pictures, path):
    page = opened(f"{path}?case={CASE}&{ASKED.get(path, ('', ''))[0]}")
    use(page, path)
    for width, light in LOOKS:
        look(page, width, light)
        settle(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, "the page is wider than the screen"
        assert page.evaluate(CUT) == [], "numbers are cut"
        page.screenshot(path=pictures / f"{path.strip('/') or 'cases'}-{width}-{light}.png", full_page=True)
        if (width, light) in READ_ALOUD:
            assert not barriers(page)
    page.evaluate(UNFOLD)
    said = re.search(f".{{0,60}}(?:{CODE}).{{0,60}}", page.evaluate(OWN_WORDS))
    assert not said, f"a page speaks of politics, not of our code: {said[0]}"


def test_an_answer_comes_by_itself_and_the_link_gives_it_to_another_browser(opened):
    page = opened(f"/forecast?case={CASE}&draws=96")
    page.wait_for_selector(".answer:not(.stale) .about:has-text('96 simulations')")
    page.get_by_label("By", exact=True).fill("1945-12-31")
    page.wait_for_selector(".answer:not(.stale) .about:has-text('until 31 December 1945')")
    page.get_by_label("Who bargains on each side").click()
    page.get_by_role("option", name="one leader").click()
    page.wait_for_selector(".answer:not(.stale) .about:has-text('one leader')")
    page.wait_for_url("**by=1945-12-31**")
    said, link = page.locator(".answer .sentence").inner_text(), page.url.partition("/forecast")[2]
    other = opened(f"/forecast{link}", width=390)
    other.wait_for_selector(".answer:not(.stale) .about:has-text('until 31 December 1945')")
    assert other.locator(".answer .sentence").inner_text() == said
    page.reload()
    page.wait_for_selector(".answer:not(.stale) .about:has-text('one leader')")
    assert page.get_by_label("By", exact=True).input_value() == "1945-12-31"


def test_under_an_answer_stand_its_link_its_data_and_its_script(opened):
    page = opened(f"/forecast?case={CASE}&draws=64&by=1945-12-31")
    page.wait_for_selector(".answer:not(.stale) .about:has-text('64 simulations')")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy link").click()
    page.wait_for_selector("text=Link copied")
    assert page.evaluate("navigator.clipboard.readText()") == page.url
    with page.expect_download() as taken:
        page.get_by_role("link", name="Python script that gives this again").click()
    script = Path(taken.value.path()).read_text(encoding="utf-8")
    assert "answer = ripeness.run('japan-1945'" in script
    assert "draws=64" in script


def test_a_value_that_cannot_be_is_told_at_its_field(opened):
    page = opened(f"/forecast?case={CASE}&draws=many")
    page.locator(".more .q-item").click()
    page.locator(".q-field--error:has-text('Simulations') :text(\"'many' is no number\")").wait_for()
    number(page, "Simulations", 64)
    page.wait_for_selector(".answer:not(.stale) .about:has-text('64 simulations')")
    assert page.locator(".q-field--error").count() == 0


def test_what_is_set_under_advanced_is_asked_and_stands_there_again(opened):
    page = opened(f"/options?case={CASE}&draws=64")
    page.locator(".more .q-item").click()
    number(page, "Steps to look ahead", 3)
    page.get_by_label("Change other numbers", exact=True).fill("stake.held = 0.3")
    page.get_by_label("Own share at most", exact=True).fill("0.3, 0.4")
    page.wait_for_selector(".more:has-text('Advanced (4 set)')")
    page.wait_for_selector(".answer:not(.stale) .about:has-text('changed: stake.held = 0.3')")
    page.wait_for_selector(".answer:not(.stale) .about:has-text('own share at most: 0.3, 0.4')")
    settle(page)
    assert not barriers(page)
    page.reload()
    page.wait_for_selector(".more:has-text('Advanced (4 set)')")
    page.wait_for_selector(".answer:not(.stale) .about:has-text('own share at most: 0.3, 0.4')")


def test_work_under_way_is_listed_on_every_page_and_leads_back(opened):
    page = opened(f"/forecast?case={CASE}&draws=900000")
    page.wait_for_selector(".working :text(' left')")
    page.goto(page.url.partition("/forecast")[0] + "/ledger")
    page.locator(".running button:has-text('running')").click()
    row = page.locator(".running p:has-text('Outlook')")
    row.wait_for()
    row.locator("a").click()
    page.wait_for_url("**/forecast?case=japan-1945&draws=900000")
    page.wait_for_selector(".working :text(' left')")
    page.get_by_role("button", name="Stop", exact=True).click()
    page.wait_for_selector("text=Stopped; nothing was kept.")


def test_on_a_phone_the_answer_comes_before_the_controls(opened):
    page = opened(f"/forecast?case={CASE}&draws=64", width=390)
    page.wait_for_selector(".answer:not(.stale) .about:has-text('64 simulations')")
    assert not page.get_by_label("By", exact=True).is_visible()
    page.get_by_text("Change the question").click()
    page.get_by_label("By", exact=True).wait_for()


def test_a_first_visit_shows_the_tour_and_a_second_does_not(opened):
    page = opened("/", tour=True)
    page.wait_for_selector(".tour")
    for _ in range(4):
        page.locator(".tour button").first.click()
    page.get_by_role("button", name="Done").click()
    page.reload()
    page.wait_for_selector(".card .drawing svg")
    assert not page.locator(".tour").count()


def test_two_keys_go_to_a_screen(opened):
    page = opened("/")
    page.wait_for_selector(".card .drawing svg")
    page.keyboard.press("g")
    page.keyboard.press("l")
    page.wait_for_url("**/ledger")


def test_an_unknown_case_is_told_and_not_an_error_page(opened):
    page = opened("/forecast?case=japan-1946")
    page.wait_for_selector(".fault:has-text('japan-1945')")
    page = opened("/forecast?case=%3Cscript%3Ealert(1)%3C/script%3E")
    page.wait_for_selector(".fault")
