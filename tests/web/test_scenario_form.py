"""The form beside the editor: every part of a scenario has fields, and what is entered stands in the text."""

from __future__ import annotations

import pytest

from ripeness.scenario.read import open_scenario, read_text
from ripeness.scenario.restate import restate_numbers
from ripeness.scenario.template import template
from ripeness.scenario.write import edit_text
from ripeness.web.checked_text import text_of_opened
from ripeness.web.scenario_form import _typed_value, fields, parts

MINIMAL = template("minimal")


def form(text):
    """All fields of a text by path."""
    opened = read_text(text)
    rows = {row.path: row for row in text_of_opened(opened).rows()}
    return {field.path: field for part in parts(opened) for field in fields(opened, part, rows)}


def test_the_form_has_the_war_its_polities_and_their_factions():
    names = [part.name for part in parts(read_text(MINIMAL))]
    assert names[:4] == ["The war", "Kind of conflict", "Stake", "Talks"]
    assert {"north", "north: conduct", "north · palace", "north · palace: traits"} <= set(names)


def test_every_number_of_a_faction_is_a_field_with_unit_kind_and_source():
    opened = open_scenario("japan-1945")
    rows = {row.path: row for row in text_of_opened(opened).rows()}
    shown = {field.path for part in parts(opened) for field in fields(opened, part, rows)}
    assert {path for path in rows if ".traits." in path and ".factions." in path} <= shown
    (held,) = [field for field in fields(opened, parts(opened)[2], rows) if field.name == "held"]
    assert held.value == "0.2 to 0.42"
    assert held.details.startswith("share · judged · frank-1999")


@pytest.mark.parametrize(
    ("path", "given", "holds"),
    [
        ("title", 'A war: over a valley, and "more"', 'A war: over a valley, and "more"'),
        ("horizon", "12", "12"),
        ("start", "2025-02-01", "2025-02-01"),
        ("step", "week", "week"),
        ("stake.held", "0.3 to 0.4", "0.3 to 0.4"),
        ("polities.north.factions.army.veto", True, "yes"),
        ("talks.guarantee", "0.5 to 0.5", "0.5"),
        ("talks.guarantee", "0.5", "0.39 to 0.75"),  # the range of its default goes with it
        ("polities.south.factions.voters.traits.loyalty", "0.5 to 0.7", "0.5 to 0.7"),
    ],
)
def test_what_is_entered_stands_in_the_text_and_in_the_form(path, given, holds):
    change = restate_numbers(read_text(MINIMAL).scenario, {path: _typed_value(given, form(MINIMAL)[path])})
    text = edit_text(MINIMAL, change)
    assert form(text)[path].value == holds
    assert "judged" in form(text)[path].details or form(text)[path].kind != "number"
    comments = [line.partition("#")[2] for line in MINIMAL.split("\n") if "#" in line]
    assert [line.partition("#")[2] for line in text.split("\n") if "#" in line] == comments


CIVIL = template("civil")


@pytest.mark.parametrize(
    ("path", "given", "holds"),
    [
        ("polities.front.organisation", "fragmented", "fragmented"),
        ("polities.front.factions.bands.traits.arms", "0.2 to 0.4", "0.2 to 0.4"),
        ("polities.front.factions.bands.traits.fights_on", "0.45 to 0.55", "0.45 to 0.55"),
        ("talks.disarmament", "0.5 to 0.7", "0.5 to 0.7"),
        ("talks.power_sharing.political", "0.3", "0.3"),
        ("talks.power_sharing.territorial", "0.1 to 0.3", "0.1 to 0.3"),
    ],
)
def test_what_only_civil_wars_have_is_entered_in_the_form_where_nothing_stood(path, given, holds):
    before = form(CIVIL)
    entered = restate_numbers(read_text(CIVIL).scenario, {path: _typed_value(given, before[path])})
    after = form(edit_text(CIVIL, entered))
    assert after[path].value.startswith(holds.split(" ")[0])
    assert after[path].value != before[path].value


def test_a_ceasefire_in_force_is_entered_field_by_field():
    text, scenario = CIVIL, read_text(CIVIL).scenario
    entries = {"ceasefire.kind": "local", "ceasefire.monitored": "0.2 to 0.4", "ceasefire.since": "2024-12-01"}
    assert all(form(CIVIL)[path].value == "" for path in entries)
    for path, given in entries.items():
        text = edit_text(text, restate_numbers(scenario, {path: _typed_value(given, form(CIVIL)[path])}))
    assert {path: form(text)[path].value for path in entries} == entries


def test_a_patron_has_the_fields_of_a_mediator_with_one_a_belligerent_and_a_belligerent_has_none():
    shown = set(form(template("full")))
    mediators = {path.split(".")[1] for path in shown if ".mediator." in path}
    scenario = read_text(template("full")).scenario
    assert mediators == {key for key, polity in scenario.polities.items() if polity.role == "patron"}
    fighters = [key for key, polity in scenario.polities.items() if polity.role == "belligerent"]
    for patron in mediators:
        for name in ("payments", "threats", "penalties"):
            assert {f"polities.{patron}.mediator.{name}.{key}" for key in fighters} <= shown
    assert not {f"polities.{key}.aid_capacity" for key in fighters} & shown
