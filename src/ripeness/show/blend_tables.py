"""Blend table: what past conflicts, the model and their blend say, by month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ripeness.show.cell import TableRow, dim, number_cell, row
from ripeness.show.end_words import class_heading
from ripeness.show.table import Table, numeric_table
from ripeness.show.words import percent
from ripeness.study.blend import BlendProbability
from ripeness.study.record.classes import CLASSES

PARENTS = (("record", "wars like this one"), ("model", "the model"), ("p", "blend"))


def blend_table(rows: Sequence[BlendProbability], names: Mapping[str, str], note: str = "") -> Table:
    """One line a month and view, one column a class of end; `note` stands under it."""
    lines: list[TableRow] = []
    for month in sorted({entry.month for entry in rows}):
        at = {entry.outcome: entry for entry in rows if entry.month == month}
        for key, name in PARENTS:
            values = [getattr(at[outcome], key) for outcome in CLASSES]
            label = f"month {month:g}: {name}" if key == "record" else f"  {name}"
            lines.append(row(label, *(number_cell(percent(value), 100 * value) for value in values)))
    notes = (dim(note),) if note else ()
    return numeric_table(
        "Wars like this one, the model, and their blend",
        [class_heading(name, names) for name in CLASSES],
        lines,
        notes=notes,
    )
