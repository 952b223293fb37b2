"""Delimited text: the one reader of tables that people and spreadsheets write, used by every command.

Cells stand between commas, semicolons or tabs; a quoted cell may hold these and line breaks. What stands before the
heading is left out and said; `#` opens a comment only there. Every cell knows its place in the file.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from ripeness.world.fault import Fault, Place
from ripeness.world.text_file import LARGEST, read_text_file

SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab"}
SEARCHED = 20  # rows among which the heading is looked for
WIDEST = 5000  # cells of a row among which known names are looked for; the widest file of the record has some 4000
BLANK_LINES = re.compile(r"(?: *(?:\r\n|\n|\r))+")
NEW_LINE = re.compile(r"\r\n|\n|\r")
BREAK = re.compile("[\r\n\v\f\x85\u2028\u2029]+")
INVISIBLE = "\ufeff\u200b\u200e\u200f\u2060"  # what copying from pages leaves at the ends of cells
ANNOUNCED = re.compile(r'"?sep=(.)"?[ \t]*(?:\r\n|\n|\r|$)', re.IGNORECASE)  # a spreadsheet's own first line


@dataclass(frozen=True, slots=True)
class TextRow:
    """One row: its cells without outer blanks, line breaks within them as blanks; `line` is where it begins."""

    file: str
    line: int
    texts: tuple[str, ...]
    source: str
    separator: str

    def place(self, column: int) -> Place:
        """Where a cell stands; beyond the last cell, where that one stands."""
        begins = [begin for begin, _ in _spans(self.source, 0, self.separator, Place(self.file, self.line))[0]]
        begin = begins[min(column, len(begins) - 1)]
        text_before = self.source[:begin]
        ends = [line_end.end() for line_end in NEW_LINE.finditer(text_before)]
        return Place(self.file, self.line + len(ends), begin - (ends[-1] if ends else 0) + 1)

    def cell(self, column: int) -> TextCell:
        """A cell with its place; empty beyond the last one."""
        return TextCell(self, column)

    def exact(self) -> tuple[str, ...]:
        """The cells letter by letter, with their blanks and line breaks."""
        return tuple(text for _, text in _spans(self.source, 0, self.separator, Place(self.file, self.line))[0])


@dataclass(frozen=True, slots=True)
class TextCell:
    """One cell: its text without outer blanks, and where it stands."""

    row: TextRow
    column: int

    @property
    def text(self) -> str:
        """The text; empty beyond the last cell of the row."""
        return self.row.texts[self.column] if self.column < len(self.row.texts) else ""

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.row.place(self.column)


@dataclass(frozen=True, slots=True)
class DelimitedTable:
    """A heading and the rows below it that hold anything; `notes` say what was guessed and what was left out.

    `before` holds the rows above the heading, comments among them.
    """

    file: str
    heading: TextRow
    rows: tuple[TextRow, ...]
    separator: str
    notes: tuple[str, ...] = ()
    before: tuple[TextRow, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """The names in the heading."""
        return self.heading.texts

    @property
    def separated(self) -> str:
        """How the cells are separated, in words for a fault."""
        if not self.separator:
            return "each cell of the heading names a column"
        if len(self.columns) == 1:
            return f"no comma, semicolon or tab stands in the heading '{self.columns[0][:40]}'"
        return f"cells are separated by {SEPARATORS.get(self.separator, repr(self.separator))}"

    def beyond(self, row: TextRow) -> list[Fault]:
        """A fault for a row with more cells than the heading, as a decimal comma makes one:
        nothing stands in its place.
        """
        width = len(self.columns)
        if not any(row.texts[width:]):
            return []
        hint = "; with decimal commas, put ';' between the cells" if self.separator == "," else f"; {self.separated}"
        return [Fault(f"the row has {len(row.texts)} cells, the table {width} columns{hint}", row.place(width))]


Familiar = Callable[[str], bool]


def read_delimited(
    path: str | Path, familiar: Familiar | None = None, *, least: int = 2, largest: int = LARGEST, kind: str = "a table"
) -> DelimitedTable:
    """Read a table from a file; `-` is standard input.

    The heading is that of the first 20 rows with most names that are `familiar`, if these are at least `least`; else
    the first row that is no title.

    Raises: Fault where the file cannot be read, is no text, holds nothing, or leaves a quote open.
    """
    source = read_text_file(path, largest=largest, kind=kind)
    return parse_delimited(source.text, source.file, familiar, least=least, notes=source.notes)


def parse_delimited(
    text: str, file: str, familiar: Familiar | None = None, *, least: int = 2, notes: tuple[str, ...] = ()
) -> DelimitedTable:
    r"""Read a table from its text, as from a file.

    >>> text = 'A map\n# by hand\nactor;power\n"#king,\nold";3\n'
    >>> table = parse_delimited(text, "x.csv", ("actor", "power").__contains__)
    >>> table.columns, table.rows[0].texts, str(table.rows[0].place(1))
    (('actor', 'power'), ('#king, old', '3'), 'x.csv:5:6')
    >>> table.notes
    ("line 1 before the heading is left out ('A map')",)
    """
    announced = ANNOUNCED.match(text)
    skip = announced.end() if announced else 0
    separator = announced.group(1) if announced else _separator(text, file, familiar)
    return table_of_rows(list(_rows(text, file, separator, skip)), file, familiar, least=least, notes=notes)


def table_of_rows(
    rows: list[TextRow], file: str, familiar: Familiar | None = None, *, least: int = 2, notes: tuple[str, ...] = ()
) -> DelimitedTable:
    """The table that rows hold, from text or from a sheet of a workbook: which of them is the heading, and the rest.

    Raises: Fault where there are no rows, or comments alone.
    """
    at, heading = _heading(rows, familiar, least)
    if heading is None:
        if rows:
            raise Fault("holds comments alone: every line begins with '#'", rows[0].place(0))
        raise Fault("is empty; its first line should name the columns", Place(file))
    skipped_rows = tuple(rows[:at])
    all_notes = (*notes, *skipped_row_notes(skipped_rows))
    return DelimitedTable(file, heading, tuple(rows[at + 1 :]), heading.separator, all_notes, skipped_rows)


def parse_rows(text: str, file: str, separator: str) -> tuple[TextRow, ...]:
    """All rows of a table that has no heading, comments among them."""
    return tuple(_rows(text, file, separator))


def normal_cell_text(text: str) -> str:
    r"""A cell's text without outer blanks, line breaks within it as blanks.

    >>> normal_cell_text(" troops moved,\r\n by night ")
    'troops moved, by night'
    """
    text = text.strip().strip(INVISIBLE).strip()
    return " ".join(line.strip() for line in BREAK.split(text)) if BREAK.search(text) else text


def is_comment(row: TextRow) -> bool:
    """Whether a row above the heading opens with #."""
    return row.source.lstrip(' \t"').startswith("#")


def skipped_row_notes(skipped_rows: Sequence[TextRow]) -> tuple[str, ...]:
    """A note on what stands before the heading and is no comment."""
    rows = [row for row in skipped_rows if not is_comment(row)]
    if not rows:
        return ()
    texts = "; ".join(" ".join(text for text in row.texts if text)[:60] for row in rows[:3])
    lines = f"line {rows[0].line}" if len(rows) == 1 else f"{len(rows)} lines from {rows[0].line} to {rows[-1].line}"
    return (f"{lines} before the heading {'is' if len(rows) == 1 else 'are'} left out ('{texts}')",)


def _heading(rows: list[TextRow], familiar: Familiar | None, least: int) -> tuple[int, TextRow | None]:
    """Which row names the columns, and that row."""
    near = list(enumerate(rows[:SEARCHED]))
    plain = [(n, row) for n, row in enumerate(rows) if not is_comment(row)][:SEARCHED]
    if familiar:
        best = max(plain, key=lambda pair: _familiarity(pair[1].texts, familiar), default=None)  # the first of equals
        if best and _familiarity(best[1].texts, familiar) >= least:
            return best
        for n, row in near:  # a heading that itself begins with #
            texts = (row.texts[0].lstrip("# "), *row.texts[1:])
            if is_comment(row) and _familiarity(texts, familiar) >= least:
                return n, replace(row, texts=texts)
    titled = (pair for pair in plain if sum(map(bool, pair[1].texts)) > 1)
    return next(titled, plain[0] if plain else (0, None))


def _familiarity(texts: tuple[str, ...], familiar: Familiar) -> int:
    return sum(1 for text in texts[:WIDEST] if text and familiar(text))


def _separator(text: str, file: str, familiar: Familiar | None) -> str:
    """The separator under which most names are familiar, then most rows have the same number of cells."""

    def fit(separator: str) -> tuple[int, int, int]:
        rows: list[TextRow] = []
        with suppress(Fault):  # a stray quote is told once the separator is known
            rows.extend(islice(_rows(text, file, separator), SEARCHED))
        names = max((_familiarity(row.texts, familiar) for row in rows), default=0) if familiar else 0
        widths = Counter(len(row.texts) for row in rows if len(row.texts) > 1)
        width, count = max(widths.items(), key=lambda pair: (pair[1], pair[0]), default=(0, 0))
        return names, count, width

    return max(SEPARATORS, key=fit)


def _rows(text: str, file: str, separator: str, at: int = 0) -> Iterator[TextRow]:
    """Rows that hold anything, in order."""
    line = 1 + len(NEW_LINE.findall(text[:at]))
    while at < len(text):
        blank = BLANK_LINES.match(text, at)
        if blank:
            line, at = line + len(NEW_LINE.findall(blank.group())), blank.end()
            continue
        spans, end = _spans(text, at, separator, Place(file, line))
        texts = tuple(normal_cell_text(cell) for _, cell in spans)
        source = text[at:end]
        if any(cell.strip(",;") for cell in texts):
            yield TextRow(file, line, texts, source, separator)
        line_break = NEW_LINE.match(text, end)
        line += 1 + (len(NEW_LINE.findall(source)) if '"' in source else 0)
        at = line_break.end() if line_break else end


def _spans(text: str, at: int, separator: str, start: Place) -> tuple[list[tuple[int, str]], int]:
    """The cells of the row that begins at `at`, each with where it begins, and where the row ends."""
    line_end = NEW_LINE.search(text, at)
    end = line_end.start() if line_end else len(text)
    if text.find('"', at, end) < 0:
        spans = []
        for cell in text[at:end].split(separator):
            spans.append((at + len(cell) - len(cell.lstrip()), cell))
            at += len(cell) + len(separator)
        return spans, end
    row, spans = at, []
    while True:
        begin = at
        while begin < len(text) and text[begin] in " \t" and text[begin] != separator:
            begin += 1
        if text.startswith('"', begin):
            cell, at = _quoted(text, begin, row, start)
            cell_match = re.compile(rf"[^{re.escape(separator)}\r\n]*").match(text, at)
            if cell_match and cell_match.group().strip():
                trailing = cell_match.group().strip()[:20]
                message = f"'{trailing}' follows a closing quote; a quote within a quoted cell is doubled"
                raise Fault(message, _place(text, at, row, start))
            at = cell_match.end() if cell_match else at
        else:
            line_end = NEW_LINE.search(text, begin)
            end = line_end.start() if line_end else len(text)
            close = text.find(separator, begin, end)
            close = end if close < 0 else close
            cell, at = text[at:close], close
        spans.append((begin, cell))
        if not text.startswith(separator, at):
            return spans, at
        at += len(separator)


def _quoted(text: str, begin: int, row: int, start: Place) -> tuple[str, int]:
    """The quoted cell that begins here, and where it ends."""
    close = begin + 1
    while True:
        close = text.find('"', close)
        if close < 0:
            raise Fault("a quote is opened here and never closed", _place(text, begin, row, start))
        if text[close : close + 2] != '""':
            return text[begin + 1 : close].replace('""', '"'), close + 1
        close += 2


def _place(text: str, at: int, row: int, start: Place) -> Place:
    """Where a spot of the row stands."""
    ends = [line_end.end() for line_end in NEW_LINE.finditer(text, row, at)]
    return Place(start.file, start.line + len(ends), at - (ends[-1] if ends else row) + 1)
