"""Numbers of an actor table as a scenario or a council states them: everything as shares, with its 90 % interval."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ripeness.scenario.actor_table import ActorTable, middles
from ripeness.scenario.validation.polities import SLACK
from ripeness.world.fault import Fault, Place

Array = NDArray[np.float64]
PERCENT = 100.0
ISSUE_ENDS = re.compile(r"#\s*issue\s+(?P<issue>.+?):\s*0 is (?P<low>.+?);\s*1 is (?P<high>.+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ActorShares:
    """Low, best and high of every number, 0 to 1, and how they came to be shares.

    Shapes: influence (F, 3); position and salience (I, F, 3), not a number where an actor takes no position. Influence
    keeps its own scale. `scales` are the positions of the table that stand for 1.
    """

    actors: tuple[str, ...]
    issues: tuple[str, ...]
    ends: tuple[tuple[str, str], ...]
    influence: Array
    position: Array
    salience: Array
    scales: tuple[float, ...]
    notes: tuple[str, ...]

    def powers(self, left: float = 1.0) -> tuple[Array, str]:
        """Influence as shares of power: as it stands where it can sum to the power that is left, else made to; and a
        note.

        Units: `left` is the power that is not held by others, who are not in the table.
        Shapes: returns (F, 3).
        """
        low, total, high = (float(column.sum()) for column in self.influence.T)
        if self.influence.max() <= 1 and (abs(total - left) <= SLACK or low - SLACK <= left <= high + SLACK):
            return self.influence, ""
        note = f"influence sums to {total:g} and is written as shares of that"
        others = "" if left == 1 else f", of the {left:.3g} of power that those who are not in the table leave"
        return np.minimum(self.influence * (left / total), 1.0), note + others


def actor_shares(table: ActorTable, file: str) -> ActorShares:
    """Bring the positions of a table to 0 to 1: by the scale that a heading names, or where all of them show one.

    Raises: Fault where nothing tells the scale of an issue.
    """
    notes: list[str] = []
    position = _three(table.position, table.best.position)
    position[~table.stated] = np.nan
    salience = _three(table.salience, table.best.salience)
    salience[~table.stated] = np.nan
    scales = tuple(_scale(table, issue, name, file, notes) for issue, name in enumerate(table.issues))
    for issue, (name, scale) in enumerate(zip(table.issues, scales, strict=True)):
        if scale != 1:
            position[issue] = position[issue] / scale
        if np.nanmin(position[issue]) < 0 or np.nanmax(position[issue]) > 1:
            raise Fault(f"positions on {name} lie beyond 0 to {scale:g}, the scale of their heading", Place(file))
    named = {
        match["issue"]: (match["low"], match["high"]) for match in map(ISSUE_ENDS.fullmatch, table.comments) if match
    }
    ends = tuple(named.get(name, ("", "")) for name in table.issues)
    influence = _three(table.influence, table.best.influence)
    return ActorShares(table.actors, table.issues, ends, influence, position, salience, scales, tuple(notes))


def _three(ends: Array, best: Array) -> Array:
    """Low, best and high. Shapes: ends (..., 2), best (...); returns (..., 3)."""
    return np.stack([ends[..., 0], middles(ends, best), ends[..., 1]], axis=-1)


def _scale(table: ActorTable, issue: int, name: str, file: str, notes: list[str]) -> float:
    """The position that stands for 1."""
    span = table.spans[issue]
    if span is not None:
        return span
    numbers = table.position[issue][table.stated[issue]]
    if numbers.min() >= 0 and numbers.max() <= 1:
        return 1.0
    if numbers.min() >= 0 and numbers.max() <= PERCENT:
        notes.append(f"positions on {name} are read as 0 to 100; name another scale in the heading, such as (0-10)")
        return PERCENT
    raise Fault(
        f"positions on {name} run from {numbers.min():g} to {numbers.max():g}; name their scale in the heading, "
        "such as (0-200), so that they become shares of the issue",
        Place(file),
    )
