"""Presets: what a file names, what any war has, faults at their places, and that they change no war."""

from __future__ import annotations

import pytest

from ripeness.scenario.case import shipped_case_names
from ripeness.scenario.fingerprint import fingerprint
from ripeness.scenario.number_paths import replace_numbers, scenario_numbers
from ripeness.scenario.presets import find_preset, presets_of
from ripeness.scenario.read import read_scenario, read_text
from ripeness.scenario.template import template
from ripeness.world.fault import ArgumentFault, Fault
from ripeness.world.pathway_names import NAMES

TEXT = template("minimal")


def with_presets(text):
    return read_text(f"{TEXT}\npresets:\n{text}", "war.yaml").scenario


def fault_of(text):
    with pytest.raises(Fault) as caught:
        with_presets(text)
    place = caught.value.place
    line = f"{TEXT}\npresets:\n{text}".splitlines()[place.line - 1]
    return caught.value.message, line[place.column - 1 :]


def test_a_preset_of_the_file_stands_first_and_changes_no_war():
    scenario = with_presets('  firm: {name: "Firm", changes: {talks.guarantee: 0.9}}\n')
    assert next(iter(presets_of(scenario))) == "firm"
    assert fingerprint(scenario) == fingerprint(scenario.model_copy(update={"presets": {}}))
    assert not any(path.startswith("presets") for path in scenario_numbers(scenario))


@pytest.mark.parametrize(
    ("text", "message", "at"),
    [
        ("  x: {name: X}\n", "needs 'changes'", "x: {name"),
        ("  x: {name: X, changes: {talks.garantee: 0.9}}\n", "did you mean 'talks.guarantee'", "talks.garantee"),
        ("  x: {name: X, changes: {talks.guarantee: 9}}\n", "0 to 1", "9}}"),
        ("  x: {name: X, cuts: [aid->muntions]}\n", "did you mean 'aid->munitions'", "aid->muntions"),
        (
            "  x: {name: X, cuts: [aid->munitions]}\n  y: {name: X, cuts: [losses->cost]}\n",
            "called 'X', too",
            "X, cuts: [l",
        ),
        ("  'a b': {name: X, cuts: [aid->munitions]}\n", "cannot be an id", "'a b'"),
        ("  x: {name: X, cut: [aid->munitions]}\n", "cuts", "cut:"),
    ],
)
def test_a_bad_preset_is_a_fault_where_it_stands(text, message, at):
    said, place = fault_of(text)
    assert message in said
    assert place.startswith(at)


@pytest.mark.parametrize("case", shipped_case_names())
def test_every_preset_of_a_shipped_case_can_be_tried(case):
    scenario = read_scenario(case)
    assert len(scenario.presets) >= 4
    presets = presets_of(scenario)
    assert len({preset.name for preset in presets.values()}) == len(presets)
    for preset in presets.values():
        changed = replace_numbers(scenario, preset.changes)
        assert preset.cuts or changed != scenario
        assert set(preset.cuts) <= set(NAMES)


def test_presets_of_any_war_treat_both_sides_alike():
    keys = list(presets_of(read_scenario("ukraine-2023-03")))
    assert ("costlier-russia" in keys) == ("costlier-ukraine" in keys)
    assert ("commanders-russia" in keys) == ("commanders-ukraine" in keys)


def test_a_preset_is_found_by_key_and_by_name():
    scenario = read_scenario("ukraine-2023-03")
    assert find_preset(scenario, "western-aid-stops") is find_preset(scenario, "western aid to Ukraine STOPS")
    with pytest.raises(ArgumentFault, match="western-aid-stops"):
        find_preset(scenario, "western-aid-stop")
