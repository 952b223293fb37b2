"""The ranked probability score: for outcomes that have an order, a near miss costs less than a far one."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ripeness.ledger.scores.brier import indicator

Array = NDArray[np.float64]


def ranked_probability(probabilities: ArrayLike, happened: ArrayLike) -> Array:
    """Compare the cumulated probabilities with the cumulated truth, as a mean over the K - 1 cuts between outcomes.

    Divided by K - 1, so that questions with few and with many outcomes are on one scale; the unnormalised score
    is this times K - 1. With two outcomes it is half the Brier score. Assumes that the outcomes stand in order.

    Shapes: probabilities (..., K) with K at least 2; happened (...); returns (...).
    Units: none; 0 to 1, smaller is better.
    Raises: ValueError when there is only one outcome.
    Source: Epstein 1969; Murphy 1971; normalised as in Weigel, Liniger and Appenzeller 2007.

    >>> near, far = ranked_probability([[0.0, 1.0, 0.0], [0.0, 0.0, 1.0]], [0, 0])
    >>> float(near), float(far)
    (0.5, 1.0)
    """
    forecast = np.asarray(probabilities, dtype=np.float64)
    cuts = forecast.shape[-1] - 1
    if cuts < 1:
        message = "a ranked score needs at least two outcomes"
        raise ValueError(message)
    gap = np.cumsum(forecast - indicator(happened, forecast.shape[-1]), axis=-1)[..., :-1]
    return np.asarray(np.sum(gap * gap, axis=-1) / cuts)
