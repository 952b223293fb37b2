"""Positions that statements moved: where a faction stood first, at the start and last."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from ripeness.show.cell import TableCell, number_cell, numbers, row, words
from ripeness.show.table import Table, text_table
from ripeness.study.who_decides.position_rows import PositionMark, PositionRow


def position_table(rows: Sequence[PositionRow], marks: Sequence[PositionMark], start: str, name: str) -> Table:
    """A line for each faction and issue on which it has said something; 90 % intervals."""
    lines = []
    for (issue, faction), group in groupby(rows, key=lambda position: (position.issue, position.faction)):
        statements = [mark for mark in marks if (mark.issue, mark.faction) == (issue, faction)]
        positions = list(group)
        if statements:
            at_start = min(positions, key=lambda position: (abs(_days(position.date) - _days(start)), position.date))
            lines.append(
                row(
                    faction,
                    issue,
                    number_cell(str(len(statements)), len(statements)),
                    *(_cell(position) for position in (positions[0], at_start, positions[-1])),
                )
            )
    columns = (
        words("faction"),
        words("issue"),
        numbers("statements"),
        numbers("first"),
        numbers(f"at the start, {start}"),
        numbers("last"),
    )
    return text_table(columns, lines, title=f"{name}: positions that statements move, 90 % interval", spaced=True)


def _days(day: str) -> int:
    from datetime import date

    return date.fromisoformat(day).toordinal()


def _cell(position: PositionRow) -> TableCell:
    return number_cell(
        f"{position.mean:.2f} ({position.low:.2f}-{position.high:.2f})",
        position.mean,
        low=position.low,
        high=position.high,
    )
