"""First-order shares of variance: how much of what the parameters decide depends on each alone.

The runs that are there are sorted into bins by each number in turn: what differs between the bins' means is what the
number decides by itself. No further run is needed. Luck also makes bins differ; that is estimated and taken off.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from ripeness.study.sensitivity.predictive_gains import PredictiveGains, predictive_gains
from ripeness.study.sensitivity.sample_means import SampleMeans
from ripeness.study.weighted_statistics import uniform_draws
from ripeness.world.quantity import Z90

Array = NDArray[np.float64]
BINS = 12  # enough for a bend, few enough for some hundred points in each
MIN_SAMPLES_PER_BIN = 8  # points in a bin below which its mean says little
REPEATS = 100  # resamples behind an interval: its standard error is then known to 7 %
GROUP_SHUFFLES = 100  # shuffles behind the level that chance reaches for the largest group
SHUFFLES = 200  # shuffles behind the level that chance alone reaches
TAILS = (0.05, 0.95)
LEAST_EIGENVALUE = 1e-9  # of a correlation matrix, below which a direction is none
CHANCE = 0.975  # share of shuffles in which no number rises above that level; there are two levels, so 95 % in all


@dataclass(frozen=True, slots=True)
class VarianceShares:
    """First-order shares with their standard errors, and the maximum that chance reaches.

    `share` may come out below 0 or, where there are few samples, above 1; `bounded_share`, `low` and `high` are the
    share and its 90 % interval between 0 and 1. `chance` is the share, `chance_slope` the absolute slope that chance
    reaches when outcomes are shuffled over samples. `gains` says what parameters predict together; `counts` are the
    resamples, and `decided_again` the decided variance in each. `shuffled` are shares when outcomes are shuffled.
    Shapes: share, bounded_share, low, high, error, slope (K,), shuffled (K, shuffles), counts (N, repeats),
    decided_again (repeats,).
    """

    share: Array
    bounded_share: Array
    low: Array
    high: Array
    error: Array
    slope: Array
    shuffled: Array
    gains: PredictiveGains
    counts: Array
    decided: float
    decided_again: Array
    chance: float
    chance_slope: float
    bins: int

    @property
    def matters(self) -> NDArray[np.bool_]:
        """Which parameters exceed the maximum under shuffling, in share or in slope. Shapes: returns (K,).

        A straight effect shows in the slope at half the points that its share needs, a bent one in the share alone.
        """
        return np.asarray((self.share > self.chance) | (np.abs(self.slope) > self.chance_slope))

    @property
    def faint(self) -> bool:
        """Whether what the parameters decide does not differ from noise: its 90 % interval reaches zero."""
        lowest = self.decided + np.quantile(self.decided_again - self.decided_again.mean(), 1 / 20)
        return bool(self.decided <= 0 or lowest <= 0)

    def of(self, rows: NDArray[np.intp]) -> tuple[float, float, float]:
        """Return the share that some parameters predict together, with its 90 % interval, between 0 and 1.

        Only clear effects predict. The upper end therefore also covers what the sum of the numbers' shares
        leaves possible: many weak numbers may decide together what none of them shows alone.
        """
        part = np.array([self.gains.gain[rows].sum()])
        at_points = self.gains.at_points(rows)
        resampled = (at_points @ self.counts / self.counts.sum(axis=0))[None]
        share, low, high = bounded_shares(part, self.decided, resampled, self.decided_again)
        unseen = self.share[rows].sum() + Z90 * self.shuffled[rows].sum(axis=0).std(ddof=1)
        return float(share[0]), float(low[0]), float(np.clip(unseen, high[0], 1.0))

    @property
    def order(self) -> NDArray[np.intp]:
        """The numbers that matter first, then by share. Shapes: returns (K,)."""
        return np.lexsort((-self.share, ~self.matters))


def variance_shares(
    inputs: NDArray[np.floating], means: SampleMeans, seed: int, jointly: NDArray[np.intp] | None = None
) -> VarianceShares:
    """First-order shares of the variance that the inputs decide.

    1. Sort the points by a number into bins of equal count (equal values stay together).
    2. Variance between bins = sum of squares between, less bins - 1 times the mean square within, over points.
    3. Divide by the variance of the probability over all inputs, noise removed.
    4. Resample points for the standard error; shuffle outcomes over points for what chance alone would show.

    Assumes that the numbers are drawn independently of each other, but for the rows `jointly`: the share and the slope
    of such a number hold what comes with it, and only what these predict together adds up (see `decorrelated`). A
    number that acts only together with others has a share of zero here; Sobol' total indices see it.

    Shapes: inputs (K, N), jointly (J,).
    Units: shares of the decided variance; slope in probability per standard deviation.
    Source: Saltelli et al. 2008, "Global sensitivity analysis: the primer", section 1.2; Li and Mahadevan 2016,
    Reliability Engineering and System Safety 153; the correction is epsilon squared (Kelley 1935).
    """
    bins = max(2, min(BINS, len(means.mean) // MIN_SAMPLES_PER_BIN))
    sorter = _sorter(inputs, bins)
    decided = means.decided
    scale = 1.0 / decided if decided > 0 else 0.0
    between_bins = _variance_between_bins(sorter, means.mean[:, None], means.weight[:, None], bins)[:, 0]
    counts = resample_counts(len(means.mean), seed) * means.weight[:, None]
    resampled = _variance_between_bins(sorter, np.repeat(means.mean[:, None], REPEATS, axis=1), counts, bins)
    order = _shuffles(len(means.mean), seed)
    shuffled = _variance_between_bins(sorter, means.mean[order], means.weight[order], bins) * scale
    decided_resampled = np.array([decided_variance(means, column) for column in counts.T])
    bounded_share, low, high = bounded_shares(between_bins, decided, resampled, decided_resampled)
    # A resample repeats points, so that bins differ by chance twice: its spread is of use, its mean is not.
    error = resampled.std(axis=1, ddof=1) * scale
    chance = float(np.quantile(shuffled.max(axis=0), CHANCE))
    scores = _scores(inputs)
    shuffled_slopes = scores @ (means.weight[order] * (means.mean[order] - means.p)) / len(order)
    chance_slope = float(np.quantile(np.abs(shuffled_slopes).max(axis=0), CHANCE))
    slope = scores @ (means.weight * (means.mean - means.p)) / len(order)
    if jointly is not None and len(jointly) > 1:
        scores[jointly] = decorrelated(scores[jointly])
    predictive = predictive_gains(scores, means, order[:, :GROUP_SHUFFLES])
    return VarianceShares(
        between_bins * scale,
        bounded_share,
        low,
        high,
        error,
        slope,
        shuffled,
        predictive,
        counts,
        decided,
        decided_resampled,
        chance,
        chance_slope,
        bins,
    )


def decided_variance(means: SampleMeans, count: Array) -> float:
    """The variance that the inputs decide, in a resample. Shapes: count (N,)."""
    mean = float((count * means.mean).sum() / count.sum())
    return float((count * (means.mean - mean) ** 2).sum() / count.sum()) - means.noise


def _sorter(inputs: NDArray[np.floating], bins: int) -> sparse.csr_array:
    """A matrix that adds up points by number and bin. Shapes: inputs (K, N); returns (K * bins, N)."""
    n_parameters, size = inputs.shape
    edges = np.quantile(inputs, np.linspace(0, 1, bins + 1)[1:-1], axis=1)
    place = np.empty((n_parameters, size), dtype=np.int64)
    for row in range(n_parameters):
        place[row] = np.searchsorted(edges[:, row], inputs[row], side="right") + row * bins
    columns = np.tile(np.arange(size), n_parameters)
    return sparse.csr_array((np.ones(n_parameters * size), (place.ravel(), columns)), shape=(n_parameters * bins, size))


def _variance_between_bins(sorter: sparse.csr_array, values: Array, weight: Array, bins: int) -> Array:
    """Variance between bins, chance removed. Shapes: values, weight (N, B); returns (K, B)."""
    n_parameters = sorter.shape[0] // bins
    count = (sorter @ weight).reshape(n_parameters, bins, -1)
    total = (sorter @ (weight * values)).reshape(n_parameters, bins, -1)
    total_weight = weight.sum(axis=0)
    mean = (weight * values).sum(axis=0) / total_weight
    all_squares = (weight * values**2).sum(axis=0) - total_weight * mean**2
    filled = count > 0
    squares = np.where(filled, total**2 / np.where(filled, count, 1.0), 0.0).sum(axis=1) - total_weight * mean**2
    filled_bins = filled.sum(axis=1)
    size = len(values)
    within_bins = np.maximum(all_squares - squares, 0.0) / np.maximum(size - filled_bins, 1)
    return (squares - (filled_bins - 1) * within_bins) / total_weight


def _scores(inputs: NDArray[np.floating]) -> Array:
    """Every number less its mean, over its standard deviation; a slope is then a change for one of these.

    Shapes: inputs (K, N); returns (K, N).
    """
    centred = inputs.astype(np.float64) - inputs.mean(axis=1, keepdims=True, dtype=np.float64)
    sd = centred.std(axis=1, keepdims=True)
    return np.where(sd > 0, centred / np.where(sd > 0, sd, 1.0), 0.0)


def decorrelated(scores: Array) -> Array:
    """Scores that are correlated, as uncorrelated ones that stay as near to them as can be.

    Shapes: scores (J, N), each of mean 0; returns (J, N), zero where a number adds nothing to the others.
    Source: Kessy, Lewin and Strimmer 2018, "Optimal whitening and decorrelation", The American Statistician 72.
    """
    value, vector = np.linalg.eigh(scores @ scores.T / scores.shape[1])
    inverse_root = np.where(value > LEAST_EIGENVALUE, 1 / np.sqrt(np.maximum(value, LEAST_EIGENVALUE)), 0.0)
    return np.asarray(vector @ (inverse_root[:, None] * (vector.T @ scores)))


def _uniform(size: int, repeats: int, seed: int, name: str) -> Array:
    return uniform_draws(size * repeats, seed, name).reshape(size, repeats)


def resample_counts(size: int, seed: int) -> Array:
    """How often each point is taken in each resample. Shapes: returns (N, repeats)."""
    indices = (_uniform(size, REPEATS, seed, "sense/resample") * size).astype(np.int64)
    return np.stack([np.bincount(column, minlength=size) for column in indices.T], axis=1).astype(np.float64)


def _shuffles(size: int, seed: int) -> NDArray[np.intp]:
    return np.argsort(_uniform(size, SHUFFLES, seed, "sense/shuffle"), axis=0)


def bounded_shares(part: Array, total: float, part_again: Array, total_again: Array) -> tuple[Array, Array, Array]:
    """Shares of parts in a whole, and their 90 % intervals.

    A variance from which noise was removed can come out below zero, and a part of it above the whole, where few
    points are there to tell. Part and rest are variances, of which neither can be negative: each is estimated as zero
    where it comes out below, in the answer and in every resample alike, and the share is part / (part + rest). Where
    resamples leave neither of both, a share is anything from 0 to 1, and the interval says so.

    Shapes: part (K,); part_again (K, B), total_again (B,), from resampled points; returns three (K,).

    >>> share, low, high = bounded_shares(np.array([.5, 3.]), 2., np.array([[.4, .6], [3., 3.]]), np.array([2., 2.]))
    >>> share.tolist(), high.round(3).tolist()
    ([0.25, 1.0], [0.295, 1.0])
    """
    remainder = total - part
    # A resample repeats points, so that its mean is off by a known amount; only how it varies is of use.
    remainder_again = total_again - part_again
    shifted = np.maximum(part[:, None] + part_again - part_again.mean(axis=1, keepdims=True), 0.0)
    shifted_remainder = np.maximum(
        remainder[:, None] + remainder_again - remainder_again.mean(axis=1, keepdims=True), 0.0
    )
    share = _share(np.maximum(part, 0.0), np.maximum(remainder, 0.0), 0.0)
    low = np.quantile(_share(shifted, shifted_remainder, 0.0), TAILS[0], axis=1)
    high = np.quantile(_share(shifted, shifted_remainder, 1.0), TAILS[1], axis=1)
    return share, np.minimum(low, share), np.maximum(high, share)


def _share(part: Array, remainder: Array, default: float) -> Array:
    """Part of both together; `default` where neither is there."""
    total = part + remainder
    return np.asarray(np.where(total > 0, part / np.where(total > 0, total, 1.0), default))
