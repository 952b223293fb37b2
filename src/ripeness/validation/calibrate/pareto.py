"""Pareto k: how far importance weights can be trusted. Above .7 they cannot;
the wars in question want an exact refit.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
TRUSTED = 0.7
TAIL = 0.2  # at most this share of the weights counts as their tail
FEWEST = 5  # weights that a tail must have
PRIOR_WEIGHT, PRIOR_SHAPE = 10.0, 0.5  # a weak pull of k towards 1/2, as in the source


def pareto_k(log_ratio: Array) -> float:
    """Shape of the generalised Pareto tail of importance ratios.

    Shapes: log_ratio (S,).
    Source: Vehtari, Simpson, Gelman, Yao and Gabry 2024; estimate of the shape: Zhang and Stephens 2009.

    >>> bool(pareto_k(np.zeros(1000)) < .1)
    True
    """
    ratio = np.sort(np.exp(log_ratio - np.max(log_ratio)))
    size = int(min(TAIL * len(ratio), 3 * np.sqrt(len(ratio))))
    if size < FEWEST:
        return float("inf")
    exceedances = ratio[-size:] - ratio[-size - 1]
    exceedances = exceedances[exceedances > 0]
    return _shape(exceedances) if len(exceedances) >= FEWEST else 0.0


def _shape(exceedances: Array) -> float:
    n = len(exceedances)
    candidates = 30 + int(np.sqrt(n))
    quarter = exceedances[int(n / 4 + 0.5) - 1]
    guess = 1 / exceedances[-1] + (1 - np.sqrt(candidates / (np.arange(1, candidates + 1) - 0.5))) / (3 * quarter)
    shape = np.log1p(-guess[:, None] * exceedances).mean(axis=1)
    profile = n * (np.log(-guess / shape) - shape - 1)
    weight = 1 / np.exp(profile - profile[:, None]).sum(axis=1)
    theta = float((guess * weight).sum())
    k = float(np.log1p(-theta * exceedances).mean())
    return (n * k + PRIOR_WEIGHT * PRIOR_SHAPE) / (n + PRIOR_WEIGHT)


def truncate_weights(log_weight: Array) -> Array:
    """The same weights with none above the mean times the root of their number (Ionides 2008), normalised in logs.
    Shapes: (S,).
    """
    centred = log_weight - np.logaddexp.reduce(log_weight)
    capped = np.minimum(centred, -0.5 * np.log(len(centred)))
    return np.asarray(capped - np.logaddexp.reduce(capped))


def limit_weights(log_weight: Array) -> Array:
    """Weights that sum to 1, none above one over the root of their number; the others keep their proportions.

    Truncated weights are limited before they are normalised again; where one outweighs all others it still does then.
    Shapes: (S,).

    >>> limit_weights(np.log([1e6, 2.0, 1.0, 1.0])).round(3).tolist()
    [0.5, 0.25, 0.125, 0.125]
    """
    most = len(log_weight) ** -0.5
    at_limit = np.zeros(len(log_weight), dtype=bool)
    while True:
        others = np.where(at_limit, -np.inf, log_weight)
        share = np.exp(others - np.logaddexp.reduce(others)) * (1.0 - most * np.count_nonzero(at_limit))
        over = share > most
        if not over.any():
            return np.asarray(np.where(at_limit, most, share))
        at_limit |= over
