"""Power: how large a difference would have to be for so few wars to show it."""

from __future__ import annotations

from math import sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

LEVEL, POWER = 0.95, 0.8  # an interval of 90 % has 5 % to each side; four times in five


def smallest_difference(differences: NDArray[np.float64]) -> float:
    """The true mean difference whose 90 % paired interval would leave out zero four times in five.

    Assumes that the spread of the paired differences is the one seen.
    Source: Cohen 1988, chapter 2.

    >>> round(smallest_difference(np.tile([-.1, .1], 50)), 4)
    0.025
    """
    if len(differences) < 2:
        return float("nan")
    deviations = NormalDist().inv_cdf(LEVEL) + NormalDist().inv_cdf(POWER)
    return float(deviations * differences.std(ddof=1) / sqrt(len(differences)))
