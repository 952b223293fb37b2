"""Table: one frozen value from which terminal, HTML, Markdown and CSV are made; a layout holds tables and lines."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ripeness.show.cell import Column, StyledText, TableCell, TableRow, dim, filled, styled, words
from ripeness.show.table_html import block_html, paragraph_html, table_html
from ripeness.show.table_text import csv_text, markdown_lines

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType, RenderResult


@dataclass(frozen=True, slots=True)
class Table:
    """Title, columns, rows, and notes on how to read them.

    `spaced` where a terminal leaves a line blank above it; `heading_emphasis` is that of the headings in a terminal.
    `left_out` are further rows for which there is no room; a last note counts them.

    Raises: ValueError where a row has not one cell a column.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]
    notes: tuple[StyledText, ...] = ()
    spaced: bool = False
    heading_emphasis: str = "bold"
    left_out: tuple[TableRow, ...] = ()

    def __post_init__(self) -> None:
        """Check the shape."""
        if any(len(row.cells) != len(self.columns) for row in self.rows):
            raise ValueError(f"a row of '{self.title}' has not one cell a column")

    def cut_to(self, most: int) -> Table:
        """The same table with at most so many rows, those that were left out before among them.

        >>> from ripeness.show.cell import row
        >>> table = Table("", (words(),), (row("a"), row("b"), row("c")))
        >>> [len(cut.rows) for cut in (table.cut_to(1), table.cut_to(1).cut_to(2))]
        [1, 2]
        """
        rows = (*self.rows, *self.left_out)
        return replace(self, rows=rows[:most], left_out=rows[most:])

    def all_notes(self) -> tuple[StyledText, ...]:
        """The notes, the last one on rows that are left out."""
        count = len(self.left_out)
        more = (dim(f"{count} more {'row' if count == 1 else 'rows'} not shown."),) if count else ()
        return (*self.notes, *more)

    def without_blank_columns(self) -> Table:
        """The same table without columns in which nothing stands, but for the first."""
        filled_columns = [n for n in range(len(self.columns)) if n == 0 or any(row.cells[n].plain for row in self.rows)]
        rows = (replace(row, cells=tuple(row.cells[n] for n in filled_columns)) for row in self.rows)
        return replace(self, columns=tuple(self.columns[n] for n in filled_columns), rows=tuple(rows))

    def without_drawings(self) -> Table:
        """The same table without columns that are pictures made of signs, for where pictures can be drawn."""
        kept = [n for n, column in enumerate(self.columns) if column.kind != "drawing"]
        rows = tuple(replace(row, cells=tuple(row.cells[n] for n in kept)) for row in self.rows)
        return replace(self, columns=tuple(self.columns[n] for n in kept), rows=rows)

    def with_labels(self, labels: Mapping[str, str]) -> Table:
        """The same table, the first cell of each row by its label where there is one for it."""
        rows = (
            replace(row, cells=(TableCell(styled(labels[row.cells[0].plain])), *row.cells[1:]))
            if row.cells[0].plain in labels
            else row
            for row in self.rows
        )
        return replace(self, rows=tuple(rows))

    def to_text(self, width: int = 88) -> str:
        """The table as plain text of so many columns."""
        from ripeness.show.terminal import as_text

        return as_text(self, width)

    def to_html(self) -> str:
        """The table as HTML, every text in it escaped; its notes stand below it."""
        return table_html(self.title, self.columns, self.rows) + "".join(map(paragraph_html, self.all_notes()))

    def to_markdown(self) -> str:
        """The table as Markdown; its notes stand below it."""
        return "\n".join(markdown_lines(self.title, self.columns, self.rows, self.all_notes())) + "\n"

    def to_csv(self) -> str:
        """The table as comma-separated values: unrounded numbers in the unit in which they are shown.

        An interval has columns of its own, and a row that is part of one above names it in the column `part of`.
        """
        return csv_text(self.columns, self.rows)

    def _repr_html_(self) -> str:
        """The table in a notebook's cell."""
        return self.to_html()

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The table in a terminal: wrapped or split where it is too wide."""
        from ripeness.show.column_fitting import FittedTable

        title = f"\n{self.title}" if self.spaced else self.title
        repeated = sum(column.repeated for column in self.columns[1:])
        fitted = FittedTable(title, repeated=repeated, header_style=self.heading_emphasis)
        for column in self.columns:
            is_drawing, least = column.kind == "drawing", column.least or None
            fitted.add_column(column.heading, justify=column.align, no_wrap=is_drawing, min_width=least)
        for row in self.rows:
            fitted.add_row(*_texts(row), style=row.emphasis)
        yield fitted
        yield from self.all_notes()


@dataclass(frozen=True, slots=True)
class Layout:
    """Tables and lines of text in the order in which they are read; `answer` is the place of the line that answers."""

    blocks: tuple[Table | StyledText, ...]
    answer: int = 0

    def __iter__(self) -> Iterator[Table | StyledText]:
        """Each table and line in its order."""
        return iter(self.blocks)

    def tables(self) -> tuple[Table, ...]:
        """The tables in their order."""
        return tuple(block for block in self.blocks if isinstance(block, Table))

    def lines(self) -> tuple[str, ...]:
        """The lines of text beside the tables, without emphasis; blank ones are left out."""
        texts = (block.plain.strip() for block in self.blocks if isinstance(block, StyledText))
        return tuple(text for text in texts if text)

    def to_text(self, width: int = 88) -> str:
        """Tables and lines as plain text of so many columns."""
        from ripeness.show.terminal import as_text

        return as_text(self, width)

    def to_html(self) -> str:
        """Tables and lines as HTML, every text in them escaped.

        >>> layout(StyledText((("a < b", "bold"),))).to_html()
        '<div><p><b>a &lt; b</b></p></div>'
        """
        pieces = (block.to_html() if isinstance(block, Table) else paragraph_html(block) for block in self)
        return f"<div>{''.join(pieces)}</div>"

    def html_blocks(self) -> list[str]:
        """The same as pieces of a page, each table in a box that scrolls or turns on a phone."""
        pieces: list[str] = []
        for block in self:
            if isinstance(block, Table):
                pieces += [block_html(block.title, block.columns, block.rows), *map(paragraph_html, block.all_notes())]
            else:
                pieces.append(paragraph_html(block))
        return [piece for piece in pieces if piece]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Tables and lines in a terminal, one below the other."""
        yield from self.blocks


def layout(*parts: Table | StyledText | Layout | str) -> Layout:
    """Tables, lines and layouts one below the other.

    >>> [block.plain for block in layout("a", layout("b", "c"))]
    ['a', 'b', 'c']
    """
    blocks: list[Table | StyledText] = []
    for part in parts:
        blocks += part.blocks if isinstance(part, Layout) else (styled(part) if isinstance(part, str) else part,)
    return Layout(tuple(blocks))


def numeric_table(
    title: str,
    columns: Iterable[str | Column],
    rows: Iterable[TableRow],
    first: str | Column = "",
    *,
    notes: Iterable[StyledText] = (),
    heading_emphasis: str = "bold",
) -> Table:
    """A table whose first column is words, and whose others are numbers unless they say otherwise."""
    label = first if isinstance(first, Column) else words(first)
    table_columns = (label, *(column if isinstance(column, Column) else Column(column) for column in columns))
    return Table(
        title,
        table_columns,
        filled(rows, len(table_columns)),
        tuple(notes),
        spaced=True,
        heading_emphasis=heading_emphasis,
    )


def text_table(
    columns: Iterable[str | Column],
    rows: Iterable[TableRow],
    *,
    numeric: Collection[str] = (),
    title: str = "",
    notes: Iterable[StyledText] = (),
    spaced: bool = False,
) -> Table:
    """A table whose columns are words, but for those that say otherwise or are named as numeric."""
    table_columns = tuple(
        column if isinstance(column, Column) else Column(column) if column in numeric else words(column)
        for column in columns
    )
    return Table(title, table_columns, filled(rows, len(table_columns)), tuple(notes), spaced=spaced)


def _texts(row: TableRow) -> Iterator[RenderableType]:
    """The cells of a row, the first one set in by its level."""
    for number, cell in enumerate(row.cells):
        yield (cell.text.indented(row.level) if number == 0 else cell.text).__rich__()
