"""Values and dates of an observation that an analyst types."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import isfinite

from ripeness.world.fault import ArgumentFault
from ripeness.world.quantity import Quantity, Scale

DATE_PART = 3  # words up to the date
SIDES = {"<": "high", ">": "low"}  # of a value: on which side of it everything was left undone
SUPPOSED = "supposed: "  # how the id of an item begins that was given by hand
SURE_GRADE = "A1"
MAX_LETTERS = 80  # letters of what was typed that a message repeats
DIGITS = 6


@dataclass(frozen=True, slots=True)
class TypedValue:
    """A value as typed: an interval, or one side of it."""

    low: float
    high: float
    side: str = ""

    def quantity(self) -> Quantity:
        """The same as a number of a scenario."""
        centre = round((self.low + self.high) / 2, DIGITS)
        if self.low == self.high:
            return Quantity("point", (centre,), -1e9, 1e9, "index")
        return Quantity("interval", (centre, self.low, self.high), -1e9, 1e9, "index", Scale.PLAIN)


def read_value(prefix: str, typed: str) -> TypedValue:
    """Read `0.3`, `0.2..0.4`, `<0.4` or `>0.4`. Raises: Fault for what is no number or interval."""
    side = typed[:1] if typed[:1] in SIDES else ""
    low, _, high = typed[len(side) :].partition("..")
    try:
        ends = float(low), float(high or low)
    except ValueError:
        raise ArgumentFault(
            "observe",
            f"{prefix}: {typed!r} is no number; write 0.3, 0.2..0.4 for an interval, or <0.4 for at most this",
        ) from None
    if not all(map(isfinite, ends)) or ends[0] > ends[1]:
        raise ArgumentFault("observe", f"{prefix}: {typed!r} is no number or interval from low to high")
    return TypedValue(*ends, side)


def read_day(prefix: str, day: str) -> date:
    """Read a date such as 2024-05-01. Raises: Fault for what is none."""
    try:
        return date.fromisoformat(day)
    except ValueError:
        raise ArgumentFault("observe", f"{prefix}: {day!r} is no date; write it as 2024-05-01") from None
