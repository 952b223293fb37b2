"""Forecast series: what a war's forecast would have been on several days, each with only what was known by then."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from ripeness.study.target import Target
from ripeness.world.calendar import date_after

VIEWS = ("blend", "model", "record")  # the first that a series has is its answer
MOST_DAYS = 120


@dataclass(frozen=True, slots=True)
class SeriesPoint:
    """The probability of an outcome as said on a day, in one view; `low` to `high` is a 90 % interval of its own kind.

    For the model that is Monte Carlo error. Units: month from `as_of`.
    """

    as_of: date
    month: float
    view: str
    outcome: str
    p: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class DayKnown:
    """What a forecast of a day rests on: months fought by then, wars that last so long, observations counted.

    `effective`: parameter samples that carry it, of `points`.
    """

    as_of: date
    fought: float
    lasting: float
    observations: int
    effective: float
    points: int


@dataclass(frozen=True, slots=True)
class ForecastSeries:
    """Forecasts of several days in their order. `target` is the outcome asked about; `by`: one day for all, if any."""

    target: Target
    by: date | None
    days: tuple[DayKnown, ...]
    points: tuple[SeriesPoint, ...]

    @property
    def views(self) -> tuple[str, ...]:
        """The views that it has, the answer first."""
        present = {point.view for point in self.points}
        return tuple(view for view in VIEWS if view in present)

    @property
    def outcomes(self) -> tuple[str, ...]:
        """The classes of ends, and the outcome asked about, by name."""
        return tuple(dict.fromkeys(point.outcome for point in self.points))

    def of(self, outcome: str, view: str) -> tuple[SeriesPoint, ...]:
        """One outcome in one view, day after day."""
        return tuple(point for point in self.points if point.outcome == outcome and point.view == view)

    def largest_move(self) -> tuple[SeriesPoint, SeriesPoint] | None:
        """The two neighbouring days between which the answer moved most; none for a single day."""
        answer = self.of(self.target.name, self.views[0])
        return max(pairwise(answer), key=lambda pair: abs(pair[1].p - pair[0].p), default=None)


def days_between(first: date, last: date, months: float) -> tuple[date, ...]:
    """Days from the first on, so many months apart, and the last; whole months end on the same day of the month.

    >>> [str(day) for day in days_between(date(2025, 1, 31), date(2025, 3, 10), 1)]
    ['2025-01-31', '2025-02-28', '2025-03-10']
    """
    days, number = [], 0
    while (day := _day_after(first, number * months)) < last:
        days.append(day)
        number += 1
    return (*days, last)


def _day_after(first: date, months: float) -> date:
    if not float(months).is_integer():
        return date_after(first, months)
    years, month = divmod(first.month - 1 + int(months), 12)
    year = first.year + years
    return date(year, month + 1, min(first.day, monthrange(year, month + 1)[1]))


def series_of(
    target: Target, by: date | None, parts: Sequence[tuple[DayKnown, Sequence[SeriesPoint]]]
) -> ForecastSeries:
    """Days and their points as one series."""
    points = tuple(point for _, of_day in parts for point in of_day)
    return ForecastSeries(target, by, tuple(day for day, _ in parts), points)
