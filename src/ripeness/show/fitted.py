"""Fitted: a table that is split into several below one another where a terminal is too narrow, so that nothing is cut off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rich.measure import Measurement
from rich.padding import Padding
from rich.table import Column, Table
from rich.text import Text

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType, RenderResult

LEAST = 20  # columns that words need at least, be they the first column or one that may fold
GAP = 2  # columns between two columns


class Fitted(Table):
    """Rows that begin with words; columns that do not fit beside one another go to a further table below.

    `repeated`: how many of the columns after the first stand in each of the tables, since the others are read beside
    them.
    """

    repeated: int = 0

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Draw one table, or as many as are needed."""
        widths = [self._needs(column, console, options) for column in self.columns]
        for part in _parts(widths, options.max_width, self.repeated):
            yield from Table.__rich_console__(self._only(part), console, options)

    def _needs(self, column: Column, console: Console, options: ConsoleOptions) -> int:
        wide = options.update(width=1000)
        needs = max((Measurement.get(console, wide, cell).maximum for cell in (column.header, *column.cells)), default=0)
        return max(min(needs, LEAST) if column.overflow == "fold" else needs, column.min_width or 0)

    def _only(self, which: Sequence[int]) -> Table:
        part = Table(box=self.box, pad_edge=self.pad_edge, header_style=self.header_style,
                     title_justify=self.title_justify, title_style=self.title_style)  # fmt: skip
        rest = len(which) > 1 + self.repeated and which[1 + self.repeated] > 1 + self.repeated
        part.title = f"{self.title} (continued)" if rest else self.title
        for number in which:
            column = self.columns[number]
            part.add_column(column.header, justify=column.justify, overflow=column.overflow, min_width=column.min_width,
                            no_wrap=column.no_wrap)  # fmt: skip
        for row, cells in zip(self.rows, zip(*(self.columns[n].cells for n in which), strict=True), strict=True):
            part.add_row(_hanging(cells[0]), *cells[1:], style=row.style)
        return part


def _hanging(cell: RenderableType) -> RenderableType:
    """Words that are set in stay so in their further lines."""
    if not isinstance(cell, Text):
        return cell
    blanks = len(cell.plain) - len(cell.plain.lstrip(" "))
    return Padding(cell[blanks:], (0, 0, 0, blanks)) if blanks else cell


def _parts(widths: Sequence[int], room: int, repeated: int) -> Iterator[list[int]]:
    """Which columns stand beside one another.

    >>> [*_parts([20, 8, 8, 8, 8], 50, 1)]
    [[0, 1, 2, 3], [0, 1, 4]]
    >>> [*_parts([20, 8, 8, 8, 8], 60, 0)]
    [[0, 1, 2, 3, 4]]
    """
    always = list(range(min(1 + repeated, len(widths))))
    taken = sum(widths[n] + GAP for n in always) - GAP
    others = [n for n in range(len(widths)) if n not in always]
    part: list[int] = []
    used = taken
    for n in others:
        if part and used + GAP + widths[n] > room:
            yield [*always, *part]
            part, used = [], taken
        part.append(n)
        used += GAP + widths[n]
    yield [*always, *part]
