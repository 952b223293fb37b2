"""Told: what every study's answer can do: one line, a table, rows, JSON, its sources, a folder on disk."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ripeness.workbench.asked import Asked
from ripeness.workbench.notebook import Notebook

if TYPE_CHECKING:
    from ripeness.show.table import Layout
    from ripeness.workbench.cite import Cited


@dataclass(frozen=True, repr=False)
class Told(Notebook):
    """An answer beside what was asked. Each study says in words what it found, lays it out, and draws it."""

    asked: Asked

    def sentence(self) -> str:
        """The answer in one sentence."""
        raise NotImplementedError

    def layout(self) -> Layout:
        """The tables."""
        raise NotImplementedError

    def found(self) -> Any:
        """The study's values."""
        raise NotImplementedError

    def rows(self) -> Sequence[Mapping[str, Any]]:
        """The answer as rows, for a spreadsheet."""
        raise NotImplementedError

    def plot(self, *, dark: bool = False) -> Any:
        """The picture."""
        raise NotImplementedError

    def cite(self) -> Cited:
        """The bibliography and every number of the scenario that was asked about."""
        return self.asked.cite()

    def __repr__(self) -> str:
        """One line."""
        return f"<{type(self).__name__} of {self.asked.case}, {self.asked.heading()}: {self.sentence()}>"

    def table(self) -> str:
        """The tables as text of 88 columns."""
        from ripeness.show.forecast_tables import as_text

        return as_text(self.layout())

    def plain(self) -> dict[str, Any]:
        """The answer as plain values; what does not exist is null."""
        from ripeness.workbench.forecast import plain

        return {
            **self.asked.about(),
            "sentence": self.sentence(),
            **plain(self.found()),
            "intervals": "low to high is a 90 % Monte Carlo interval that allows for shared inputs; "
            "those with a median are 5 and 95 % points of the runs",
        }

    def to_json(self) -> str:
        """The answer as JSON."""
        return json.dumps(self.plain(), ensure_ascii=False, indent=2, allow_nan=False)

    def to_csv(self) -> str:
        """The rows as comma-separated values."""
        from ripeness.store.cells import to_csv

        return to_csv(self.rows())

    def save(self, folder: str | Path) -> Path:
        """Write answer, rows, table, picture and provenance to a new folder, whole or not at all.

        Raises: Fault where something is there already, or it cannot be written.
        """
        from ripeness.store.provenance import provenance
        from ripeness.store.whole import write_folder

        made = json.dumps(provenance(self.asked.about()), indent=2, sort_keys=True)
        write_folder(Path(folder), self.files() | {"provenance.json": made + "\n"})
        return Path(folder)

    def files(self) -> dict[str, Any]:
        """What is kept, by file name."""
        return {
            "answer.json": self.to_json() + "\n",
            "answer.csv": self.to_csv(),
            "answer.txt": self.table() + "\n",
            "chart.vl.json": self.plot().to_json() + "\n",
        }
