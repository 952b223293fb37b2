"""The spread of a probability over the inputs, against mixing distributions that are known, at eight runs a point."""

from __future__ import annotations

import numpy as np
import pytest

from ripeness.study.parameter_uncertainty import TAILS, hit_histogram
from ripeness.study.probabilities import parameter_interval

RUNS, SEEDS = 8, 60


def two_points(luck, points):
    return np.where(luck.random(points) < 0.3, 0.6, 0.1)


def never_or_uniform(luck, points):
    return np.where(luck.random(points) < 0.9, 0.0, luck.random(points))


def nearly_always(luck, points):
    """Like a war that still goes on after a year: certain at most inputs, open at a few,
    out of the question at none.
    """
    return np.where(luck.random(points) < 0.9, 1 - 0.02 * luck.random(points), luck.beta(6, 2, points))


KNOWN = {
    "point": (lambda luck, points: np.full(points, 0.3), 0.03),
    "rare point": (lambda luck, points: np.full(points, 0.02), 0.012),
    "two points": (two_points, 0.06),
    "beta": (lambda luck, points: luck.beta(2, 5, points), 0.015),
    "beta at both ends": (lambda luck, points: luck.beta(0.5, 0.5, points), 0.015),
    "beta near 1": (lambda luck, points: luck.beta(20, 4, points), 0.015),
    "beta near 0": (lambda luck, points: luck.beta(0.05, 1, points), 0.02),
    "never, or anything": (never_or_uniform, 0.03),
    "nearly always": (nearly_always, 0.06),
    "logit-normal": (lambda luck, points: 1 / (1 + np.exp(3 - 1.5 * luck.standard_normal(points))), 0.02),
}


def ends(draw, points, seeds=SEEDS):
    """Both ends over many seeds. Shapes: returns (2, seeds)."""
    hits = np.stack(
        [
            np.random.default_rng([seed, 1]).binomial(RUNS, draw(np.random.default_rng(seed), points))
            for seed in range(seeds)
        ]
    )
    return np.stack(parameter_interval(hits.astype(float), np.full(points, float(RUNS))))


@pytest.mark.parametrize("name", KNOWN)
def test_the_ends_of_the_spread_are_right_on_average_at_eight_runs_a_point(name):
    draw, bias = KNOWN[name]
    truth = np.quantile(draw(np.random.default_rng(999), 400_000), TAILS)
    found = ends(draw, 2500)
    assert np.abs(found.mean(axis=1) - truth).max() < bias
    assert found.std(axis=1).max() < 0.08


def test_at_a_tenth_of_the_points_the_ends_are_as_right_only_noisier():
    truth = np.quantile(never_or_uniform(np.random.default_rng(999), 400_000), TAILS)
    found = ends(never_or_uniform, 250, 120)
    assert np.abs(found.mean(axis=1) - truth).max() < 0.06
    assert found.std(axis=1).max() < 0.2


def test_points_with_another_number_of_runs_do_not_disturb_the_histogram():
    hits, runs = np.array([[0.0, 8.0, 4.0, 3.0]]), np.array([8.0, 8.0, 8.0, 3.0])
    assert hit_histogram(hits, runs).counts.tolist() == [[1, 0, 0, 0, 1, 0, 0, 0, 1]]


@pytest.mark.parametrize("runs", [2, 3, 20, 64])
def test_the_ends_lie_in_order_inside_0_and_1_at_any_number_of_runs(runs):
    luck = np.random.default_rng(runs)
    hits = luck.binomial(runs, luck.beta(0.1, 0.4, (30, 200))).astype(float)
    low, high = parameter_interval(hits, np.full(200, float(runs)))
    mean = hits.mean(axis=1) / runs
    assert (low >= 0).all()
    assert (low <= mean).all()
    assert (mean <= high).all()
    assert (high <= 1).all()
