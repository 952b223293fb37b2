"""Conditions are told where they hold on points kept aside, and never of numbers that move nothing."""

from __future__ import annotations

import pytest

import ripeness

CASE = "ukraine-2023-03"


@pytest.mark.parametrize("seed", [1, 3])
def test_what_luck_alone_makes_dense_is_no_condition(seed):
    told = ripeness.discover(CASE, draws=800, month=24, seed=seed).told
    assert 0 < told.p < 1
    assert not told.conditions
    assert told.held_out.chance > 0.05


def test_a_condition_is_told_with_what_it_is_worth_on_points_kept_aside():
    answer = ripeness.discover(CASE, outcome="fighting", draws=6000, month=60)
    told = answer.told
    assert "polities.russia.resources.call_up" in {limit.path for limit in told.conditions[0].limits}
    assert told.p < min(told.held_out.density, told.conditions[0].density)
    assert told.held_out.chance < 0.05
    assert "Sought without a fifth of the points" in answer.sentence()
    assert told.inert > 400
    assert f"{told.inert} numbers that move nothing" in " ".join(answer.table().split())
