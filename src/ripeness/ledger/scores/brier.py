"""The Brier score: squared distance between the probabilities given and what came true."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


def brier(probabilities: ArrayLike, happened: ArrayLike) -> Array:
    """Sum the squared errors over all outcomes of a question, as Brier defined it: 0 is perfect, 2 the worst.

    On a question with two outcomes this is twice the one-sided form (p - y)^2 that many sites show.
    Assumes that exactly one of the outcomes came true.

    Shapes: probabilities (..., K); happened (...), the index of the outcome that came true; returns (...).
    Units: none; 0 to 2, smaller is better.
    Source: Brier 1950, p. 1.

    >>> float(brier([0.7, 0.3], 0).round(2))
    0.18
    """
    forecast = np.asarray(probabilities, dtype=np.float64)
    errors = forecast - indicator(happened, forecast.shape[-1])
    return np.asarray(np.sum(errors * errors, axis=-1))


def indicator(happened: ArrayLike, outcomes: int) -> Array:
    """Write what happened as 1 at the outcome that came true and 0 elsewhere.

    Shapes: happened (...); returns (..., K).
    Raises: ValueError when an index is not one of the K outcomes.

    >>> indicator(1, 3)
    array([0., 1., 0.])
    """
    index = np.asarray(happened, dtype=np.int64)
    if np.any((index < 0) | (index >= outcomes)):
        message = f"what happened must be an index from 0 to {outcomes - 1}"
        raise ValueError(message)
    return np.asarray(np.eye(outcomes)[index])
