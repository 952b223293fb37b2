"""Many at once, long work beside the pages, and a door that asks for the token."""

from __future__ import annotations

import time

from ripeness.main import add_pages
from ripeness.web.screens import screens

CASE = "japan-1945"


def test_ten_browsers_at_once_see_every_screen_without_an_error(opened):
    add_pages()
    ways = [screen.path for screen in screens()]
    pages = [opened(f"{ways[n % len(ways)]}?case={CASE}") for n in range(10)]
    for turn in range(2):
        for n, page in enumerate(pages):
            page.goto(
                page.url.split("?")[0].rsplit("/", 1)[0] + f"{ways[(n + turn + 3) % len(ways)]}?case={CASE}",
                wait_until="commit",
            )
        for page in pages:
            page.wait_for_selector("h1")


def test_the_page_answers_while_a_long_run_goes_on_and_stops_when_told(opened):
    page = opened(f"/forecast?case={CASE}&draws=1000000")  # long enough on any machine; it is stopped
    page.wait_for_selector(".working :text(' left')")
    other = opened("/ledger")
    other.wait_for_selector("text=Ask a question")
    page.get_by_role("button", name="Stop", exact=True).click()
    page.wait_for_selector("text=Stopped; nothing was kept.")


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


def test_a_scenario_is_made_from_a_template_taken_away_and_taken_in_again(opened, server, tmp_path):
    page = opened("/")
    page.get_by_role("button", name="New").click()
    page.get_by_label("Name").fill("made here")
    page.get_by_role("button", name="Create").click()
    page.wait_for_url("**/scenario?case=own*")
    made = server.folder / "workspace/scenarios/made here.yaml"
    page.goto(page.url.partition("/scenario")[0])
    with page.expect_download() as taken:
        page.get_by_role("button", name="Download own/made here").click()
    away = tmp_path / "taken away.yaml"
    taken.value.save_as(away)
    assert away.read_bytes() == made.read_bytes()
    with page.expect_file_chooser() as chosen:
        page.get_by_role("button", name="Upload").click()
    chosen.value.set_files(away)
    page.wait_for_url("**/scenario?case=own*taken*")
    back = server.folder / "workspace/scenarios/taken away.yaml"
    assert back.read_bytes() == made.read_bytes()
    for one in (made, back):
        one.unlink()


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
    page.wait_for_selector(".card .drawing svg")
    page.close()
