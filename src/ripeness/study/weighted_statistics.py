"""Shares, means and quantiles of weighted runs, with errors that allow for runs that share a parameter sample."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ripeness.ensemble.gather import Ensemble
from ripeness.study.probabilities import monte_carlo_interval
from ripeness.world.chance import SAMPLE, stable_id, uniforms
from ripeness.world.quantity import Z90

Array = NDArray[np.float64]
Points = NDArray[np.intp]
TAILS = (0.05, 0.5, 0.95)
Weights = ArrayLike | Callable[[Ensemble], Array | None] | None  # of runs, or what gives those of the war as stated


@dataclass(frozen=True, slots=True)
class ShareEstimate:
    """A share of runs with its 90 % Monte Carlo interval; `runs` says among how many. Not a number among none."""

    p: float
    low: float
    high: float
    runs: int


@dataclass(frozen=True, slots=True)
class MeanEstimate:
    """A mean, or a mean difference, with its 90 % Monte Carlo interval over parameter samples."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class RunQuantiles:
    """5 %, median and 95 % points over runs; not a number among none."""

    low: float
    median: float
    high: float


def uniform_draws(size: int, seed: int, name: str) -> Array:
    """Uniform numbers for a resample or a shuffle: the same for the same seed and name. Shapes: returns (size,)."""
    rows = np.empty((4, size))
    uniforms(seed, np.arange(size, dtype=np.uint64), 0, SAMPLE, stable_id(name), rows)
    return np.asarray(rows[0])


def run_weights(runs: int, weights: ArrayLike | None) -> Array:
    """Return the weights of runs, scaled to sum to their number; equal where none are given. Shapes: weights (R,)."""
    if weights is None:
        return np.ones(runs)
    numbers = np.asarray(weights, dtype=np.float64)
    return numbers / max(numbers.sum(), np.finfo(float).tiny) * runs


def weigh(ensemble: Ensemble, weights: Weights) -> Array | None:
    """Return the weights of the runs of the war as stated, none where all count alike. Shapes: returns (R,)."""
    if callable(weights):
        return weights(ensemble)
    return None if weights is None else np.asarray(weights, dtype=np.float64)


def estimate_share(
    hit: ArrayLike, sample_of_run: Points, weights: Array, among: ArrayLike | None = None
) -> ShareEstimate:
    """Estimate a weighted share of runs, among all or some; the interval allows for shared inputs.

    Shapes: hit, sample_of_run, weights, among (R,).

    >>> estimate_share([1, 1, 0, 0], np.arange(4), np.ones(4)).p
    0.5
    """
    inside = np.ones(len(sample_of_run), dtype=bool) if among is None else np.asarray(among, dtype=bool)
    n_inside, counts = int(inside.sum()), weights * inside
    if counts.sum() <= 0:
        return ShareEstimate(np.nan, np.nan, np.nan, 0)
    counts = counts * (counts.sum() / (counts**2).sum())  # sums to the number of runs that equal weights would need
    runs: Array = np.bincount(sample_of_run, weights=counts).astype(np.float64)
    hits: Array = np.bincount(sample_of_run, weights=counts * np.asarray(hit, dtype=np.float64)).astype(np.float64)
    low, high = monte_carlo_interval(hits[runs > 0][None], runs[runs > 0])
    return ShareEstimate(float(hits.sum() / runs.sum()), float(low[0]), float(high[0]), n_inside)


def estimate_mean(values: ArrayLike, sample_of_run: Points, weights: Array) -> MeanEstimate:
    """Estimate a weighted mean with a 90 % interval clustered by sample; of equal values the error is exactly zero.

    Shapes: values, sample_of_run, weights (R,).
    Source: Cochran 1977, section 9A (ratio estimate over clusters).

    >>> estimate_mean([0, 0, 0], np.arange(3), np.ones(3))
    MeanEstimate(mean=0.0, low=0.0, high=0.0)
    """
    numbers = np.asarray(values, dtype=np.float64)
    size = np.bincount(sample_of_run, weights=weights)
    total, nonempty = size.sum(), size > 0
    centre = float((numbers * weights).sum() / total)
    off = (np.bincount(sample_of_run, weights=weights * numbers) - centre * size)[nonempty]
    groups = len(off)
    half = float(Z90 * np.sqrt(groups / max(groups - 1, 1) * (off**2).sum()) / total)
    return MeanEstimate(centre, centre - half, centre + half)


def weighted_quantiles(values: ArrayLike, weights: Array) -> RunQuantiles:
    """Return 5 %, median and 95 % points of weighted runs. Shapes: values, weights (R,).

    >>> weighted_quantiles(np.arange(101.0), np.ones(101)).median
    50.0
    """
    numbers = np.asarray(values, dtype=np.float64)
    finite = np.isfinite(numbers) & (weights > 0)
    if not finite.any():
        return RunQuantiles(np.nan, np.nan, np.nan)
    numbers, counts = numbers[finite], weights[finite]
    order = np.argsort(numbers, kind="stable")
    middle = (np.cumsum(counts[order]) - counts[order] / 2) / counts.sum()
    low, median, high = (float(x) for x in np.interp(TAILS, middle, numbers[order]))
    return RunQuantiles(low, median, high)
