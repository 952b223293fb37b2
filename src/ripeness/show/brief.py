"""Brief: an answer for one screen: a sentence or two, one table that fits, and what the full answer holds besides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ripeness.show.cell import StyledText, bold, dim
from ripeness.show.table import Layout, Table, layout

SCREEN = 24  # lines of a screen, with what was asked above and what there is besides below
WIDTH = 80  # columns of it
ABOVE, BELOW = 2, 2  # lines for title and heading, and for what there is besides
LETTERS = 110  # of the titles that are named below an answer: two lines
LEAST_LETTERS = 12  # of a title that is cut at a comma
LEAST_ROWS = 3  # of a table, however long the sentence above it


def brief_layout(
    answer: Table | StyledText | str, *parts: Table | StyledText | str, above: Iterable[Table | StyledText] = ()
) -> Layout:
    """An answer and what belongs to it, tables cut to the rows that a screen has room for; `above` stands before it.

    >>> table = Table("Shares", (), ())
    >>> [type(block).__name__ for block in brief_layout("Yes.", table)]
    ['StyledText', 'Table']
    """
    before = tuple(above)
    blocks = list(layout(*before, bold(answer) if isinstance(answer, str) else answer, *parts))
    tables = [n for n, block in enumerate(blocks) if isinstance(block, Table)]
    for n in reversed(tables):
        fixed = _height(layout(*blocks[:n], *blocks[n + 1 :]))
        table = blocks[n]
        if isinstance(table, Table):
            blocks[n] = fit_rows(table, SCREEN - ABOVE - BELOW - fixed)
    return Layout(tuple(blocks), len(before))


def fit_lines(lines: Iterable[str], room: int, left_out: str) -> list[str]:
    """The first lines or paragraphs that fit so many lines of 80 columns, then how many were left out.

    >>> fit_lines(["a", "b", "c"], 2, "changes")
    ['a', 'Not shown: changes, 2 more.']
    >>> fit_lines(["a", "b"], 2, "changes")
    ['a', 'b']
    """
    every = list(lines)
    if _height(layout(*every)) <= room:
        return every
    kept = every[:]
    while kept and _height(layout(*kept)) > room - 1:
        kept.pop()
    return [*kept, f"Not shown: {left_out}, {len(every) - len(kept)} more."]


def fit_rows(table: Table, lines: int) -> Table:
    """A table without its last rows where it would take more lines of 80 columns; a note counts those left out."""
    if _height(layout(table)) <= lines:
        return table
    for kept in range(len(table.rows) - 1, LEAST_ROWS - 1, -1):
        shorter = table.cut_to(kept)
        if _height(layout(shorter)) <= lines or kept == LEAST_ROWS:
            return shorter
    return table


def _height(part: Layout) -> int:
    return len(part.to_text(WIDTH).splitlines())


def without_columns(table: Table, headings: Iterable[str]) -> Table:
    """A table without the columns of these names, so that it fits the width of a screen."""
    left_out = set(headings)
    kept = [n for n, column in enumerate(table.columns) if column.name not in left_out]
    rows = tuple(replace(row, cells=tuple(row.cells[n] for n in kept)) for row in table.rows)
    return replace(table, columns=tuple(table.columns[n] for n in kept), rows=rows)


def with_note(table: Table, *notes: str) -> Table:
    """A table with other notes below it."""
    return replace(table, notes=tuple(dim(note) for note in notes if note))


def more_line(full: Layout, brief: Layout) -> str:
    """What a full answer shows besides: the titles of its other tables; nothing where it has none.

    >>> more_line(layout(Table("Outcomes", (), ()), Table("Costs, both", (), ())), layout(Table("Outcomes", (), ())))
    'More with --full: costs, both.'
    """
    shown = {table.title for table in brief.tables()}
    titles = [table.title for table in full.tables() if table.title and table.title not in shown]
    if not titles:
        return ""
    short = list(dict.fromkeys(map(_short_title, titles)))
    named = short[:1]
    while len(named) < len(short) and len("; ".join([*named, short[len(named)]])) <= LETTERS:
        named.append(short[len(named)])
    others = len(short) - len(named)
    more = f"; and {others} more {'table' if others == 1 else 'tables'}" if others else ""
    return f"More with --full: {'; '.join(named)}{more}."


def _short_title(title: str) -> str:
    """A title inside a sentence, as far as a comma after which it only says how it is to be read.

    >>> _short_title("Ledger 1: political aims met, worth to each faction"), _short_title("When, on what terms")
    ('ledger 1: political aims met', 'when, on what terms')
    """
    short = title
    for mark in (", ", " ("):
        head = short.partition(mark)[0]
        short = head if len(head) >= LEAST_LETTERS else short
    return short if short[1:2].isupper() else short[:1].lower() + short[1:]
