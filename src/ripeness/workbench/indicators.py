"""Indicators: what to watch, ranked by what it would tell, and when to look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from ripeness.workbench.answer import OutcomeAnswer
from ripeness.workbench.outcome_question import OutcomeQuestion
from ripeness.workbench.question import Progress, python_function, question
from ripeness.workbench.report_section import ReportSection

if TYPE_CHECKING:
    from ripeness.show.table import Layout
    from ripeness.study.indicators.calendar_dates import CalendarDate
    from ripeness.study.indicators.indicators import RankedIndicators
    from ripeness.study.indicators.rubric import Sight


@question
class IndicatorsQuestion(OutcomeQuestion["Watchlist"]):
    """Rank what can be seen from outside by what it would tell about how the war stands at a month.

    Raises: Fault for what cannot be read, an unknown outcome, or a month beyond the horizon.

    >>> indicators("japan-1945", month=6, draws=256).value.months
    (1.0, 2.0, 3.0)
    """

    verb = "indicators"
    summary = (
        "What to watch, ranked by what it would tell about the end; what each value would mean, and when it would show."
    )
    example = "ripeness indicators ukraine-2023-03 --ics dates.ics"
    report_sections = (
        ReportSection(
            "watch",
            "What to watch",
            "Bits that each observable tells about how the war will stand; the higher, the more it is worth watching.",
            optional=True,
            order=80,
            work=30,
        ),
    )

    def answer(self, progress: Progress | None = None) -> Watchlist:
        """Simulate the war, noting what could be seen of it, and rank what tells most."""
        from ripeness.study.indicators.calendar_dates import calendar_dates
        from ripeness.study.indicators.indicators import indicators as rank
        from ripeness.study.indicators.observables import observation_recorder
        from ripeness.study.indicators.rubric import sights
        from ripeness.workbench.outcome_runs import outcome_runs

        runs = outcome_runs(self, self.draws, progress)
        book = observation_recorder(runs.war(), runs.setup.scenario, self.draws, runs.target.month)
        ensemble = runs.simulate(watch=book)
        ranking = rank(ensemble, book, runs.target, runs.setup.weigh(ensemble))
        scenario = runs.setup.scenario
        return Watchlist(
            runs.setup, ranking, calendar_dates(scenario, ranking, runs.setup.day), sights(scenario, ranking)
        )


@dataclass(frozen=True, repr=False)
class Watchlist(OutcomeAnswer):
    """Indicators, dates, and what the leading indicators look like from outside."""

    value: RankedIndicators
    shown_by: ClassVar[str] = "indicator_tables"
    chart: ClassVar[str] = "indicators.indicator_lines"  # bits of the leading indicators, month by month
    dated: ClassVar[bool] = True
    dates: tuple[CalendarDate, ...]
    sights: tuple[Sight, ...] = ()

    def sentence(self) -> str:
        """The answer in one sentence, with its days."""
        from ripeness.show.indicator_tables import sentence

        return sentence(self.value, self.names(), self.setup.day)

    def layout(self) -> Layout:
        """The tables."""
        from ripeness.show.indicator_tables import tables

        return tables(self.value, self.dates, self.sights, self.names(), self.setup.day)

    def brief(self) -> Layout:
        """The answer, what to watch, and the next date on which to look, on one screen."""
        from ripeness.show.indicator_tables import brief

        return brief(self.value, self.dates, self.sights, self.names(), self.setup.day)

    def plain(self) -> dict[str, Any]:
        """The answer with its dates and what to look for."""
        from ripeness.store.json_text import plain_value

        return {**OutcomeAnswer.plain(self), "dates": plain_value(self.dates), "sights": plain_value(self.sights)}

    def rows(self) -> Sequence[Mapping[str, Any]]:
        """Every band of every indicator at every month."""
        return [
            {
                "indicator": sight.key,
                "name": sight.name,
                "month": look.month,
                "bits": look.bits,
                "chance": look.chance,
                "low": reading.low,
                "high": reading.high,
                "seen": reading.seen,
            }
            | {f"p {name}": p for name, p in reading.chances.items()}
            for sight in self.value.indicators
            for look in sight.looks
            for reading in look.readings
        ]

    def calendar(self) -> str:
        """The dates as an iCalendar file."""
        from ripeness.show.ics import calendar

        scenario = self.setup.scenario
        return calendar(self.dates, scenario.title, self.setup.day, f"{self.setup.case}-{scenario.coding}")

    def files(self) -> dict[str, Any]:
        """What is kept, the calendar included."""
        return OutcomeAnswer.files(self) | {"dates.ics": self.calendar().encode()}


def write_calendar(watchlist: Watchlist, file: Path) -> None:
    """Write the dates to an .ics file, whole or not at all.

    Raises: Fault where it cannot be written.
    """
    from ripeness.store.atomic_write import write_file

    write_file(file, watchlist.calendar().encode())


indicators = python_function(IndicatorsQuestion)
