"""Events in the guided form: what it shows of them, and what an entry, a new effect or a removal writes."""

from __future__ import annotations

import re
from html import unescape

import pytest

from ripeness.scenario.read import open_scenario, read_text
from ripeness.scenario.template import template
from ripeness.scenario.yaml_tree import tree_of
from ripeness.web.checked_text import check_text, text_of_opened
from ripeness.web.editing.draft import Draft
from ripeness.web.editing.edits import Edits, admits_of, field_edits, mentions_of, number_edit, removal_of, write_edits
from ripeness.web.editing.event_edits import new_effect, new_event, number_of_effect, usual_ends
from ripeness.web.editing.event_effects import HAZARD, OPERATIONS, SHOCK, effect_choices
from ripeness.web.editing.number_view import number_text, number_view
from ripeness.web.editing.step_events import chance_words, effect_lines, events_step, longer_chance_words
from ripeness.web.editing.steps import fault_counts
from ripeness.web.workspace import Subject

FULL = template("full")
ELECTION, ENTRY = ("events", "election"), ("events", "entry")
CASES = ["colombia-2012-08", "japan-1945", "tigray-2022-08", "ukraine-2023-03"]


@pytest.fixture
def draft_of(workspace):
    return lambda text, name="": Draft(check_text(workspace.scenarios(), text, name))


def entered(draft, text, path, value, kind=""):
    return write_edits(text, field_edits(draft, tuple(path.split(".")), value, kind))


def comments(text):
    return [line.partition("#")[2] for line in text.split("\n") if "#" in line]


def test_every_event_of_every_shipped_case_is_shown_whole_and_in_words():
    for case in CASES:
        draft = Draft(text_of_opened(open_scenario(case)))
        draft.unfolded = frozenset(f"f-events-{key}" for key in draft.keys(("events",)))
        page = events_step(draft, "", "")
        words = unescape(re.sub(r"<[^>]*>", " ", page))
        assert page.count("<section") == page.count("</section>") == len(draft.keys(("events",)))
        assert "not stated" not in words
        assert not re.search(r"polities\.|positions\.|talks\.", words), words
        numbers = [row.path for row in draft.checked_text.rows() if row.path.startswith("events.")]
        shown = set(re.findall(r'class="g-number[^"]*"[^>]* data-path="([^"]*)"', page))
        assert {path for path in numbers if not path.endswith(("strength", "monitored"))} <= shown


def test_a_monthly_rate_is_shown_as_a_chance_and_written_as_the_rate():
    node = tree_of("a: {value: 0.4, range: 0.15 to 0.9, unit: per month}", "x").at(["a"])
    view = number_view("events.a.hazard", node, HAZARD)
    assert view.ends == pytest.approx((13.93, 32.97, 59.34), abs=0.01)
    written = number_text(view, view.ends, {"kind": "judged"})
    assert written == {"value": 0.4, "range": "0.15 to 0.9", "unit": "per month", "kind": "judged"}
    assert number_text(view, (0, 50, 100), {})["value"] == pytest.approx(0.6931, abs=0.0001)
    assert HAZARD.read(number_text(view, (0, 50, 100), {})).interval()[2] < HAZARD.high


def test_a_chance_is_told_for_a_year_or_for_its_window():
    draft = Draft(text_of_opened(open_scenario("ukraine-2023-03")))
    assert longer_chance_words(draft, ("events", "us-turn")) == "that makes 33 % (14 to 60 %) between these days"
    assert "within a year" in longer_chance_words(draft, ("events", "chinese-arms"))
    assert "from 20 January 2025 until 20 February 2025" in chance_words(draft, ("events", "us-turn"))


def test_an_event_on_a_day_becomes_one_by_chance_and_back(draft_of):
    text = entered(draft_of(FULL), FULL, "events.election", "chance", "event-when")
    event = read_text(text).scenario.events["election"]
    assert event.on is None
    assert event.hazard.interval() == pytest.approx((0.003, 0.0095, 0.03), abs=0.001)
    back = entered(draft_of(text), text, "events.election", "day", "event-when")
    event = read_text(back).scenario.events["election"]
    assert (event.hazard, event.on) == (None, read_text(FULL).scenario.start)
    assert comments(back) == comments(FULL)


def test_a_power_that_no_longer_enters_takes_its_side_and_strength_along_and_one_that_does_has_both(draft_of):
    text = entered(draft_of(FULL), FULL, "events.entry.enters", "")
    assert read_text(text).scenario.events["entry"].strength is None
    again = entered(draft_of(text), text, "events.entry.enters", "east")
    event = read_text(again).scenario.events["entry"]
    assert (event.enters, event.beside) == ("east", "north")
    assert event.strength is not None


@pytest.mark.parametrize(("kind", "watched"), [("local", True), ("none", False), ("", False)])
def test_a_ceasefire_of_an_event_is_watched_and_its_end_is_not(draft_of, kind, watched):
    start = write_edits(FULL, Edits({"events.election.ceasefire": "definitive", "events.election.monitored": 0.2}))
    text = entered(draft_of(start), start, "events.election.ceasefire", kind)
    assert (read_text(text).scenario.events["election"].monitored is not None) is watched


@pytest.mark.parametrize("operation", list(OPERATIONS))
def test_a_change_is_made_in_another_way(draft_of, operation):
    text = entered(draft_of(FULL), FULL, "events.election.changes.0", operation, "operation")
    change = read_text(text).scenario.events["election"].changes[0]
    assert [key for key in OPERATIONS if getattr(change, key) is not None] == [operation]
    assert comments(text) == comments(FULL)


@pytest.mark.parametrize("side", ["", "north", "east"])
def test_whatever_can_be_chosen_as_an_effect_is_one_that_an_event_can_have(draft_of, side):
    draft = draft_of(FULL)
    text = write_edits(FULL, Edits(new_event("flood", "A flood: the worst")))
    choices = effect_choices(draft, side)
    assert choices
    for changed in choices:
        for operation in ["add"] if changed.startswith(f"{SHOCK}.") else OPERATIONS:
            number = number_of_effect(changed, operation, usual_ends(draft, changed, operation))
            values, items = new_effect("flood", side, changed, operation, number)
            text = write_edits(text, Edits(values, items))
    scenario = read_text(text).scenario
    assert scenario.events["flood"].name == "A flood: the worst"
    assert len(scenario.events["flood"].changes) >= len(choices)


def test_an_effect_is_moved_in_points_and_removed(draft_of):
    text = write_edits(
        FULL,
        Edits(
            {},
            (("events.election.changes", {"path": "talks.guarantee", "add": {"value": 0.1, "range": "0 to 0.2"}}),),
        ),
    )
    draft = draft_of(text)
    path = (*ELECTION, "changes", "1", "add")
    assert draft.number(path, admits_of(draft, path)).ends == (0, 10, 20)
    assert effect_lines(draft, ELECTION)[1] == "Outside guarantee of a peace moves by 10 points"
    moved = write_edits(text, Edits(number_edit(draft, path, (-10, 0, 10))))
    assert read_text(moved).scenario.events["election"].changes[1].add.interval() == (-0.1, 0.0, 0.1)
    gone = write_edits(moved, removal_of(draft_of(moved), path[:-1]))
    assert len(read_text(gone).scenario.events["election"].changes) == 1
    assert comments(gone) == comments(FULL)


def test_a_fault_of_an_event_stands_at_its_effect(draft_of):
    draft = draft_of(FULL.replace("path: polities.east.aid_capacity", "path: polities.east.aid_capacety"))
    assert fault_counts(draft)["events"] == 1
    draft.unfolded = frozenset({"f-events-election"})
    page = events_step(draft, "", "")
    assert 'class="g-fault"' in page[page.index('id="f-events-election-changes-0"') :]


def test_a_version_writes_out_the_changes_of_its_bases_event_and_leaves_the_rest_to_it(workspace):
    workspace.duplicate(Subject("colombia-2012-08", "critics"), "mine")
    text, folder = workspace.text(Subject("own/mine")), workspace.scenarios()
    draft = Draft(check_text(folder, text, "mine"))
    path = ("events", "announcement", "changes", "0", "scale")
    written = write_edits(text, Edits(number_edit(draft, path, (1, 2, 3))), folder)
    scenario = check_text(folder, written, "mine").opened.scenario
    assert scenario.events["announcement"].changes[0].scale.interval() == (1, 2, 3)
    assert scenario.events["announcement"].hazard is not None
    kept = tree_of(written, "x").at(["events"]).plain()
    assert list(kept) == ["announcement"]
    assert list(kept["announcement"]) == ["changes"]


def test_an_event_that_is_removed_takes_along_what_a_what_if_supposes_of_it():
    what_if = {"name": "Calm", "changes": {"events.entry.hazard": 0, "talks.guarantee": 0.5}}
    text = write_edits(FULL, Edits({"presets.calm": what_if}))
    draft = Draft(text_of_opened(read_text(text)))
    assert mentions_of(draft, ENTRY) == 1
    written = write_edits(text, removal_of(draft, ENTRY))
    scenario = read_text(written).scenario
    assert "entry" not in scenario.events
    assert scenario.presets["calm"].changes == {"talks.guarantee": 0.5}
    assert set(comments(FULL)) - set(comments(written)) == {" log ratio"}  # what stood within the event


def test_a_step_escapes_what_an_event_is_called(draft_of):
    draft = draft_of(FULL.replace('"Election in the East"', '"<b>Election"'))
    assert "<b>Election" not in events_step(draft, "", "")


@pytest.mark.parametrize(
    ("gone", "words"),
    [
        ("events.election.on", "Either a day or a chance is wanted here"),
        ("events.election.changes.0.scale", "By how much it changes is wanted here"),
        ("events.entry.strength", "with what strength is wanted here"),
    ],
)
def test_what_is_emptied_in_an_event_is_wanted_in_the_words_of_the_form(draft_of, gone, words):
    draft = draft_of(write_edits(FULL, Edits({gone: None})))
    draft.unfolded = frozenset({"f-events-election", "f-events-entry"})
    page = events_step(draft, "", "")
    assert words in page
    assert fault_counts(draft)["events"] == 1
