"""The field's actor table: who takes part, with what influence, and what each wants how much on every issue.

Read are tables with a row for each actor, tables in long form with a column `issue`, KTAB's, and those of
position-exchange tools. Numbers may be 90 % intervals such as `5 to 10`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ripeness.scenario.actor_grid import read_grid
from ripeness.scenario.actor_numbers import (
    PERCENT,
    Interval90,
    as_array,
    best_guesses,
    intervals,
    salience_shares,
    table_marks,
    without_per_cent,
)
from ripeness.scenario.actor_table_check import (
    actors_without_views,
    check_table_numbers,
    out_of_place,
    rows_of_sums,
    unknown_influence,
)
from ripeness.world.fault import Fault, Place, combined

Array = NDArray[np.float64]
MOST_FAULTS = 20  # reported at once


@dataclass(frozen=True, slots=True)
class ActorTable:
    """An actor table with every number as the two ends of its 90 % interval (equal where it is certain).

    `warnings` hold what looks wrong and can be read all the same. `stated` says where an actor takes a position; `best`
    holds the best guesses that the table writes beside intervals, not a number where it writes none. `spans` are the
    highest positions that headings name, and `comments` the lines above the heading that open with #.

    Shapes: influence (F, 2); position and salience (I, F, 2); ends (I, 2), the two ends of each issue; stated (I, F).
    Units: positions as in the file; salience as a share, 0 to 1.
    """

    actors: tuple[str, ...]
    issues: tuple[str, ...]
    influence: Array
    position: Array
    salience: Array
    ends: Array
    notes: tuple[str, ...]
    warnings: tuple[str, ...]
    stated: NDArray[np.bool_]
    best: BestGuesses
    places: tuple[Place, ...]
    spans: tuple[float | None, ...]
    comments: tuple[str, ...] = ()

    @property
    def uncertain(self) -> bool:
        """Whether any number is an interval."""
        return any(bool(np.any(part[..., 0] < part[..., 1])) for part in (self.influence, self.position, self.salience))


@dataclass(frozen=True, slots=True)
class BestGuesses:
    """Best guesses beside intervals, in the units of the table. Shapes: influence (F,); position, salience (I, F)."""

    influence: Array
    position: Array
    salience: Array


def middles(ends: Array, best: Array) -> Array:
    """The best guess of each number, the middle of its interval where none is written.

    Shapes: ends (..., 2), best (...); returns (...).
    """
    return np.where(np.isnan(best), ends.mean(axis=-1), best)


def read_actor_table(path: Path) -> ActorTable:
    """Read an actor table from delimited text in any of its forms, or from a workbook; `-` is standard input.

    Raises: Fault with file, line and column where something is missing, doubled or out of range.
    """
    grid = read_grid(path)
    faults = [*grid.faults, *actors_without_views(grid)]
    _raise(faults)
    table = table_marks([grid.influence, *grid.position, *grid.salience])
    notes: list[str] = [*grid.notes]
    count = len(grid.issues)
    weights = intervals(grid.influence, table, faults, needed=True, decimal=grid.decimal)
    places = [intervals(column, table, faults, needed=False, decimal=grid.decimal) for column in grid.position]
    cares = [
        intervals(column, table, faults, needed=False, highest=scale or PERCENT, decimal=grid.decimal)
        for column, scale in zip(grid.salience, grid.scales, strict=True)
    ]
    notes += dict.fromkeys(_read_notes([weights, *places, *cares], grid.labels))
    weights = list(without_per_cent(weights, grid.labels[0], faults, notes))
    places = [
        list(without_per_cent(column, label, faults, notes))
        for column, label in zip(places, grid.labels[1 : 1 + count], strict=True)
    ]
    _raise(faults)
    shares = salience_shares(cares, grid.scales, grid.labels[1 + count :])
    influence, ends = as_array(weights), np.stack([as_array(column) for column in places])
    check_table_numbers(grid, influence, ends, shares.ends, shares.highest, faults)
    warnings = [
        *shares.warnings,
        *out_of_place(grid, ends),
        *rows_of_sums(grid, influence[:, 1], faults),
        *unknown_influence(grid, influence[:, 1]),
    ]
    _raise(faults)
    # Who takes no position on an issue has no part in it; any point stands in for the missing one.
    salience = np.where(np.isnan(ends), 0.0, np.nan_to_num(shares.ends))
    low, high = np.nanmin(ends, axis=(1, 2)), np.nanmax(ends, axis=(1, 2))
    if grid.ends:
        fixed = np.array(grid.ends)
        low, high = np.minimum(low, fixed[:, 0]), np.maximum(high, fixed[:, 1])
    limits = np.stack([low, high], axis=-1)
    position = np.where(np.isnan(ends), limits.mean(axis=-1)[:, None, None], ends)
    actors = tuple(cell.text for cell in grid.names)
    best = BestGuesses(best_guesses(weights), np.stack([best_guesses(column) for column in places]), shares.best)
    return ActorTable(
        actors,
        grid.issues,
        influence,
        position,
        salience,
        limits,
        (*notes, shares.note),
        tuple(warnings),
        ~np.isnan(ends[..., 0]),
        best,
        tuple(cell.place for cell in grid.names),
        tuple(limit[1] for limit in grid.ends) or grid.spans or (None,) * count,
        grid.comments,
    )


def _raise(faults: list[Fault]) -> None:
    """Raise the first of several faults; the others travel with it."""
    if faults:
        raise combined(faults, MOST_FAULTS)


def _read_notes(columns: Sequence[Sequence[Interval90 | None]], labels: Sequence[str]) -> list[str]:
    """The first number of each column that was read by its neighbours, and by which."""
    notes = []
    for column, label in zip(columns, labels, strict=True):
        first = next((note for interval in column if interval is not None for note in interval.notes), "")
        if first:
            notes.append(f"column '{label}': {first}")
    return notes
