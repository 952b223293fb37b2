"""The pivot: the issue settles where half of the effective power stands on either side."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from ripeness.decision.council import (
    LANES,
    apply_leader_weight,
    find_medians,
    load_block,
    new_block,
    new_row,
    sum_pull_below,
)
from ripeness.decision.rule import Array, Flags, apply_rule
from ripeness.world.compiled import compiled


@compiled
def kernel(
    power: Array,
    salience: Array,
    position: Array,
    veto: Flags,
    leader: int,
    weight: Array,
    reference: Array,
    settings: Array,
    out: Array,
) -> None:
    """Write the weighted median; see rule.py for the shapes.

    1. Effective power is power times salience. Add up what stands at or below each faction's position.
    2. The lower median is the least position with at least half of it at or below, the upper median the least with
       more than half. They differ only in an exact tie; the outcome lies midway.
    """
    (issues, factions, _), draws = position.shape, weight.shape[0]
    pull, at, up_to = new_block(factions), new_block(factions), new_block(factions)
    total, lower, upper = new_row(), new_row(), new_row()
    for start in range(0, draws, LANES):
        end = min(start + LANES, draws)
        for i in range(issues):
            load_block(power, salience, position, i, start, pull, at, total)
            sum_pull_below(at, pull, up_to)
            find_medians(at, pull, up_to, total, lower, upper)
            outcome = out[i, start:end]
            stays = reference[i, start:end]
            for r in range(end - start):
                midway, silent = 0.5 * (lower[r] + upper[r]), stays[r]
                outcome[r] = midway if total[r] > 0.0 else silent
    apply_leader_weight(power, position, leader, weight, out)


def weighted_median(
    power: ArrayLike,
    salience: ArrayLike,
    position: ArrayLike,
    *,
    leader: int | None = None,
    leader_weight: ArrayLike = 0.0,
    reference: ArrayLike = np.nan,
) -> Array:
    """Settle each issue where half of the effective power stands on either side.

    Effective power is power times salience. Assumes single-peaked preferences and no trade across issues.

    Shapes: power (..., F); salience and position (..., F, I); returns (..., I).
    Units: positions in any unit; power and salience not negative; only their proportions count.
    Source: Black 1948, pp. 23-34.

    >>> weighted_median([.4, .35, .25], [[1], [1], [1]], [[.1], [.6], [.9]])
    array([0.6])
    """
    return apply_rule(
        kernel, power, salience, position, leader=leader, leader_weight=leader_weight, reference=reference
    )
