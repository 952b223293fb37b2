"""The pivot: the issue settles where half of the effective power stands on either side."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from ripeness.decision.rule import LANES, ROUNDING, Array, Flags, gather, lead, rows, settle, stand
from ripeness.world.compiled import compiled


@compiled
def kernel(
    power: Array, salience: Array, position: Array, veto: Flags, leader: int, weight: Array,
    reference: Array, settings: Array, out: Array,
) -> None:  # fmt: skip
    """Write the weighted median; see rule.py for the shapes.

    1. Effective power is power times salience. Add up what stands at or below each faction's position.
    2. The lower median is the least position with at least half of it at or below, the upper median the least with
       more than half. They differ only in an exact tie; the outcome lies midway.
    """
    issues, factions, draws = position.shape
    pull, at, up_to = np.zeros((factions, LANES)), np.zeros((factions, LANES)), np.zeros((factions, LANES))
    total, lower, upper = rows(), rows(), rows()
    for start in range(0, draws, LANES):
        for i in range(issues):
            gather(power, salience, position, i, start, pull, at, total)
            stand(at, pull, up_to)
            _narrow(at, pull, up_to, total, lower, upper)
            outcome = out[i, start : start + LANES]
            stays = reference[i, start : start + LANES]
            for r in range(outcome.shape[0]):
                midway, silent = 0.5 * (lower[r] + upper[r]), stays[r]
                outcome[r] = midway if total[r] > 0.0 else silent
    lead(power, position, leader, weight, out)


@compiled
def _narrow(at: Array, pull: Array, up_to: Array, total: Array, lower: Array, upper: Array) -> None:
    """Find the least position with at least half of the total at or below it, and the least with more."""
    for r in range(LANES):
        lower[r] = np.inf
        upper[r] = np.inf
    for f in range(at.shape[0]):
        for r in range(LANES):
            here, low, high, heard = at[f, r], lower[r], upper[r], pull[f, r] > 0.0
            lower[r] = here if heard & (up_to[f, r] >= total[r] * (0.5 - ROUNDING)) & (here < low) else low
            upper[r] = here if heard & (up_to[f, r] > total[r] * (0.5 + ROUNDING)) & (here < high) else high


def weighted_median(
    power: ArrayLike, salience: ArrayLike, position: ArrayLike, *,
    leader: int | None = None, leader_weight: ArrayLike = 0.0, reference: ArrayLike = np.nan,
) -> Array:  # fmt: skip
    """Settle each issue where half of the effective power stands on either side.

    Effective power is power times salience. Assumes single-peaked preferences and no trade across issues.

    Shapes: power (..., F); salience and position (..., F, I); returns (..., I).
    Units: positions in any unit; power and salience not negative; only their proportions count.
    Source: Black 1948, pp. 23-34.

    >>> weighted_median(np.array([.4, .35, .25]), np.ones((3, 1)), np.array([[.1], [.6], [.9]]))
    array([0.6])
    """
    return settle(
        kernel, power, salience, position, leader=leader, leader_weight=leader_weight, reference=reference
    )
