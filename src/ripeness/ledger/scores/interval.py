"""How far a share or a mean from few questions can be trusted: 90 % intervals."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite, nan, sqrt
from statistics import NormalDist, fmean, stdev
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

LEVEL = 0.9  # the interval that this program states everywhere
DEVIATIONS = NormalDist().inv_cdf((1 + LEVEL) / 2)  # 1.645 standard errors to each side


@dataclass(frozen=True, slots=True)
class ScoreInterval:
    """A value with its 90 % interval; the bounds are nan where so few cases allow none."""

    value: float
    low: float
    high: float
    n: int


def share_interval(hits: int, n: int, deviations: float = DEVIATIONS) -> ScoreInterval:
    """Bound a share seen in n independent cases by Wilson's interval, which stays inside 0 to 1 and holds for small n.

    Raises: ValueError when hits are not between 0 and n.
    Source: Wilson 1927; recommended for small n by Brown, Cai and DasGupta 2001.

    >>> bound = share_interval(3, 10)
    >>> round(bound.low, 3), round(bound.high, 3)
    (0.127, 0.558)
    """
    if not 0 <= hits <= n:
        message = f"{hits} hits of {n} is not a share"
        raise ValueError(message)
    if n == 0:
        return ScoreInterval(nan, 0.0, 1.0, 0)
    share, square = hits / n, deviations**2
    middle = (share + square / (2 * n)) / (1 + square / n)
    half = deviations / (1 + square / n) * sqrt(share * (1 - share) / n + square / (4 * n * n))
    return ScoreInterval(share, max(0.0, middle - half), min(1.0, middle + half), n)


def mean(values: Sequence[float]) -> float:
    """Average scores, infinite ones among them.

    >>> mean([1.0, 2.0])
    1.5
    """
    # Infinities of both signs have no mean: nan says so, where the exact sum would stop the program.
    return fmean(values) if all(isfinite(value) for value in values) else sum(values) / len(values)


def mean_interval(values: Sequence[float]) -> ScoreInterval:
    """Bound the mean of scores by Student's t; assumes questions that are independent of one another.

    Questions on one war are not independent, so the true interval is wider: a reader must be told.

    Source: Student 1908.

    >>> bound = mean_interval([0.1, 0.2, 0.3])
    >>> round(bound.value, 3), round(bound.low, 3), round(bound.high, 3)
    (0.2, 0.031, 0.369)
    """
    n = len(values)
    if n == 0:
        return ScoreInterval(nan, nan, nan, 0)
    middle = mean(values)
    if n == 1 or not isfinite(middle):
        return ScoreInterval(middle, nan, nan, n)
    from scipy.special import stdtrit

    half = float(stdtrit(n - 1, (1 + LEVEL) / 2)) * stdev(values) / sqrt(n)
    return ScoreInterval(middle, middle - half, middle + half, n)
