"""Orders: a polity's policy forced from a step on, whatever its factions would decide; for comparing options."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from ripeness.war import rows as at
from ripeness.war import where
from ripeness.war.body import Array, Plan, Whole
from ripeness.world.compiled import compiled, whole

FOREVER = 10**9
DEMAND, MEDIATION, CLAIM, GUARANTEE, READINESS = -1, -2, -3, -4, -5  # what can be ordered beside a side's issues
SHARED = {MEDIATION: at.MEDIATION, GUARANTEE: at.GUARANTORS, READINESS: at.MISPERCEPTION}
WAYS = ("set", "add", "scale", "meet", "at_most", "at_least")
SET, ADD, SCALE, MEET, AT_MOST, AT_LEAST = range(len(WAYS))
AFTER, BEFORE = whole(0), whole(1)  # obeyed before demands follow what is decided, or after


@dataclass(frozen=True, slots=True)
class Order:
    """One forced policy: an issue of a side set to a value, moved by an amount, or bounded, between two steps.

    `issue` is the number of an issue, or: DEMAND, the public demand (terms as offered); MEDIATION; CLAIM, what keeping
    a claim open is worth when a front freezes; GUARANTEE of a peace; READINESS, how much wider than it is the zone is
    seen. `how` is set, add, scale, at_most, at_least, or, for a demand, meet: concede this share of the gap to the
    rival's. What lasts by itself (all but issues and demands) is moved or scaled once, at the first step.
    """

    side: int
    issue: int
    how: str
    value: float
    first: int = 0
    last: int = FOREVER


class Forced(NamedTuple):
    """Orders as kernels read them.

    Shapes: orders (N, 7): row of the war's table, row of the rival's demand (or -1), way, steps from .. to, whether it
    comes before demands follow what is decided, and whether its row is a share; value (N,).
    """

    orders: Whole
    value: Array


def forced_by(orders: tuple[Order, ...], plans: tuple[Plan, ...]) -> Forced:
    """Write orders down for kernels, in the order in which they are obeyed."""
    found = []
    for order in orders:
        once = order.issue < DEMAND and order.how in {"add", "scale"}
        last = min(order.last, order.first + 1) if once else order.last
        rival = plans[1 - order.side].first + at.DEMAND if order.how == "meet" else -1
        share = order.issue >= 0 or order.issue == GUARANTEE
        found.append((_row(order, plans), rival, WAYS.index(order.how), order.first, last, order.issue >= 0, share))
    whole = np.array(found, dtype=np.int64).reshape(-1, 7)
    return Forced(whole, np.array([order.value for order in orders], dtype=np.float64))


def _row(order: Order, plans: tuple[Plan, ...]) -> int:
    """The row of numbers that an order overwrites."""
    if order.issue >= 0:
        return where.of_table(plans[order.side], order.issue)
    if order.issue in SHARED:
        return at.COMMON + SHARED[order.issue]
    return plans[order.side].first + (at.DEMAND if order.issue == DEMAND else at.CLAIM)


@compiled
def obey(forced: Forced, table: Array, number: int, when: int) -> None:
    """Overwrite decisions, or else the demands and talks that follow from them, by the orders in force this step.

    Shapes: table (rows, R), written.
    """
    for n in range(forced.orders.shape[0]):
        order = forced.orders[n]
        if order[5] == when and order[3] <= number < order[4]:
            row, rival = table[order[0]], table[max(order[1], 0)]
            overwrite(row, rival, order[2], forced.value[n])
            if order[6] > 0:
                for r in range(row.shape[0]):
                    row[r] = min(max(row[r], 0.0), 1.0)


@compiled
def overwrite(row: Array, rival: Array, how: int, value: float) -> None:
    """Obey one order. Shapes: row, rival (R,), row written."""
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
