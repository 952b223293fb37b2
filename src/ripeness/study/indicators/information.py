"""Mutual information of an observation and the outcome, in bits, with the bias of chance removed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ripeness.study.weighted_statistics import uniform_draws

Array = NDArray[np.float64]
SHUFFLES = 20  # shuffles behind the level of chance
BANDS = 3  # low, middle, high


@dataclass(frozen=True, slots=True)
class Information:
    """Mutual information in bits (bias removed), and the maximum under shuffling."""

    bits: float
    chance: float


def information(
    band: NDArray[np.int64], outcome: NDArray[np.int64], weight: Array, seed: int, name: str
) -> Information:
    """Mutual information of an observation and the outcome, less its mean under shuffled outcomes.

    Outcomes are shuffled over whole parameter samples, so that runs that share inputs stay together: they are alike,
    and count for less than as many independent ones.

    Shapes: band, -1 where nothing was seen, and outcome, from 0, (N, M): points by runs at a point; weight (N, M).
    Units: bits.
    Source: Cover and Thomas 2006, "Elements of information theory", section 2.3.
    """
    draws = uniform_draws(len(band) * SHUFFLES, seed, f"indicators/{name}")
    orders = np.argsort(draws.reshape(SHUFFLES, len(band)), axis=1)
    bits = mutual_information(band, outcome, np.where(band >= 0, weight, 0.0))
    shuffled = np.array(
        [
            mutual_information(band, outcome[order], np.where((band >= 0) & (band[order] >= 0), weight, 0.0))
            for order in orders
        ]
    )
    bias = float(shuffled.mean())
    return Information(max(bits - bias, 0.0), max(float(shuffled.max()) - bias, 0.0))


def mutual_information(band: NDArray[np.int64], outcome: NDArray[np.int64], weight: Array) -> float:
    """Mutual information as counted, in bits.

    >>> mutual_information(np.array([0, 0, 1, 1]), np.array([0, 0, 1, 1]), np.ones(4))
    1.0
    """
    n_outcomes = int(outcome.max()) + 1
    observed = band >= 0
    place = band[observed] * n_outcomes + outcome[observed]
    joint = np.bincount(place.ravel(), weights=weight[observed].ravel(), minlength=BANDS * n_outcomes).reshape(
        -1, n_outcomes
    )
    total = joint.sum()
    if total <= 0:
        return 0.0
    joint = joint / total
    independent = joint.sum(axis=1, keepdims=True) * joint.sum(axis=0, keepdims=True)
    positive = joint > 0
    return float((joint[positive] * np.log2(joint[positive] / independent[positive])).sum())


def observation_bands(observations: Array) -> tuple[NDArray[np.int64], tuple[float, ...]]:
    """Sort what was seen into low, middle and high thirds; yes-or-no observations into two; nothing seen is -1.

    Shapes: observations (...). Returns bands and the values at which they meet; no value when all runs look alike.
    """
    finite = np.isfinite(observations)
    values = observations[finite]
    levels = np.unique(values[:: max(len(values) // 1000, 1)]) if len(values) else values
    if len(values) and set(np.unique(levels)) <= {0.0, 1.0}:
        cuts = np.array([1 / 2]) if values.min() < values.max() else np.array([])
    else:
        cuts = np.unique(np.quantile(values, [1 / 3, 2 / 3])) if len(values) else values
        cuts = cuts[(cuts > values.min()) & (cuts <= values.max())] if len(values) else cuts
    band = np.full(observations.shape, -1, dtype=np.int64)
    band[finite] = np.searchsorted(cuts, values, side="right")
    return band, tuple(float(cut) for cut in cuts)
