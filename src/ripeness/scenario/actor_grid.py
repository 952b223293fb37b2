"""Read an actor table in any of its forms as a grid of cells by actor and issue.

Four forms are read: one row an actor; long form, one row an actor and issue; KTAB's, whose first line counts actors and
issues; and that of position-exchange tools, whose rows begin with #A, #P, #M and #D.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ripeness.scenario.actor_cells import MOST_ISSUES, ActorGrid, grid_from_entries
from ripeness.scenario.actor_columns import NUMBER, ActorColumns, find_columns
from ripeness.scenario.actor_headings import ActorHeading, actor_heading, is_actor_heading
from ripeness.scenario.actor_names import MOST_ACTORS, check_actor_names
from ripeness.scenario.exchange_table import grid_from_exchange_table
from ripeness.world.delimited import (
    DelimitedTable,
    TextCell,
    TextRow,
    is_comment,
    parse_delimited,
    skipped_row_notes,
)
from ripeness.world.fault import Fault
from ripeness.world.text_file import read_text_file
from ripeness.world.workbook import is_workbook, read_workbook

LARGEST = 2_000_000  # bytes; an actor table has some kilobytes
MOST_COLUMNS = 1000  # with remarks
EXCHANGE = re.compile(r"""^[ ]*['"]?#D['"]?([\t;,|])""", re.MULTILINE | re.IGNORECASE)
COUNTS = re.compile(r"([0-9]{1,9})(?:\.0+)?")
COMMENTS = "'#' opens a comment only before the heading"
NAMES = "the first row names the columns: actor, influence, position, salience"


def read_grid(path: Path) -> ActorGrid:
    """Read the cells of an actor table in any of its forms.

    Raises: Fault with file, line and column where columns are missing or doubled or rows do not fit.
    """
    try:
        if is_workbook(path):
            table = read_workbook(path, is_actor_heading, largest=LARGEST)
        else:
            source = read_text_file(path, largest=LARGEST, kind="an actor table has a row for each actor and")
            exchange = EXCHANGE.search(source.text)
            if exchange:
                return grid_from_exchange_table(source, exchange.group(1))
            table = parse_delimited(source.text, source.file, is_actor_heading, notes=source.notes)
    except Fault as fault:
        if fault.message.startswith("is empty"):
            raise Fault(f"is empty; {NAMES}", fault.place) from None
        raise
    if len(table.columns) > MOST_COLUMNS:
        message = (
            f"{len(table.columns):,} columns; an actor table has two for each issue, and at most {MOST_ISSUES} issues"
        )
        raise Fault(message, table.heading.place(MOST_COLUMNS))
    if len(table.rows) > MOST_ACTORS * MOST_ISSUES:
        message = f"{len(table.rows):,} rows; at most {MOST_ACTORS} actors and {MOST_ISSUES} issues are decided at once"
        raise Fault(message, table.rows[MOST_ACTORS * MOST_ISSUES].place(0))
    if (
        not _is_actor(table.heading) and _counts(table.heading) and table.rows
    ):  # no heading is familiar below the counts
        table = replace(table, heading=table.rows[0], rows=table.rows[1:], before=(*table.before, table.heading))
    headings = [actor_heading(table.heading.cell(n)) for n in range(len(table.columns))]
    counts = next((cells for row in table.before if (cells := _counts(row))), None)
    if counts and [heading.kind for heading in headings[1:2]] not in (["influence"], ["position"], ["salience"]):
        return _ktab(table, counts)
    columns = find_columns(headings, table)
    grid = _wide(table, columns, headings) if columns.issue is None else _long(table, columns, columns.issue)
    comments = tuple(" ".join(text for text in row.texts if text) for row in table.before if is_comment(row))
    return replace(grid, comments=comments, decimal="" if table.separator else ".")


def _wide(table: DelimitedTable, columns: ActorColumns, headings: Sequence[ActorHeading]) -> ActorGrid:
    """One row an actor."""
    faults = [fault for row in table.rows for fault in table.beyond(row)]
    used_columns = (columns.actor, columns.influence, *columns.position, *columns.salience)
    for row in table.rows:
        lacking = next((column for column in used_columns if column >= len(row.texts)), None)
        if lacking is not None and not (len(row.texts) == 1 and columns.actor == 0):  # a footnote, told as such below
            why = COMMENTS if row.texts[0].startswith("#") else table.separated
            message = f"the row has {len(row.texts)} cells, column {lacking + 1} is missing; {why}"
            faults.append(Fault(message, row.place(len(row.texts) - 1)))
    faults += _shifted_cells(table, headings, max(used_columns))
    names = [row.cell(columns.actor) for row in table.rows]
    faults += check_actor_names(names, table.heading.place(0))
    return ActorGrid(
        tuple(names),
        columns.issues,
        tuple(row.cell(columns.influence) for row in table.rows),
        tuple(tuple(row.cell(column) for row in table.rows) for column in columns.position),
        tuple(tuple(row.cell(column) for row in table.rows) for column in columns.salience),
        _labels(table, columns),
        tuple(headings[column].scale for column in columns.salience),
        tuple(headings[column].scale for column in columns.position),
        notes=(*table.notes, *columns.notes),
        faults=tuple(faults),
    )


def _shifted_cells(table: DelimitedTable, headings: Sequence[ActorHeading], last: int) -> list[Fault]:
    """A fault for a bare number among remarks to the right, or below no heading:
    a decimal comma may have moved the row.
    """
    if table.separator != ",":
        return []
    remark_columns = [
        n for n in range(last + 1, len(headings)) if headings[n].kind == "remark" or not headings[n].cell.text
    ]
    message = (
        "a number stands among remarks; with decimal commas, put ';' between the cells, else write a word beside it"
    )
    faults: list[Fault] = []
    for n in remark_columns:
        numbers = [row.cell(n) for row in table.rows if NUMBER.fullmatch(row.cell(n).text)]
        if len(numbers) < len(table.rows):  # where every row has a number, the column is meant to hold them
            faults += [Fault(f"'{cell.text[:40]}': {message}", cell.place) for cell in numbers]
    return faults


def _labels(table: DelimitedTable, columns: ActorColumns) -> tuple[str, ...]:
    """The headings of influence, positions and saliences, in this order."""
    return tuple(table.columns[column][:40] for column in (columns.influence, *columns.position, *columns.salience))


def _long(table: DelimitedTable, columns: ActorColumns, issue_column: int) -> ActorGrid:
    """One row an actor and issue; an actor's influence is the same on all."""
    faults = [fault for row in table.rows for fault in table.beyond(row)]
    rows = [(row, row.cell(issue_column), row.cell(columns.actor)) for row in table.rows]
    faults += [Fault("the row names no issue", issue.place) for _, issue, _ in rows if not issue.text]
    faults += [Fault("the actor has no name", actor.place) for _, _, actor in rows if not actor.text]
    cells = [
        (issue, actor, row.cell(columns.influence), row.cell(columns.position[0]), row.cell(columns.salience[0]))
        for row, issue, actor in rows
        if issue.text and actor.text
    ]
    span, scale = (actor_heading(table.heading.cell(n)).scale for n in (columns.position[0], columns.salience[0]))
    grid = grid_from_entries(cells, table.heading.place(0), faults)
    count = len(grid.issues)
    influence, position, salience = _labels(table, columns)
    return replace(
        grid,
        labels=(influence, *[position] * count, *[salience] * count),
        scales=(scale,) * count,
        spans=(span,) * count,
        notes=(*table.notes, "read as long form: one row an actor and issue", *columns.notes),
    )


def _is_actor(row: TextRow) -> bool:
    """Whether a number stands in place of the description: a row of actors without a heading."""
    return bool(NUMBER.fullmatch("".join(row.texts[1:2])))


def _counts(row: TextRow) -> tuple[TextCell, TextCell] | None:
    """The cells that count actors and issues: the third and fourth, as in the first line of a KTAB file.

    Where commas in a description that is not quoted moved them, the last two.
    """
    filled = [n for n, text in enumerate(row.texts) if text]
    for first, second in ((2, 3), (*filled[-2:], 0, 0)[:2]):
        if 2 <= first < second < len(row.texts) and all(COUNTS.fullmatch(row.texts[n]) for n in (first, second)):
            return row.cell(first), row.cell(second)
    return None


def _ktab(table: DelimitedTable, counts: tuple[TextCell, TextCell]) -> ActorGrid:
    """A KTAB file: actor, description, influence, then position and salience of each issue in turn."""
    actors, issues = (int(float(cell.text)) for cell in counts)
    if len(table.rows) != actors:
        raise Fault(f"{actors} actors are announced, {len(table.rows)} follow", counts[0].place)
    headed = [text for text in table.columns if text]
    if not 0 < issues <= MOST_ISSUES or len(headed) != 3 + 2 * issues:
        expected = "actor, description, influence, then position and salience of each"
        raise Fault(
            f"{issues} issues are announced, {len(headed)} columns follow; wanted are {expected}",
            counts[1].place,
        )
    headings = [actor_heading(table.heading.cell(n)) for n in range(3 + 2 * issues)]
    positions = tuple(range(3, 3 + 2 * issues, 2))
    for column, kind in ((n + m, ("position", "salience")[m]) for n in positions for m in (0, 1)):
        if headings[column].kind in {"position", "salience"} - {kind}:
            message = f"'{table.columns[column][:40]}' stands where the {kind} of an issue is wanted"
            raise Fault(f"{message}; a KTAB file has position, then salience of each", table.heading.place(column))
    names = tuple(
        f"issue {number}" if not (name := headings[column].issue) or name.isdigit() else name
        for number, column in enumerate(positions, start=1)
    )
    columns = ActorColumns(0, 2, names, positions, tuple(column + 1 for column in positions))
    skipped = skipped_row_notes(table.before)
    table = replace(table, notes=tuple(note for note in table.notes if note not in skipped))
    return replace(_wide(table, columns, headings), ends=((0.0, 100.0),) * issues, decimal=".")
