"""The prior of power: flat is exactly uniform on the simplex at every date, stated as coded, experts as they say."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import beta, kstest

from ripeness.scenario.read import read_scenario
from ripeness.study.who_decides.prior import FLAT, PowerPrior, power_from_strengths, power_prior
from ripeness.world.quantity import Quantity

KNOTS = np.array([-24.0, -12.0, -1.0, 0.0])
DATES = len(KNOTS)
DRAWS = 40_000


@pytest.fixture(scope="module")
def japan():
    return read_scenario("japan-1945")


def draws(n_factions, dates=DATES, seed=1):
    """Standard normal coordinates."""
    return np.random.default_rng(seed).standard_normal((n_factions * dates, DRAWS))


@pytest.mark.parametrize("n_factions", [2, 5, 8])
@pytest.mark.parametrize("walk", [0.0, 0.04, 0.3])
def test_flat_power_is_uniform_on_the_simplex_at_every_date(n_factions, walk):
    prior = PowerPrior(np.zeros(n_factions), np.ones(n_factions), KNOTS, walk, flat=True)
    shares = power_from_strengths(prior.strengths(draws(n_factions)))
    for at_date in shares:
        for share in at_date[:2]:
            assert kstest(share, beta(1, n_factions - 1).cdf).pvalue > 1e-4
        pair = at_date[0] + at_date[1]
        if n_factions > 2:
            assert kstest(pair, beta(2, n_factions - 2).cdf).pvalue > 1e-4


def test_flat_power_moves_from_date_to_date_as_fast_as_stated_power():
    prior = PowerPrior(np.zeros(4), np.ones(4), KNOTS, 0.04, flat=True)
    strengths = prior.strengths(draws(4))
    steps = np.diff(strengths, axis=0).std(axis=(1, 2))
    assert steps == pytest.approx(0.04 * np.sqrt(np.diff(KNOTS)), rel=0.06)


def test_no_width_makes_flat_power_any_flatter():
    prior = PowerPrior(np.zeros(3), np.ones(3), KNOTS, 0.04, flat=True)
    coordinates = draws(3)
    assert (prior.strengths(coordinates, 4.0) == prior.strengths(coordinates)).all()


def test_flat_power_knows_nothing_of_what_the_case_states(japan):
    prior = power_prior(japan, "japan", [-9.0, 0.0], 3, kind=FLAT)
    shares = power_from_strengths(prior.strengths(draws(len(prior.centre), 3)))
    assert shares.mean(axis=2) == pytest.approx(np.full(shares.shape[:2], 1 / len(prior.centre)), abs=0.005)


def test_experts_say_the_power_of_a_faction_and_the_case_that_of_the_others(japan):
    number = Quantity("interval", (0.4, 0.3, 0.5), 0.0, 1.0, "share")
    stated = power_prior(japan, "japan", [0.0], 1)
    experts = power_prior(
        japan, "japan", [0.0], 1, kind="experts", experts={"polities.japan.factions.army.power": number}
    )
    factions = list(japan.polities["japan"].factions)
    army = factions.index("army")
    assert np.exp(experts.centre[army]) == pytest.approx(0.4)
    assert experts.spread[army] == pytest.approx(np.log(0.5 / 0.3) / (2 * 1.6449), abs=1e-4)
    others = [n for n in range(len(factions)) if n != army]
    assert (experts.centre[others] == stated.centre[others]).all()


def test_numbers_of_experts_move_nothing_unless_they_are_asked_for(japan):
    number = Quantity("interval", (0.4, 0.3, 0.5), 0.0, 1.0, "share")
    stated = power_prior(japan, "japan", [0.0], 1)
    unmoved = power_prior(japan, "japan", [0.0], 1, experts={"polities.japan.factions.army.power": number})
    assert (unmoved.centre == stated.centre).all()
