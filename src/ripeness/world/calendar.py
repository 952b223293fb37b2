"""Months of a war: from dates to steps and back."""

from __future__ import annotations

from datetime import date

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
