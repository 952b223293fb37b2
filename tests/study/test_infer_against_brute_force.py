"""The sampler against sums over a grid and against plain importance sampling: three fixed problems, no shared
machinery.
"""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import norm
from simulated import decisions, polity

from ripeness.study.who_decides.council_likelihood import council_likelihood
from ripeness.study.who_decides.posterior import sample_posterior
from ripeness.study.who_decides.tempered_smc import tempered_smc

ITEMS = 12


def problem(number, factions, noise=0.08):
    luck = np.random.default_rng([5, number])
    scenario = polity(luck, factions, noise=noise)
    truth = luck.dirichlet(np.full(factions, 4.0))
    return council_likelihood(scenario, "north", decisions(scenario, luck, ITEMS, truth), at_medians=True)


def plain_likelihood(laid, power):
    """The stated likelihood written out: mean by power, quantal response on 101 points, doubt spread evenly."""
    points = np.linspace(0, 1, 101)
    positions = laid.numbers.centre[:-3].reshape(len(laid.issues), len(laid.factions))
    noise, total = laid.numbers.centre[-3], np.zeros(power.shape[1])
    for item in laid.items:
        mean = positions[laid.issues.index(item.issue)] @ power
        odds = np.exp(-0.5 * ((points[:, None] - mean) / noise) ** 2)
        chance = (odds / odds.sum(axis=0))[round(item.at * 100)]
        total += np.log((1 - item.doubt) * chance + item.doubt / 101)
    return total


@pytest.mark.parametrize(("number", "factions"), [(1, 2), (2, 3)])
def test_evidence_and_posterior_agree_with_a_sum_over_a_fine_grid(number, factions):
    laid = problem(number, factions)
    side = np.linspace(-5, 5, {2: 201, 3: 51}[factions])
    mesh = np.array(np.meshgrid(*[side] * factions, indexing="ij")).reshape(factions, -1)
    strength = np.exp(laid.prior.centre[:, None] + laid.prior.spread[:, None] * mesh)
    power = strength / strength.sum(axis=0)
    logs = plain_likelihood(laid, power) + norm.logpdf(mesh).sum(axis=0) + factions * np.log(side[1] - side[0])
    weight = np.exp(logs - logs.max())
    exact, mean = logs.max() + np.log(weight.sum()), power @ weight / weight.sum()
    found = sample_posterior(laid, repeats=6, particles=2000)
    error = max(found.log_evidence_sd / np.sqrt(6), 0.005)
    assert abs(found.log_evidence - exact) < 4 * error + 0.005  # 0.005: straight lines in the table
    assert laid.power(found.unknowns)[0].mean(axis=1) == pytest.approx(mean, abs=0.01)


def test_evidence_and_posterior_of_six_factions_agree_with_plain_importance_sampling():
    laid = problem(3, 6)
    luck = np.random.default_rng(9).standard_normal((6, 120_000))
    strength = np.exp(laid.prior.centre[:, None] + laid.prior.spread[:, None] * luck)
    power = strength / strength.sum(axis=0)
    logs = plain_likelihood(laid, power)
    weight = np.exp(logs - logs.max())
    exact, mean = logs.max() + np.log(weight.mean()), power @ weight / weight.sum()
    assert weight.sum() ** 2 / (weight**2).sum() > 1000  # the oracle itself is sound
    found = sample_posterior(laid, repeats=6, particles=2000)
    assert abs(found.log_evidence - exact) < 4 * max(found.log_evidence_sd / np.sqrt(6), 0.01)
    assert laid.power(found.unknowns)[0].mean(axis=1) == pytest.approx(mean, abs=0.012)


def test_the_sampler_gives_the_known_answer_of_a_normal_problem():
    found = tempered_smc(lambda u: norm.logpdf(2.0, u, 0.25).sum(axis=0), 3, particles=4000)
    assert found.log_evidence == pytest.approx(3 * norm.logpdf(2.0, 0, np.sqrt(1 + 0.25**2)), abs=0.15)
    assert found.unknowns.mean(axis=1) == pytest.approx(2 / (1 + 0.25**2), abs=0.03)
    assert found.unknowns.std(axis=1) == pytest.approx(0.25 / np.sqrt(1 + 0.25**2), rel=0.08)


def test_the_same_seed_repeats_every_particle():
    laid = problem(4, 3)
    one, two, other = (sample_posterior(laid, seed=seed, repeats=2, particles=200) for seed in (1, 1, 2))
    assert np.array_equal(one.unknowns, two.unknowns)
    assert not np.array_equal(one.unknowns, other.unknowns)
