"""Carry out: what is decided is not what is done; those who can obstruct do so beyond their own position."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ripeness.war.link import OBSTRUCTION_EFFORT
from ripeness.world.compiled import compiled

if TYPE_CHECKING:
    from ripeness.war.body import Array

IDLE = 0.02  # a war is never fought with no effort at all: strength has a logarithm of effort


@compiled
def carry_out(decided: Array, position: Array, power: Array, obstruction: Array, links: Array, effort: Array) -> None:
    """Lose decided effort to obstruction.

    Shapes: decided, effort (R,), effort written; position, power, obstruction (F, R).
    """
    for r in range(decided.shape[0]):
        effort[r] = 0.0
    for f in range(power.shape[0]):
        for r in range(decided.shape[0]):
            effort[r] += power[f, r] * obstruction[f, r] * max(decided[r] - position[f, r], 0.0)
    for r in range(decided.shape[0]):
        effort[r] = max(decided[r] * (1.0 - effort[r] * links[OBSTRUCTION_EFFORT]), IDLE)
