"""Discrimination: were things that came true given higher probabilities than things that did not?"""

from __future__ import annotations

from math import nan, sqrt
from typing import TYPE_CHECKING

import numpy as np

from ripeness.ledger.scores.calibration import check_hits
from ripeness.ledger.scores.interval import DEVIATIONS, ScoreInterval

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

HALVINGS = 60  # each halves the bracket: 2**-60 is below the spacing of numbers near 1/2


def discrimination(probability: ArrayLike, happened: ArrayLike) -> ScoreInterval:
    """Say how often a thing that came true had been called likelier than one that did not; ties count half.

    The area under the ROC curve: 1/2 is a coin, 1 a perfect order. It says nothing on calibration.
    Returns nan with bounds 0 and 1 when everything or nothing came true. Assumes independent cases.

    Shapes: probability (N,); happened (N,) of 0 and 1.
    Source: Hanley and McNeil 1982; interval: Newcombe 2006 (part 2), method 5.

    >>> discrimination([0.9, 0.4, 0.6, 0.1], [1, 0, 1, 0]).value
    1.0
    """
    forecasts, truth = check_hits(probability, happened)
    hits, misses = forecasts[truth == 1], np.sort(forecasts[truth == 0])
    if not (hits.size and misses.size):
        return ScoreInterval(nan, 0.0, 1.0, forecasts.size)
    below = np.searchsorted(misses, hits, side="left")
    upto = np.searchsorted(misses, hits, side="right")
    area = float((below + upto).sum() / (2 * hits.size * misses.size))
    low, high = (_bound(area, end, hits.size, misses.size) for end in (0.0, 1.0))
    return ScoreInterval(area, low, high, forecasts.size)


def _bound(area: float, end: float, hits: int, misses: int) -> float:
    """Halve towards the area that lies 1.645 of its own standard errors from the one seen."""
    inner, outer = area, end
    for _ in range(HALVINGS):
        middle = (inner + outer) / 2
        if abs(middle - area) < DEVIATIONS * _error(middle, hits, misses):
            inner = middle
        else:
            outer = middle
    return (inner + outer) / 2


def _error(area: float, hits: int, misses: int) -> float:
    """Give the standard error of an area under negative-exponential scores, both group sizes set to their mean."""
    size = (hits + misses) / 2 - 1
    spread = area * (1 - area) * (1 + size * ((1 - area) / (2 - area) + area / (1 + area)))
    return sqrt(spread / (hits * misses))
