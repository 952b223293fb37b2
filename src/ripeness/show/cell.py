"""Cell: what a table holds: text with emphasis, cells with their unrounded numbers, rows, and columns with units."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from rich.text import Text

Kind = Literal["words", "number", "drawing"]
Align = Literal["left", "right"]
INDENT = "  "  # of a row that is part of the row above, for each level


@dataclass(frozen=True, slots=True)
class StyledText:
    """Text in parts, each with its emphasis: '' or words such as 'bold', 'dim', 'italic', 'red'."""

    parts: tuple[tuple[str, str], ...] = ()

    @property
    def plain(self) -> str:
        """The text without emphasis."""
        return "".join(text for text, _ in self.parts)

    def indented(self, level: int) -> StyledText:
        """The same text set in by so many levels."""
        return StyledText(((INDENT * level, ""), *self.parts)) if level else self

    def __rich__(self) -> Text:
        """The text as a terminal takes it."""
        from rich.text import Text

        return Text.assemble(*self.parts)


@dataclass(frozen=True, slots=True)
class TableCell:
    """One cell: how it is written, and the unrounded numbers that it stands for, in the unit in which it is written.

    `numbers` holds pairs of a name and a number: '' is the cell's own number, 'low' and 'high' are the ends of an
    interval. A number that does not exist is None. `unit` is stated where it differs from that of the column. `links`
    are pairs of words in it and where they lead, for what can be clicked; `anchor` is its own name, to be led to.
    """

    text: StyledText
    numbers: tuple[tuple[str, float | None], ...] = ()
    unit: str = ""
    links: tuple[tuple[str, str], ...] = ()
    anchor: str = ""

    @property
    def plain(self) -> str:
        """How it is written, without emphasis."""
        return self.text.plain


@dataclass(frozen=True, slots=True)
class TableRow:
    """Cells, one a column; `level` is how deep its first cell is set in under the rows above."""

    cells: tuple[TableCell, ...]
    emphasis: str = ""
    level: int = 0


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading as it is shown, its unit where all cells share one, and what its cells are.

    `repeated` where a table that is too wide for a terminal shows the column in each of its parts; `least` is how many
    columns of the terminal its words may be narrowed to there, 0 the usual.
    """

    heading: str = ""
    unit: str = ""
    kind: Kind = "number"
    align: Align = "right"
    repeated: bool = False
    least: int = 0

    @property
    def name(self) -> str:
        """The heading on one line."""
        return " ".join(self.heading.split())


def words(heading: str = "", *, align: Align = "left", repeated: bool = False, least: int = 0) -> Column:
    """A column of words."""
    return Column(heading, kind="words", align=align, repeated=repeated, least=least)


def numbers(heading: str, unit: str = "", *, repeated: bool = False) -> Column:
    """A column of numbers, set to the right."""
    return Column(heading, unit, repeated=repeated)


def drawing(heading: str) -> Column:
    """A column of pictures made of signs, which are never wrapped."""
    return Column(heading, kind="drawing", align="left")


def styled(*parts: str | tuple[str, str]) -> StyledText:
    """Text in parts: a string, or a string with its emphasis.

    >>> styled("12 ", ("3 to 40", "dim")).plain
    '12 3 to 40'
    """
    return StyledText(tuple((part, "") if isinstance(part, str) else part for part in parts))


def bold(text: str) -> StyledText:
    """Text that stands out: a heading or an answer."""
    return StyledText(((text, "bold"),))


def dim(text: str) -> StyledText:
    """Text that stands back: a note or a second line."""
    return StyledText(((text, "dim"),))


def number_cell(text: str | StyledText, value: float | None, unit: str = "", /, **bounds: float | None) -> TableCell:
    """A cell with the unrounded number that it writes, and others by name, such as `low` and `high`.

    >>> number_cell("0.32", 0.3188, low=0.1, high=0.5).numbers
    (('', 0.3188), ('low', 0.1), ('high', 0.5))
    """
    return TableCell(_styled(text), (("", value), *bounds.items()), unit)


def decimal_cell(value: float, form: str = ".2f", *, emphasis: str = "") -> TableCell:
    """A number written in a form of Python's.

    >>> decimal_cell(1.256).plain
    '1.26'
    """
    return number_cell(StyledText(((decimal_text(value, form), emphasis),)), value)


def decimal_text(value: float, form: str = ".2f") -> str:
    """A number in a form of Python's; what rounds to zero has no sign.

    >>> decimal_text(-0.001), decimal_text(0.001, "+.2f"), decimal_text(0.1, "+.2f")
    ('0.00', '0.00', '+0.10')
    """
    text = f"{value:{form}}"
    return text.lstrip("+-") if float(text) == 0 else text


def row(*cells: str | StyledText | TableCell, level: int = 0, emphasis: str = "") -> TableRow:
    """A row from texts and cells; missing ones at its end are blank."""
    return TableRow(
        tuple(cell if isinstance(cell, TableCell) else TableCell(_styled(cell)) for cell in cells), emphasis, level
    )


def filled(rows: Iterable[TableRow], width: int) -> tuple[TableRow, ...]:
    """Rows with blank cells up to so many columns.

    Raises: ValueError where a row has more cells than there are columns.
    """
    padded = []
    for line in rows:
        if len(line.cells) > width:
            raise ValueError(f"a row of {len(line.cells)} cells in a table of {width} columns")
        blanks = (TableCell(StyledText()),) * (width - len(line.cells))
        padded.append(TableRow((*line.cells, *blanks), line.emphasis, line.level))
    return tuple(padded)


def _styled(text: str | StyledText) -> StyledText:
    return text if isinstance(text, StyledText) else StyledText(((text, ""),))
