"""Pivot or leader: a choice between courses follows one of the two, and does not lie between them."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from ripeness.decision.council import settle_at_medians
from ripeness.decision.rule import FOLLOWS, Array, Flags, apply_rule
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
    """Write the leader's position in draws that follow the leader, else the pivot's; see rule.py for the shapes.

    A leader weight changes nothing: it is in how often a choice follows the leader. Where nobody leads, or the leader
    has left, the pivot decides.
    """
    draws = weight.shape[0]
    settle_at_medians(power, salience, position, reference, draws, out)
    if leader < 0:
        return
    for i in range(position.shape[0]):
        for r in range(draws):
            if settings[FOLLOWS, r] > 0.0 and power[leader, r] > 0.0:
                out[i, r] = position[i, leader, r]


def pivot_or_leader(
    power: ArrayLike,
    salience: ArrayLike,
    position: ArrayLike,
    *,
    leader: int | None = None,
    follows_leader: ArrayLike = 0.0,
    reference: ArrayLike = np.nan,
) -> Array:
    """Settle each issue where the leader stands or where the pivot does, whichever the choice follows.

    The pivot is the weighted median by power times salience. Which of the two a choice follows is a matter of chance,
    drawn by the caller: councils on record follow the leader in about one of three choices (scenario/choice_record.py).
    Assumes a choice between courses; where policy moves by degrees, the weighted mean does better.

    Shapes: power (..., F); salience and position (..., F, I); follows_leader (...), 0 or 1; returns (..., I).
    Units: positions in any unit; power and salience not negative; only their proportions count.
    Source: Black 1948, pp. 23-34, for the pivot; docs/textbook/councils.md for the record.

    >>> council = [.4, .35, .25], [[1], [1], [1]], [[.1], [.6], [.9]]
    >>> pivot_or_leader(*council, leader=2, follows_leader=[0, 1]).ravel()
    array([0.6, 0.9])
    """
    settings = {FOLLOWS: follows_leader}
    return apply_rule(kernel, power, salience, position, leader=leader, reference=reference, settings=settings)
