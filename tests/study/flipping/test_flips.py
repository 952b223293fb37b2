"""Flips: the smallest change is found, is confirmed by its own run, and is not invented where there is none."""

from __future__ import annotations

import numpy as np
import pytest
from twins import twins, war

from ripeness.ensemble.design import Design
from ripeness.ensemble.run import run
from ripeness.study.flipping.change import FlipLever, ParameterChange, change_along, value_at
from ripeness.study.flipping.flip import flip
from ripeness.study.target import outcome_shares, read_target

HORIZON, DRAWS = 36, 1500
# North is weaker than South unless its quality or unobserved strength is at the good end.
UNEVEN = {
    "polities.north.resources.quality": {"value": 1, "range": "0.5 to 3"},
    "polities.south.resources.quality": {"value": 1.4, "range": "0.9 to 2"},
    "laws.hidden": "-0.5 to 0.5",
    "laws.deadlock": 0.05,
    "laws.settle": 0,
    "laws.surrender": 0,
    "laws.advance": 0.6,
}


@pytest.fixture(scope="module")
def uneven():
    return war(twins(), UNEVEN)


def fighter(scenario):
    return lambda values, draws: run(scenario, Design(draws, kept=0, horizon=HORIZON), overrides=values)


def aim(name):
    return read_target(name, ["north", "south"], HORIZON, HORIZON)


@pytest.fixture(scope="module")
def flipped(uneven):
    return flip(uneven, aim("victory:north"), fighter(uneven), DRAWS, trial_draws=600)


def test_there_are_several_distinct_answers_the_smallest_first(flipped):
    assert len(flipped.answers) >= 2
    sets = [frozenset(move.path for move in one.moves) for one in flipped.answers]
    assert all(not a < b for a in sets for b in sets)
    assert len(set(sets)) == len(sets)
    assert [one.size for one in flipped.answers] == sorted(one.size for one in flipped.answers)


def test_every_answer_is_confirmed_by_a_run_of_the_full_design(uneven, flipped):
    for one in flipped.answers:
        values = {move.path: move.value for move in one.moves}
        told = outcome_shares(fighter(uneven)(values, DRAWS), HORIZON)
        assert told["victory:north"] == one.p
        assert one.p > max(p for name, p in told.items() if name != "victory:north") == one.rival_p


def test_every_value_lies_within_its_range(flipped):
    for move in (move for one in flipped.answers for move in one.moves):
        assert move.low <= move.value <= move.high
        assert 0 < abs(move.distance) <= 1


def test_a_single_answer_is_about_as_small_as_can_be(uneven, flipped):
    single = next(one for one in flipped.answers if len(one.moves) == 1)
    less = value_at(run_numbers(uneven)[single.moves[0].path], single.moves[0].distance * 0.75)
    told = outcome_shares(fighter(uneven)({single.moves[0].path: less}, DRAWS), HORIZON)
    assert told["victory:north"] < max(p for name, p in told.items() if name != "victory:north") + 0.03


def run_numbers(scenario):
    return run(scenario, Design(8, kept=0, horizon=1)).war.numbers


def test_what_is_already_likeliest_needs_no_change(uneven):
    top = max(outcome_shares(fighter(uneven)({}, DRAWS), HORIZON).items(), key=lambda one: one[1])[0]
    told = flip(uneven, aim(top), fighter(uneven), DRAWS, trial_draws=300)
    assert told.already
    assert not told.answers


def test_where_nothing_flips_the_nearest_is_said_and_is_no_answer(uneven):
    told = flip(uneven, aim("frozen"), fighter(uneven), 800, trial_draws=300)
    assert not told.answers
    assert told.nearest is not None
    assert told.nearest.margin <= 0


def test_paths_left_alone_are_not_moved(uneven):
    told = flip(uneven, aim("victory:north"), fighter(uneven), 800, trial_draws=300, without=("laws.",))
    assert all(not move.path.startswith("laws.") for one in told.answers for move in one.moves)


def test_a_change_goes_in_proportion_and_stops_at_the_ends_of_the_ranges():
    levers = [FlipLever("a", 1, 0.2), FlipLever("b", -1, 0.05)]
    assert change_along(levers, 0.1).moves == (("a", pytest.approx(0.4)), ("b", pytest.approx(-0.1)))
    assert change_along(levers, 1.0).moves == (("a", 1.0), ("b", -1.0))
    sizes = [change_along(levers, far).size for far in np.linspace(0, 1, 9)]
    assert sizes == sorted(sizes)
    assert ParameterChange(()).size == 0
