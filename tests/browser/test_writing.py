"""A scenario is written in the browser: faults at their line, actors dragged, nothing lost, nothing overwritten."""

from __future__ import annotations

import time

import pytest

from ripeness.scenario.read import read_text
from ripeness.scenario.template import template

WAIT = 120_000  # milliseconds: the machine that tests may be slow


@pytest.fixture
def written(server):
    """A scenario of one's own on the server's disk."""
    made = []

    def write(name):
        path = server.folder / "workspace" / "scenarios" / f"{name}.yaml"
        path.write_text(template("minimal"), encoding="utf-8")
        made.append(path)
        return path

    yield write
    for path in made:
        path.unlink(missing_ok=True)


def desk(opened, name, **more):
    page = opened(f"/scenario?case=own/{name}", **more)
    page.wait_for_selector(".g-step")
    page.wait_for_selector("[aria-label='Scenario as text']", state="attached")
    return page


def as_text(opened, name):
    """The desk with its text in sight."""
    page = desk(opened, name)
    page.get_by_role("tab", name="As text").click()
    page.wait_for_selector(".cm-content:visible")
    return page


def on_map(opened, name, issue):
    """The desk with the map of actors on an issue."""
    page = desk(opened, name)
    page.get_by_role("button", name="What each wants").first.click()
    page.locator(f".g-chip[data-act=issue]:has-text('{issue}')").click()
    page.wait_for_selector(f".g-chip[aria-pressed=true]:has-text('{issue}')")
    page.wait_for_selector(".actors circle:visible")
    return page


def typed(page, text):
    """Put the cursor at the very start and type."""
    page.locator(".cm-content").click()
    page.keyboard.press("Control+Home")
    page.keyboard.insert_text(text)


def test_a_fault_is_marked_at_its_line_and_goes_when_it_is_mended(opened, written):
    written("marked")
    page = as_text(opened, "marked")
    typed(page, "nonsense: 1\n")
    page.wait_for_selector(".cm-line.cm-fault:has-text('nonsense')", timeout=WAIT)
    page.wait_for_selector(".g-summary:has-text('1 to mend')")
    page.keyboard.press("Control+z")
    page.wait_for_selector("text=nothing wrong", timeout=WAIT)
    assert not page.locator(".cm-fault").count()


def test_words_are_offered_from_the_form(opened, written):
    written("offered")
    page = as_text(opened, "offered")
    typed(page, "hori")
    page.keyboard.press("Control+Space")
    page.wait_for_selector(".cm-tooltip-autocomplete :text('horizon')", timeout=WAIT)


def kept(server, name, holds):
    """Wait until the draft on disk holds what it should."""
    path = server.folder / "workspace/drafts" / f"{name}.yaml"
    end = time.monotonic() + WAIT / 1000
    while time.monotonic() < end:
        if path.exists() and holds(text := path.read_text(encoding="utf-8")):
            return text
        time.sleep(0.1)
    raise AssertionError(path.read_text(encoding="utf-8") if path.exists() else "there is no draft")


def place(text):
    """Where the first actor stands on effort."""
    polity = next(iter(read_text(text).scenario.polities.values()))
    faction = next(iter(polity.factions.values()))
    return faction.positions["effort"].interval()[1], faction.salience["effort"].interval()[1]


def test_a_dragged_actor_is_written_into_the_file_with_its_comments(opened, written, server):
    path = written("dragged")
    minimal = path.read_text()
    before = minimal.replace(
        "leads: true}", "leads: true, positions: {effort: {value: 0.6, range: 0.5 to 0.8, kind: coded}}}", 1
    )
    assert before != minimal
    path.write_text(before)
    page = on_map(opened, "dragged", "Effort")
    page.locator(".actors circle").first.focus()
    start = place(before)[0]
    for _ in range(7):
        page.keyboard.press("ArrowRight")
    kept(server, "dragged", lambda text: place(text)[0] == pytest.approx(start + 0.07))
    page.wait_for_selector(".state:has-text('kept as a draft')", timeout=WAIT)
    for _ in range(3):  # the map was drawn anew, and the actor is still in hand
        page.keyboard.press("ArrowLeft")
    kept(server, "dragged", lambda text: place(text)[0] == pytest.approx(start + 0.04))
    page.locator("[data-act=save]").click()
    page.wait_for_selector(".state:has-text('saved at')", timeout=WAIT)
    after = path.read_text()
    assert place(after)[0] == pytest.approx(start + 0.04)
    assert "effort: {value: 0.64, range: 0.54 to 0.84, kind: judged}" in after
    comments = [line.partition("#")[2] for line in before.split("\n") if "#" in line]
    assert [line.partition("#")[2] for line in after.split("\n") if "#" in line] == comments


def test_an_actor_follows_the_pointer(opened, written, server):
    before = place(written("pulled").read_text())
    page = on_map(opened, "pulled", "Effort")
    page.locator(".actors circle:visible").first.scroll_into_view_if_needed()
    page.wait_for_timeout(300)
    box = page.locator(".actors circle:visible").first.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 60, y + 40, steps=5)
    page.mouse.up()
    after = place(kept(server, "pulled", lambda text: place(text) != before))
    assert after[0] < before[0]
    assert after[1] < before[1]


def test_undo_and_redo_work_from_buttons(opened, written):
    written("undone")
    page = as_text(opened, "undone")
    typed(page, "# mine\n")
    page.wait_for_selector(".state:has-text('kept as a draft')", timeout=WAIT)
    page.get_by_role("button", name="Undo").click()
    page.wait_for_selector(".state:has-text('saved at')", timeout=WAIT)
    page.get_by_role("button", name="Redo").click()
    page.wait_for_selector(".state:has-text('kept as a draft')", timeout=WAIT)


def test_the_second_tab_is_told_and_nothing_is_overwritten(opened, written):
    path = written("shared")
    one, other = as_text(opened, "shared"), as_text(opened, "shared")
    typed(one, "# from one tab\n")
    one.keyboard.press("Control+s")
    one.wait_for_selector(".state:has-text('saved at')", timeout=WAIT)
    other.wait_for_selector("text=changed elsewhere", timeout=WAIT)
    typed(other, "# from the other\n")
    other.keyboard.press("Control+s")
    other.wait_for_selector(".state:has-text('not saved: the file was changed elsewhere')", timeout=WAIT)
    assert path.read_text().startswith("# from one tab\n")
    other.get_by_role("button", name="Take the other text").click()
    other.wait_for_selector(".cm-line:has-text('from one tab')", timeout=WAIT)
    other.wait_for_selector(".state:has-text('saved at')", timeout=WAIT)


def test_two_drafts_of_one_file_do_not_overwrite_each_other(opened, written, server):
    written("drafted")
    one, other = as_text(opened, "drafted"), as_text(opened, "drafted")
    typed(one, "# from one tab\n")
    kept(server, "drafted", lambda text: text.startswith("# from one tab"))
    other.wait_for_selector("text=Another tab is writing", timeout=WAIT)
    typed(other, "# from the other\n")
    other.wait_for_selector(".state:has-text('unsaved changes, not kept')", timeout=WAIT)
    kept(server, "drafted", lambda text: text.startswith("# from one tab"))
    other.get_by_role("button", name="Go on with mine").click()
    kept(server, "drafted", lambda text: text.startswith("# from the other"))
    one.wait_for_selector("text=Another tab is writing", timeout=WAIT)


def test_a_letter_typed_while_the_server_thinks_is_not_lost(opened, written, server):
    written("raced")
    page = desk(opened, "raced")
    page.get_by_label("Name of the war").fill("A war over two valleys")
    page.get_by_label("Name of the war").blur()
    page.get_by_role("tab", name="As text").click()
    page.locator(".cm-content").click()
    page.keyboard.press("Control+Home")
    # Each pause is about as long as that after which the text is checked: marks and letters cross on the way.
    page.keyboard.type("# every letter of this line stays where it was typed", delay=150)
    page.keyboard.press("Control+Home")
    page.keyboard.type("# and of this one\n", delay=30)
    wanted = "# and of this one\n# every letter of this line stays where it was typed# A first"
    kept(server, "raced", lambda text: text.startswith(wanted) and "title: A war over two valleys" in text)


def test_a_number_in_the_table_changes_the_text(opened, written):
    written("tabled")
    page = desk(opened, "tabled")
    page.get_by_role("tab", name="All numbers").click()
    cell = page.locator(".ag-cell[col-id=value]").first
    cell.dblclick()
    page.keyboard.press("Control+a")
    page.keyboard.type("0.123")
    page.keyboard.press("Enter")
    page.wait_for_selector(".state:has-text('kept as a draft')", timeout=WAIT)


def test_a_server_killed_in_mid_edit_keeps_the_draft_and_one_killed_in_mid_run_leaves_nothing(browser, own_server):
    place = own_server.folder / "workspace"
    path = place / "scenarios" / "war.yaml"
    path.write_text(template("minimal"), encoding="utf-8")
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(WAIT)
    context.add_init_script("localStorage.setItem('ripeness-tour-seen', '1')")
    page = desk(lambda way: (found := context.new_page(), found.goto(own_server.address + way))[0], "war")
    page.get_by_role("tab", name="As text").click()
    typed(page, "# half a thought\n")
    page.wait_for_selector(".state:has-text('kept as a draft')")
    form = {"case": "japan-1945", "draws": 900_000}
    job = page.request.post(f"{own_server.address}/api/v1/run", data=form).json()
    while page.request.get(f"{own_server.address}/api/v1/jobs/{job['id']}").json()["state"] == "waiting":
        page.wait_for_timeout(100)
    own_server.kill()
    assert "# half a thought" in (place / "drafts" / "war.yaml").read_text(encoding="utf-8")
    typed(page, "# while nobody listened\n")
    own_server.start()
    page.wait_for_selector("text=This is your draft")  # the page found its server again and loaded anew
    page.get_by_role("tab", name="As text").click()
    page.wait_for_selector(".cm-line:has-text('half a thought')")
    page.wait_for_selector(".cm-line:has-text('while nobody listened')")
    page.wait_for_selector("text=is here again")
    page.wait_for_selector(".state:has-text('kept as a draft')")
    assert path.read_text() == template("minimal")
    assert page.request.get(f"{own_server.address}/api/v1/jobs").json() == []
    assert page.request.get(f"{own_server.address}/api/v1/answers").json() == []
    assert [one.name for one in (place / "answers").iterdir() if not one.name.startswith(".")] == []
    context.close()
