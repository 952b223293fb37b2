"""Calibration slope: 1 where probabilities mean what they say, below 1 where they are too bold,
above where too timid.
"""

from __future__ import annotations

from math import nan

import numpy as np
from numpy.typing import NDArray

from ripeness.ledger.scores.interval import ScoreInterval
from ripeness.validation.backtest.model_scores import FEWEST, HIGH, LOW, REPEATS

Array = NDArray[np.float64]
STEPS = 25  # of Newton's method: two parameters, a smooth function
LEAST = 1e-6
STEADY = 1e-3  # ridge that keeps a sample without contrast finite
FEWER = 4  # a fraction of the samples is enough for two percentage points of a slope


def slope(probabilities: Array, happened: NDArray[np.int64], seed: int) -> ScoreInterval:
    """Slope of a logistic regression of what happened on the log-odds given, over all outcomes of all wars.

    The 90 % interval is by bootstrap over wars, since the outcomes of one war exclude each other. Fewer than five wars,
    or wars that all ended alike, have no slope (not a number).
    Shapes: given (N, K); happened (N,).
    Source: Cox 1958; Miller, Hui and Tierney 1991.
    """
    if len(probabilities) < FEWEST or len(np.unique(happened)) == 1:
        return ScoreInterval(nan, nan, nan, len(probabilities))
    odds = np.log(np.clip(probabilities, LEAST, 1 - LEAST)) - np.log1p(-np.clip(probabilities, LEAST, 1 - LEAST))
    truth = np.eye(probabilities.shape[1])[happened]
    generator = np.random.Generator(np.random.Philox(key=seed))
    samples = generator.integers(0, len(probabilities), (REPEATS // FEWER, len(probabilities)))
    slopes = _fit(odds[samples].reshape(len(samples), -1), truth[samples].reshape(len(samples), -1))
    low, high = np.percentile(slopes, [LOW, HIGH])
    return ScoreInterval(
        float(_fit(odds.reshape(1, -1), truth.reshape(1, -1))[0]), float(low), float(high), len(probabilities)
    )


def _fit(odds: Array, truth: Array) -> Array:
    """Slopes of many logistic regressions at once. Shapes: odds, truth (B, M); returns (B,)."""
    a, b = np.zeros(len(odds)), np.ones(len(odds))
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-np.clip(a[:, None] + b[:, None] * odds, -30, 30)))
        error, spread = truth - p, p * (1 - p)
        gradient_a, gradient_b = error.sum(axis=1), (error * odds).sum(axis=1) - STEADY * (b - 1)
        h11, h12 = spread.sum(axis=1) + STEADY, (spread * odds).sum(axis=1)
        h22 = (spread * odds * odds).sum(axis=1) + STEADY
        determinant = h11 * h22 - h12 * h12
        a = a + np.clip((h22 * gradient_a - h12 * gradient_b) / determinant, -1, 1)
        b = b + np.clip((h11 * gradient_b - h12 * gradient_a) / determinant, -1, 1)
    return b
