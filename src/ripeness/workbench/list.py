"""List: which runs stand on a shelf, and which of them are damaged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ripeness.store.shelf.shelf import places, shelf_at
from ripeness.workbench.notebook import Notebook


@dataclass(frozen=True, slots=True)
class Row:
    """One run of the shelf; where `damage` says something, the rest is empty."""

    name: str
    case: str
    coding: str
    reading: str
    draws: int
    seed: int
    version: str
    sentence: str
    damage: str


@dataclass(frozen=True, slots=True)
class Shelved(Notebook):
    """What stands on a shelf."""

    shelf: Path
    runs: tuple[Row, ...]

    def layout(self) -> Any:
        """One line a run."""
        from ripeness.show.kept_tables import shelf

        return shelf(self.runs)

    def rows(self) -> Sequence[Mapping[str, Any]]:
        """One row a run."""
        keys = Row.__dataclass_fields__
        return [{key: getattr(row, key) for key in keys} for row in self.runs]

    def plain(self) -> dict[str, Any]:
        """The same as plain values, for JSON."""
        return {"shelf": str(self.shelf), "runs": [*self.rows()]}


def list(shelf: str | Path | None = None) -> Shelved:  # noqa: A001  (the verb that everybody looks for)
    """List the runs of a shelf (the user's own, if none is named), every byte of each checked.

    >>> list("nowhere-at-all").runs
    ()
    """
    folder = shelf_at(shelf)
    return Shelved(folder, tuple(_row(run.name, run.run, run.damage) for run in places(folder)))


def _row(name: str, run: Any, damage: str) -> Row:
    if run is None:
        return Row(name, "", "", "", 0, 0, "", "", damage)
    about = run.about
    return Row(
        name,
        str(about["case"]),
        str(about["coding"]),
        str(about["reading"]),
        int(about["draws"]),
        int(about["seed"]),
        str(about["version"]),
        str(run.answer.get("sentence", "")),
        "",
    )
