"""First-order shares and Sobol' indices on wars that the gambler's ruin solves."""

from __future__ import annotations

import numpy as np
import pytest
from SALib.analyze import sobol as salib
from SALib.sample import sobol as sample
from scipy.special import ndtri
from twins import twins, war

from ripeness.ensemble.design import Design
from ripeness.ensemble.run import run
from ripeness.study.sensitivity.salib_indices import indices_without_noise, sobol_indices
from ripeness.study.sensitivity.sample_means import sample_means
from ripeness.study.sensitivity.variance_shares import variance_shares
from ripeness.study.target import read_target

Z90 = 1.645
NAMES = ["place", "drift", "volatility", "nothing"]
# Two sides that differ in nothing but the line and unobserved strength; nobody talks, gives up or falls.
RUIN = {
    "laws.settle": 0,
    "laws.surrender": 0,
    "laws.freeze": 0,
    "laws.fall": 10,
    "laws.barrier": 2,
    "laws.volatility": 0.5,
    "laws.advance": 0.3,
    "laws.advance_era": 1,
    "laws.outnumbered": 0.001,
    "laws.deadlock": 0.1,
    "stake.held": "0.3 to 0.7",
    "laws.hidden": "-0.5 to 0.5",
}
CUTS = ("munitions->strength", "men->strength", "effort->strength", "restraint->strength")
LONG = 240


def ruin(place, drift, volatility, barrier=1.0):
    """Chance that a random walk reaches the upper barrier before the lower (Feller 1968, XIV.3)."""
    steep = 2 * np.where(np.abs(drift) < 1e-9, 1e-9, drift) / volatility**2
    return np.expm1(-steep * (place + barrier)) / np.expm1(-2 * steep * barrier)


def solved(grid):
    """The walk at uniform inputs; the fourth does nothing."""
    z = ndtri(np.clip(grid, 1e-6, 1 - 1e-6))
    return ruin(np.tanh(0.3 * z[:, 0]), 0.08 * z[:, 1], 0.3 * np.exp(0.3 * z[:, 2]))


@pytest.fixture(scope="module")
def truth():
    problem = {"num_vars": 4, "names": NAMES, "bounds": [[0, 1]] * 4}
    grid = sample.sample(problem, 2048, calc_second_order=False, seed=1)
    return problem, salib.analyze(problem, solved(grid), calc_second_order=False, conf_level=0.9, seed=1)


def noisy(size, each, seed):
    rng = np.random.default_rng(seed)
    grid = rng.uniform(size=(size, 4))
    return grid, rng.binomial(1, np.repeat(solved(grid), each)).astype(float), np.repeat(np.arange(size), each)


def test_shares_of_noisy_wars_agree_with_sobol_on_the_formula(truth):
    grid, hits, point = noisy(2500, 8, 1)
    told = variance_shares(grid.T, sample_means(hits, point), seed=1)
    for n in range(4):
        assert abs(told.share[n] - truth[1]["S1"][n]) < Z90 * told.error[n] + truth[1]["S1_conf"][n]
    assert list(told.matters) == [True, True, False, False] or list(told.matters) == [True, True, True, False]


def test_the_share_of_luck_is_what_the_formula_leaves_open():
    grid, hits, point = noisy(2500, 8, 2)
    p = solved(grid)
    found = sample_means(hits, point)
    assert found.noise_share == pytest.approx((p * (1 - p)).mean() / (p.mean() * (1 - p.mean())), abs=0.02)
    assert found.decided == pytest.approx(p.var(), rel=0.08)


def test_sobol_indices_of_noisy_wars_have_their_luck_taken_off(truth):
    problem, known = truth
    grid = sample.sample(problem, 1024, calc_second_order=False, seed=3)
    p = solved(grid)
    rng = np.random.default_rng(3)
    mean = rng.binomial(8, p) / 8
    found = indices_without_noise(problem, mean, float((mean * (1 - mean) / 7).mean()), seed=1)
    for n, one in enumerate(found):
        # Eight comparisons of 90 % intervals: one may lie a little outside.
        assert abs(one.first - known["S1"][n]) < 1.2 * (one.first_error + known["S1_conf"][n])
        assert abs(one.total - known["ST"][n]) < 1.2 * (one.total_error + known["ST_conf"][n])


def test_a_straight_effect_shows_in_the_slope_before_it_shows_in_the_share():
    """Two hundred idle numbers beside one that decides a twentieth: the bins see it late, the slope does not."""
    rng = np.random.default_rng(8)
    inputs = rng.normal(size=(201, 600))
    mean = 0.5 + 0.05 * inputs[0] / np.sqrt(20) + 0.05 * rng.normal(size=600) * np.sqrt(19 / 20)
    told = variance_shares(inputs, sample_means(mean, np.arange(600)), seed=1)
    assert told.share[0] < told.chance
    assert told.slope[0] > told.chance_slope
    assert told.matters.sum() == 1
    assert told.order[0] == 0
    assert told.slope[0] == pytest.approx(0.05 / np.sqrt(20), rel=0.35)


def war_solved(line, hidden, effort):
    """The twins' war as a walk: barriers set back by .583 of a month's step (Siegmund 1985)."""
    drift = 0.3 * np.sign(hidden) * np.maximum(np.abs(hidden) - 0.1, 0) * effort
    volatility = 0.5 * np.sqrt(effort)
    return ruin(line, drift, volatility, 2 + 0.583 * volatility)


@pytest.fixture(scope="module")
def fought():
    scenario = war(twins(), RUIN)
    seen = []
    keep = lambda number, situation, _: (
        seen.append(float(situation.belligerents()[0].effort.mean())) if number == 0 else None
    )
    ensemble = run(scenario, Design(16_000, kept=0, horizon=LONG), cuts=CUTS, watch=keep)
    return scenario, ensemble, read_target("victory:north", ["north", "south"], LONG, LONG), float(np.mean(seen))


def test_a_war_without_talks_is_the_gamblers_ruin(fought):
    _, ensemble, aim, effort = fought
    line, hidden = (ensemble.inputs[ensemble.input_names.index(name)] for name in ("stake.held", "laws.hidden"))
    p = war_solved(np.log(line / (1 - line)), hidden, effort)
    found = sample_means(aim.hits(ensemble), ensemble.point)
    assert found.p == pytest.approx(p.mean(), abs=0.02)
    assert found.decided == pytest.approx(p.var(), rel=0.1)


def test_sense_agrees_with_sobol_on_that_war(fought):
    scenario, ensemble, aim, effort = fought
    told = variance_shares(np.asarray(ensemble.inputs), sample_means(aim.hits(ensemble), ensemble.point), seed=1)
    names = ["stake.held", "laws.hidden"]
    numbers = {name: ensemble.war.numbers[name] for name in names}
    problem = {"num_vars": 2, "names": names, "bounds": [[0, 1]] * 2}
    grid = np.clip(sample.sample(problem, 2048, calc_second_order=False, seed=1), 1e-6, 1 - 1e-6)
    line, hidden = (numbers[name].quantile(grid[:, n]) for n, name in enumerate(names))
    known = salib.analyze(
        problem, war_solved(np.log(line / (1 - line)), hidden, effort), calc_second_order=False, conf_level=0.9, seed=1
    )
    own = sobol_indices(
        numbers,
        names,
        lambda design, values: run(scenario, design, cuts=CUTS, overrides=values),
        aim,
        128,
        Design(8, horizon=LONG),
    )
    for n, name in enumerate(names):
        row = ensemble.input_names.index(name)
        assert abs(told.share[row] - known["S1"][n]) < Z90 * told.error[row] + known["S1_conf"][n]
        assert abs(own[n].total - known["ST"][n]) < own[n].total_error + known["ST_conf"][n]
    others = [n for n, name in enumerate(ensemble.input_names) if name not in names]
    assert not told.matters[others].any()
