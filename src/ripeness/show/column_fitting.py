"""Column fitting: a table that wraps in a narrow terminal, or is split into several,
and never cuts a word or number.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.measure import Measurement
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from ripeness.show.terminal import Terminal

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
    from rich.table import Column

WORDS_NEED = 20  # columns that words need at least, where they have so many
NARROW = 10  # columns that they are left with where a number needs the rest
HEADING = 16  # columns of a heading above numbers; a longer one wraps
GAP = 2  # columns between two columns


@dataclass(frozen=True, slots=True)
class Need:
    """How wide a column is, in columns of the terminal: with nothing wrapped,
    and as narrow as it may be beside others.
    """

    full: int
    smallest: int
    is_words: bool


class FittedTable(Table):
    """Rows whose columns to the left hold words and those to the right numbers.

    What fits is one table. Otherwise headings and words wrap, and columns that still do not fit beside one another go
    to a further table below. `repeated`: how many of the columns after the first stand in each of the tables, since the
    others are read beside them.
    """

    def __init__(self, title: str = "", *, repeated: int = 0, header_style: str = "bold") -> None:
        super().__init__(box=None, pad_edge=False, header_style=header_style)
        self.title, self.repeated = title or None, repeated

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Draw one table, or as many as are needed."""
        heads = [_readable(column.header, console) for column in self.columns]
        cells = [[_readable(cell, console) for cell in column.cells] for column in self.columns]
        wide = options.update(width=1000)
        needs = [
            _need(column, head, below, console, wide)
            for column, head, below in zip(self.columns, heads, cells, strict=True)
        ]
        for number, (part, widths) in enumerate(fit_columns(needs, options.max_width, self.repeated)):
            if self.title:
                suffix = " (continued)" if number else ""
                yield Text(f"{self.title}{suffix}", style="bold", overflow="fold")
            yield self._only(part, widths, heads, cells)
        if self.caption:
            yield Text(str(self.caption), style="dim", overflow="fold")

    def _only(
        self,
        column_numbers: Sequence[int],
        widths: Sequence[int],
        heads: Sequence[RenderableType],
        cells: Sequence[Sequence[RenderableType]],
    ) -> Table:
        part = Table(box=None, pad_edge=False, header_style=self.header_style)
        for number, width in zip(column_numbers, widths, strict=True):
            part.add_column(heads[number], justify=self.columns[number].justify, overflow="fold", width=width)
        for row, across in zip(self.rows, zip(*(cells[n] for n in column_numbers), strict=True), strict=True):
            part.add_row(*(_hanging(cell) for cell in across), style=row.style)
        return part


def fit_columns(needs: Sequence[Need], room: int, repeated: int) -> Iterator[tuple[list[int], list[int]]]:
    """Which columns stand beside one another in each table, and how wide each is.

    >>> words, number = Need(40, 20, True), Need(8, 8, False)
    >>> [*fit_columns([words, number, number], 80, 0)]
    [([0, 1, 2], [40, 8, 8])]
    >>> [*fit_columns([words, number, number, number, number], 50, 1)]
    [([0, 1, 2, 3], [20, 8, 8, 8]), ([0, 1, 4], [30, 8, 8])]
    """
    for part in _parts([need.smallest for need in needs], room, repeated):
        yield part, _widths([needs[n] for n in part], room)


def _parts(widths: Sequence[int], room: int, repeated: int) -> Iterator[list[int]]:
    """Which columns stand beside one another.

    >>> [*_parts([20, 8, 8, 8, 8], 50, 1)]
    [[0, 1, 2, 3], [0, 1, 4]]
    >>> [*_parts([20, 8, 8, 8, 8], 60, 0)]
    [[0, 1, 2, 3, 4]]
    """
    always = list(range(min(1 + repeated, len(widths))))
    fixed_width = sum(widths[n] + GAP for n in always) - GAP
    part: list[int] = []
    width = fixed_width
    for n in range(len(always), len(widths)):
        if part and width + GAP + widths[n] > room:
            yield [*always, *part]
            part, width = [], fixed_width
        part.append(n)
        width += GAP + widths[n]
    yield [*always, *part]


def _widths(needs: Sequence[Need], room: int) -> list[int]:
    """How wide columns beside one another are: the least each needs, then what is left, headings before words.

    >>> _widths([Need(40, 20, True), Need(30, 30, False)], 40)
    [10, 28]
    """
    room -= GAP * (len(needs) - 1)
    widths = [need.smallest for need in needs]
    spare = room - sum(widths)
    for words in (False, True):
        growing = [n for n, need in enumerate(needs) if need.is_words == words and widths[n] < need.full]
        while spare > 0 and growing:
            narrowest = min(growing, key=lambda n: widths[n])
            widths[narrowest] += 1
            spare -= 1
            if widths[narrowest] == needs[narrowest].full:
                growing.remove(narrowest)
    for words in (True, False):  # what is too wide for the room even so: words give way first, and all of it wraps
        for n in sorted(range(len(needs)), key=lambda n: -widths[n]):
            if needs[n].is_words == words and spare < 0:
                reduction = min(max(widths[n] - NARROW, 0), -spare)
                widths[n] -= reduction
                spare += reduction
    return widths


def _need(
    column: Column, head: RenderableType, cells: Sequence[RenderableType], console: Console, wide: ConsoleOptions
) -> Need:
    below = max((Measurement.get(console, wide, cell).maximum for cell in cells), default=0)
    heading = Measurement.get(console, wide, head).maximum
    widest = max(below, heading, 1)
    if column.no_wrap:
        return Need(widest, widest, is_words=False)
    if column.justify == "left":
        return Need(widest, min(widest, column.min_width or WORDS_NEED), is_words=True)
    longest = max((cell_len(word) for word in str(head).split()), default=0)
    return Need(widest, max(below, min(heading, max(HEADING, longest)), 1), is_words=False)


def _readable(cell: RenderableType, console: Console) -> RenderableType:
    """A cell as this console can show it, before anything is measured."""
    if isinstance(console, Terminal):
        readable: RenderableType = console.readable(cell)
        return readable
    return Text(cell) if isinstance(cell, str) else cell


def _hanging(cell: RenderableType) -> RenderableType:
    """Words that are set in stay so in their further lines."""
    if not isinstance(cell, Text):
        return cell
    blanks = len(cell.plain) - len(cell.plain.lstrip(" "))
    return Padding(cell[blanks:], (0, 0, 0, blanks)) if blanks and cell.plain.strip() else cell
