"""Every screen is opened, used and photographed, wide and narrow, light and dark."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from ripeness.main import add_pages
from ripeness.web.screens import screens
from ripeness.workbench.run import codings

PICTURES = os.environ.get("RIPENESS_PICTURES")  # a folder; without one the pictures go with the test
LOOKS = [(1280, "light"), (390, "dark"), (1280, "dark"), (390, "light")]
CASE = "japan-1945"
RUNS = {
    "/forecast": "--draws 128",
    "/disagree": "--draws 128",
    "/explain": "--draws 128",
    "/wars-like-this": "--months-fought 5",
    "/ripe": "--draws 128",
    "/options": "--draws 128",
    "/watch": "--draws 128",
    "/map": "--draws 128",
    "/mechanisms": "--draws 128",
    "/update": "--draws 128",
    "/what-matters": "--draws 128",
    "/who-decides": "--plan --particles 100",
    "/judges": "--judge Anna --judge Ben --month 24 --draws 128",
}  # what the command line of the answer says, since an older answer may stand there before
WITHOUT_LINES = {"/", "/compare", "/what-if"}  # their lines stand on the cards, or come with the full answer
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
        page.wait_for_selector(".strip")
    elif path == "/scenario":
        page.wait_for_selector(".actors circle")
        page.wait_for_selector("text=nothing wrong")
    elif path == "/what-if":
        page.wait_for_selector(".shift")
        page.locator(".q-slider").first.click(position={"x": 30, "y": 8})
        page.wait_for_selector(".sticky .quiet:has-text('=')")
    elif path == "/report":
        number(page, "Wars to fight", 128)
        page.locator("[data-act=run]").click()
        page.wait_for_selector(".answer iframe, .working .fault")
        assert page.locator(".working .fault").all_inner_texts() == []
    elif path == "/story":
        page.locator("[data-act=run]").click()
        page.wait_for_selector(".answer .prose >> text=The end")
    elif path == "/sources":
        page.wait_for_selector(".ag-row")
    elif path == "/decide":
        page.locator("[data-act=run]").click()
        page.wait_for_selector(".answer .sheet >> text=weighted_mean")
        page.locator("[data-act=add]").click()
        page.get_by_label("Actor table 2").wait_for()
        page.locator("[data-act=run]").click()
        page.wait_for_selector(".answer >> text=both tables come to the same")
    elif path == "/record":
        page.wait_for_selector(".sheet")
        page.get_by_role("tab", name="Leaders, weighed").click()
        page.locator("[data-act=weight]").click()
        page.wait_for_selector(".answer .picture")
    elif path == "/shelf":
        keep_and_verify(page)
    elif path in RUNS:
        ask(page, path)
    settle(page)


def ask(page, path):
    """Fill in the form of a question, run it, and look at what only its page has."""
    if path == "/who-decides":
        number(page, "Particles", 100)
        page.get_by_role("checkbox", name="What to look for").click()
    elif path == "/wars-like-this":
        number(page, "Months fought", 5)
    else:
        number(page, "Wars to fight", 128)
    if path == "/judges":
        page.get_by_label("Judges", exact=True).fill("Anna\nBen")
    page.locator("[data-act=run]").first.click()
    page.wait_for_selector(f".answer code:has-text('{RUNS[path]}'), .working .fault:not(:empty)", state="attached")
    assert page.locator(".working .fault").all_inner_texts() == []
    if path == "/judges":
        assert page.locator("[data-act=sheet]").all_inner_texts()
    if path == "/disagree":
        assert page.get_by_label("Coding", exact=True).count() == 0  # all of them are compared
    if path == "/who-decides":
        page.wait_for_selector("h2:has-text('What to look for')")
        look_into_the_matrix(page)


def keep_and_verify(page):
    """Keep the run behind a forecast, and have the shelf fight it again."""
    shelf = page.url
    page.goto(shelf.replace("/shelf", "/forecast"))
    number(page, "Wars to fight", 128)
    page.locator("[data-act=run]").click()
    page.wait_for_selector(".answer:not(.stale) .about:has-text('128 wars')")  # an older answer may stand there before
    page.locator("[data-act=keep]").last.click()
    page.wait_for_selector("text=kept on the shelf")
    page.goto(shelf)
    page.get_by_role("button", name="Verify").first.click()
    page.wait_for_selector(".card .good, .card .fault")
    assert page.locator(".card .fault").all_inner_texts() == []


def look_into_the_matrix(page):
    """Ask a mark what it says, and leave an item out."""
    page.locator("button.m").first.click()
    page.wait_for_selector(".told:has-text('log ratio')")
    page.locator(".matrix .q-checkbox").first.click()
    page.wait_for_selector(".told:has-text('Without')")


def settle(page):
    """Wait until every picture is drawn and nothing moves."""
    page.wait_for_function(
        "document.getAnimations().every(one => one.playState !== 'running' || one.effect?.getTiming().iterations ==="
        " Infinity)"
    )
    page.evaluate("document.querySelectorAll('img[loading=lazy]').forEach(one => one.loading = 'eager')")
    page.wait_for_function(
        "[...document.images].every(one => one.complete && (one.naturalWidth || !one.src.includes('/answers/')))"
    )


@pytest.mark.parametrize("path", NAMES)
def test_a_screen_answers_and_fits_every_screen_and_light(opened, pictures, path):
    page = opened(f"{path}?case={CASE}")
    use(page, path)
    for width, light in LOOKS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=light)
        settle(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, "the page is wider than the screen"
        assert page.evaluate(CUT) == [], "numbers are cut"
        page.screenshot(path=pictures / f"{path.strip('/') or 'cases'}-{width}-{light}.png", full_page=True)
    if path not in WITHOUT_LINES:
        page.get_by_text("The same on the command line and in Python").last.click()
        page.wait_for_selector(".lines code >> text=ripeness ")


def barriers(page):
    """What stands in the way of somebody who does not see the page."""
    violations = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa"]}).response["violations"]
    return {
        violation["id"]: [node["html"][:160] for node in violation["nodes"]]
        for violation in violations
        if violation["impact"] in {"serious", "critical"}
    }


@pytest.mark.parametrize("path", ["/", "/forecast", "/scenario"])
def test_a_screen_can_be_used_without_seeing_it(opened, path):
    page = opened(f"{path}?case={CASE}")
    use(page, path if path != "/forecast" else "")
    assert not barriers(page)


def test_an_answer_is_grey_once_its_controls_change_and_is_asked_again_by_a_button(opened):
    page = opened(f"/forecast?case={CASE}")
    number(page, "Wars to fight", 96)
    page.locator("[data-act=run]").click()
    page.wait_for_selector(".answer:not(.stale) .about:has-text('96 wars, seed 1')")
    number(page, "Seed", 2)
    page.wait_for_selector(".answer.stale .about:has-text('96 wars, seed 1')")
    page.get_by_text("Out of date: the controls were changed since.").wait_for()
    page.locator("[data-act=again]:visible").click()
    page.wait_for_selector(".answer:not(.stale) .about:has-text('96 wars, seed 2')")
    page.get_by_role("button", name="All codings, both readings").click()
    answers = 2 * len(codings(CASE))  # every version, as many factions and as one person
    page.wait_for_selector(f".beside .card >> nth={answers - 1}")
    said = page.locator(".beside .about").all_inner_texts()
    assert len({text for text in said if "96 wars, seed 2" in text}) == answers


def test_what_is_set_behind_more_is_asked_and_stands_there_again(opened):
    page = opened(f"/options?case={CASE}")
    number(page, "Wars to fight", 64)
    page.locator(".more .q-item").click()
    number(page, "Steps to look ahead", 3)
    page.get_by_label("Other numbers", exact=True).fill("stake.held = 0.3")
    page.get_by_label("Own share at most", exact=True).fill("0.3, 0.4")
    page.wait_for_selector(".more:has-text('More (3 set)')")
    page.locator("[data-act=run]").click()
    page.wait_for_selector(".answer:not(.stale) .about:has-text('changed: stake.held = 0.3')")
    settle(page)
    assert not barriers(page)
    said = page.locator(".answer code").first.inner_text()
    assert "--offer 0.3 --offer 0.4 --draws 64 --horizon 3 --set stake.held=0.3" in said
    page.reload()
    page.wait_for_selector(".more:has-text('More (3 set)')")
    page.wait_for_selector(".answer:not(.stale) .about:has-text('own share at most: 0.3, 0.4')")


def test_a_first_visit_shows_the_tour_and_a_second_does_not(opened):
    page = opened("/", tour=True)
    page.wait_for_selector(".tour")
    for _ in range(4):
        page.locator(".tour button").first.click()
    page.get_by_role("button", name="Done").click()
    page.reload()
    page.wait_for_selector(".strip")
    assert not page.locator(".tour").count()


def test_two_keys_go_to_a_screen(opened):
    page = opened("/")
    page.wait_for_selector(".strip")
    page.keyboard.press("g")
    page.keyboard.press("l")
    page.wait_for_url("**/ledger")


def test_an_unknown_case_is_told_and_not_an_error_page(opened):
    page = opened("/forecast?case=japan-1946")
    page.wait_for_selector(".fault:has-text('japan-1945')")
    page = opened("/forecast?case=%3Cscript%3Ealert(1)%3C/script%3E")
    page.wait_for_selector(".fault")
