"""What looks wrong in an actor table: rows that are no actors, codes for unknown, numbers beyond their scale."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from ripeness.scenario.actor_cells import ActorGrid
from ripeness.scenario.actor_grid import COMMENTS
from ripeness.scenario.actor_numbers import MISSING, PERCENT
from ripeness.world.delimited import TextCell
from ripeness.world.fault import Fault

Array = NDArray[np.float64]
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


def actors_without_views(grid: ActorGrid) -> list[Fault]:
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


def rows_of_sums(grid: ActorGrid, influence: Array, faults: list[Fault]) -> list[str]:
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


def out_of_place(grid: ActorGrid, ends: Array) -> list[str]:
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


def unknown_influence(grid: ActorGrid, influence: Array) -> list[str]:
    """A warning for influence that looks like a code for unknown beside that of the others."""
    plausible = influence[~np.isin(influence, CODES)]
    return [
        f"column '{grid.labels[0]}': '{cell.text}' in line {cell.row.line} is read as influence; leave the actor out if"
        " nobody knows it"
        for actor, cell in enumerate(grid.influence)
        if influence[actor] in CODES and plausible.size and plausible.max() <= PERCENT
    ]


def check_table_numbers(
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
