"""Record: how past conflicts like this one ended, by month, whatever the model says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ripeness.workbench.notebook import Notebook
from ripeness.workbench.question import Case, Verb, declared, python_function, question
from ripeness.workbench.report_section import ReportSection
from ripeness.world.fault import ArgumentFault
from ripeness.world.wording import join_words

if TYPE_CHECKING:
    from ripeness.scenario.schema import Scenario
    from ripeness.show.table import Layout
    from ripeness.study.record.answer import MeasuredRecord
    from ripeness.study.record.traits import ConflictTraits
    from ripeness.workbench.cite import Cited

KINDS = ("interstate", "intrastate", "internationalised")
ISSUES = ("territory", "government")
INTENSITIES = ("war", "minor")
MONTHS = (6.0, 12.0, 24.0, 60.0)
MOST_MONTHS = 600.0
MOST_PARTIES = 100
KNOWN_UNTIL = 2020  # last year of the record, whose era counts where no day is named


@question
class RecordQuestion(Verb["RecordAnswer"]):
    """Say how past conflicts like this one ended, by month: what a forecaster begins with.

    Without a case the kind of conflict must be named; what is named counts instead of what the scenario states.

    Units: months_fought in months; months from the day of the forecast.
    Raises: Fault where the scenario cannot be read, or nobody says which kind of conflict it is.

    >>> answer = record(kind="interstate", months_fought=10)
    >>> round(sum(row["p"] for row in answer.rows() if row["month"] == 12), 6)
    1.0
    """

    verb = "record"
    summary = (
        "How past conflicts like this one ended: by agreement, ceasefire, victory or low activity.\n\n"
        "A statistical model of armed conflicts since 1946 and interstate wars since 1823, with 90 % intervals."
    )
    example = "ripeness record ukraine-2023-03"
    report_sections = (
        ReportSection(
            "record",
            "Wars like this one",
            "Probability of each end by month, from past conflicts with the same traits; dashes: 90 % interval of the "
            "probability that it still goes on.",
            optional=True,
            order=12,
        ),
    )

    case_or_path: Case | None = declared(
        default=None,
        flags=(),
        key="case",
        kw_only=False,
        label="Case",
        help="A shipped case, a folder with a case, or a scenario file. Default: none; then name the kind.",
    )
    coding: str | None = declared(
        default=None, suggest="codings", help="Which coding of the case. Default: the case's first."
    )
    kind: str | None = declared(
        default=None, choices=KINDS, help=f"{join_words(KINDS, 'or')}. Default: as the scenario states."
    )
    over: str | None = declared(
        default=None,
        choices=ISSUES,
        label="Fought over",
        help="territory or government. Default: as the scenario states.",
    )
    intensity: str | None = declared(
        default=None,
        choices=INTENSITIES,
        help="war (1,000 deaths in battle in a year) or minor. Default: as the scenario states, else war.",
    )
    other_parties: int | None = declared(
        default=None,
        least=0,
        most=MOST_PARTIES,
        help="Armed parties to the same conflict besides the two. Default: as the scenario states, else 0.",
    )
    months_fought: float | None = declared(
        default=None,
        least=0,
        most=MOST_MONTHS,
        help="Months that it has lasted. Default: those of the scenario, else 0.",
    )
    as_of: date | str | None = declared(
        default=None,
        expert=True,
        label="Day of the forecast",
        help="Day of the forecast. Default: the scenario's start.",
    )
    months: Sequence[float] = declared(
        default=MONTHS,
        flags=("--at",),
        key="at",
        commas=True,
        above=0,
        most=MOST_MONTHS,
        label="Months from now",
        metavar="MONTHS",
        help="Months from the day of the forecast, with commas. Default: 6,12,24,60.",
    )

    def answer(self, progress: Any = None) -> RecordAnswer:  # noqa: ARG002  (it takes less than a second)
        """Read the record for the case, or for the traits that are named."""
        from ripeness.store.past_conflicts import kept_conflicts
        from ripeness.study.record.answer import measure_record
        from ripeness.study.record.nearest import nearest_conflicts, past_conflicts

        if not self.months:
            raise ArgumentFault("months", " names no month")
        scenario, name = self._scenario()
        traits, fought = self._traits(scenario), self._fought(scenario)
        nearest = nearest_conflicts(traits, fought, past_conflicts(kept_conflicts()))
        measured = measure_record(traits, fought, self.months, nearest)
        return RecordAnswer(self.case_or_path, name, scenario, self.day("as_of"), measured)

    def _scenario(self) -> tuple[Scenario | None, str]:
        if self.case_or_path is None:
            if self.kind is None:
                raise ArgumentFault("kind", f" is wanted where no case is named: {join_words(KINDS, 'or')}")
            return None, ""
        from ripeness.scenario.read import open_scenario

        opened = open_scenario(self.case_or_path, self.coding)
        return opened.scenario, opened.case or str(self.case_or_path)

    def _traits(self, scenario: Scenario | None) -> ConflictTraits:
        from ripeness.study.record.traits import ConflictTraits, traits_of

        day = self.day("as_of")
        stated = None if scenario is None else traits_of(scenario, day)
        if stated is None:
            if self.kind is None:
                raise ArgumentFault(
                    "kind", f" is wanted, since the scenario states no conflict: {join_words(KINDS, 'or')}"
                )
            start = day or (None if scenario is None else scenario.start)
            stated = ConflictTraits(self.kind, None, "war", 0, KNOWN_UNTIL if start is None else start.year)
        return ConflictTraits(
            self.kind or stated.kind,
            self.over or stated.over,
            self.intensity or stated.intensity,
            stated.other_parties if self.other_parties is None else self.other_parties,
            stated.year,
        )

    def _fought(self, scenario: Scenario | None) -> float:
        if self.months_fought is not None or scenario is None:
            return self.months_fought or 0.0
        from ripeness.world.calendar import months_between

        day = self.day("as_of") or scenario.start
        if day < scenario.began:
            raise ArgumentFault("as_of", f" is {day}; the war began on {scenario.began}")
        return months_between(scenario.began, day)


@dataclass(frozen=True, repr=False)
class RecordAnswer(Notebook):
    """How past conflicts like this one ended; `case` is empty and `scenario` None where traits alone were named."""

    origin: Case | None
    case: str
    scenario: Scenario | None
    as_of: date | None
    value: MeasuredRecord

    chart = "record.incidence_areas"

    @property
    def title(self) -> str:
        """The title of the scenario, or the kind of conflict."""
        return f"An {self.value.traits.kind} conflict" if self.scenario is None else self.scenario.title

    @property
    def day(self) -> date | None:
        """The day of the forecast, where there is one."""
        return self.as_of or (None if self.scenario is None else self.scenario.start)

    def heading(self) -> str:
        """What was asked, in one line."""
        from ripeness.show.record_tables import traits_line

        return traits_line(self.value)

    def sentence(self) -> str:
        """The answer in one sentence."""
        from ripeness.show.record_tables import sentence

        return sentence(self.value)

    def brief(self) -> Layout:
        """The answer and the ends by month, on one screen."""
        from ripeness.show.record_tables import brief

        return brief(self.value)

    def layout(self) -> Layout:
        """The tables."""
        from ripeness.show.record_tables import tables

        return tables(self.value)

    def rows(self) -> Sequence[Mapping[str, Any]]:
        """One row an end and month."""
        return [asdict(row) for row in self.value.incidence]

    def plot(self, *, dark: bool = False) -> Any:
        """The ends as areas by month."""
        from ripeness.show.charts.record import incidence_areas

        return incidence_areas(self.value, self.title, start=self.day, dark=dark)

    def plain(self) -> dict[str, Any]:
        """The answer as plain values."""
        from ripeness.store.json_text import plain_value
        from ripeness.world.version import __version__

        return {
            "case": self.case or None,
            "as_of": None if self.day is None else str(self.day),
            "traits": plain_value(self.value.traits),
            "months_fought": round(self.value.months_fought, 2),
            "sentence": self.sentence(),
            "incidence": self.rows(),
            "by_side": plain_value(self.value.by_side),
            "effects": plain_value(self.value.effects),
            "nearest": plain_value(self.value.nearest),
            "record": dict(self.value.provenance),
            "intervals": "low to high is a 90 % interval of the probability; n counts past conflicts of the same kind "
            "that had lasted as long",
            "version": __version__,
        }

    def to_json(self) -> str:
        """The answer as JSON."""
        from ripeness.store.json_text import json_text

        return json_text(self.plain())

    def table(self) -> str:
        """The tables as text of 88 columns."""
        from ripeness.show.forecast_tables import tables_as_text

        return tables_as_text(self.layout())

    def cite(self) -> Cited | None:
        """The bibliography and every number of the scenario, where there is one."""
        if self.origin is None:
            return None
        from ripeness.workbench.cite import cite

        return cite(self.origin, None if self.scenario is None else self.scenario.coding)

    def __repr__(self) -> str:
        """One line."""
        return f"<RecordAnswer of {self.case or self.value.traits.kind}: {self.sentence()}>"

    def save(self, folder: str | Path) -> Path:
        """Write answer, rows, table and picture to a new folder, whole or not at all.

        Raises: Fault where something is there already, or it cannot be written.
        """
        from ripeness.store.atomic_write import write_folder
        from ripeness.store.cells import to_csv

        files = {
            "answer.json": self.to_json() + "\n",
            "answer.csv": to_csv(self.rows()),
            "answer.txt": self.table() + "\n",
            "chart.vl.json": self.plot().to_json() + "\n",
        }
        write_folder(Path(folder), files)
        return Path(folder)


record = python_function(RecordQuestion)
