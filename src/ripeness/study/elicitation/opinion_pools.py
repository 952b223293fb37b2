"""Opinion pools: one distribution from those of several judges, linear or logarithmic.

The linear pool is the mixture of the judges' distributions (Stone 1961); the logarithmic pool is the product of their
densities, each to the power of its weight (Genest and Zidek 1986). See Clemen and Winkler 1999.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_ndtr, ndtri_exp

from ripeness.study.elicitation.opinions import Opinions

Array = NDArray[np.float64]
LEVELS = np.array([0.05, 0.5, 0.95])
STEPS = 80  # halvings of the span in which a quantile lies
FAR = 40.0  # standard deviations beyond which no quantile of a pool lies


def mix_opinions(opinions: Opinions, weights: Array, levels: Array = LEVELS) -> Array:
    """Quantiles of the weighted mixture of the judges' distributions, on their scale.

    Shapes: weights (J,), which sum to 1; levels (Q,); returns (Q,).
    Source: Stone 1961, "The opinion pool", Annals of Mathematical Statistics 32, 1339-1342.
    """
    used = weights > 0
    low = np.full(len(levels), (opinions.centre - FAR * opinions.below)[used].min())
    high = np.full(len(levels), (opinions.centre + FAR * opinions.above)[used].max())
    for _ in range(STEPS):
        middle = (low + high) / 2
        beneath = weights @ opinions.cumulative(middle) < levels
        low, high = np.where(beneath, middle, low), np.where(beneath, high, middle)
    return high


def multiply_opinions(opinions: Opinions, weights: Array, levels: Array = LEVELS) -> Array:
    """Quantiles of the normalised product of the judges' densities, each to the power of its weight, on their scale.

    Between two neighbouring medians the product is a piece of a normal, so that masses and quantiles are exact. With
    symmetric judges it is a normal: its precision is the weighted mean of theirs, and its mean the mean of theirs by
    weight times precision.

    Shapes: weights (J,), which sum to 1; levels (Q,); returns (Q,).
    Source: Genest and Zidek 1986, "Combining probability distributions", Statistical Science 1, 114-135.
    """
    used = weights > 0
    centre, below, above, weight = (a[used] for a in (opinions.centre, opinions.below, opinions.above, weights))
    edges = np.array([-np.inf, *np.unique(centre), np.inf])
    start, stop = edges[:-1], edges[1:]
    # Below a judge's median his or her lower deviation holds. Shapes: (pieces, judges).
    deviation = np.where(stop[:, None] <= centre, below, above)
    precision = (weight / deviation**2).sum(axis=1)
    mean = (weight * centre / deviation**2).sum(axis=1) / precision
    misfit = (weight * (centre - mean[:, None]) ** 2 / deviation**2).sum(axis=1)
    height = -0.5 * misfit - (weight * np.log(deviation)).sum(axis=1)
    root = np.sqrt(precision)
    lower, upper = (start - mean) * root, (stop - mean) * root
    mass = height - np.log(root) + _log_between(lower, upper)
    share = np.exp(mass - np.logaddexp.reduce(mass))
    ends = np.cumsum(share)
    piece = np.minimum(np.searchsorted(ends, levels), len(share) - 1)
    within = (levels - (ends - share)[piece]) / share[piece]
    return mean[piece] + _quantile_between(lower[piece], upper[piece], np.clip(within, 0.0, 1.0)) / root[piece]


POOLS: dict[str, Callable[[Opinions, Array], Array]] = {
    "linear": mix_opinions,
    "logarithmic": multiply_opinions,
    "performance": mix_opinions,  # with weights from seed questions
}


def _log_between(low: Array, high: Array) -> Array:
    """The logarithm of a standard normal's mass between two points, exact far out in either tail.

    Shapes: low, high (N,); returns (N,).
    """
    upper_tail = low > 0
    first, second = np.where(upper_tail, -high, low), np.where(upper_tail, -low, high)
    with np.errstate(divide="ignore"):  # between two medians that are the same lies nothing
        return log_ndtr(second) + np.log(-np.expm1(log_ndtr(first) - log_ndtr(second)))


def _quantile_between(low: Array, high: Array, share: Array) -> Array:
    """Where a share of a standard normal's mass between two points lies below. Shapes: all (N,)."""
    upper_tail = low > 0
    first, second = np.where(upper_tail, -high, low), np.where(upper_tail, -low, high)
    from_first = np.where(upper_tail, 1 - share, share)
    with np.errstate(divide="ignore"):
        log_mass = np.logaddexp(np.log1p(-from_first) + log_ndtr(first), np.log(from_first) + log_ndtr(second))
    z = ndtri_exp(log_mass)
    return np.where(upper_tail, -z, z)
