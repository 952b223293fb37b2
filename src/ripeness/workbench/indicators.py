"""Indicators: what to watch, ranked by what it would tell, and when to look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ripeness.ensemble.design import DRAWS
from ripeness.study.indicators.dates import Date, dates
from ripeness.study.indicators.indicators import Watched
from ripeness.study.indicators.indicators import indicators as rank
from ripeness.study.indicators.watching import notebook
from ripeness.workbench.aimed import Progress, Tabled, aim, checked
from ripeness.workbench.asked import ask

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from ripeness.show.table import Layout


@dataclass(frozen=True, repr=False)
class Watchlist(Tabled):
    """Indicators and dates."""

    told: Watched
    dates: tuple[Date, ...]

    def sentence(self) -> str:
        """The answer in one sentence."""
        from ripeness.show.indicator_tables import sentence

        return sentence(self.told, self.names())

    def layout(self) -> Layout:
        """The tables."""
        from ripeness.show.indicator_tables import tables

        return tables(self.told, self.dates, self.names())

    def found(self) -> Any:
        """The study's values."""
        return self.told

    def plain(self) -> dict[str, Any]:
        """The answer with its dates."""
        from ripeness.workbench.forecast import plain

        return {**Tabled.plain(self), "dates": plain(self.dates)}

    def rows(self) -> Sequence[Mapping[str, Any]]:
        """Every band of every indicator at every month."""
        return [
            {
                "indicator": one.key,
                "name": one.name,
                "month": look.month,
                "bits": look.bits,
                "chance": look.chance,
                "low": reading.low,
                "high": reading.high,
                "seen": reading.seen,
            }
            | {f"p {name}": p for name, p in reading.chances.items()}
            for one in self.told.indicators
            for look in one.looks
            for reading in look.readings
        ]

    def calendar(self) -> str:
        """The dates as an iCalendar file."""
        from ripeness.show.ics import calendar

        scenario = self.asked.scenario
        return calendar(self.dates, scenario.title, scenario.start, f"{self.asked.case}-{scenario.coding}")

    def files(self) -> dict[str, Any]:
        """What is kept, the calendar included."""
        return Tabled.files(self) | {"dates.ics": self.calendar().encode()}

    def plot(self, *, dark: bool = False) -> Any:
        """Bits of the leading indicators, month by month."""
        from ripeness.show.charts.indicators import indicator_lines

        return indicator_lines(self.told, self.names(), self.asked.scenario.title, dark=dark)


def indicators(
    case_or_path: str | Path,
    *,
    outcome: str = "settlement",
    month: float | None = None,
    coding: str | None = None,
    reading: str = "factional",
    draws: int = DRAWS,
    seed: int = 1,
    horizon: int | None = None,
    changes: Mapping[str, object] | None = None,
    evidence: bool = False,
    as_of: date | str | None = None,
    observe: Sequence[str] = (),
    weights: ArrayLike | None = None,
    progress: Progress | None = None,
) -> Watchlist:
    """Rank what can be seen from outside by what it would tell about how the war stands at a month.

    Raises: Fault for what cannot be read, an unknown outcome, or a month beyond the horizon.

    >>> indicators("japan-1945", month=6, draws=256).told.months
    (1.0, 2.0, 3.0)
    """
    asked = ask(
        case_or_path,
        coding=coding,
        reading=reading,
        draws=draws,
        seed=seed,
        horizon=horizon,
        changes=changes,
        evidence=evidence,
        as_of=as_of,
        observe=observe,
    )
    place = aim(asked, outcome, month, draws, progress)
    weight = checked(weights, draws)
    book = notebook(place.war(), asked.scenario, draws, place.target.month)
    told = rank(place.fight(watch=book.watch), book, place.target, weight)
    return Watchlist(asked, told, dates(asked.scenario, told))


def write_calendar(told: Watchlist, file: Path) -> None:
    """Write the dates to an .ics file, whole or not at all.

    Raises: Fault where it cannot be written.
    """
    from ripeness.store.whole import write_file

    write_file(file, told.calendar().encode())
