"""Wage: months of war one after the other, and the books kept on who is still fighting."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ripeness.war.body import Array
from ripeness.war.month import Course, Draws, month
from ripeness.war.situation import tell, thin
from ripeness.world.compiled import compiled


class Field(NamedTuple):
    """Runs on the field: their table, their numbers, where in the chunk each belongs, and how the last step ended for
    each.

    Shapes: table (N, R); draws (R,); place (R,), -1 for runs that are over; ending (2, R), as in month.py.
    """

    table: Array
    draws: Draws
    place: NDArray[np.int64]
    ending: Array


class Ends(NamedTuple):
    """How the runs of a chunk end: their tables, told where `rows` says so, when, how, and under which numbers.

    Shapes: table (N, R); rows (T,); code, months, fought (share of the last step), draws (R,).
    """

    table: Array
    rows: NDArray[np.int64]
    code: Array
    months: Array
    fought: Array
    draws: Draws


@compiled
def wage(course: Course, ends: Ends, field: Field, number: int, until: int, thinned: float) -> Field:
    """Fight the steps from number to until, or for as long as anybody fights, and say who is left on the field.

    The runs that have ended are written down before the next step begins, and cleared out of the table once those that
    go on are less than `thinned` of it. Shapes: a field on which nobody fights has no places.
    """
    while number < until:
        field = clear(ends, field, number, course.step, thinned)
        if field.place.shape[0] == 0:
            return field
        month(course, field.table, field.draws, number, field.ending)
        number += 1
    return field


@compiled
def clear(ends: Ends, field: Field, number: int, step: float, thinned: float) -> Field:
    """Write down the runs that ended in the step before this one, and clear them out once they are many."""
    table, draws, place, ending = field
    runs = place.shape[0]
    going, over, to = np.empty(runs, np.uint64), np.empty(runs, np.uint64), np.empty(runs, np.uint64)
    on, out = 0, 0
    for r in range(runs):
        if place[r] >= 0 and ending[0, r] > 0.0:
            over[out], to[out] = r, place[r]
            ends.code[place[r]], ends.months[place[r]] = ending[0, r], (number - 1 + ending[1, r]) * step
            ends.fought[place[r]], ends.draws[place[r]] = ending[1, r], draws[r]
            place[r] = -1
            out += 1
        elif place[r] >= 0:
            going[on] = r
            on += 1
    if out > 0:
        tell(table, ends.rows, over[:out], to[:out], ends.table)
    left = going[:on]
    if on == 0:
        return Field(table, draws[left], place[left], ending)
    if on < thinned * runs:
        return Field(thin(table, left), draws[left], place[left], np.empty((2, on)))
    return field


@compiled
def close(ends: Ends, field: Field) -> None:
    """Write down the runs that are still fighting at the horizon."""
    runs = field.place.shape[0]
    left, to = np.empty(runs, np.uint64), np.empty(runs, np.uint64)
    on = 0
    for r in range(runs):
        if field.place[r] >= 0:
            left[on], to[on] = r, field.place[r]
            ends.draws[field.place[r]] = field.draws[r]
            on += 1
    tell(field.table, ends.rows, left[:on], to[:on], ends.table)
