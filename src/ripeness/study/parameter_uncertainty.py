"""Parameter uncertainty of a probability, with the noise of random draws removed.

Each parameter sample has only a few replications, so that its share of hits is the probability plus noise.
Taking the noise out again is a deconvolution: of all distributions of the probability, which would have given the
counts that are there? A beta distribution is tried first. Where the counts contradict it, it is reshaped until they no
longer do, and no further.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
TAILS = (0.05, 0.95)
NEGLIGIBLE = 1e-9  # far below what any number of draws can tell from 0
CELLS = 121  # cells of the probability, finer towards 0 and 1, where most outcomes of a war lie
ROUNDS = 5  # between two looks at whether the counts still contradict the distribution
MOST_ROUNDS = 3000
FITTED_NUMBERS = 3  # a histogram of k counts leaves k - 1 numbers free, of which the beta distribution takes two
INITIAL_MASS = 1e-9  # mass that every cell has at first, so that no probability is ruled out by the first guess


@dataclass(frozen=True, slots=True)
class HitHistogram:
    """How many parameter samples show 0, 1, ... n hits, over the samples with the most common number of runs.

    Shapes: counts (..., n + 1).
    """

    counts: Array

    @property
    def runs(self) -> int:
        """Replications of a parameter sample."""
        return self.counts.shape[-1] - 1


def hit_histogram(hits: Array, runs: Array) -> HitHistogram | None:
    """Count parameter samples by their hits; none where hardly any has two runs, as noise is then unknown.

    Shapes: hits (..., G), runs (G,).

    >>> hit_histogram(np.array([[0., 2., 2., 1.]]), np.array([2., 2., 2., 1.])).counts
    array([[1., 0., 2.]])
    """
    several = runs[runs >= 2].astype(np.intp)
    if len(several) < 2:
        return None
    usual = int(np.bincount(several).argmax())
    usual_hits = np.rint(hits[..., runs == usual]).astype(np.intp)
    rows = usual_hits.reshape(-1, usual_hits.shape[-1])
    counts = (
        np.stack([np.bincount(row, minlength=usual + 1) for row in rows]) if len(rows) else np.empty((0, usual + 1))
    )
    return HitHistogram(counts.reshape(*usual_hits.shape[:-1], usual + 1).astype(np.float64))


def probability_tails(mean: Array, observed: HitHistogram) -> tuple[Array, Array]:
    """Return 5 and 95 % points of the probability over the parameters.

    1. Variance of the points' shares, less what random draws inside the points give, is that of the probability.
    2. The beta distribution with that variance and the overall mean is taken, if the histogram does not contradict it:
       if its deviance is at most the median that chance gives.
    3. Else its mass is moved by expectation and maximisation towards the distribution of greatest likelihood, which
       need have no form, and stopped as soon as the histogram no longer contradicts it. Going on would fit the noise.

    Shapes: mean (...,), the overall probability; returns two (...,).
    Source: Kleinman 1973, JASA 68, 46-54 (moments of the beta-binomial); Laird 1978, JASA 73, 805-811 (nonparametric
    mixing distribution by EM); Morozov 1984, "Methods for solving incorrectly posed problems" (stopping at the noise).
    """
    counts, runs = observed.counts, observed.runs
    level = np.arange(runs + 1) / runs
    n_samples = counts.sum(axis=-1)
    centre = counts @ level / n_samples
    total = (counts @ level**2 / n_samples - centre**2) * n_samples / np.maximum(n_samples - 1, 1)
    noise = counts @ (level * (1 - level) / (runs - 1)) / n_samples
    variance_between = np.maximum(total - noise, 0.0)
    low, high = beta_tails(mean, variance_between)
    unsure = (variance_between > 0) & (mean > 0) & (mean < 1)
    if unsure.any():
        reshaped, low_of, high_of = _reshaped(counts[unsure], centre[unsure], variance_between[unsure])
        low[unsure] = np.where(reshaped, low_of, low[unsure])
        high[unsure] = np.where(reshaped, high_of, high[unsure])
    # Where nearly every point gives 0, the mean lies above the 95 % point; the probability itself always lies inside.
    return np.minimum(np.where(low < NEGLIGIBLE, 0.0, low), mean), np.maximum(high, mean)


def beta_tails(mean: Array, variance: Array) -> tuple[Array, Array]:
    """5 and 95 % points of a beta distribution with this mean and variance; the mean itself where nothing varies.

    Shapes: (...,) each.

    >>> low, high = beta_tails(np.array([.5]), np.array([1 / 12]))
    >>> round(float(low[0]), 3), round(float(high[0]), 3)
    (0.05, 0.95)
    """
    from scipy.special import betaincinv  # slow to import: only when a forecast is made

    varies = (variance > 1e-12) & (mean * (1 - mean) > 0)
    size = np.where(varies, _size(mean, variance), 1.0)
    low, high = (
        np.where(
            varies, betaincinv(np.where(varies, mean * size, 1.0), np.where(varies, (1 - mean) * size, 1.0), tail), mean
        )
        for tail in TAILS
    )
    return low, high


def _size(mean: Array, variance: Array) -> Array:
    """The sum of both parameters of a beta distribution."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.maximum(mean * (1 - mean) / variance - 1, 1e-3)


def _reshaped(counts: Array, mean: Array, variance: Array) -> tuple[NDArray[np.bool_], Array, Array]:
    """Which histograms contradict their beta distribution, and the tails of what it becomes.

    Shapes: counts (M, n + 1), mean, variance (M,).
    """
    from scipy.special import betainc

    runs = counts.shape[1] - 1
    edge = np.sin(np.linspace(0.0, np.pi / 2, CELLS + 1)) ** 2
    edge_between = edge[1:-1]
    size = _size(mean, variance)[:, None]
    below = betainc(mean[:, None] * size, (1 - mean[:, None]) * size, edge_between)
    mass = np.diff(below, axis=1, prepend=0.0, append=1.0) + INITIAL_MASS
    mass /= mass.sum(axis=1, keepdims=True)
    chance = _binomial(runs, _middles(edge))
    share = counts / counts.sum(axis=1, keepdims=True)
    limit = _median_of_chi_square(np.maximum((counts > 0).sum(axis=1) - FITTED_NUMBERS, 1))
    open_ = _deviance(counts, mass @ chance) > limit
    reshaped = open_.copy()
    for _ in range(MOST_ROUNDS // ROUNDS):
        if not open_.any():
            break
        part, target = mass[open_], share[open_]
        for _ in range(ROUNDS):
            part = part * ((target / np.maximum(part @ chance, NEGLIGIBLE)) @ chance.T)
        mass[open_] = part
        open_[open_] = _deviance(counts[open_], part @ chance) > limit[open_]
    below = np.concatenate([np.zeros((len(mass), 1)), np.cumsum(mass, axis=1)], axis=1)
    low, high = (np.array([np.interp(tail, row, edge) for row in below]) for tail in TAILS)
    return reshaped, low, high


def _middles(edge: Array) -> Array:
    """The probability that stands for a cell: its middle, and 0 and 1 themselves for the outermost cells."""
    middle = (edge[1:] + edge[:-1]) / 2
    middle[0], middle[-1] = 0.0, 1.0
    return middle


def _binomial(runs: int, p: Array) -> Array:
    """Probability of each number of hits. Shapes: p (C,); returns (C, runs + 1)."""
    from scipy.special import comb

    k = np.arange(runs + 1)
    return np.asarray(comb(runs, k) * p[:, None] ** k * (1 - p[:, None]) ** (runs - k))


def _deviance(counts: Array, expected: Array) -> Array:
    """Twice the log likelihood that an exact fit would gain. Shapes: counts, expected (M, n + 1); returns (M,)."""
    share = counts / counts.sum(axis=1, keepdims=True)
    ratio = np.where(counts > 0, share / np.maximum(expected, NEGLIGIBLE), 1.0)
    return np.asarray(2 * (counts * np.log(ratio)).sum(axis=1))


def _median_of_chi_square(freedom: NDArray[np.intp]) -> Array:
    """The median of chi square by Wilson and Hilferty's formula (1931)."""
    return freedom * (1 - 2 / (9 * freedom)) ** 3
