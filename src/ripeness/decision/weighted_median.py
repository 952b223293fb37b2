"""The pivot: the issue settles where half of the effective power stands on either side."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from ripeness.decision.council import apply_leader_weight, settle_at_medians
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
    settle_at_medians(power, salience, position, reference, weight.shape[0], out)
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
