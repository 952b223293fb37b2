"""Indicators: what to watch, ranked by what it would tell, and when to look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ripeness.workbench.answer import OutcomeAnswer
from ripeness.workbench.question import OutcomeQuestion, Progress, python_function, question

if TYPE_CHECKING:
    from rich.console import RenderableType

    from ripeness.study.indicators.dates import Date
    from ripeness.study.indicators.indicators import Watched


@question
class IndicatorsQuestion(OutcomeQuestion["Watchlist"]):
    """Rank what can be seen from outside by what it would tell about how the war stands at a month.

    Raises: Fault for what cannot be read, an unknown outcome, or a month beyond the horizon.

    >>> indicators("japan-1945", month=6, draws=256).told.months
    (1.0, 2.0, 3.0)
    """

    verb = "indicators"
    summary = (
        "What to watch, ranked by what it would tell about the end; what each value would mean, and when it would show."
    )
    example = "ripeness indicators ukraine-2023-03 --ics dates.ics"

    def answer(self, progress: Progress | None = None) -> Watchlist:
        """Simulate the war, noting what could be seen of it, and rank what tells most."""
        from ripeness.study.indicators.dates import dates
        from ripeness.study.indicators.indicators import indicators as rank
        from ripeness.study.indicators.watching import notebook

        asked = self.read()
        place = self.aim(asked, self.draws, progress)
        weight = self.weighting()
        book = notebook(place.war(), asked.scenario, self.draws, place.target.month)
        told = rank(place.fight(watch=book.watch), book, place.target, weight)
        return Watchlist(asked, told, dates(asked.scenario, told))


@dataclass(frozen=True, repr=False)
class Watchlist(OutcomeAnswer):
    """Indicators and dates."""

    told: Watched
    dates: tuple[Date, ...]

    def sentence(self) -> str:
        """The answer in one sentence."""
        from ripeness.show.indicator_tables import sentence

        return sentence(self.told, self.names())

    def layout(self) -> RenderableType:
        """The tables."""
        from ripeness.show.indicator_tables import tables

        return tables(self.told, self.dates, self.names())

    def found(self) -> Any:
        """The study's values."""
        return self.told

    def plain(self) -> dict[str, Any]:
        """The answer with its dates."""
        from ripeness.workbench.forecast import plain

        return {**OutcomeAnswer.plain(self), "dates": plain(self.dates)}

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
        return OutcomeAnswer.files(self) | {"dates.ics": self.calendar().encode()}

    def plot(self, *, dark: bool = False) -> Any:
        """Bits of the leading indicators, month by month."""
        from ripeness.show.charts.indicators import indicator_lines

        return indicator_lines(self.told, self.names(), self.asked.scenario.title, dark=dark)


def write_calendar(told: Watchlist, file: Path) -> None:
    """Write the dates to an .ics file, whole or not at all.

    Raises: Fault where it cannot be written.
    """
    from ripeness.store.whole import write_file

    write_file(file, told.calendar().encode())


indicators = python_function(IndicatorsQuestion)
