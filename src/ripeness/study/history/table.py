"""A table of the record: cells by column name, each row with the line on which it stands."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from math import isfinite, isnan, nan
from pathlib import Path

from ripeness.world.fault import Fault, Place

BLANK = ("", ".", "NA", "NaN", "nan")
UNKNOWN = (*BLANK, "-9", "-9.0", "-8", "-8.0", "-7", "-7.0")  # how producers write what nobody knows


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a file."""

    file: str
    line: int
    cells: dict[str, str]

    def text(self, column: str) -> str:
        """A cell as it stands; empty where the column or the cell is missing."""
        return (self.cells.get(column) or "").strip()

    def number(self, column: str, unknown: Sequence[str] = UNKNOWN) -> float:
        """A cell as a number; not a number where the producers did not know it, as `unknown` says.

        Raises: Fault where something stands there that is no number.
        """
        cell = self.text(column)
        if cell in unknown:
            return nan
        try:
            value = float(cell)
        except ValueError:
            raise self.fault(column, f"'{cell[:40]}' is not a number") from None
        if not isfinite(value):
            raise self.fault(column, f"'{cell[:40]}' is not a finite number")
        return value

    def within(self, column: str, low: float, high: float, unknown: Sequence[str] = BLANK) -> float:
        """A cell as a number between two ends, on a scale on which -9 may be a score.

        Raises: Fault where something else stands there.
        """
        value = self.number(column, unknown)
        if not isnan(value) and not low <= value <= high:
            raise self.fault(column, f"{value:g} does not lie from {low:g} to {high:g}")
        return value

    def fault(self, column: str, message: str) -> Fault:
        """What is wrong with a cell, at its line."""
        place = Place(self.file, self.line, 1 + list(self.cells).index(column) if column in self.cells else 1)
        return Fault(f"{self._war()}{column}: {message}", place)

    def _war(self) -> str:
        number, name = self.text("warnum") or self.text("WarNum"), self.text("warname") or self.text("WarName")
        return f"war {number}{f' ({name})' if name else ''}: " if number else ""


@dataclass(frozen=True, slots=True)
class Table:
    """A whole file."""

    file: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def need(self, columns: Sequence[str], what: str) -> None:
        """Refuse a file in which a column is missing without which nothing can be said.

        Raises: Fault that names the column and the nearest that is there.
        """
        for column in columns:
            if column not in self.columns:
                near = get_close_matches(column, self.columns, n=1)
                hint = f"did you mean '{near[0]}'?" if near else f"{what} need {', '.join(columns)}"
                raise Fault(f"the column '{column}' is missing; {hint}", Place(self.file))


def read_table(path: str | Path) -> Table:
    """Read a comma- or tab-separated file with a heading.

    Raises: Fault where the file cannot be opened or read as text, is empty, or a row has more cells than the heading.
    """
    path = Path(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        text = path.read_text(encoding="latin-1")  # older files of the producers
    except OSError as error:
        raise Fault(f"cannot be read: {error.strerror or error}", Place(str(path))) from None
    return table_of(text, str(path))


def table_of(text: str, file: str) -> Table:
    r"""Read a table from its text.

    Raises: Fault as for a file.

    >>> table_of("a,b\n1,2\n", "x.csv").rows[0].number("b")
    2.0
    """
    first = text.split("\n", 1)[0]
    reader = csv.reader(text.splitlines(), delimiter="\t" if first.count("\t") > first.count(",") else ",")
    heading = next(reader, None)
    if not heading or not any(heading):
        raise Fault("the file is empty; its first line should name the columns", Place(file))
    columns = tuple(name.strip() for name in heading)
    rows = []
    try:
        for cells in reader:
            if len(cells) > len(columns):
                raise Fault(f"{len(cells)} cells stand under {len(columns)} columns", Place(file, reader.line_num))
            if any(cells):
                rows.append(Row(file, reader.line_num, dict(zip(columns, cells, strict=False))))
    except csv.Error as error:
        raise Fault(f"cannot be read as a table: {error}", Place(file, reader.line_num)) from None
    return Table(file, columns, tuple(rows))
