"""The field's actor table: who takes part, with what influence, and what each wants how much on every issue.

Read are tables with a row for each actor, tables in long form with a column `issue`, KTAB's, and those of
position-exchange tools. Numbers may be 90 % intervals such as `5 to 10`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ripeness.scenario.actor_cells import ActorGrid
from ripeness.scenario.actor_grid import COMMENTS, read_grid
from ripeness.scenario.actor_numbers import (
    MISSING,
    PERCENT,
    Interval90,
    as_array,
    intervals,
    salience_shares,
    table_marks,
    without_per_cent,
)
from ripeness.world.delimited import TextCell
from ripeness.world.fault import Fault, combined

Array = NDArray[np.float64]
MOST_FAULTS = 20  # reported at once
# Names of rows that sum others up, in some languages.
SUMS = frozenset(
    (
        "total",
        "totals",
        "sum",
        "sums",
        "subtotal",
        "grand total",
        "all",
        "all actors",
        "everyone",
        "mean",
        "average",
        "avg",
        "median",
        "summe",
        "gesamt",
        "insgesamt",
        "mittelwert",
        "durchschnitt",
        "somme",
        "moyenne",
        "suma",
        "totale",
        "media",
        "\u0438\u0442\u043e\u0433\u043e",
        "\u0432\u0441\u0435\u0433\u043e",
        "\u5408\u8ba1",
        "\u5408\u8a08",
        "\u03c3",
        "\u2211",
    )
)
# Words by which a row of sums is known within a longer name, and those of other rows that are no actor.
SUMMED = frozenset(("total", "totals", "subtotal", "subtotals", "sum", "sums", "summe", "gesamt", "zwischensumme"))
DESCRIBED = frozenset(
    ("min", "max", "minimum", "maximum", "std", "std dev", "sd", "count", "n", "range", "scale", "unit", "units")
)
CODES = (999.0, 9999.0, 99999.0, 888.0, 777.0)  # by which surveys say that nobody knows
NEGATIVE_CODES = (-9.0, -99.0, -77.0, -88.0, -66.0)
LEAST_SUMMED = 3  # actors whose sum the last row may be by chance no more
ROUNDED = 0.005  # by which a sum of rounded numbers may miss, as a share


@dataclass(frozen=True, slots=True)
class ActorTable:
    """An actor table with every number as the two ends of its 90 % interval (equal where it is certain).

    `warnings` hold what looks wrong and can be read all the same.

    Shapes: influence (F, 2); position and salience (I, F, 2); ends (I, 2), the two ends of each issue.
    Units: positions as in the file; salience as a share, 0 to 1.
    """

    actors: tuple[str, ...]
    issues: tuple[str, ...]
    influence: Array
    position: Array
    salience: Array
    ends: Array
    notes: tuple[str, ...]
    warnings: tuple[str, ...] = ()


def read_actor_table(path: Path) -> ActorTable:
    """Read an actor table from a file of delimited text in any of its forms; `-` is standard input.

    Raises: Fault with file, line and column where something is missing, doubled or out of range.
    """
    grid = read_grid(path)
    faults = [*grid.faults, *_actors_without_views(grid)]
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
    _check(grid, influence, ends, shares.ends, shares.highest, faults)
    warnings = [
        *shares.warnings,
        *_out_of_place(grid, ends),
        *_rows_of_sums(grid, influence[:, 1], faults),
        *_unknown_influence(grid, influence[:, 1]),
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
    return ActorTable(
        actors, grid.issues, influence, position, salience, limits, (*notes, shares.note), tuple(warnings)
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


def _actors_without_views(grid: ActorGrid) -> list[Fault]:
    """A fault for every actor that takes no position and cares about nothing, as a row of sums does."""
    faults = []
    for actor, name in enumerate(grid.names):
        cells = [column[actor] for kind in (grid.position, grid.salience) for column in kind]
        if name.text and all(cell is None or cell.text.casefold() in MISSING for cell in cells):
            kind = _kind_of_row(name, grid.influence[actor])
            message = f"'{name.text[:40]}' has neither position nor salience on any issue; {kind}"
            faults.append(Fault(message, name.place))
    return faults


def _kind_of_row(name: TextCell, influence: TextCell) -> str:
    """What a row without positions may be."""
    if influence.text:
        return "it looks like a row of sums: leave it out"
    if name.text.startswith("#"):
        return COMMENTS
    return "it looks like a footnote or a title: leave it out, or put it before the heading"


def _rows_of_sums(grid: ActorGrid, influence: Array, faults: list[Fault]) -> list[str]:
    """A fault for a row whose name and influence are those of a sum or mean of the others;
    a warning for the name alone.
    """
    warnings = []
    above = 0  # where the rows begin that the next subtotal sums up
    for actor, name in enumerate(grid.names):
        text = name.text.casefold().strip(" :.()")
        words = {text, *re.findall(r"\w+", text)}
        other_influence, block = np.delete(influence, actor), influence[above:actor]
        totals = (
            other_influence.sum(),
            other_influence.mean(),
            *((block.sum(), block.mean()) if block.size > 1 and words & SUMMED else ()),
        )
        sums_up = any(abs(influence[actor] - value) <= ROUNDED * abs(value) for value in totals)
        quoted_name = f"'{name.text[:40]}'"
        if words & SUMMED:
            above = actor + 1
        if sums_up and words & SUMS:
            faults.append(Fault(f"{quoted_name} looks like a row of sums or means; leave it out", name.place))
        elif text in SUMS | DESCRIBED or words & SUMMED:
            warnings.append(
                f"{quoted_name} in line {name.row.line} is read as an actor;"
                " leave it out if it is a row of sums or a scale"
            )
        elif (
            actor == len(influence) - 1 >= LEAST_SUMMED
            and abs(influence[actor] - other_influence.sum()) <= ROUNDED * other_influence.sum()
        ):
            warnings.append(
                f"{quoted_name} in line {name.row.line} has the influence of all others together; leave it out if it is"
                " their sum"
            )
    return warnings


def _out_of_place(grid: ActorGrid, ends: Array) -> list[str]:
    """A warning for positions beyond the scale of their heading, and for those that look like a code for unknown."""
    warnings = []
    for issue, column in enumerate(grid.position):
        plausible = ends[issue][
            ~np.isin(ends[issue], (*CODES, *(-code for code in CODES), *NEGATIVE_CODES)) & np.isfinite(ends[issue])
        ]
        limits = grid.ends[issue] if grid.ends else (-np.inf, np.inf)
        for actor, cell in enumerate(column):
            high = ends[issue, actor, 1]
            where = f"column '{grid.labels[1 + issue]}': '{cell.text}' in line {cell.row.line}" if cell else ""
            low = ends[issue, actor, 0]
            far = abs(high) in CODES and plausible.size and plausible.max() <= PERCENT
            if far or (high in NEGATIVE_CODES and plausible.size and plausible.min() >= 0):
                warnings.append(f"{where} is read as a position; if nobody knows, leave it and its salience empty")
            elif grid.spans and (span := grid.spans[issue]) and (high > span or low < 0):
                warnings.append(f"{where} lies beyond the scale that the heading names")
            elif low < limits[0] or high > limits[1]:
                warnings.append(f"{where} lies beyond {limits[0]:g} to {limits[1]:g}, the ends of the issue")
    return warnings


def _unknown_influence(grid: ActorGrid, influence: Array) -> list[str]:
    """A warning for influence that looks like a code for unknown beside that of the others."""
    plausible = influence[~np.isin(influence, CODES)]
    return [
        f"column '{grid.labels[0]}': '{cell.text}' in line {cell.row.line} is read as influence; leave the actor out if"
        " nobody knows it"
        for actor, cell in enumerate(grid.influence)
        if influence[actor] in CODES and plausible.size and plausible.max() <= PERCENT
    ]


def _check(
    grid: ActorGrid, influence: Array, ends: Array, shares: Array, highest: tuple[float, ...], faults: list[Fault]
) -> None:
    """Influence is not negative, salience within its scale, and every issue has somebody who cares about it."""
    for actor, cell in enumerate(grid.influence):
        if influence[actor, 0] < 0:
            faults.append(Fault("influence is negative; 0 is the least", cell.place))
        for issue, scale in enumerate(highest):
            place, care = grid.position[issue][actor], grid.salience[issue][actor]
            if place is None or care is None:
                continue
            low, high = shares[issue, actor]
            if low < 0 or high > 1:
                faults.append(Fault(f"salience lies from 0 to {scale:g}, not at '{care.text}'", care.place))
            if high > 0 and np.isnan(ends[issue, actor, 0]):
                message = "the actor cares about the issue and takes no position; give one, or leave its salience empty"
                faults.append(Fault(message, place.place))
            if np.isnan(high) and not np.isnan(ends[issue, actor, 0]):
                faults.append(Fault("the position has no salience; how much does the actor care?", care.place))
    for issue, name in enumerate(grid.issues):
        if not np.any(influence[:, 1] * np.nan_to_num(shares[issue, :, 1]) > 0):
            first = next((cell for cell in grid.salience[issue] if cell is not None), grid.names[0])
            faults.append(Fault(f"nobody with influence cares about {name}: nothing is to be decided", first.place))
