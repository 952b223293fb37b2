"""Cells of a judge's sheet, whether it comes as an Excel workbook or as delimited text, each with its place."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ripeness.world.delimited import TextRow, parse_delimited
from ripeness.world.extras import need_package
from ripeness.world.fault import CellPlace, Fault, Place, combined
from ripeness.world.text_file import read_text_file
from ripeness.world.wording import did_you_mean

NUMBERS, SEEDS, INSTRUCTIONS = "numbers", "seeds", "instructions"  # the sheets of a workbook
ANSWERS = ("low", "best", "high")
HEADINGS = ("path", *ANSWERS)  # columns without which nothing can be read
ABOUT = ("judge", "case", "title", "coding", "traits", "polities", "questions", "scenario", "version")
LARGEST = 5_000_000  # bytes; a sheet has some tens of kilobytes
MOST_ROWS = 5_000
LONGEST_NAME = 80  # letters of a judge's name
DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, KeyError, IndexError, ValueError, SyntaxError)
DAMAGED = "is no Excel workbook, or a damaged one; open it in a spreadsheet and save it anew"


@dataclass(frozen=True, slots=True)
class JudgeCell:
    """One cell as it is stored: text, number, date or truth value; `formula` and `error` as a spreadsheet has them."""

    value: Any
    place: Place
    formula: bool = False
    error: bool = False

    @property
    def text(self) -> str:
        """What is written, without outer blanks; empty where nothing is."""
        return "" if self.value is None else str(self.value).strip()


@dataclass(frozen=True, slots=True)
class JudgeRow:
    """The cells of one question, by the heading of their column."""

    cells: Mapping[str, JudgeCell]

    def cell(self, heading: str) -> JudgeCell:
        """The cell under a heading; where there is no such column, an empty one at the row's first cell."""
        return self.cells.get(heading) or JudgeCell(None, self.cells["path"].place)

    @property
    def answered(self) -> bool:
        """Whether anything stands in a cell for an answer."""
        return any(self.cell(heading).text for heading in ANSWERS)


@dataclass(frozen=True, slots=True)
class JudgeCells:
    """All rows of a judge's sheet, and what it says of itself: whose it is, and of which case and version."""

    file: Path
    rows: tuple[JudgeRow, ...]
    about: Mapping[str, JudgeCell] = field(default_factory=dict)

    def about_text(self, key: str) -> str:
        """What the sheet says of itself under a key; empty where it says nothing."""
        return self.about[key].text if key in self.about else ""


def read_judge_cells(path: Path) -> JudgeCells:
    """Read the cells of a judge's sheet: an Excel workbook (.xlsx), or text whose first lines say whose it is.

    Raises: Fault where the file cannot be read, or is no judge's sheet.
    """
    if path.suffix.lower() in {".xls", ".ods", ".xlsm"}:
        raise Fault(f"a judge's sheet is an .xlsx workbook or a .csv, not {path.suffix}; save it as such", _file(path))
    cells = _read_workbook(path) if path.suffix.lower() == ".xlsx" else _read_text(path)
    if not cells.about_text("judge"):
        raise Fault(
            "this sheet does not say whose it is; `ripeness elicit CASE --judge NAME` writes sheets that do",
            _file(path),
        )
    name = cells.about["judge"]
    if not name.text.isprintable() or len(name.text) > LONGEST_NAME:
        raise Fault(f"{name.text[:40]!r} is no name of a judge; a name has 1 to {LONGEST_NAME} letters", name.place)
    return cells


def _file(path: Path) -> Place:
    return Place(str(path))


def _read_workbook(path: Path) -> JudgeCells:
    need_package("openpyxl", "an Excel workbook")
    from openpyxl import load_workbook

    try:
        if path.stat().st_size > LARGEST:
            raise Fault("is too large for a judge's sheet, which has some tens of kilobytes", _file(path))
        book = load_workbook(path, read_only=True)
    except OSError as error:
        raise Fault(f"cannot be read: {error.strerror or error}", _file(path)) from None
    except DAMAGE:
        raise Fault(DAMAGED, _file(path)) from None
    try:
        if NUMBERS not in book.sheetnames:
            sheets = ", ".join(book.sheetnames[:8])
            raise Fault(f"has no sheet '{NUMBERS}'; its sheets are {sheets}", _file(path))
        rows = [row for name in (NUMBERS, SEEDS) if name in book.sheetnames for row in _sheet_rows(book[name], path)]
        about = _sheet_about(book[INSTRUCTIONS], path) if INSTRUCTIONS in book.sheetnames else {}
        return JudgeCells(path, tuple(rows), about)
    except DAMAGE:  # openpyxl reads a sheet only when its rows are asked for
        raise Fault(DAMAGED, _file(path)) from None
    finally:
        book.close()


def _sheet_rows(sheet: Any, path: Path) -> list[JudgeRow]:
    """The rows below the heading; rows in which nothing stands are left out."""
    grid = [_sheet_row(sheet, path, number, cells) for number, cells in _numbered(sheet)]
    heading = next((row for row in grid if {cell.text.lower() for cell in row} >= set(HEADINGS)), None)
    if heading is None:
        place = CellPlace(str(path), 1, 1, sheet.title)
        raise Fault(f"no row names the columns {', '.join(HEADINGS)}", place)
    names = [cell.text.lower() for cell in heading]
    below = grid[grid.index(heading) + 1 :]
    return [
        JudgeRow(dict(zip(names, row + _blank_cells(row, len(names)), strict=False)))
        for row in below
        if any(cell.text for cell in row)
    ]


def _blank_cells(row: list[JudgeCell], width: int) -> list[JudgeCell]:
    """Empty cells up to the width of the heading, where a row ends before it."""
    last = row[-1].place
    sheet = last.sheet if isinstance(last, CellPlace) else ""
    return [JudgeCell(None, CellPlace(last.file, last.line, n, sheet)) for n in range(last.column + 1, width + 1)]


def _numbered(sheet: Any) -> list[tuple[int, Any]]:
    return list(enumerate(sheet.iter_rows(max_row=MOST_ROWS), start=1))


def _sheet_row(sheet: Any, path: Path, line: int, cells: Any) -> list[JudgeCell]:
    return [
        JudgeCell(
            cell.value,
            CellPlace(str(path), line, column, sheet.title),
            formula=cell.data_type == "f",
            error=cell.data_type == "e",
        )
        for column, cell in enumerate(cells, start=1)
    ]


def _sheet_about(sheet: Any, path: Path) -> dict[str, JudgeCell]:
    rows = [_sheet_row(sheet, path, number, cells) for number, cells in _numbered(sheet)]
    return {row[0].text: row[1] for row in rows if len(row) > 1 and row[0].text in ABOUT}


def _read_text(path: Path) -> JudgeCells:
    source = read_text_file(path, largest=LARGEST, kind="a judge's sheet")
    table = parse_delimited(source.text, source.file, lambda text: text.lower() in HEADINGS, notes=source.notes)
    names = [name.lower() for name in table.columns]
    for heading in HEADINGS:
        if heading not in names:
            hint = did_you_mean(heading, names, f"its columns are {', '.join(names[:8])}")
            raise Fault(f"no column is called '{heading}'; {hint}", table.heading.place(0))
    rows = tuple(
        JudgeRow({name: JudgeCell(row.cell(n).text or None, row.place(n)) for n, name in enumerate(names)})
        for row in table.rows
    )
    wide = [fault for row in table.rows for fault in table.beyond(row)]
    if wide:
        raise combined(wide)
    return JudgeCells(path, rows, dict(_text_about(table.before)))


def _text_about(lines: tuple[TextRow, ...]) -> list[tuple[str, JudgeCell]]:
    """What lines such as `# judge: Anna` above the heading say; a spreadsheet may have put quotes and separators."""
    about = []
    for row in lines:
        text = row.source.strip().rstrip(row.separator).strip('"').lstrip("# ")
        key, colon, value = text.partition(":")
        if colon and key.strip() in ABOUT:
            about.append((key.strip(), JudgeCell(value.strip(), row.place(0))))
    return about
