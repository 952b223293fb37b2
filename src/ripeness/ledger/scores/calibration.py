"""Calibration: of the things called 30 % likely, did about 30 % come true?"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike

from ripeness.ledger.scores.interval import ScoreInterval, share_interval

EDGES = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)  # ten equal bins, the usual reliability table
COARSE = (0.0, 0.1, 0.25, 0.5, 0.75, 1.0)  # for a hundred cases or fewer: tenths would hold a handful each


@dataclass(frozen=True, slots=True)
class Bin:
    """All probabilities between two edges: how many there are, their mean, and how often the thing happened."""

    low: float
    high: float
    n: int
    mean: float
    share: ScoreInterval

    @property
    def inside(self) -> bool:
        """Whether the mean probability lies inside the 90 % interval of the share that happened."""
        return self.share.low <= self.mean <= self.share.high


def calibration(probability: ArrayLike, happened: ArrayLike, edges: tuple[float, ...] = EDGES) -> tuple[Bin, ...]:
    """Sort probabilities into bins and set beside each bin's mean how often the thing happened, with n.

    A bin holds its lower edge; the last holds 1, too. Empty bins are left out. Assumes independent cases.

    Shapes: probability (N,); happened (N,) of 0 and 1.
    Raises: ValueError for probabilities outside 0 to 1, or outcomes other than 0 and 1.
    Source: Murphy and Winkler 1977; intervals: Wilson 1927.

    >>> [(b.n, b.share.value) for b in calibration([0.12, 0.18, 0.9], [0, 1, 1])]
    [(2, 0.5), (1, 1.0)]
    """
    forecasts, truth = check_hits(probability, happened)
    place = np.clip(np.searchsorted(np.asarray(edges), forecasts, side="right") - 1, 0, len(edges) - 2)
    bins = []
    for number, (low, high) in enumerate(pairwise(edges)):
        inside = place == number
        n = int(inside.sum())
        if n:
            bins.append(Bin(low, high, n, float(forecasts[inside].mean()), share_interval(int(truth[inside].sum()), n)))
    return tuple(bins)


def check_hits(probability: ArrayLike, happened: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """Return both as flat arrays, or refuse what is not a probability or not 0 or 1.

    >>> check_hits([0.5], [1])
    (array([0.5]), array([1]))
    """
    forecasts = np.asarray(probability, dtype=np.float64).ravel()
    truth = np.asarray(happened, dtype=np.int64).ravel()
    if forecasts.shape != truth.shape:
        message = f"{forecasts.size} probabilities for {truth.size} outcomes"
        raise ValueError(message)
    if forecasts.size and (not np.all((forecasts >= 0) & (forecasts <= 1)) or not np.all((truth == 0) | (truth == 1))):
        message = "probabilities lie between 0 and 1, and what happened is 0 or 1"
        raise ValueError(message)
    return forecasts, truth
