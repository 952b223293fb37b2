"""A position that moves in time, from dated statements: a Gaussian random walk, smoothed in closed form.

From month to month a position changes by a normal step whose sd is the parameter `position_walk`. A statement shows the
position of its day with a normal error: the sd that its 90 % interval stands for, widened by its grade, so that a
statement which says nothing with chance e counts as 1 - e of a statement. The position that is stated for the start is
one more record of it, with its own interval.

Sources: Rauch, Tung and Striebel 1965 (smoothing of a random walk; here as the same Gaussian process, without a
recursion). Ibrahim and Chen 2000 (a record that counts as a part of one).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
LEAST_SD = 0.005  # half a hundredth of the issue: nobody states a position more exactly
LEAST_VARIANCE = 1e-12
UNKNOWN = 10.0  # sd of a position at the start of which nothing is known: ten times the width of the issue


@dataclass(frozen=True, slots=True)
class StatedSeries:
    """Statements of one faction on one issue, by date.

    Shapes: months from the start, positions and sd (n,). Units: shares of the issue; walk in shares per root of a
    month.
    """

    months: Array
    positions: Array
    sd: Array
    walk: float

    def before(self) -> StatedSeries:
        """Those up to the start."""
        keep = self.months <= 0
        return StatedSeries(self.months[keep], self.positions[keep], self.sd[keep], self.walk)


def statement_sd(interval_sd: float, doubt: float) -> float:
    """Standard deviation of a statement: of its interval, widened by the chance that it says nothing.

    Units: shares of the issue; doubt is a probability below 1. Source: Ibrahim and Chen 2000 (power prior).

    >>> round(statement_sd(0.05, 0.0), 3), round(statement_sd(0.05, 0.75), 3)
    (0.05, 0.1)
    """
    return float(max(interval_sd, LEAST_SD) / np.sqrt(1.0 - doubt))


def position_at_start(series: StatedSeries) -> tuple[float, float]:
    """Mean and sd of the position at the start where nothing but the statements up to the start is known of it.

    Raises: ValueError where there is none.

    >>> one_year_ago = StatedSeries(np.array([-12.0]), np.array([0.4]), np.array([0.05]), 0.02)
    >>> mean, sd = position_at_start(one_year_ago)
    >>> round(mean, 3), round(sd, 3)
    (0.4, 0.085)
    """
    earlier = series.before()
    if not len(earlier.months):
        message = "no statement is dated up to the start"
        raise ValueError(message)
    precision = np.linalg.inv(_walk_covariance(earlier.months, earlier.months, series.walk) + np.diag(earlier.sd**2))
    total = precision.sum()
    return float(precision.sum(axis=0) @ earlier.positions / total), float(1 / np.sqrt(total))


def smoothed_position(series: StatedSeries, centre: float, sd: float, months: Array) -> tuple[Array, Array]:
    """Mean and sd of the position at some dates, given that at the start and all statements.

    `centre` and `sd` are what is known of the position at the start without the statements (`UNKNOWN` for nothing).
    Shapes: months (T,); returns (T,), (T,). Units: shares of the issue; no mean is cut at its ends.

    >>> series = StatedSeries(np.array([-12.0]), np.array([0.8]), np.array([0.01]), 0.02)
    >>> mean, _ = smoothed_position(series, 0.5, 0.0, np.array([-12.0, -6.0, 0.0, 6.0]))
    >>> [round(float(x), 2) for x in mean]
    [0.79, 0.65, 0.5, 0.5]
    """
    covariance = _walk_covariance(series.months, series.months, series.walk) + sd**2 + np.diag(series.sd**2)
    shared = _walk_covariance(months, series.months, series.walk) + sd**2
    gain = np.linalg.solve(covariance, shared.T).T if len(series.months) else np.zeros((len(months), 0))
    mean = centre + gain @ (series.positions - centre)
    variance = sd**2 + series.walk**2 * np.abs(months) - (gain * shared).sum(axis=1)
    return np.asarray(mean), np.sqrt(np.maximum(variance, LEAST_VARIANCE))


def _walk_covariance(first: Array, second: Array, walk: float) -> Array:
    """Covariance of changes since the start, none across it. Shapes: returns (len first, second)."""
    months = np.minimum(np.abs(first)[:, None], np.abs(second)[None, :])
    return np.asarray(np.where(first[:, None] * second[None, :] > 0, walk**2 * months, 0.0))
