"""A table of the record: cells by column name, each row with the line on which it stands."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import inf, isfinite, isnan, nan
from pathlib import Path

from ripeness.world.delimited import DelimitedTable, Familiar, TextRow, parse_delimited, read_delimited
from ripeness.world.fault import Fault, Place
from ripeness.world.numeral import Marks, NotANumber, numeral_marks, parse_amount
from ripeness.world.wording import nearest

BLANK = ("", ".", "NA", "NaN", "nan")
UNKNOWN = (*BLANK, "-9", "-9.0", "-8", "-8.0", "-7", "-7.0")  # how producers write what nobody knows
# A number that reads one way alone; three figures after a point may be thousands, and are looked at more closely.
CLEAR = re.compile(r"[+-]?[0-9]{1,300}(?:\.(?:[0-9]{0,2}|[0-9]{4,300}))?(?:[eE][+-]?[0-9]{1,3})?")
YEARS = (1, 9999)
MOST = 10**9  # of a number that counts or names something


@dataclass(slots=True)
class ColumnMarks:
    """How each column, and the whole table, write decimals and thousands; looked up when a number leaves it open.

    `notes` say, once a column, on what grounds such a number was read.
    """

    columns: tuple[str, ...]
    rows: tuple[TextRow, ...]
    by_column: dict[str, Marks] = field(default_factory=dict)
    notes: dict[str, Fault] = field(default_factory=dict)

    def of(self, column: str = "") -> Marks:
        """The marks of a column; of the table where none is named."""
        if column not in self.by_column:
            places = [self.columns.index(column)] if column else range(len(self.columns))
            self.by_column[column] = numeral_marks(
                row.texts[n] for row in self.rows for n in places if n < len(row.texts) and row.texts[n]
            )
        return self.by_column[column]


@dataclass(frozen=True, slots=True)
class RecordRow:
    """One line of a file."""

    file: str
    line: int
    cells: dict[str, str]
    source: TextRow
    marks: ColumnMarks

    def text(self, column: str) -> str:
        """A cell as it stands; empty where the column or the cell is missing."""
        return self.cells.get(column, "")

    def number(self, column: str, unknown: Sequence[str] = UNKNOWN, highest: float = inf) -> float:
        """A cell as a number; not a number where the producers did not know it, as `unknown` says.

        Nothing in the column exceeds `highest`.

        Raises: Fault where something stands there that is no number, or might be two.
        """
        cell = self.text(column)
        if cell in unknown:
            return nan
        value = float(cell) if CLEAR.fullmatch(cell) else self._open(column, cell, highest)
        if not isfinite(value):
            raise self.fault(column, f"'{cell[:40]}' is not a finite number")
        return nan if value < 0 and value in _codes(tuple(unknown)) else value

    def _open(self, column: str, cell: str, highest: float) -> float:
        """A number that is read by its column and, where that does not say how marks are meant, by the whole table."""
        try:
            number = parse_amount(cell, self.marks.of(column), None, highest)
        except NotANumber:
            try:
                number = parse_amount(cell, self.marks.of(column), self.marks.of(), highest)
            except NotANumber as error:
                raise self.fault(column, str(error)) from None
        if number.note:
            self.marks.notes.setdefault(column, Fault(f"{column}: {number.note}", self.place(column)))
        return number.value

    def whole(self, column: str, lowest: int = -MOST, highest: int = MOST) -> int:
        """A cell as a whole number between two ends.

        Raises: Fault where something else or nothing stands there.
        """
        value = self.number(column)
        if isnan(value):
            raise self.fault(column, "a whole number is missing")
        if not value.is_integer() or not lowest <= value <= highest:
            raise self.fault(column, f"'{self.text(column)[:40]}' is not a whole number from {lowest:,} to {highest:,}")
        return int(value)

    def within(self, column: str, low: float, high: float, unknown: Sequence[str] = BLANK) -> float:
        """A cell as a number between two ends, on a scale on which -9 may be a score.

        Raises: Fault where something else stands there.
        """
        value = self.number(column, unknown, high)
        if not isnan(value) and not low <= value <= high:
            raise self.fault(column, f"{value:g} does not lie from {low:g} to {high:g}")
        return value

    def place(self, column: str) -> Place:
        """Where a cell stands."""
        return (
            self.source.place(self.marks.columns.index(column)) if column in self.cells else Place(self.file, self.line)
        )

    def fault(self, column: str, message: str) -> Fault:
        """What is wrong with a cell, at its place."""
        return Fault(f"{self._war()}{column}: {message}", self.place(column))

    def _war(self) -> str:
        number, name = self.text("warnum") or self.text("WarNum"), self.text("warname") or self.text("WarName")
        return f"war {number[:20]}{f' ({name[:60]})' if name else ''}: " if number else ""


@lru_cache
def _codes(unknown: tuple[str, ...]) -> frozenset[float]:
    """The numbers among the signs for unknown."""
    return frozenset(float(sign) for sign in unknown if sign.startswith("-"))


@dataclass(frozen=True, slots=True)
class RecordTable:
    """A whole file; `notes` say what was guessed and left out to read it."""

    file: str
    columns: tuple[str, ...]
    rows: tuple[RecordRow, ...]
    separated: str
    heading: Place
    marks: ColumnMarks
    notes: tuple[Fault, ...] = ()

    def __iter__(self) -> Iterator[RecordRow]:
        return iter(self.rows)

    @property
    def remarks(self) -> tuple[Fault, ...]:
        """What was guessed and left out so far, in the file and in the numbers read."""
        return (*self.notes, *self.marks.notes.values())

    def need(self, columns: Sequence[str], label: str) -> None:
        """Refuse a file in which a column is missing, or stands twice, without which nothing can be said.

        Raises: Fault that names the column and the nearest that is there.
        """
        for column in columns:
            if column not in self.columns:
                matches = [name for name in self.columns if name.casefold() == column.casefold()]
                near = matches[0] if matches else nearest(column, [name[:60] for name in self.columns])
                hint = f"did you mean '{near}'?" if near else f"{label} need {', '.join(columns)}"
                raise Fault(f"the column '{column}' is missing; {hint}; {self.separated}", self.heading)
            if self.columns.count(column) > 1:
                raise Fault(f"the column '{column}' stands twice; keep one", self.heading)


def read_table(path: str | Path, names: Collection[str] = ()) -> RecordTable:
    """Read a comma-, semicolon- or tab-separated file with a heading, in which some of `names` stand.

    Raises: Fault where the file cannot be opened or read as text, is empty, or a row has more cells than the heading.
    """
    return _table(read_delimited(path, _among(names)))


def table_of(text: str, file: str, names: Collection[str] = ()) -> RecordTable:
    r"""Read a table from its text.

    Raises: Fault as for a file.

    >>> table_of("a,b\n1,2\n", "x.csv").rows[0].number("b")
    2.0
    """
    return _table(parse_delimited(text, file, _among(names)))


def _among(names: Collection[str]) -> Familiar | None:
    """Whether a heading is one of some names, whatever the letter case; None where there are none."""
    folded = {name.casefold() for name in names}
    return (lambda text: text.casefold() in folded) if folded else None


def _table(read: DelimitedTable) -> RecordTable:
    for row in read.rows:
        for fault in read.beyond(row):
            raise fault
    columns = read.columns
    marks = ColumnMarks(columns, read.rows)
    blank = ("",) * len(columns)
    rows = tuple(
        RecordRow(row.file, row.line, dict(zip(columns, (*row.texts, *blank), strict=False)), row, marks)
        for row in read.rows
    )
    start = read.heading.place(0)
    return RecordTable(
        read.file, columns, rows, read.separated, start, marks, tuple(Fault(note, start) for note in read.notes)
    )
