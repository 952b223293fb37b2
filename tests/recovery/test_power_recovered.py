"""Decisions simulated from known power, and the power inferred back: the sampler is calibrated over many polities."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import chi2
from simulated import decisions, polity

from ripeness.study.who_decides.council import council
from ripeness.study.who_decides.posterior import posterior
from ripeness.study.who_decides.prior import shares

POLITIES = 216
ITEMS = 14
DRAWS = 63  # so that ranks take 64 values, put into 8 bins
BINS = 8


@pytest.fixture(scope="module")
def experiment():
    """For each simulated polity: ranks of its true shares among posterior draws, and whether 90 % intervals hold
    them.
    """
    ranks, inside = [], []
    for number in range(POLITIES):
        factions = 3 + number % 6
        luck = np.random.default_rng([11, number])
        scenario = polity(luck, factions)
        laid = council(scenario, "north", decisions(scenario, luck, ITEMS, np.zeros(factions)), known=True)
        truth = shares((laid.prior.centre + laid.prior.spread * luck.standard_normal(factions))[:, None])[:, 0]
        laid = council(scenario, "north", decisions(scenario, luck, ITEMS, truth), known=True)
        found = posterior(laid, label=str(number), repeats=2, particles=600)
        power = laid.power(found.unknowns)[0]
        thin = power[:, luck.choice(power.shape[1], DRAWS, replace=False)]
        which = int(luck.integers(factions))  # one share a polity: shares of the same polity are not independent
        leader = int(np.argmax([f.leads for f in scenario.polities["north"].factions.values()]))
        ranks.append([int((thin[f] < truth[f]).sum()) for f in (which, leader)])
        low, high = np.quantile(power, (0.05, 0.95), axis=1)
        inside.append(float(((low <= truth) & (truth <= high)).mean()))
    return np.array(ranks), np.array(inside)


@pytest.mark.parametrize("column", [0, 1], ids=["any faction", "the leader"])
def test_ranks_of_the_truth_among_posterior_draws_are_uniform(experiment, column):
    counts = np.bincount(experiment[0][:, column] * BINS // (DRAWS + 1), minlength=BINS)
    expected = POLITIES / BINS
    statistic = ((counts - expected) ** 2 / expected).sum()
    assert chi2.sf(statistic, BINS - 1) > 0.01 / 2, counts  # two histograms: Bonferroni


def test_ninety_percent_intervals_cover_the_truth_nine_times_in_ten(experiment):
    assert 0.85 <= experiment[1].mean() <= 0.95
