"""One mind: the polity as a single actor, whose position is the leader's or, without a leader, that of all by power."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

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
    """Write the leader's position, or the mean by power where none leads; see rule.py for the shapes.

    Salience counts for nothing: one mind gives all of itself to each issue. A leader weight would change nothing.
    """
    (issues, factions, _), draws = position.shape, weight.shape[0]
    for i in range(issues):
        for r in range(draws):
            total, sum_of = 0.0, 0.0
            for f in range(factions):
                total += power[f, r]
                sum_of += power[f, r] * position[i, f, r]
            has_leader = leader >= 0 and power[max(leader, 0), r] > 0.0
            mean = sum_of / total if total > 0.0 else reference[i, r]
            out[i, r] = position[i, max(leader, 0), r] if has_leader else mean


def unitary(
    power: ArrayLike,
    salience: ArrayLike,
    position: ArrayLike,
    *,
    leader: int | None = None,
    reference: ArrayLike = np.nan,
) -> Array:
    """Settle each issue as one mind would: at the leader's position, or at the mean by power without a leader.

    Assumes that the polity has one aim. In a war with one leader its only faction holds the country's stated
    interest, so that this actor model is not the leader's copy.

    Shapes: power (..., F); salience and position (..., F, I); returns (..., I).
    Units: positions in any unit.
    Source: the rational unitary actor of Allison 1971, Essence of Decision, ch. 1 (Model I).

    >>> unitary([.4, .35, .25], np.ones((3, 1)), [[.1], [.6], [.9]], leader=2)
    array([0.9])
    >>> unitary([.4, .35, .25], np.ones((3, 1)), [[.1], [.6], [.9]]).round(3)
    array([0.475])
    """
    return apply_rule(kernel, power, salience, position, leader=leader, reference=reference)
