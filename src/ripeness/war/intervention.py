"""Interventions: a polity's policy forced from a step on, whatever its factions would decide; for comparing options."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ripeness.war.block import address
from ripeness.war.variable import fact, record, yes
from ripeness.world.compiled import compiled

if TYPE_CHECKING:
    from ripeness.war.block import Array, BlockLayout, Records

FOREVER = 10**9
DEMAND, MEDIATION, CLAIM, GUARANTEE, READINESS = -1, -2, -3, -4, -5  # what can be set besides a side's issues
OBSERVERS, POLITICAL, MILITARY, TERRITORIAL, DISARMAMENT = -6, -7, -8, -9, -10  # terms of a peace besides the stake
TRUCE, WATCH = -11, -12  # the ceasefire in force, by world/ceasefire.py, and how far it is monitored
SHARED = {
    MEDIATION: "mediation",
    GUARANTEE: "guarantee",
    READINESS: "misperception",
    OBSERVERS: "talks_monitoring",
    POLITICAL: "political",
    MILITARY: "military",
    TERRITORIAL: "territorial",
    DISARMAMENT: "disarmament",
    TRUCE: "truce",
    WATCH: "truce_monitored",
}
SHARES = (GUARANTEE, OBSERVERS, POLITICAL, MILITARY, TERRITORIAL, DISARMAMENT, WATCH)
WAYS = ("set", "add", "scale", "meet", "at_most", "at_least")
SET, ADD, SCALE, MEET, AT_MOST, AT_LEAST = range(len(WAYS))

VARIABLES = (
    fact("target", "where the row that it overwrites begins in the block"),
    fact("rival", "where the rival's demand begins; the target again where it does not matter"),
    fact("way", "how, by WAYS"),
    fact("first", "the first step in which it holds"),
    fact("end", "the first in which it does not any more"),
    yes("on_decisions", "whether it comes before demands follow what is decided"),
    yes("is_share", "whether what it overwrites is a share"),
    fact("value", "to what, or by how much", "f8"),
)
INTERVENTION = record(VARIABLES, 1)


@dataclass(frozen=True, slots=True)
class Intervention:
    """One forced policy: an issue of a side set to a value, moved by an amount, or bounded, between two steps.

    `issue` is the number of an issue, or: DEMAND, the public demand (terms as offered); MEDIATION; CLAIM, what keeping
    a claim open is worth when a front freezes; GUARANTEE of a peace; READINESS, how much wider than it is the zone is
    seen; OBSERVERS, how closely a peace is watched; POLITICAL, MILITARY, TERRITORIAL power shared with a movement;
    DISARMAMENT of it; TRUCE, the ceasefire in force; WATCH, how far it is monitored. `how` is set, add, scale, at_most,
    at_least, or, for a demand, meet: concede this share of the gap to the rival's. What lasts by itself (all but issues
    and demands) is moved or scaled once, at the first step; a ceasefire comes into force then, and takes its course.
    """

    side: int
    issue: int
    how: str
    value: float
    first: int = 0
    last: int = FOREVER


def intervention_records(
    interventions: tuple[Intervention, ...], layout: BlockLayout, rivals: tuple[int, ...]
) -> Records:
    """Write interventions down as stages read them, in the order in which they are applied.

    `rivals` are the places of the principals that the belligerents fight at the start.
    """
    rows = np.zeros(len(interventions), INTERVENTION).view(np.recarray)
    for row, intervention in zip(rows, interventions, strict=True):
        single = intervention.issue in {TRUCE, WATCH}
        single |= intervention.issue < DEMAND and intervention.how in {"add", "scale"}
        row.target = row.rival = _target(intervention, layout)
        if intervention.how == "meet":
            row.rival = _of_side(layout, rivals[intervention.side], "demand")
        row.way, row.value, row.first = WAYS.index(intervention.how), intervention.value, intervention.first
        row.end = min(intervention.last, intervention.first + 1) if single else intervention.last
        row.on_decisions = intervention.issue >= 0
        row.is_share = intervention.issue >= 0 or intervention.issue in SHARES
    return rows


def _target(intervention: Intervention, layout: BlockLayout) -> int:
    """Where the runs begin of what an intervention overwrites."""
    if intervention.issue >= 0:
        return address(
            layout, "decided", layout.polities[intervention.side].issues.start + intervention.issue, "decided"
        )
    if intervention.issue in SHARED:
        return address(layout, "shared", 0, SHARED[intervention.issue])
    return _of_side(layout, intervention.side, "demand" if intervention.issue == DEMAND else "claim")


def _of_side(layout: BlockLayout, side: int, name: str) -> int:
    return address(layout, "polities", side, name)


@compiled
def apply_interventions(interventions: Records, memory: Array, number: int, on_decisions: bool, n_runs: int) -> None:
    """Overwrite decisions, or else the demands and talks that follow from them, by what is in force this step.

    Shapes: memory (words,), of a block, written.
    """
    for intervention in interventions:
        if intervention.on_decisions == on_decisions and intervention.first <= number < intervention.end:
            row = memory[intervention.target : intervention.target + n_runs]
            overwrite(
                row, memory[intervention.rival : intervention.rival + n_runs], intervention.way, intervention.value
            )
            if intervention.is_share:
                for r in range(n_runs):
                    row[r] = min(max(row[r], 0.0), 1.0)


@compiled
def overwrite(row: Array, rival: Array, how: int, value: float) -> None:
    """Apply one intervention. Shapes: row, rival (R,), row written."""
    for r in range(row.shape[0]):
        if how == SET:
            row[r] = value
        elif how == ADD:
            row[r] += value
        elif how == SCALE:
            row[r] *= value
        elif how == MEET:
            row[r] -= value * max(row[r] + rival[r] - 1.0, 0.0)
        elif how == AT_MOST:
            row[r] = min(row[r], value)
        else:
            row[r] = max(row[r], value)
