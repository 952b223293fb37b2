"""The pool: a weighted mean of forecasts, its weights fitted on other wars and drawn towards the simplest forecast."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
PARENT = 10.0  # wars that the parent's weight counts for: a few dozen wars cannot tell such weights well
OTHERS = 2.0  # wars that all other components count for together
STEPS = 200  # of expectation and maximisation: far past the third decimal


def components(months: int) -> tuple[str, ...]:
    """What the pool is made of, its parent first: at the start the era rate and the war model;
    later the known losses, too.
    """
    return ("era", "war") if months == 0 else ("era+loss", "era", "war")


def pool_weights(hits: Array, parent: float = PARENT, others_weight: float = OTHERS) -> Array:
    """Weights of a linear pool that make other wars' outcomes likeliest, the first component drawn to.

    Each component counts for some wars from the start, so that none is left out for good (a Dirichlet prior).
    Shapes: hits (N, M), the probability that each component gave to what came true; returns (M,), sums to 1.
    Source: Yao, Vehtari, Simpson and Gelman 2018.

    >>> pool_weights(np.array([[.9, .1]] * 50)).round(2).tolist()
    [0.96, 0.04]
    """
    count = hits.shape[1]
    start = np.full(count, others_weight / max(count - 1, 1))
    start[0] = parent
    weight = start / start.sum()
    for _ in range(STEPS):
        share = hits * weight
        share = share / share.sum(axis=1, keepdims=True) if len(hits) else share
        weight = (share.sum(axis=0) + start) / (len(hits) + start.sum())
    return np.asarray(weight)


def pool_forecasts(forecasts: Sequence[Array], weight: Array) -> Array:
    """The weighted mean. Shapes: each (..., K); weight (M,); returns (..., K)."""
    return np.asarray(np.tensordot(weight, np.stack(forecasts), axes=1))
