"""Orders: a polity's policy forced from a step on, whatever its factions would decide; for comparing options."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from ripeness.war.body import Array
    from ripeness.war.situation import Situation

FOREVER = 10**9
DEMAND, MEDIATION, CLAIM, GUARANTEE, READINESS = -1, -2, -3, -4, -5  # what can be ordered beside a side's issues
SHARED = {MEDIATION: "mediation", GUARANTEE: "guarantee", READINESS: "misperception"}


@dataclass(frozen=True, slots=True)
class Order:
    """One forced policy: an issue of a side set to a value, moved by an amount, or bounded, between two steps.

    `issue` is the number of an issue, or: DEMAND, the public demand (terms as offered); MEDIATION; CLAIM, what keeping a
    claim open is worth when a front freezes; GUARANTEE of a peace; READINESS, how much wider than it is the zone is seen.
    `how` is set, add, scale, at_most, at_least, or, for a demand, meet: concede this share of the gap to the rival's.
    What lasts by itself (all but issues and demands) is moved or scaled once, at the first step.
    """

    side: int
    issue: int
    how: str
    value: float
    first: int = 0
    last: int = FOREVER


def obey(orders: tuple[Order, ...], situation: Situation, month: int) -> None:
    """Overwrite decisions, or the demands that follow from them, by the orders in force this step."""
    for order in orders:
        if not order.first <= month < order.last:
            continue
        lasting = order.issue < DEMAND
        if lasting and order.how in {"add", "scale"} and month != order.first:
            continue
        row = _ordered(order, situation)
        if order.how == "set":
            row[:] = order.value
        elif order.how == "add":
            row += order.value
        elif order.how == "scale":
            row *= order.value
        elif order.how == "meet":
            row -= order.value * np.maximum(row + situation.belligerents()[1 - order.side].demand - 1.0, 0.0)
        elif order.how == "at_most":
            np.minimum(row, order.value, out=row)
        else:
            np.maximum(row, order.value, out=row)
        if order.issue >= 0 or order.issue == GUARANTEE:
            np.clip(row, 0.0, 1.0, out=row)


def _ordered(order: Order, situation: Situation) -> Array:
    """The numbers that an order overwrites. Shapes: returns (R,)."""
    if order.issue >= 0:
        return situation.sides[order.side].decided[order.issue]
    if order.issue in SHARED:
        return getattr(situation.shared, SHARED[order.issue])
    polity = situation.belligerents()[order.side]
    return polity.demand if order.issue == DEMAND else polity.claim
