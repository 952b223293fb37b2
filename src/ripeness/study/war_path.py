"""Path of a war: what is known of it, period by period: deaths by side, the line, offers, leaders that fell."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from ripeness.world.fault import Place


@dataclass(frozen=True, slots=True)
class DeathCount:
    """Deaths in a period and their 90 % interval, equal to the count where none is stated. Units: thousands."""

    best: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class PathPeriod:
    """What is known of one period; `first` and `last` day both count. Deaths of all belligerents stand under ""."""

    first: date
    last: date
    deaths: Mapping[str, DeathCount] = field(default_factory=dict)
    line: float | None = None
    offers: Mapping[str, float] = field(default_factory=dict)
    leader_fell: Mapping[str, bool] = field(default_factory=dict)
    civilians: float | None = None
    place: Place | None = None

    @property
    def tells(self) -> bool:
        """Whether anything of the period can be held against a simulated war; deaths of civilians cannot."""
        return bool(self.deaths or self.offers or self.leader_fell) or self.line is not None


@dataclass(frozen=True, slots=True)
class WarPath:
    """The path of a war, in the order of its periods; `remarks` say what was guessed to read it."""

    file: str
    periods: tuple[PathPeriod, ...]
    remarks: tuple[str, ...] = ()

    @property
    def polities(self) -> tuple[str, ...]:
        """Polities of which anything is known, in order of appearance."""
        names = (name for row in self.periods for name in (*row.deaths, *row.offers, *row.leader_fell) if name)
        return tuple(dict.fromkeys(names))

    def known_by(self, day: date) -> WarPath:
        """What was known on a day: the periods that were over by then."""
        return replace(self, periods=tuple(row for row in self.periods if row.last <= day))


def month_period(year: int, month: int) -> tuple[date, date]:
    """First and last day of a calendar month.

    >>> month_period(2024, 2)
    (datetime.date(2024, 2, 1), datetime.date(2024, 2, 29))
    """
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])
