"""A number that a user moves is the user's judgement: it keeps its range and loses its source and note."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ripeness.scenario.number_paths import find_number_field, scenario_numbers
from ripeness.scenario.read import read_scenario, read_text
from ripeness.scenario.restate import restate_numbers
from ripeness.scenario.template import template
from ripeness.scenario.write import edit_text
from ripeness.world.fault import Fault

ARMY = "polities.north.factions.army"
FULL = template("full")


def number(raw, at="stake.held", new=0.5):
    """A number written in some form into a scenario, and what stands there after a user gave a figure for it."""
    text = edit_text(FULL, {at: raw})
    after = edit_text(text, restate_numbers(read_text(text).scenario, {at: new}))
    return scenario_numbers(read_text(after).scenario)[at]


def test_a_moved_number_is_judged_and_its_range_goes_with_it():
    found = number({"value": 0.4, "range": "0.3 to 0.6", "kind": "measured", "source": ["survey"], "note": "counted"})
    assert (str(found.kind), found.sources, found.note) == ("judged", (), "")
    assert found.interval() == pytest.approx((0.4, 0.5, 0.7))


def test_a_number_read_by_ratios_keeps_the_ratios_of_its_range():
    assert number("2 to 8", "talks.mediation", 8).interval() == pytest.approx((4, 8, 16))


def test_a_range_is_cut_at_a_bound_and_opens_again_when_the_number_comes_back():
    at_the_bound = number("0.3 to 0.5", new=1.0)
    assert at_the_bound.interval() == pytest.approx((0.9, 1.0, 1.0), abs=0.01)
    text = edit_text(FULL, {"stake.held": {"value": 1.0, "range": [0.9, 1.0]}})
    back = restate_numbers(read_text(text).scenario, {"stake.held": 0.5})["stake.held"]
    assert back == {"value": 0.5, "range": [0.4, 0.6], "kind": "judged"}


@pytest.mark.parametrize(
    ("raw", "after"),
    [
        ({"uniform": [0.2, 0.4]}, {"uniform": [0.4, 0.6]}),
        ({"triangular": [0.2, 0.3, 0.4]}, {"triangular": [0.4, 0.5, 0.6]}),
        ({"pert": [0.2, 0.3, 0.4]}, {"pert": [0.4, 0.5, 0.6]}),
    ],
)
def test_a_distribution_moves_as_a_whole_where_there_is_room(raw, after):
    text = edit_text(FULL, {"stake.held": raw})
    ((key, ends),) = after.items()
    found = restate_numbers(read_text(text).scenario, {"stake.held": 0.5})["stake.held"]
    assert found[key] == pytest.approx(ends)
    assert number(raw).centre == pytest.approx(0.5)


@pytest.mark.parametrize(
    "raw", [{"uniform": [0.2, 0.4]}, {"triangular": [0, 0.3, 0.4]}, {"beta": [2, 3]}, {"normal": [0.4, 0.05]}]
)
def test_a_distribution_that_would_pass_a_bound_keeps_its_interval_and_the_new_value(raw):
    found = number(raw, new=0.98)
    assert found.centre == pytest.approx(0.98)
    assert found.uncertain
    assert found.interval()[2] <= 1


def test_a_number_stated_in_percent_is_not_read_in_percent_again():
    assert number({"value": 30, "range": "20 to 40", "unit": "percent"}).interval() == pytest.approx((0.4, 0.5, 0.6))


def test_a_number_of_a_base_or_a_default_keeps_the_range_that_it_has_there():
    text = template("minimal")
    before = scenario_numbers(read_text(text).scenario)[f"{ARMY}.traits.optimism"]
    new = before.centre + 0.1
    after = read_text(
        edit_text(text, restate_numbers(read_text(text).scenario, {f"{ARMY}.traits.optimism": new}))
    ).scenario
    found = scenario_numbers(after)[f"{ARMY}.traits.optimism"]
    assert found.interval() == pytest.approx([end + 0.1 for end in before.interval()])
    assert (str(found.kind), found.sources) == ("judged", ())


def test_an_interval_in_place_of_a_number_is_its_new_range():
    changes = restate_numbers(
        read_text(FULL).scenario, {"stake.held": "0.2 to 0.3", "horizon": 24, "title": "0.2 to 0.3"}
    )
    assert changes == {"stake.held": {"value": "0.2 to 0.3", "kind": "judged"}, "horizon": 24, "title": "0.2 to 0.3"}


@pytest.mark.parametrize("raw", [1.5, "much", "0.4 to 0.2", -0.1])
def test_what_cannot_stand_there_is_refused_with_its_path(raw):
    with pytest.raises(Fault, match="stake.held: "):
        restate_numbers(read_text(FULL).scenario, {"stake.held": raw})


def test_a_number_in_the_unit_of_its_event_keeps_that_unit():
    text = edit_text(FULL, {"evidence.toll.amount": {"value": "20 to 40", "unit": "percent", "source": ["press"]}})
    after = edit_text(text, restate_numbers(read_text(text).scenario, {"evidence.2.amount": 0.5}))
    found = read_text(after).scenario.evidence[2].amount
    assert (found.unit, found.centre, found.sources) == ("share", 0.5, ())
    assert found.interval()[2] - found.interval()[0] == pytest.approx(0.2)


JAPAN = read_scenario("japan-1945")
NUMBERS = {path: one for path, one in scenario_numbers(JAPAN).items() if path.startswith("polities.japan.")}


@given(st.sampled_from(sorted(NUMBERS)), st.floats(0, 1))
def test_any_number_can_be_moved_anywhere_within_its_bounds_and_stays_as_uncertain(path, share):
    before = NUMBERS[path]
    value = float(f"{before.low + share * (min(before.high, 10 * abs(before.centre) + 1) - before.low):.4g}")
    found = find_number_field(JAPAN, path).read(restate_numbers(JAPAN, {path: value})[path])
    assert found.centre == pytest.approx(value, rel=1e-6, abs=1e-9)
    assert found.uncertain == before.uncertain or value in {before.low, before.high}
    assert str(found.kind) == "judged"
    assert not found.sources


def test_a_number_that_a_reading_overrides_is_changed_where_it_stands():
    path = "readings.own-use.overrides.polities.north.factions.army.positions.restraint"
    before = read_text(FULL).scenario
    value = scenario_numbers(before)[path].centre + 0.01
    after = edit_text(FULL, restate_numbers(before, {path: value}))
    assert scenario_numbers(read_text(after).scenario)[path].centre == pytest.approx(value)
    assert len([1 for old, new in zip(FULL.splitlines(), after.splitlines(), strict=True) if old != new]) == 1
