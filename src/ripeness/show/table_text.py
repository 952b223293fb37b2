"""Tables as Markdown for people and as comma-separated values for programs, whose numbers are not rounded."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

from ripeness.show.cell import Column, StyledText, TableRow
from ripeness.store.cells import to_csv

PART_OF = "part of"  # the column that names the row above of which a row is part
UNIT = "unit"  # names the unit of a cell where it is its own
ESCAPED = re.compile(r"([*_`\[\]])")


def markdown_lines(
    title: str, columns: Sequence[Column], rows: Sequence[TableRow], notes: Sequence[StyledText] = ()
) -> list[str]:
    """The lines of a table in Markdown, its title above and its notes below."""
    lines = [f"**{escape_markdown(title)}**", ""] if title else []
    headings = [escape_markdown(column.name) or "\u00a0" for column in columns]
    ruler = ["---:" if column.align == "right" else "---" for column in columns]
    cells = [
        [_markdown_cell(cell.plain, row.level if n == 0 else 0) for n, cell in enumerate(row.cells)] for row in rows
    ]
    lines += [f"| {' | '.join(across)} |" for across in (headings, ruler, *cells)]
    return [*lines, "", escape_markdown(" ".join(note.plain for note in notes))] if notes else lines


def escape_markdown(text: str) -> str:
    """Text on one line that Markdown takes neither for markup nor for HTML.

    >>> escape_markdown("<b>North</b> & South")
    '&lt;b&gt;North&lt;/b&gt; &amp; South'
    """
    safe = " ".join(text.split()).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return ESCAPED.sub(r"\\\1", safe)


def _markdown_cell(text: str, level: int) -> str:
    lines = " \u00b7 ".join(line.strip() for line in text.split("\n") if line.strip())
    return ("\u2013 " if level else "") + escape_markdown(lines).replace("|", "\\|")


def csv_text(columns: Sequence[Column], rows: Sequence[TableRow]) -> str:
    """The records of a table as comma-separated values."""
    return to_csv(records(columns, rows))


def records(columns: Sequence[Column], rows: Sequence[TableRow]) -> list[dict[str, Any]]:
    """Every row as names with values: words as they are, numbers unrounded.

    A column of numbers has a name for each number that its cells hold: its heading, then 'HEADING, low' and so on.
    A cell without a number, such as '>60', is its text. A row that only names those below it is left to their
    'part of'.
    """
    nested = any(row.level for row in rows)
    names = _names(columns, rows)
    series = [_series(n, column, rows) for n, column in enumerate(columns)]
    made_records = []
    parent = ""
    for row, following in zip_longest(rows, rows[1:]):
        record: dict[str, Any] = {PART_OF: parent if row.level else ""} if nested else {}
        if not row.level:
            parent = _line(row.cells[0].plain)
        for n, (name, cell) in enumerate(zip(names, row.cells, strict=True)):
            cell_numbers = dict(cell.numbers)
            for part in series[n]:
                value = cell.unit if part == UNIT else cell_numbers.get(part)
                if part == "" and value is None:
                    value = _line(cell.plain)
                record[name if part == "" else f"{name}, {part}"] = "" if value is None else value
        names_others = following is not None and following.level > row.level
        if not names_others or any(cell.plain for cell in row.cells[1:]):
            made_records.append(record)
    return made_records


def _series(n: int, column: Column, rows: Sequence[TableRow]) -> list[str]:
    """The names of the numbers of a column, its own first; then the unit, where its cells have several."""
    parts = dict.fromkeys(["", *(part for row in rows for part, _ in row.cells[n].numbers)])
    return [*parts] if _unit(n, column, rows) is not None else [*parts, UNIT]


def _unit(n: int, column: Column, rows: Sequence[TableRow]) -> str | None:
    """The one unit of a column's numbers; None where they have several."""
    units = {row.cells[n].unit for row in rows if row.cells[n].numbers}
    if all(unit in column.unit for unit in units):
        return column.unit
    return units.pop() if len(units) == 1 else None


def _names(columns: Sequence[Column], rows: Sequence[TableRow]) -> list[str]:
    """Names of columns, each once; a unit that the heading leaves out stands in brackets."""
    names: list[str] = []
    for n, column in enumerate(columns):
        unit = _unit(n, column, rows) or ""
        name = (column.name or "row") + (f" [{unit}]" if unit not in column.name else "")
        times = sum(earlier == name or earlier.startswith(f"{name} (") for earlier in names)
        names.append(f"{name} ({times + 1})" if name in names else name)
    return names


def _line(text: str) -> str:
    return " ".join(text.split())
