"""Many at once, long work beside the pages, and a door that asks for the token."""

from __future__ import annotations

import time

from ripeness.web.screens import screens

CASE = "japan-1945"


def test_ten_browsers_at_once_see_every_screen_without_an_error(opened):
    ways = [screen.path for screen in screens()]
    pages = [opened(f"{ways[n % len(ways)]}?case={CASE}") for n in range(10)]
    for turn in range(2):
        for n, page in enumerate(pages):
            page.goto(page.url.split("?")[0].rsplit("/", 1)[0] + f"{ways[(n + turn + 3) % len(ways)]}?case={CASE}", wait_until="commit")
        for page in pages:
            page.wait_for_selector("h1")


def test_the_page_answers_while_a_long_run_goes_on_and_stops_when_told(opened):
    page = opened(f"/forecast?case={CASE}")
    field = page.get_by_label("Wars to fight", exact=True)
    field.fill("1000000")  # long enough on any machine; it is stopped
    field.blur()
    page.locator("[data-act=run]").click()
    page.wait_for_selector(".working :text(' left')")
    other = opened("/ledger")
    other.wait_for_selector("text=Ask a question")
    page.get_by_role("button", name="Stop").click()
    page.wait_for_selector("text=Stopped; nothing was kept.")


def test_a_question_is_asked_forecast_and_resolved(opened):
    page = opened("/ledger")
    page.locator("[data-act=ask]").click()
    for label, value in (("Short name, such as truce-2027", "truce"), ("What is asked?", "A truce by then?"),
                         ("How will one know?", "both sign"), ("Settled on which day, such as 2027-07-01?", "2040-01-01")):  # fmt: skip
        page.get_by_label(label).fill(value)
    page.locator("[data-act=enter]").click()
    page.wait_for_selector(".card h2:has-text('A truce by then?')")
    page.get_by_role("button", name="Forecast").click()
    page.get_by_label("yes", exact=True).fill("0.3")
    page.get_by_label("no", exact=True).fill("0.7")
    page.locator("[data-act=enter]").last.click()
    page.wait_for_selector(".dated :text('yes 30%')")
    page.get_by_role("button", name="Check the chain").click()
    page.wait_for_selector("text=nothing was changed")


def test_a_case_is_duplicated_and_put_aside_from_its_card(opened, server):
    page = opened("/")
    page.get_by_role("button", name=f"Duplicate {CASE}").click()
    page.wait_for_url("**/scenario?case=own*")
    assert (server.folder / "workspace/scenarios" / f"{CASE}-copy.yaml").is_file()
    page = opened("/")
    page.get_by_role("button", name=f"Put aside own/{CASE}-copy").click()
    page.wait_for_function(f"!document.body.innerText.includes('own/{CASE}-copy')")
    deadline = time.monotonic() + 120
    while (server.folder / "workspace/scenarios" / f"{CASE}-copy.yaml").exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not (server.folder / "workspace/scenarios" / f"{CASE}-copy.yaml").exists()


def test_a_workbench_for_others_asks_for_its_token(browser, guarded_server):
    page = browser.new_page()
    page.set_default_timeout(300_000)  # milliseconds: the machine that tests may be slow
    page.goto(guarded_server.address)
    page.get_by_label("Token").fill("wrong")
    page.get_by_role("button", name="Open").click()
    page.wait_for_selector("text=This is not the token.")
    page.get_by_label("Token").fill("a-token-of-twenty-letters")
    page.get_by_role("button", name="Open").click()
    page.wait_for_selector("h1:text('Cases')")
    page.wait_for_selector(".strip")
    page.close()
