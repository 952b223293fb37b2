"""Events of a war with their deaths, added up to deaths by side and month.

The rule, for every producer alike:
1. An event of several days is spread evenly over them.
2. Deaths whose side is not known are split in proportion to the known ones of the same month; where that month knows
   none, to those of the whole war; where nothing is known, they stand for all belligerents together.
3. Civilians stand apart. The interval of a month is its count times the producers' low and high over their best total.
4. A month between the first and the last event in which nobody died counts as none.
What is left out is counted by reason.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from ripeness.study.war_path import DeathCount, PathPeriod, WarPath, month_period
from ripeness.world.fault import Fault

DIGITS = 6  # of thousands: a thousandth of a person
PERSONS = 1000.0  # in the unit of a file of months
Month = tuple[int, int]


@dataclass(frozen=True, slots=True)
class WarEvent:
    """Deaths of one event, from first to last day, both counted. Units: persons; `unknown` are of no known side."""

    first: date
    last: date
    deaths: Mapping[str, float] = field(default_factory=dict)
    unknown: float = 0.0
    civilians: float = 0.0
    low: float = 0.0
    best: float = 0.0
    high: float = 0.0


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Why some rows of a file do not count, how many they are, and how many died in them."""

    reason: str
    rows: int
    deaths: float

    def __str__(self) -> str:
        return f"{self.rows:,} rows ({self.deaths:,.0f} deaths): {self.reason}"


@dataclass(frozen=True, slots=True)
class ImportedPath:
    """The path of a war from a producer's file: how to cite it, how many rows count, what was left out, and faults."""

    form: str
    cite: str
    path: WarPath
    rows: int
    left_out: tuple[LeftOut, ...]
    faults: tuple[Fault, ...] = ()


def add_left_out(rows: Iterable[LeftOut]) -> tuple[LeftOut, ...]:
    """Add rows up by reason, that of most rows first.

    >>> [str(row) for row in add_left_out([LeftOut("late", 1, 2.0), LeftOut("late", 1, 3.0), LeftOut("early", 0, 0.0)])]
    ['2 rows (5 deaths): late']
    """
    counts: Counter[str] = Counter()
    deaths: dict[str, float] = defaultdict(float)
    for row in rows:
        counts[row.reason] += row.rows
        deaths[row.reason] += row.deaths
    return tuple(LeftOut(reason, count, deaths[reason]) for reason, count in counts.most_common() if count)


@dataclass(slots=True)
class _MonthTotal:
    """What adds up in a month."""

    deaths: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    unknown: float = 0.0
    civilians: float = 0.0
    low: float = 0.0
    best: float = 0.0
    high: float = 0.0

    def add(self, event: WarEvent, share: float) -> None:
        for side, deaths in event.deaths.items():
            self.deaths[side] += share * deaths
        for name in ("unknown", "civilians", "low", "best", "high"):
            setattr(self, name, getattr(self, name) + share * getattr(event, name))


def monthly_path(file: str, events: Iterable[WarEvent], polities: Iterable[str]) -> WarPath:
    """Add events up to deaths by side and month. Units: events in persons, the path in thousands.

    >>> event = WarEvent(date(2024, 1, 31), date(2024, 2, 1), {"north": 30.0, "south": 10.0}, unknown=20.0)
    >>> path = monthly_path("x.csv", [event], ("north", "south"))
    >>> [period.deaths["north"].best for period in path.periods]
    [0.0225, 0.0225]
    """
    totals: dict[Month, _MonthTotal] = defaultdict(_MonthTotal)
    of_war = _MonthTotal()
    for event in events:
        of_war.add(event, 1.0)
        for month, share in _days_by_month(event.first, event.last).items():
            totals[month].add(event, share)
    if not totals:
        return WarPath(file, ())
    names = tuple(polities)
    months = _months_from(min(totals), max(totals))
    return WarPath(file, tuple(_period(month, totals[month], of_war, names) for month in months))


def _days_by_month(first: date, last: date) -> dict[Month, float]:
    """The share of an event's days in each month."""
    shares: dict[Month, float] = {}
    days = (last - first).days + 1
    while first <= last:
        _, end = month_period(first.year, first.month)
        shares[first.year, first.month] = ((min(end, last) - first).days + 1) / days
        first = end + timedelta(days=1)
    return shares


def _months_from(first: Month, last: Month) -> list[Month]:
    count = 12 * (last[0] - first[0]) + last[1] - first[1] + 1
    return [(first[0] + (first[1] - 1 + n) // 12, (first[1] - 1 + n) % 12 + 1) for n in range(count)]


def _period(month: Month, total: _MonthTotal, of_war: _MonthTotal, names: tuple[str, ...]) -> PathPeriod:
    by_side = total.deaths if sum(total.deaths.values()) > 0 else of_war.deaths
    of_all = sum(by_side.get(name, 0.0) for name in names)
    low, high = (total.low / total.best, total.high / total.best) if total.best > 0 else (1.0, 1.0)
    if of_all > 0:
        counts = {name: total.deaths.get(name, 0.0) + total.unknown * by_side.get(name, 0.0) / of_all for name in names}
    else:
        counts = {"": total.unknown}
    deaths = {
        name: DeathCount(*(round(x * count / PERSONS, DIGITS) for x in (1.0, min(low, 1.0), max(high, 1.0))))
        for name, count in counts.items()
    }
    first, last = month_period(*month)
    return PathPeriod(first, last, deaths, civilians=round(total.civilians / PERSONS, DIGITS))
