"""Weeks, months and quarters tell the same war: laws are per month and rescale (model, section 1)."""

from __future__ import annotations

import numpy as np
import pytest
from twins import ended_by, fight, frozen, mean_months, settled, twins

HALF_DECIDED = {
    "polities.*.factions.*.traits.optimism": 0.9,
    "polities.*.factions.people.traits.organisation": 0.8,
    "laws.freeze": 0.02,
    "laws.removal": 0.01,
    "laws.leak": 0.01,
    "laws.power_walk": 0.04,
    "polities.north.resources.quality": 1.4,
}
ONLY_FREEZING = HALF_DECIDED | {"laws.settle": 0, "laws.freeze": 0.05}
STEPS = {"month": 48, "week": 209, "quarter": 16}
NEAR = {"week": 0.06, "quarter": 0.1}  # freezing comes sooner in weeks; a quarter without reaction is long


def _fought(changes):
    return {step: fight(twins(step=step, horizon=horizon), changes, draws=8000) for step, horizon in STEPS.items()}


@pytest.mark.parametrize("changes", [HALF_DECIDED, ONLY_FREEZING])
def test_weeks_and_quarters_end_as_many_wars_by_each_month_and_in_the_same_ways(changes):
    wars = _fought(changes)
    for step, near in NEAR.items():
        for month in (6, 12, 24, 48):
            assert abs(ended_by(wars[step], month) - ended_by(wars["month"], month)) < near
        for way in (settled, frozen):
            assert abs(way(wars[step]).mean() - way(wars["month"]).mean()) < near


def test_losses_grow_with_the_time_fought_and_not_with_the_number_of_steps():
    """Of the step in which a war ends only the part that was fought counts."""
    wars = _fought(HALF_DECIDED)
    rates = {step: one.results["deaths"].sum() / one.results["months"].sum() for step, one in wars.items()}
    assert rates["week"] == pytest.approx(rates["month"], rel=0.04)
    assert rates["quarter"] == pytest.approx(rates["month"], rel=0.06)
    assert mean_months(wars["month"]) < 12  # so that a whole last step too much would show


def test_a_quarter_is_never_finer_than_its_steps_but_an_end_falls_inside_one():
    months = fight(twins(step="quarter", horizon=16), HALF_DECIDED).results["months"]
    assert len(np.unique(np.floor(months))) > 20
