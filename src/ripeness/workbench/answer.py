"""Answer: what every study's answer can do: one line, a table, rows, JSON, its sources, a folder on disk."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from ripeness.scenario.polity_names import PolityNames, polity_names
from ripeness.store.json_text import json_text, plain_value
from ripeness.workbench.notebook import Notebook

if TYPE_CHECKING:
    from ripeness.show.table import Layout
    from ripeness.workbench.cite import Cited
    from ripeness.workbench.setup import StudySetup


@dataclass(frozen=True, repr=False)
class StudyAnswer(Notebook):
    """An answer beside what was asked.

    `shown_by` is the file of `show/` that has its `sentence` and its `tables`; `brief_by` the file that has its
    `brief`, the same one unless it says otherwise; `chart` is file and function of its picture,
    which is told the day from which months count where it is `dated`.
    """

    setup: StudySetup
    value: Any
    shown_by: ClassVar[str] = ""
    brief_by: ClassVar[str] = ""
    chart: ClassVar[str] = ""
    dated: ClassVar[bool] = False

    @property
    def asked(self) -> StudySetup:
        """The setup, by the name that it had before."""
        return self.setup

    @property
    def told(self) -> Any:
        """The study's value, by the name that it had before."""
        return self.value

    def sentence(self) -> str:
        """The answer in one sentence."""
        return str(self._tables().sentence(*self._shown()))

    def layout(self) -> Layout:
        """The tables."""
        tables: Layout = self._tables().tables(*self._shown())
        return tables

    def brief(self) -> Layout:
        """The answer for one screen: a sentence or two, and one table that fits; `layout` has the rest.

        A verb whose file has no `brief` shows its first table.
        """
        from ripeness.show.brief import brief_layout

        file = import_module(f"ripeness.show.{self.brief_by or self.shown_by}")
        if hasattr(file, "brief"):
            brief: Layout = file.brief(*self._shown())
            return brief
        return brief_layout(self.sentence(), *self.layout().tables()[:1])

    def values(self) -> Any:
        """What `plain` holds of the answer: the study's value, unless a verb adds to it."""
        return self.value

    def found(self) -> Any:
        """The same as `values`, by the name that it had before."""
        return self.values()

    def rows(self) -> Sequence[Mapping[str, Any]]:
        """The answer as rows, for a spreadsheet."""
        raise NotImplementedError

    def plot(self, *, dark: bool = False) -> Any:
        """The picture."""
        return self._draw()(*self._shown(), self.setup.scenario.title, dark=dark)

    def plot_of(self) -> Callable[..., Any]:
        """What draws the picture, to be told whether it is dark and, where its chart has such a form, narrow."""
        return partial(self._draw(), *self._shown(), self.setup.scenario.title)

    def narrow_plot(self, title: str) -> Any:
        """The picture as it is drawn for a phone, where its chart has such a form."""
        return self._draw()(*self._shown(), title, narrow=True)

    def _draw(self) -> Callable[..., Any]:
        file, _, chart = self.chart.partition(".")
        draw: Callable[..., Any] = getattr(import_module(f"ripeness.show.charts.{file}"), chart)
        return partial(draw, start=self.setup.day) if self.dated else draw

    def _tables(self) -> Any:
        return import_module(f"ripeness.show.{self.shown_by}")

    def _shown(self) -> tuple[Any, ...]:
        """What tables and charts are given."""
        return (self.value,)

    def cite(self) -> Cited:
        """The bibliography and every number of the scenario that was asked about."""
        return self.setup.cite()

    def __repr__(self) -> str:
        """One line."""
        return f"<{type(self).__name__} of {self.setup.case}, {self.setup.heading()}: {self.sentence()}>"

    def table(self) -> str:
        """The tables as text of 88 columns."""
        from ripeness.show.forecast_tables import tables_as_text

        return tables_as_text(self.layout())

    def plain(self) -> dict[str, Any]:
        """The answer as plain values; what does not exist is null."""
        return {
            **self.setup.about(),
            "sentence": self.sentence(),
            **plain_value(self.values()),
            "intervals": "low to high is a 90 % Monte Carlo interval that allows for shared inputs; "
            "those with a median are 5 and 95 % points of the runs",
        }

    def to_json(self) -> str:
        """The answer as JSON."""
        return json_text(self.plain())

    def to_csv(self) -> str:
        """The rows as comma-separated values."""
        from ripeness.store.cells import to_csv

        return to_csv(self.rows())

    def save(self, folder: str | Path) -> Path:
        """Write answer, rows, table, picture and provenance to a new folder, whole or not at all.

        Raises: Fault where something is there already, or it cannot be written.
        """
        from ripeness.store.atomic_write import write_folder
        from ripeness.store.provenance import provenance

        provenance_text = json_text(provenance(self.setup.about()), sort_keys=True, ascii_only=True)
        write_folder(Path(folder), self.files() | {"provenance.json": provenance_text + "\n"})
        return Path(folder)

    def files(self) -> dict[str, Any]:
        """What is kept, by file name."""
        return {
            "answer.json": self.to_json() + "\n",
            "answer.csv": self.to_csv(),
            "answer.txt": self.table() + "\n",
            "chart.vl.json": self.plot().to_json() + "\n",
        }


@dataclass(frozen=True, repr=False)
class OutcomeAnswer(StudyAnswer):
    """An answer about one outcome, whose rows hold all of it."""

    def names(self) -> PolityNames:
        """Names of all polities by key."""
        return polity_names(self.setup.scenario)

    def _shown(self) -> tuple[Any, ...]:
        return self.value, self.names()

    def plain(self) -> dict[str, Any]:
        """The answer as plain values; what does not exist is null."""
        from ripeness.store.json_text import plain_value

        values: dict[str, Any] = plain_value(self.values())
        return {**self.setup.about(), "sentence": self.sentence(), **values, "intervals": "90 % intervals, 5 to 95 %"}
