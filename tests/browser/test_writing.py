"""A scenario is written in the browser: faults at their line, actors dragged, nothing lost, nothing overwritten."""

from __future__ import annotations

import pytest

from ripeness.scenario.template import template

WAIT = 20_000


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
    page.wait_for_selector(".actors circle")
    return page


def typed(page, text):
    """Put the cursor at the very start and type."""
    page.locator(".cm-content").click()
    page.keyboard.press("Control+Home")
    page.keyboard.insert_text(text)


def test_a_fault_is_marked_at_its_line_and_goes_when_it_is_mended(opened, written):
    written("marked")
    page = desk(opened, "marked")
    typed(page, "nonsense: 1\n")
    page.wait_for_selector(".cm-line.cm-fault:has-text('nonsense')", timeout=WAIT)
    page.wait_for_selector(".mark.fault:has-text('line 1')")
    page.keyboard.press("Control+z")
    page.wait_for_selector("text=nothing wrong", timeout=WAIT)
    assert not page.locator(".cm-fault").count()


def test_words_are_offered_from_the_form(opened, written):
    written("offered")
    page = desk(opened, "offered")
    page.wait_for_timeout(500)
    typed(page, "hori")
    page.keyboard.press("Control+Space")
    page.wait_for_selector(".cm-tooltip-autocomplete :text('horizon')", timeout=WAIT)


def test_a_dragged_actor_is_written_into_the_file_with_its_comments(opened, written):
    path = written("dragged")
    before = path.read_text()
    page = desk(opened, "dragged")
    dot = page.locator(".actors circle").first
    dot.focus()
    for _ in range(7):
        page.keyboard.press("ArrowRight")
    page.wait_for_selector(".state:has-text('draft kept')", timeout=WAIT)
    page.locator("[data-act=save]").click()
    page.wait_for_selector(".state:text-is('saved')", timeout=WAIT)
    after = path.read_text()
    assert after != before
    comments = [line.partition("#")[2] for line in before.split("\n") if "#" in line]
    assert [line.partition("#")[2] for line in after.split("\n") if "#" in line] == comments


def test_an_actor_follows_the_pointer(opened, written):
    written("pulled")
    page = desk(opened, "pulled")
    dot = page.locator(".actors circle").first
    page.wait_for_timeout(300)
    box = dot.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 60, y + 40, steps=5)
    page.mouse.up()
    page.wait_for_selector(".state:has-text('draft kept')", timeout=WAIT)


def test_undo_and_redo_work_from_buttons(opened, written):
    written("undone")
    page = desk(opened, "undone")
    typed(page, "# mine\n")
    page.wait_for_selector(".state:has-text('draft kept')", timeout=WAIT)
    page.get_by_role("button", name="Undo").click()
    page.wait_for_selector(".state:text-is('saved')", timeout=WAIT)
    page.get_by_role("button", name="Redo").click()
    page.wait_for_selector(".state:has-text('draft kept')", timeout=WAIT)


def test_the_second_tab_is_told_and_nothing_is_overwritten(opened, written):
    path = written("shared")
    one, other = desk(opened, "shared"), desk(opened, "shared")
    typed(one, "# from one tab\n")
    one.keyboard.press("Control+s")
    one.wait_for_selector(".state:text-is('saved')", timeout=WAIT)
    other.wait_for_selector("text=changed elsewhere", timeout=WAIT)
    typed(other, "# from the other\n")
    other.keyboard.press("Control+s")
    other.wait_for_timeout(800)
    assert path.read_text().startswith("# from one tab\n")
    other.get_by_role("button", name="Take the other text").click()
    other.wait_for_selector(".cm-line:has-text('from one tab')", timeout=WAIT)


def test_a_number_in_the_table_changes_the_text(opened, written):
    written("tabled")
    page = desk(opened, "tabled")
    page.get_by_role("tab", name="All numbers").click()
    cell = page.locator(".ag-cell[col-id=value]").first
    cell.dblclick()
    page.keyboard.press("Control+a")
    page.keyboard.type("0.123")
    page.keyboard.press("Enter")
    page.wait_for_selector(".state:has-text('draft kept')", timeout=WAIT)


def test_a_server_killed_in_mid_edit_keeps_the_draft_and_one_killed_in_mid_run_leaves_nothing(opened, own_server):
    place = own_server.folder / "workspace"
    path = place / "scenarios" / "war.yaml"
    path.write_text(template("minimal"), encoding="utf-8")
    page = desk(opened, "war", address=own_server.address)
    typed(page, "# half a thought\n")
    page.wait_for_selector(".state:has-text('draft kept')", timeout=WAIT)
    form = {"case": "japan-1945", "draws": 900_000}
    job = page.request.post(f"{own_server.address}/api/v1/run", data=form).json()
    page.wait_for_timeout(1_500)
    page.context.close()
    own_server.kill()
    own_server.start()
    page = desk(opened, "war", address=own_server.address)
    page.wait_for_selector(".cm-line:has-text('half a thought')")
    page.wait_for_selector("text=This is your draft")
    assert path.read_text() == template("minimal")
    assert page.request.get(f"{own_server.address}/api/v1/jobs").json() == []
    assert page.request.get(f"{own_server.address}/api/v1/answers").json() == []
    assert [one.name for one in (place / "answers").iterdir() if not one.name.startswith(".")] == []
    assert job["id"]
