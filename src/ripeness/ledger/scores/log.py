"""The logarithmic score: how surprised the forecaster was by what came true."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ripeness.ledger.scores.brier import indicator

Array = NDArray[np.float64]


def log_score(probabilities: ArrayLike, happened: ArrayLike) -> Array:
    """Take minus the natural logarithm of the probability given to what came true.

    Only that one probability counts. Nothing is clipped: an outcome that was called impossible and came
    true scores infinity, and the caller has to say so.

    Shapes: probabilities (..., K); happened (...); returns (...).
    Units: nats; 0 to infinity, smaller is better.
    Source: Good 1952, p. 112.

    >>> float(log_score([0.5, 0.5], 0).round(4))
    0.6931
    """
    forecast = np.asarray(probabilities, dtype=np.float64)
    hit = np.sum(forecast * indicator(happened, forecast.shape[-1]), axis=-1)
    with np.errstate(divide="ignore"):
        return np.asarray(0.0 - np.log(hit))
