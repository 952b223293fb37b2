"""A table of text cells read with care: any separator, any common encoding, and every cell knows where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ripeness.world.fault import Fault, Place

LARGEST = 2_000_000  # bytes; an actor table has some kilobytes
SEPARATORS = (",", ";", "\t")
MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its text without outer blanks, and where it stands."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a file that hold anything, and how they were separated."""

    rows: tuple[tuple[Cell, ...], ...]
    separator: str
    notes: tuple[str, ...] = ()


def sheet(path: Path) -> Sheet:
    """Read a separated file: comma, semicolon or tab; UTF-8, UTF-16 with its mark, or Windows-1252.

    Rows that are empty or begin with # are left out.

    Raises: Fault where the file cannot be read, is no text, is empty, is too large, or leaves a quote open.
    """
    start = Place(str(path))
    try:
        size = path.stat().st_size
        raw = path.read_bytes() if size <= LARGEST else b""
    except OSError as error:
        raise Fault(f"cannot be read ({error.strerror or error}); give the path of a CSV file", start) from error
    if size > LARGEST:
        raise Fault(f"is {size / 1e6:.1f} MB; an actor table has a row for each actor and stays below 2 MB", start)
    text, notes = _decoded(raw, start)
    if not text.strip():
        raise Fault("is empty; the first row names the columns: actor, influence, position, salience", start)
    head = next(line for line in text.splitlines() if line.strip() and not line.startswith("#"))
    separator = max(SEPARATORS, key=head.count)
    rows = tuple(row for row in _rows(text, separator, str(path)) if any(cell.text for cell in row))
    return Sheet(rows, separator, notes)


def _decoded(raw: bytes, start: Place) -> tuple[str, tuple[str, ...]]:
    """The text of a file, and a note where its encoding was guessed."""
    encoding = next((name for mark, name in MARKS.items() if raw.startswith(mark)), "utf-8")
    notes: tuple[str, ...] = ()
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError:
        text, notes = raw.decode("cp1252", errors="replace"), ("read as Windows-1252, not as UTF-8",)
    for number, line in enumerate(text.split("\n"), start=1):
        for column, sign in enumerate(line, start=1):
            if (sign < " " and sign not in "\t\r") or sign == "\ufffd":
                message = "is not text; save the table as CSV (from a spreadsheet: 'CSV UTF-8')"
                raise Fault(message, Place(start.file, number, column))
    if not all(line.startswith("#") or not line.strip() for line in text.splitlines()):
        return text, notes
    return "", notes


def _rows(text: str, separator: str, file: str) -> list[tuple[Cell, ...]]:
    """Cut a text into rows of cells, minding quotes; a quoted cell may hold separators, not new lines."""
    rows = []
    for number, line in enumerate(text.splitlines(), start=1):
        if line.startswith("#"):
            continue
        cells, at = [], 0
        while at <= len(line):
            cell, at = _cell(line, at, separator, number, file)
            cells.append(cell)
        rows.append(tuple(cells))
    return rows


def _cell(line: str, at: int, separator: str, number: int, file: str) -> tuple[Cell, int]:
    """The cell that begins at a column, and where the next one begins."""
    begin = at
    while begin < len(line) and line[begin] in " \t" and line[begin] != separator:
        begin += 1
    place = Place(file, number, begin + 1)
    if begin < len(line) and line[begin] == '"':
        close = begin + 1
        while True:
            close = line.find('"', close)
            if close < 0:
                raise Fault("a quote is opened here and not closed in this line", place)
            if line[close : close + 2] != '""':
                break
            close += 2
        end = line.find(separator, close)
        end = len(line) if end < 0 else end
        return Cell(line[begin + 1 : close].replace('""', '"').strip(), place), end + 1
    end = line.find(separator, begin)
    end = len(line) if end < 0 else end
    return Cell(line[begin:end].strip(), place), end + 1
