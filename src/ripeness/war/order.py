"""Orders: a polity's policy forced from a step on, whatever its factions would decide; for comparing options."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from ripeness.war.situation import Situation

FOREVER = 10**9


@dataclass(frozen=True, slots=True)
class Order:
    """One forced policy: an issue of a side set to a value, moved by an amount, or bounded, between two steps.

    `issue` is the number of an issue; -1 is the public demand (terms as offered). `how` is set, add, at_most, at_least.
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
        polity = situation.sides[order.side]
        row = situation.belligerents()[order.side].demand if order.issue < 0 else polity.decided[order.issue]
        if order.how == "set":
            row[:] = order.value
        elif order.how == "add":
            row += order.value
        elif order.how == "at_most":
            np.minimum(row, order.value, out=row)
        else:
            np.maximum(row, order.value, out=row)
        if order.issue >= 0:
            np.clip(row, 0.0, 1.0, out=row)
