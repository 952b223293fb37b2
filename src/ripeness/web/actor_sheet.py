"""The actor table as one edits it in a page: cells that a spreadsheet can be pasted into, and faults at their cells."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from io import StringIO
from typing import Any

from nicegui import ui

from ripeness.show.table_html import data_cell, heading_cell, page_table, table_row
from ripeness.store.atomic_write import temporary_folder, write_file
from ripeness.store.cells import to_csv
from ripeness.world.fault import Fault

Rows = list[list[str]]
EMPTY_ROWS = 1  # below the last actor, to be typed into
MOST_ROWS, MOST_COLUMNS = 400, 60


@dataclass(frozen=True, slots=True)
class CellFault:
    """What is wrong with a cell; row 0 is the heading, and column -1 is a whole row."""

    row: int
    column: int
    message: str


def rows_of_text(text: str) -> Rows:
    r"""The cells of a table that is delimited by commas, semicolons or tabs.

    >>> rows_of_text("actor;influence\nKing;2")
    [['actor', 'influence'], ['King', '2']]
    """
    first = text.split("\n", 1)[0]
    separator = max(",;\t", key=first.count)
    rows = [row for row in csv.reader(StringIO(text), delimiter=separator) if any(cell.strip() for cell in row)]
    width = max((len(row) for row in rows), default=0)
    return [[*row, *[""] * (width - len(row))] for row in rows]


def text_of_rows(rows: Sequence[Sequence[str]]) -> str:
    r"""The cells as comma-separated text, without empty rows and columns at the ends.

    >>> text_of_rows([["actor", "influence", ""], ["King, the", "2", ""], ["", "", ""]])
    'actor,influence\n"King, the",2\n'
    """
    width = max((n + 1 for row in rows for n, cell in enumerate(row) if cell.strip()), default=0)
    lines = ([" ".join(cell.split()) for cell in row[:width]] for row in rows if any(map(str.strip, row)))
    return "".join(to_csv((), columns=line) for line in lines)


def cell_faults(fault: Fault, text: str) -> list[CellFault]:
    """Where in the cells of a text that this page wrote the faults of a reader stand."""
    faults = []
    lines = text.split("\n")
    for problem in (fault, *fault.others):
        place = problem.place
        row = place.line - 1 if place else 0
        line = lines[row] if 0 <= row < len(lines) else ""
        column = _cell_at(line, place.column - 1) if place and place.column > 1 else -1 if row else 0
        faults.append(CellFault(row, column, problem.message))
    return faults


def _cell_at(line: str, offset: int) -> int:
    """The number of the cell of a line in which a letter stands."""
    quoted, column = False, 0
    for letter in line[:offset]:
        quoted ^= letter == '"'
        column += letter == "," and not quoted
    return column


def read_sheet(text: str) -> dict[str, Any]:
    """What a page must know of a table: its actors and issues with their numbers; done where visitors' texts are read.

    Raises: Fault where it is no actor table.
    """
    from ripeness.scenario.actor_table import read_actor_table

    with temporary_folder() as place:
        path = place / "table.csv"
        write_file(path, text)
        table = read_actor_table(path)
    return {
        "actors": list(table.actors),
        "issues": list(table.issues),
        "ends": table.ends.tolist(),
        "influence": table.influence.mean(axis=-1).tolist(),
        "position": table.position.mean(axis=-1).tolist(),
        "salience": table.salience.mean(axis=-1).tolist(),
        "stated": table.stated.tolist(),
    }


class ActorSheetEditor:
    """An editable table of actors; `on_change` is called with its text whenever a cell was changed."""

    def __init__(self, text: str, label: str, on_change: Any) -> None:
        self.label, self.text, self.changed = label, text, on_change
        self.grid = ui.html("", sanitize=False).classes("actor-sheet")
        self.grid.on("table", self._edited, ["detail"])
        self.faults = ui.html("", sanitize=False).props('role="status"').classes("sheet-faults")
        self.fill(text)

    def fill(self, text: str) -> None:
        """Show another table."""
        self.text = text_of_rows(rows_of_text(text))
        self.grid.content = sheet_html(rows_of_text(self.text), self.label)

    def mark(self, faults: Sequence[CellFault]) -> None:
        """Mark cells that are wrong, and say below what is."""
        marks = [[fault.row, fault.column, fault.message] for fault in faults]
        ui.run_javascript(f"actorSheet.mark({self.grid.html_id!r}, {_as_json(marks)})")
        items = "".join(f"<li>{escape(_where(fault, self.text))}{escape(fault.message)}</li>" for fault in faults)
        self.faults.content = f"<ul>{items}</ul>" if items else ""

    def _edited(self, event: Any) -> None:
        rows = event.args["detail"]
        if not _is_table(rows):
            return
        self.text = text_of_rows(rows)
        self.changed()


def sheet_html(rows: Rows, label: str) -> str:
    """The cells of a table, the first row its headings; the last row is empty, to be typed into."""
    rows = rows or [["actor", "influence", "position", "salience"]]
    width = len(rows[0])
    headings = [heading_cell(_cell(text, f"heading {n + 1}")) for n, text in enumerate(rows[0])]
    headings.append(heading_cell('<span class="unseen">remove</span>', scope=""))
    body = (_row_html(row, rows[0]) for row in (*rows[1:], *[[""] * width] * EMPTY_ROWS))
    return f'<div class="cells" tabindex="-1">{page_table(headings, body, label=label)}</div>'


def _row_html(row: Sequence[str], heading: Sequence[str]) -> str:
    actor = row[0].strip() or "a new row"
    cells = [_cell(text, f"{heading[n] if n < len(heading) else n} of {actor}") for n, text in enumerate(row)]
    cells.append(
        f'<button type="button" class="drop" aria-label="Remove {escape(actor, quote=True)}" '
        f'title="Remove">&times;</button>'
    )
    return table_row(map(data_cell, cells))


def _cell(text: str, label: str) -> str:
    value = escape(text.strip(), quote=True)
    return f'<input value="{value}" aria-label="{escape(label, quote=True)}" spellcheck="false" autocomplete="off">'


def _where(fault: CellFault, text: str) -> str:
    """Whose cell it is, in words."""
    rows = rows_of_text(text)
    if not rows or fault.row >= len(rows):
        return ""
    column = rows[0][fault.column] if 0 <= fault.column < len(rows[0]) else ""
    if fault.row == 0:
        return f"Heading {column!r}: " if column and fault.column > 0 else ""
    actor = rows[fault.row][0].strip() or f"row {fault.row}"
    return f"{actor}, {column}: " if column else f"{actor}: "


def _is_table(rows: Any) -> bool:
    """Whether a browser sent rows of texts, not too many."""
    return (
        isinstance(rows, list)
        and len(rows) <= MOST_ROWS
        and all(
            isinstance(row, list) and len(row) <= MOST_COLUMNS and all(isinstance(cell, str) for cell in row)
            for row in rows
        )
    )


def _as_json(marks: list[list[Any]]) -> str:
    from ripeness.store.json_text import json_text

    return json_text(marks, indent=None, ascii_only=True).replace("</", "<\\/")
