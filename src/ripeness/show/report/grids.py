"""Grids: the tables of a terminal as tables of a page, so that both always say the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.console import Group
from rich.table import Table
from rich.text import Text

from ripeness.show.report.page import Grid
from ripeness.show.tables import as_text

WIDE = 400  # columns, so that no cell is broken


def grids(laid: Any, *, folded: bool = False) -> tuple[Grid, ...]:
    """Every table of a layout, each with the lines of words that stand right below it as its notes."""
    return tuple(_grid(one, notes, folded=folded) for one, notes in _tables(laid) if one.columns and one.row_count)


def words(laid: Any) -> tuple[str, ...]:
    """Every line of words of a layout that stands beside its tables, empty ones left out."""
    if isinstance(laid, Group):
        return tuple(line for one in laid.renderables for line in words(one))
    return (laid.plain,) if isinstance(laid, Text) and laid.plain.strip() else ()


def _tables(laid: Any) -> Iterator[tuple[Table, tuple[str, ...]]]:
    if isinstance(laid, Table):
        yield laid, ()
    elif isinstance(laid, Group):
        parts = laid.renderables
        if any(isinstance(one, Group) for one in parts) or sum(isinstance(one, Table) for one in parts) != 1:
            for one in parts:
                yield from _tables(one)
        else:  # one table and the words below it
            yield next(one for one in parts if isinstance(one, Table)), words(laid)


def _grid(table: Table, notes: tuple[str, ...], *, folded: bool) -> Grid:
    head = tuple(_words(column.header) for column in table.columns)
    columns = [[_words(cell) for cell in column.cells] for column in table.columns]
    title = "" if table.title is None else _words(table.title)
    first = (head[0] or "\u00a0", *(one or "\u00a0" for one in head[1:])) if head else ()
    return Grid(title or head[0], first, tuple(zip(*columns, strict=True)), folded, notes)


def _words(cell: Any) -> str:
    """The words of a cell, a line each; what is set in under the row above gets a dash."""
    if isinstance(cell, Text):
        return _told(cell.plain)
    if isinstance(cell, str):
        return _told(cell)
    return _told(as_text(cell, WIDE))


def _told(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    return "\n".join(f"\u2013 {line.strip()}" if line.startswith("  ") else line.strip() for line in lines)
