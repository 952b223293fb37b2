"""Months of a war: from dates to steps and back."""

from __future__ import annotations

from datetime import date
from math import floor

from ripeness.world.fault import ArgumentFault

DAYS_PER_MONTH = 365.25 / 12
STEPS = {"week": 7 / DAYS_PER_MONTH, "month": 1.0, "quarter": 3.0}  # length in months


def months_between(first: date, second: date) -> float:
    """Say how many months lie between two dates; negative when the second is earlier.

    >>> round(months_between(date(2022, 2, 24), date(2023, 3, 15)), 1)
    12.6
    """
    return (second - first).days / DAYS_PER_MONTH


def date_after(start: date, months: float) -> date:
    """Say which date lies so many months after the start.

    >>> date_after(date(2023, 3, 15), 12)
    datetime.date(2024, 3, 14)
    """
    return date.fromordinal(start.toordinal() + round(months * DAYS_PER_MONTH))


def month_by(day: date, first: date, horizon: float) -> float:
    """Say which month of a forecast a day is, as exactly as days tell; no other month takes its place.

    `first` is the day from which months count. Units: horizon and the month in months from there.

    Raises: ArgumentFault for a day that is not after the first, or beyond the horizon, with the days that it can be.

    >>> round(month_by(date(2024, 3, 15), date(2023, 3, 15), 60), 3)
    12.025
    >>> month_by(date(2029, 1, 1), date(2023, 3, 15), 60)
    Traceback (most recent call last):
    ripeness.world.fault.ArgumentFault: by: 2029-01-01 lies outside the forecast, which runs from 2023-03-16 to
    2028-03-14
    """
    last = date.fromordinal(first.toordinal() + floor(round(horizon * DAYS_PER_MONTH, 6)))
    if first < day <= last:
        return months_between(first, day)
    day_after = date_after(first, 1 / DAYS_PER_MONTH)
    raise ArgumentFault("by", f": {day} lies outside the forecast, which runs from {day_after} to {last}")
