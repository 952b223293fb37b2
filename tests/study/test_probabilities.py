"""Probabilities with their two uncertainties, against wars whose answer is known."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import beta

from ripeness.study.parameter_uncertainty import beta_tails
from ripeness.study.probabilities import (
    OUTCOME_KINDS,
    merged_kinds,
    monte_carlo_interval,
    outcome_probabilities,
    parameter_interval,
)

POLITIES = ("north", "south")


def sample(a, b, points, per_point, seed=0):
    """Hits at points whose true probability is beta distributed."""
    luck = np.random.default_rng(seed)
    p = luck.beta(a, b, points)
    return luck.binomial(per_point, p).astype(float)[None], np.full(points, float(per_point))


@given(st.integers(1, 400), st.integers(1, 12), st.integers(0, 2**32 - 1))
@settings(max_examples=40, deadline=None)
def test_the_chances_of_a_month_sum_to_one_and_lie_inside_their_intervals(draws, per_point, seed):
    luck = np.random.default_rng(seed)
    code, months = luck.integers(0, 9, draws).astype(float), luck.uniform(0, 24, draws)
    found = outcome_probabilities(code, months, np.arange(draws) // per_point, POLITIES, [6, 24])
    for month in (6, 24):
        rows = [one for one in found if one.month == month]
        assert len(rows) == len(OUTCOME_KINDS)
        assert abs(sum(one.p for one in rows) - 1) < 1e-9
    for one in found:
        assert 0 <= one.mc_low <= one.p <= one.mc_high <= 1
        assert np.isnan(one.p_low) or 0 <= one.p_low <= one.p <= one.p_high <= 1


def test_a_war_that_ends_later_is_still_fighting():
    found = outcome_probabilities(np.array([5.0]), np.array([7.0]), np.array([0]), POLITIES, [6, 7], merged_kinds())
    assert {(one.month, one.outcome) for one in found if one.p == 1} == {(6.0, "fighting"), (7.0, "settlement")}


@pytest.mark.parametrize(("a", "b"), [(2, 5), (0.5, 0.5), (20, 4), (1, 1)])
def test_the_spread_over_inputs_is_that_of_the_true_probabilities(a, b):
    low, high = parameter_interval(*sample(a, b, 20_000, 8))
    assert abs(low[0] - beta.ppf(0.05, a, b)) < 0.02
    assert abs(high[0] - beta.ppf(0.95, a, b)) < 0.02


def test_without_the_correction_luck_would_pass_for_uncertain_inputs():
    hits, runs = sample(2000, 3000, 20_000, 8)
    low, high = parameter_interval(hits, runs)
    assert high[0] - low[0] < 0.12
    raw_low, raw_high = np.quantile(hits[0] / runs, (0.05, 0.95))
    assert raw_high - raw_low > 0.5


def test_one_run_a_point_says_nothing_about_the_spread():
    low, high = parameter_interval(np.array([[1.0, 0.0, 1.0]]), np.ones(3))
    assert np.isnan(low[0])
    assert np.isnan(high[0])


def test_a_probability_that_no_input_moves_has_no_spread():
    low, high = beta_tails(np.array([0.3]), np.array([0.0]))
    assert (low[0], high[0]) == (0.3, 0.3)


@pytest.mark.parametrize(("a", "b"), [(0.4, 0.6), (1, 9), (50, 50)])
def test_the_monte_carlo_interval_covers_the_truth_nine_times_in_ten(a, b):
    covered = 0
    for seed in range(400):
        low, high = monte_carlo_interval(*sample(a, b, 250, 8, seed))
        covered += low[0] <= a / (a + b) <= high[0]
    assert 0.86 <= covered / 400 <= 0.94


def test_runs_that_share_their_inputs_count_for_fewer():
    shared, runs = np.repeat([[8.0, 0.0]], 50, axis=0).reshape(1, -1), np.full(100, 8.0)
    low, high = monte_carlo_interval(shared, runs)
    alone_low, alone_high = monte_carlo_interval(np.repeat([[1.0, 0.0]], 400, axis=0).reshape(1, -1), np.ones(800))
    assert high[0] - low[0] > 2.5 * (alone_high[0] - alone_low[0])


def test_an_outcome_never_seen_is_not_called_impossible():
    low, high = monte_carlo_interval(np.zeros((1, 250)), np.full(250, 8.0))
    assert low[0] == 0
    assert 0.001 < high[0] < 0.02
