"""History: producers' files of past wars, by their own column names, in the tidy form that calibrate and backtest read."""

from __future__ import annotations

from pathlib import Path

from ripeness.store.cells import to_csv
from ripeness.store.whole import write_file
from ripeness.study.history.producers import Imported, import_file


def history(path: str | Path, out: str | Path | None = None) -> Imported:
    """Bring a producer's file into tidy form and, where asked, write it as CSV.

    Raises: Fault where the file cannot be read, is of no known producer, or nothing can be written.
    """
    imported = import_file(path)
    if out is not None:
        write_file(Path(out), as_csv(imported))
    return imported


def as_csv(imported: Imported) -> str:
    """The lines as CSV; empty where the producers did not know a number."""
    return to_csv({key: _cell(value) for key, value in line.items()} for line in imported.lines)


def _cell(value: object) -> object:
    return "" if isinstance(value, float) and value != value else value  # noqa: PLR0124  (not a number)
