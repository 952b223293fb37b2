"""Decisions simulated from known power, and the power inferred back: the sampler is calibrated over many polities.

Twice: power fixed and positions known, as in the stated problem; and as `infer` does it unless told otherwise, with
power that moves in time and positions that are known only within their intervals.
"""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import chi2
from simulated import blank, decided, polity

from ripeness.study.who_decides.council_likelihood import council_likelihood
from ripeness.study.who_decides.posterior import sample_posterior

ITEMS = 14
DRAWS = 63  # so that ranks take 64 values, put into 8 bins
BINS = 8
HISTOGRAMS = 6  # three of each experiment: Bonferroni
KINDS = {
    "fixed": (216, {}, {"at_medians": True, "knots": 1}, 600),
    "moving": (120, {"open_": 0.08, "walk": 0.15}, {"at_medians": False, "knots": 3}, 200),
}


@pytest.fixture(scope="module", params=list(KINDS))
def experiment(request):
    """For each simulated polity: ranks of its true shares and of the truth's own likelihood among posterior draws, and
    whether 90 % intervals hold the shares.
    """
    polities, made, how, particles = KINDS[request.param]
    ranks, inside = [], []
    for number in range(polities):
        factions = 3 + number % 6
        luck = np.random.default_rng([11, number])
        scenario = polity(luck, factions, **made)
        laid = council_likelihood(scenario, "north", blank(scenario, ITEMS), **how)
        u = luck.standard_normal(laid.unknowns)
        truth = laid.power(u[:, None])[0, :, 0]  # at the first date
        laid = council_likelihood(scenario, "north", decided(scenario, luck, laid, u), **how)
        found = sample_posterior(laid, label=str(number), repeats=2, particles=particles)
        kept = luck.choice(found.particles, DRAWS, replace=False)
        power = laid.power(found.unknowns)[0]
        which = int(luck.integers(factions))  # one share a polity: shares of the same polity are not independent
        leader = int(np.argmax([f.leads for f in scenario.polities["north"].factions.values()]))
        logs = laid.log_likelihood(found.unknowns)[kept]
        rank = [int((power[f, kept] < truth[f]).sum()) for f in (which, leader)]
        ranks.append([*rank, int((logs < laid.log_likelihood(u[:, None])[0]).sum())])
        low, high = np.quantile(power, (0.05, 0.95), axis=1)
        inside.append(float(((low <= truth) & (truth <= high)).mean()))
    return np.array(ranks), np.array(inside)


@pytest.mark.parametrize("column", [0, 1, 2], ids=["any faction", "the leader", "the likelihood"])
def test_ranks_of_the_truth_among_posterior_draws_are_uniform(experiment, column):
    counts = np.bincount(experiment[0][:, column] * BINS // (DRAWS + 1), minlength=BINS)
    expected = counts.sum() / BINS
    statistic = ((counts - expected) ** 2 / expected).sum()
    assert chi2.sf(statistic, BINS - 1) > 0.01 / HISTOGRAMS, counts


def test_ninety_percent_intervals_cover_the_truth_nine_times_in_ten(experiment):
    assert 0.85 <= experiment[1].mean() <= 0.95
