"""The form of position-exchange tools: #A and #P name actors and issues, #M ends, #D says who wants what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ripeness.scenario.actor_cells import ActorGrid, Entry, grid_from_entries
from ripeness.world.delimited import TextCell, TextRow, parse_rows
from ripeness.world.fault import Fault, Place
from ripeness.world.numeral import Marks, NotANumber, parse_amount
from ripeness.world.text_file import TextFile


def grid_from_exchange_table(source: TextFile, separator: str) -> ActorGrid:
    """The form of position-exchange tools: #A and #P name actors and issues, #M ends, #D says who wants what."""
    rows = [_unquoted(row) for row in parse_rows(source.text, source.file, separator)]
    faults: list[Fault] = []
    names = _keys(rows, faults)
    cells: list[Entry] = []
    ends: dict[str, list[float]] = {}
    for row in rows:
        mark = row.texts[0]
        keys = {"#D": ((1, "#A"), (2, "#P")), "#M": ((1, "#P"),)}.get(mark, ())
        for at, kind in keys:
            key = row.cell(at)
            if any(k == kind for k, _ in names) and (kind, key.text) not in names:
                faults.append(Fault(f"'{key.text[:40]}' is named by no row {kind}", key.place))
        if mark == "#D" and len([text for text in row.texts[6:] if text]) + len(row.texts[:6]) != 6:
            message = "a row #D holds actor, issue, position, salience and power"
            faults.append(Fault(f"{message}; here are {len(row.texts) - 1} cells", row.place(0)))
        elif mark == "#D":
            issue, actor = (
                _renamed(row, at, names.get((kind, row.texts[at]), "")) for at, kind in ((2, "#P"), (1, "#A"))
            )
            cells.append((issue, actor, row.cell(5), row.cell(3), row.cell(4)))
        elif mark == "#M" and len(row.texts) > 2:
            try:
                end = parse_amount(row.texts[2], Marks({".": "."})).value
            except NotANumber as error:
                faults.append(Fault(str(error), row.place(2)))
            else:
                ends.setdefault(names.get(("#P", row.texts[1]), "") or row.texts[1], []).append(end)
    grid = grid_from_entries(cells, Place(source.file), faults)
    limits = tuple((min(ends.get(i, [0.0])), max(ends.get(i, [100.0]))) for i in grid.issues)
    count = len(grid.issues)
    return replace(
        grid,
        labels=("power", *["position"] * count, *["salience"] * count),
        scales=(None,) * count,
        spans=(None,) * count,
        ends=limits,
        decimal=".",
        notes=(*source.notes, "read as a table of a position-exchange tool (#A, #P, #M, #D)"),
    )


def _unquoted(row: TextRow) -> TextRow:
    """A row without single quotes around its cells, its mark in capitals."""
    mark, *cells = (text.strip("'").strip() for text in row.texts)
    return replace(row, texts=(mark.upper(), *cells))


def _keys(rows: Sequence[TextRow], faults: list[Fault]) -> dict[tuple[str, str], str]:
    """What the keys of actors (#A) and issues (#P) stand for; a key that stands for two names is a fault."""
    names: dict[tuple[str, str], str] = {}
    for row in rows:
        if row.texts[0] in ("#A", "#P") and len(row.texts) > 2:
            first = names.setdefault((row.texts[0], row.texts[1]), row.texts[2])
            if first != row.texts[2]:
                message = f"the key '{row.texts[1][:40]}' already stands for '{first[:40]}'"
                faults.append(Fault(message, row.place(1)))
    return names


def _renamed(row: TextRow, column: int, name: str) -> TextCell:
    """A cell that holds a key, with the name that the key stands for."""
    if not name:
        return row.cell(column)
    return replace(row, texts=(*row.texts[:column], name, *row.texts[column + 1 :])).cell(column)
