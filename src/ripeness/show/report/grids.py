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
    """Every table of a layout."""
    return tuple(_grid(one, folded=folded) for one in _tables(laid) if one.columns and one.row_count)


def words(laid: Any) -> tuple[str, ...]:
    """Every line of words of a layout that stands beside its tables, empty ones left out."""
    if isinstance(laid, Group):
        return tuple(line for one in laid.renderables for line in words(one))
    return (laid.plain,) if isinstance(laid, Text) and laid.plain.strip() else ()


def _tables(laid: Any) -> Iterator[Table]:
    if isinstance(laid, Table):
        yield laid
    elif isinstance(laid, Group):
        for one in laid.renderables:
            yield from _tables(one)


def _grid(table: Table, *, folded: bool) -> Grid:
    head = tuple(_words(column.header) for column in table.columns)
    columns = [[_words(cell) for cell in column.cells] for column in table.columns]
    title = "" if table.title is None else _words(table.title)
    first = (head[0] or "\u00a0", *(one or "\u00a0" for one in head[1:])) if head else ()
    return Grid(title or head[0], first, tuple(zip(*columns, strict=True)), folded)


def _words(cell: Any) -> str:
    """The words of a cell, a line each; what is set in under the row above gets a dash."""
    lines = [line for line in as_text(cell, WIDE).splitlines() if line.strip()]
    return "\n".join(f"\u2013 {line.strip()}" if line.startswith("  ") else line.strip() for line in lines)
