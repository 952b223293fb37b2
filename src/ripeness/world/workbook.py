"""Workbooks: a sheet of an Excel file as rows of text, in which every cell knows its sheet and its address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from ripeness.world.delimited import DelimitedTable, Familiar, TextRow, normal_cell_text, table_of_rows
from ripeness.world.extras import need_package
from ripeness.world.fault import CellPlace, Fault, Place

MOST_ROWS, MOST_COLUMNS = 20_000, 2_000  # of a sheet that people fill in
ENDINGS = (".xlsx", ".xlsm")


@dataclass(frozen=True, slots=True)
class SheetRow(TextRow):
    """One row of a sheet; `line` is its number there."""

    sheet: str = ""

    def place(self, column: int) -> Place:
        """Where a cell stands; beyond the last cell, where that one stands."""
        return CellPlace(self.file, self.line, min(column, max(len(self.texts) - 1, 0)) + 1, self.sheet)

    def exact(self) -> tuple[str, ...]:
        """The cells as they are read."""
        return self.texts


def is_workbook(path: str | Path) -> bool:
    """Whether a file is meant for an Excel workbook, by its ending.

    >>> is_workbook("judge.XLSX"), is_workbook("judge.csv")
    (True, False)
    """
    return Path(path).suffix.lower() in ENDINGS


def read_workbook(path: str | Path, familiar: Familiar, *, largest: int, least: int = 2) -> DelimitedTable:
    """Read a table from the sheet of a workbook that holds most names that are `familiar`; the first of equals.

    Numbers are read as they are stored, those that are shown in per cent with their sign; of formulas the value that
    was stored with them.

    Units: `largest` in bytes.
    Raises: Fault where the file cannot be read or is too large, and where a sheet is too large or a formula was never
    worked out.
    """
    file = str(path)
    try:
        with Path(path).open("rb") as stream:
            raw = stream.read(largest + 1)
    except (OSError, ValueError) as error:  # a path that holds a zero byte is a ValueError
        reason = getattr(error, "strerror", None) or str(error)
        raise Fault(f"cannot be read ({reason}); give the path of a workbook", Place(file)) from error
    if len(raw) > largest:
        raise Fault(f"is larger than {largest / 1e6:,.0f} MB; a table stays below that", Place(file))
    return parse_workbook(raw, file, familiar, least=least)


def parse_workbook(raw: bytes, file: str, familiar: Familiar, *, least: int = 2) -> DelimitedTable:
    """Read a table from the bytes of a workbook, as from a file.

    Raises: Fault as from a file.
    """
    sheets = dict(_sheets(raw, file))
    counts = {name: _known_names(rows, familiar) for name, rows in sheets.items()}
    filled = [name for name in sheets if sheets[name]]
    if not filled:
        raise Fault("is empty; the first row of a sheet should name the columns", Place(file))
    chosen = max(filled, key=lambda name: counts[name])
    left_out = [name for name in filled if name != chosen and counts[name] >= least]
    notes = (f"sheet '{chosen}' is read; {', '.join(map(repr, left_out))} left out",) if left_out else ()
    return table_of_rows(sheets[chosen], file, familiar, least=least, notes=notes)


def _sheets(raw: bytes, file: str) -> Iterator[tuple[str, list[TextRow]]]:
    """Each sheet by name, with its rows that hold anything."""
    need_package("openpyxl", "an Excel workbook")
    from openpyxl import load_workbook

    try:
        shown, formulas = (load_workbook(BytesIO(raw), read_only=True, data_only=flag) for flag in (True, False))
    except Exception as error:  # the library lets through whatever its parsers of zip files and XML meet
        raise Fault(f"is no workbook that can be read ({error})", Place(file)) from error
    for sheet in shown.worksheets:
        rows: list[TextRow] = []
        written = formulas[sheet.title].iter_rows(max_col=MOST_COLUMNS, max_row=MOST_ROWS + 1, values_only=True)
        cells = sheet.iter_rows(max_col=MOST_COLUMNS, max_row=MOST_ROWS + 1)
        for line, (row, formula_row) in enumerate(zip(cells, written, strict=False), start=1):
            if line > MOST_ROWS:
                raise Fault(f"the sheet has more than {MOST_ROWS:,} rows", CellPlace(file, line, 1, sheet.title))
            texts = tuple(_text(cell) for cell in row)
            for column, (text, formula) in enumerate(zip(texts, formula_row, strict=False), start=1):
                if not text and isinstance(formula, str) and formula.startswith("="):
                    message = f"the formula {formula[:40]} has no stored value; save the file in a spreadsheet"
                    raise Fault(message, CellPlace(file, line, column, sheet.title))
            if any(texts):
                rows.append(SheetRow(file, line, texts, texts[0], "", sheet.title))
        width = max((len(row.texts) - _blank_end(row.texts) for row in rows), default=0)
        yield sheet.title, [replace(row, texts=row.texts[:width]) for row in rows]


def _blank_end(texts: tuple[str, ...]) -> int:
    """How many cells at the end of a row are empty."""
    return next((n for n, text in enumerate(reversed(texts)) if text), len(texts))


def _text(cell: Any) -> str:
    """The text of a cell: a number with all its digits, one that is shown in per cent with the sign."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, int | float):
        if "%" in str(getattr(cell, "number_format", "")):
            return f"{100 * value:.15g}%"
        return repr(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(float(value))
    return value.isoformat() if isinstance(value, date) else normal_cell_text(str(value))


def _known_names(rows: list[TextRow], familiar: Familiar) -> int:
    """The most familiar names in one row of a sheet."""
    return max((sum(1 for text in row.texts if text and familiar(text)) for row in rows[:20]), default=0)
