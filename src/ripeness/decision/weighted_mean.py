"""The compromise: everybody pulls on the outcome with power times salience.
On the EU's record none beats it by much.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from ripeness.decision.council import apply_leader_weight
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
    """Write the mean of the positions, weighted by power times salience; see rule.py for the shapes."""
    (issues, factions, _), draws = position.shape, weight.shape[0]
    total = np.empty(draws)
    for i in range(issues):
        for r in range(draws):
            total[r] = 0.0
            out[i, r] = 0.0
        for f in range(factions):
            for r in range(draws):
                pull = power[f, r] * salience[i, f, r]
                total[r] += pull
                out[i, r] += pull * position[i, f, r]
        for r in range(draws):
            total_pull, stays = total[r], reference[i, r]
            mean = out[i, r] / (total_pull if total_pull > 0.0 else 1.0)
            out[i, r] = mean if total_pull > 0.0 else stays
    apply_leader_weight(power, position, leader, weight, out)


def weighted_mean(
    power: ArrayLike,
    salience: ArrayLike,
    position: ArrayLike,
    *,
    leader: int | None = None,
    leader_weight: ArrayLike = 0.0,
    reference: ArrayLike = np.nan,
) -> Array:
    """Settle each issue at the mean position, weighted by effective power.

    Effective power is power times salience. Assumes that failing to agree is worse for all than any agreement.

    Shapes: power (..., F); salience and position (..., F, I); returns (..., I).
    Units: positions in any unit; power and salience not negative; only their proportions count.
    Source: Van den Bos 1991; Achen 2006, in Thomson et al., The European Union Decides, ch. 4.

    >>> weighted_mean([.4, .35, .25], np.ones((3, 1)), [[.1], [.6], [.9]]).round(3)
    array([0.475])
    """
    return apply_rule(
        kernel, power, salience, position, leader=leader, leader_weight=leader_weight, reference=reference
    )
