"""Show: what a kept run was asked, what it answered, and what lies in its folder; no model is run."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ripeness.store.shelf.kept import Kept, open_kept
from ripeness.store.shelf.shelf import find_run, shelf_at


@dataclass(frozen=True, slots=True)
class Shown:
    """A kept run, opened."""

    run: Kept
    files: dict[str, int]

    def __repr__(self) -> str:
        """One line."""
        return repr(self.run)

    def plain(self) -> dict[str, Any]:
        """The same as plain values, for JSON."""
        return {
            "name": self.run.name,
            "folder": str(self.run.folder),
            "provenance": dict(self.run.about),
            "answer": dict(self.run.answer),
            "files": self.files,
        }


def show(run: str | Path, shelf: str | Path | None = None) -> Shown:
    """Open a kept run by its name on a shelf (a few letters are enough) or by its folder.

    Raises: Fault where there is none, or it is damaged.
    """
    kept_run = open_kept(find_run(run, shelf_at(shelf)))
    return Shown(kept_run, kept_run.files())
