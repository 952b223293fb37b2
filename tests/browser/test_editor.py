"""The guided form in the browser: ranges that are dragged, faults at their fields, removals that are undone."""

from __future__ import annotations

import pytest
from tests.browser.looks import fits_and_can_be_read

from ripeness.scenario.read import read_text
from ripeness.scenario.template import template
from ripeness.scenario.yaml_tree import tree_of

WAIT = 120_000  # milliseconds: the machine that tests may be slow
POWER = "polities.north.factions.palace.power"
STEPS = ("war", "sides", "factions", "wants", "decides", "means", "events", "presets", "evidence", "check")


@pytest.fixture
def written(server):
    """A scenario of one's own on the server's disk, and its path."""
    made = []

    def write(name, kind="minimal"):
        path = server.folder / "workspace" / "scenarios" / f"{name}.yaml"
        path.write_text(template(kind), encoding="utf-8")
        made.extend([path, server.folder / "workspace" / "drafts" / f"{name}.yaml"])
        return path

    yield write
    for path in made:
        path.unlink(missing_ok=True)


def form(opened, name, step="war", **more):
    page = opened(f"/scenario?case=own/{name}", **more)
    page.wait_for_selector(".g-step")
    go(page, step)
    return page


def go(page, step):
    page.locator(f".g-step[data-path={step}]").click()
    page.wait_for_selector(f"[id^=step-{step}]")


def number(page, path):
    return page.locator(f".g-number[data-path='{path}']")


def saved(page):
    page.locator("[data-act=save]").click()
    page.wait_for_selector(".state:has-text('saved at')", timeout=WAIT)


def test_a_range_is_dragged_by_its_ends_and_moved_by_its_value(opened, written):
    path = written("whiskers")
    page = form(opened, "whiskers", "factions")

    def pull(end, by):
        box = number(page, POWER).locator(f"span.g-{end}").bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + by, y, steps=4)
        page.mouse.up()

    pull("low", -30)
    number(page, POWER).locator(".g-rests:has-text('your judgement')").wait_for(timeout=WAIT)
    saved(page)
    low, value, high = power(path)
    assert (value, high) == pytest.approx((0.449, 0.5), abs=0.001)
    assert 0.15 < low < 0.35
    number(page, POWER).locator("span.g-value").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.wait_for_selector(".state:has-text('unsaved changes')", timeout=WAIT)
    page.wait_for_timeout(600)
    saved(page)
    assert power(path) == pytest.approx((low + 0.02, value + 0.02, high + 0.02), abs=0.004)


def power(path):
    return read_text(path.read_text(encoding="utf-8")).scenario.polities["north"].factions["palace"].power.interval()


def test_a_fault_is_told_at_its_field_and_on_top_and_nothing_says_saved(opened, written):
    path = written("faulty")
    page = form(opened, "faulty", "factions")
    before = path.read_text(encoding="utf-8")
    field = number(page, POWER).locator("input.g-value")
    field.fill("145")
    field.blur()
    number(page, POWER).locator(".g-fault:has-text('145 % is outside')").wait_for(timeout=WAIT)
    page.wait_for_selector(".g-live:has-text('paused')", timeout=WAIT)
    page.locator("[data-act=save]").click()
    page.wait_for_selector(".state:has-text('not saved: 1 fault')", timeout=WAIT)
    assert path.read_text(encoding="utf-8") == before
    go(page, "war")
    page.locator(".g-summary button").click()
    page.wait_for_selector(f".g-number[data-path='{POWER}'] .g-fault")
    field.fill("45")
    field.blur()
    page.wait_for_selector(".g-summary", state="detached", timeout=WAIT)
    saved(page)


def test_words_in_the_place_of_a_number_are_told_at_once_and_not_called_saved(opened, written):
    written("worded")
    page = form(opened, "worded", "factions")
    field = number(page, POWER).locator("input.g-value")
    field.fill("much")
    field.blur()
    number(page, POWER).locator(".g-fault:has-text('A number is wanted here')").wait_for()
    page.locator("[data-act=save]").click()
    page.wait_for_selector(".state:has-text('not saved: one entry is no number')", timeout=WAIT)
    field.fill("45")
    field.blur()
    number(page, POWER).locator(".g-fault").wait_for(state="detached", timeout=WAIT)
    page.wait_for_selector(".state:has-text('unsaved changes, kept')", timeout=WAIT)
    saved(page)


def test_a_text_that_cannot_be_read_stands_in_the_place_of_the_form(opened, written):
    path = written("unread")
    path.write_text("title: [\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    page = opened("/scenario?case=own/unread")
    page.locator(".guide button:has-text('Go to line')").click(timeout=WAIT)
    page.wait_for_selector("#pane-text:visible")
    page.get_by_text("Step by step").click()
    fits_and_can_be_read(page)


def test_a_removal_asks_and_is_undone_after_the_dialog(opened, written):
    path = written("removed")
    page = form(opened, "removed", "factions")
    page.get_by_role("button", name="Remove Army").click()
    page.get_by_role("button", name="Cancel").click()
    page.get_by_role("button", name="Remove Army").click()
    page.locator(".g-dialog [data-act=confirm]").click()
    page.wait_for_selector(".g-undo:has-text('“Army” was removed')", timeout=WAIT)
    page.wait_for_selector("[data-path='polities.north.factions.army.power']", state="detached", timeout=WAIT)
    page.locator(".g-undo [data-act=undo]").click()
    page.wait_for_selector("[data-path='polities.north.factions.army.power']", timeout=WAIT)
    page.wait_for_selector(".state:has-text('saved at')", timeout=WAIT)
    assert path.read_text(encoding="utf-8") == template("minimal")


def test_a_number_is_given_a_source_with_a_grade(opened, written):
    path = written("sourced")
    page = form(opened, "sourced", "factions")
    number(page, POWER).locator(".g-rests").click()
    page.get_by_text("A source measured it").click()
    page.locator(".g-dialog [data-act=confirm]").click()
    page.wait_for_selector(".g-fault:has-text('Choose a source')")
    page.get_by_label("Sources", exact=True).fill("A new")
    page.get_by_role("option", name="A new source").click()
    page.keyboard.press("Escape") if page.get_by_role("listbox").count() else None
    page.get_by_label("Title", exact=True).fill("Who rules the North")
    page.get_by_label("Author or institution", exact=True).fill("An institute")
    page.locator(".g-dialog [data-act=confirm]").click()
    number(page, POWER).locator(".g-rests:has-text('measured: An institute')").wait_for(timeout=WAIT)
    saved(page)
    tree = tree_of(path.read_text(encoding="utf-8"), "x")
    assert tree.at(POWER.split(".")).plain()["source"] == ["an-institute"]
    assert tree.at(["sources", "an-institute", "grade"]).content == "B2"


def test_a_scenario_goes_from_its_name_to_a_forecast_without_a_line_of_text(opened, server):
    page = opened("/")
    page.get_by_role("button", name="New", exact=True).click()
    page.locator("[data-act=create]").click()
    page.get_by_text("A name is wanted here").wait_for()
    page.get_by_label("Name of the war", exact=True).fill("War of the hills")
    page.get_by_text("A government fights an armed movement").click()
    page.get_by_label("The other side", exact=True).fill("Hill Front")
    page.locator("[data-act=create]").click()
    page.wait_for_url("**/scenario?case=own**")
    page.wait_for_selector(".g-step")
    go(page, "factions")
    page.locator(".g-chip:has-text('Hill Front')").click()
    page.locator("[data-act=add-faction]").click()
    page.locator(".g-dialog").get_by_label("Name", exact=True).fill("Exiles")
    page.locator(".g-dialog [data-act=confirm]").click()
    page.wait_for_selector("h3:has-text('Exiles')", timeout=WAIT)
    page.locator("[data-act=share-out]").click()
    page.wait_for_selector("text=add up to 100 %", timeout=WAIT)
    saved(page)
    page.wait_for_selector(".g-live:not(.stale) .legend li", timeout=WAIT * 3)
    text = (server.folder / "workspace/scenarios/War of the hills.yaml").read_text(encoding="utf-8")
    assert read_text(text).scenario.polities["front"].factions["exiles"].name == "Exiles"


def test_a_change_moves_the_live_strip_which_is_grey_meanwhile(opened, written):
    written("lively")
    page = form(opened, "lively", "war")
    page.wait_for_selector(".g-live:not(.stale) .legend li", timeout=WAIT * 3)
    field = number(page, "stake.held").locator("input.g-value")
    field.fill("95")
    field.blur()
    page.wait_for_selector(".g-live.stale", timeout=WAIT)
    page.wait_for_selector(".g-live:not(.stale) .g-hint:has-text('since the saved version')", timeout=WAIT)


def test_a_shipped_case_is_looked_at_and_copied(opened):
    page = opened("/scenario?case=japan-1945")
    page.wait_for_selector(".g-step")
    assert page.locator(".guide input:not([readonly]):not([disabled]), .g-end[tabindex]").count() == 0
    assert page.locator("[data-act=save]").count() == 0
    page.locator("[data-act=copy]").click()
    page.wait_for_url("**/scenario?case=own**")
    page.wait_for_selector("[data-act=save]")
    page.wait_for_selector(".guide input:not([readonly])")


@pytest.mark.parametrize("step", STEPS)
def test_every_step_fits_every_screen_and_can_be_used_without_seeing_it(opened, written, step):
    written("fitting", "full")
    page = form(opened, "fitting", step)
    fits_and_can_be_read(page)


def test_the_evidence_of_a_case_is_found_by_its_words(opened):
    page = opened("/sources?case=japan-1945")
    page.wait_for_selector(".ev-works li")
    page.get_by_label("Find a number: faction, topic, source").fill("power army")
    page.wait_for_selector(".ev-rows li:has-text('Power')")
    page.get_by_label("Find a source: author, title, grade").fill("zzz")
    page.wait_for_selector("text=No source has these words.")
    fits_and_can_be_read(page)


def test_an_event_is_added_with_an_effect_changed_and_removed_again(opened, written):
    path = written("eventful")
    page = form(opened, "eventful", "events")
    page.locator("[data-act=add-event]").click()
    page.locator(".g-dialog [data-act=confirm]").click()
    page.get_by_text("Say what happens", exact=True).wait_for()
    page.get_by_label("What happens", exact=True).fill("An election")
    page.locator(".g-dialog [data-act=confirm]").click()
    card = page.locator("#f-events-an-election")
    card.locator("[data-act=add-effect]").click(timeout=WAIT)
    page.get_by_label("What", exact=True).click()
    page.get_by_role("option", name="At once: weariness of the war").click()
    page.locator(".g-dialog [data-act=confirm]").click()
    card.locator("text=weariness of the war moves at once by 0.05").wait_for(timeout=WAIT)
    chance = number(page, "events.an-election.hazard").locator("input.g-value")
    chance.fill("50")
    chance.blur()
    card.locator("b:has-text('50 % a month')").wait_for(timeout=WAIT)
    saved(page)
    event = read_text(path.read_text(encoding="utf-8")).scenario.events["an-election"]
    assert event.hazard.interval()[1] == pytest.approx(0.693, abs=0.001)
    assert list(event.shock["weariness"]) == ["north"]
    page.get_by_role("button", name="Remove An election").click()
    page.locator(".g-dialog [data-act=confirm]").click()
    page.wait_for_selector(".g-undo:has-text('“An election” was removed')", timeout=WAIT)
    card.wait_for(state="detached", timeout=WAIT)
