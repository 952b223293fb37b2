"""Polities simulated as factional or as one mind, and the right reading given back."""

from __future__ import annotations

import numpy as np
import pytest
from simulated import ISSUES, decisions, polity

from ripeness.study.who_decides.bayes_factors import weigh_readings
from ripeness.study.who_decides.prior import power_from_strengths, power_prior
from ripeness.study.who_decides.readings import candidates

POLITIES, ITEMS, FACTIONS = 100, 30, 5
APART, MOST = 0.2, 0.4  # the leader from the others' mean; his share


def simulated(number):
    """A polity whose leader, at most .4 of power, stands at least .2 from the others' mean on every issue.

    The scenario states powers with their intervals; the true ones are drawn from these.
    """
    luck = np.random.default_rng([23, number])
    places = luck.uniform(0, 1, (FACTIONS, ISSUES))
    mean = places[1:].mean(axis=0)
    apart = luck.uniform(APART, 0.5, ISSUES)
    places[0] = np.where(mean > 0.5, mean - apart, mean + apart).clip(0, 1)
    share = luck.uniform(0.15, MOST)
    power = np.array([share, *(luck.dirichlet(np.full(FACTIONS - 1, 6.0)) * (1 - share))])
    scenario = polity(luck, FACTIONS, positions=places, power=power, country=places[0])
    stated, truth = power_prior(scenario, "north", [0.0], 1), np.ones(FACTIONS)
    while truth[0] > MOST:
        truth = power_from_strengths((stated.centre + stated.spread * luck.standard_normal(FACTIONS))[:, None])[:, 0]
    return luck, scenario, truth


def best(scenario, items):
    """The class that the evidence favours, factional or unitary."""
    two = [one for one in candidates(scenario, "north") if one.key in ("factional", "unitary")]
    found = weigh_readings(two, items, at_medians=True, widths=(1.0,), repeats=2, particles=400)
    return max(found, key=lambda one: one.posterior.log_evidence).candidate.key


@pytest.mark.parametrize("truth", ["factional", "unitary"])
def test_nine_in_ten_polities_are_given_back_to_the_right_reading(truth):
    right = 0
    for number in range(POLITIES):
        luck, scenario, power = simulated(number)
        held = power if truth == "factional" else np.array([1 - 4e-9, *[1e-9] * (FACTIONS - 1)])
        right += best(scenario, decisions(scenario, luck, ITEMS, held)) == truth
    assert right >= 0.9 * POLITIES
