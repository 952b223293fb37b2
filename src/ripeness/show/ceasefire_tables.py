"""Ceasefires of a forecast in six lines: whether one comes, holds, breaks, and what it leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ripeness.show.cell import dim, row
from ripeness.show.number_cells import share_cell
from ripeness.show.table import Table, numeric_table
from ripeness.show.words import at

if TYPE_CHECKING:
    from ripeness.study.ceasefires import CeasefireForecast

MOST = 2  # lines on when a first one begins


def ceasefire_tables(ceasefires: CeasefireForecast) -> list[Table]:
    """What becomes of ceasefires; nothing where hardly any run sees one."""
    if not ceasefires.seen:
        return []
    within = {at(onset.month): onset.share for onset in ceasefires.onset[:MOST]}
    which = "another" if ceasefires.at_start else "a first one"
    first = [row(f"{which} begins within {month} months", share_cell(share)) for month, share in within.items()]
    among = [
        row("fighting is held down for a year", share_cell(ceasefires.held), level=1),
        row("one is violated", share_cell(ceasefires.broken), level=1),
        row("a settlement comes out of one", share_cell(ceasefires.settled), level=1),
        row("one lasts and ends the war", share_cell(ceasefires.lasting), level=1),
    ]
    if ceasefires.at_start:
        note = f"A {ceasefires.at_start} one is in force at the start, and is counted in the lines that are set in."
    else:
        note = f"Set in: of the {100 * ceasefires.any.p:.0f} % of runs that see one."
    notes = (dim(f"{note} ±: as above."),)
    return [numeric_table("Ceasefires", ["% of runs"], [*first, *among], notes=notes)]
