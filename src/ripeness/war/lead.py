"""Lead: leaders fall, and whoever follows wants what the winning coalition wants.

Removal is likelier after defeat, with a dissatisfied coalition and with protest, and less likely under repression. A
successor starts with fresh beliefs and without culpability (Stanley and Sawyer 2009; Croco 2011). Collapse is rare.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ripeness.war.law import (
    COLLAPSE,
    COLLAPSE_DEFEAT,
    COLLAPSE_PARTICIPATION,
    REMOVAL,
    REMOVAL_DEFEAT,
    REMOVAL_DISSATISFACTION,
    REMOVAL_PARTICIPATION,
    REMOVAL_REPRESSION,
)
from ripeness.war.link import FRONT_REMOVAL, PROTEST_COLLAPSE, PROTEST_REMOVAL
from ripeness.world.arithmetic import exp
from ripeness.world.compiled import compiled

if TYPE_CHECKING:
    from ripeness.war.body import Array


@compiled
def hazards(
    front: Array,
    front_start: Array,
    power: Array,
    dissatisfied: Array,
    participation: Array,
    repression: Array,
    laws: Array,
    links: Array,
    removal: Array,
    collapse: Array,
) -> None:
    """Monthly hazards of the leader's removal and of the regime's collapse.

    Shapes: (R,) but power, dissatisfied, participation (F, R); removal and collapse are written.
    """
    for r in range(front.shape[0]):
        removal[r] = 0.0
        collapse[r] = 0.0
    for f in range(power.shape[0]):
        for r in range(front.shape[0]):
            removal[r] += power[f, r] * dissatisfied[f, r]
            collapse[r] = max(collapse[r], participation[f, r])
    for r in range(front.shape[0]):
        unhappy, street = removal[r], collapse[r]
        lost = max(front_start[r] - front[r], 0.0)
        fall = laws[REMOVAL_DEFEAT, r] * lost * links[FRONT_REMOVAL] + laws[REMOVAL_DISSATISFACTION, r] * unhappy
        fall += (
            laws[REMOVAL_PARTICIPATION, r] * street * links[PROTEST_REMOVAL]
            - laws[REMOVAL_REPRESSION, r] * repression[r]
        )
        removal[r] = laws[REMOVAL, r] * exp(fall)
        ruin = laws[COLLAPSE_DEFEAT, r] * lost + laws[COLLAPSE_PARTICIPATION, r] * street * links[PROTEST_COLLAPSE]
        collapse[r] = laws[COLLAPSE, r] * exp(ruin)


@compiled
def own_frame(sign: float, ratio: Array, out: Array) -> None:
    """The log strength ratio as one belligerent sees it. Shapes: (R,); out written."""
    for r in range(out.shape[0]):
        out[r] = sign * ratio[r]


@compiled
def succeed(
    removal: Array,
    luck: Array,
    leader: int,
    ratio: Array,
    power: Array,
    reservation: Array,
    demand: Array,
    stubbornness: Array,
    step: float,
    stated: Array,
    mean: Array,
    precision: Array,
    culpable: Array,
    weights: Array,
    fell: Array,
) -> None:
    """Replace leaders who fall: the winning coalition's mean positions, fresh beliefs, no culpability.

    The winning coalition are the other factions that accept the current demand; where none does, all others.
    Shapes: removal, luck, ratio, demand (R,); power, reservation, stubbornness (F, R); stated (I, F, R), mean,
    precision, culpable (F, R), weights (F, R) and fell (R,) are written.
    """
    for r in range(removal.shape[0]):
        if luck[r] >= 1.0 - exp(-removal[r] * step):
            continue
        fell[r] = 1.0
        culpable[leader, r] = 0.0
        mean[leader, r] = ratio[r]
        precision[leader, r] = stubbornness[leader, r]
        inside, others = 0.0, 0.0
        for f in range(power.shape[0]):
            alone = 0.0 if f == leader else power[f, r]
            weights[f, r] = alone if reservation[f, r] <= demand[r] else 0.0
            inside += weights[f, r]
            others += alone
        if others <= 0.0:
            continue
        if inside <= 0.0:
            inside = others
            for f in range(power.shape[0]):
                weights[f, r] = 0.0 if f == leader else power[f, r]
        for i in range(stated.shape[0]):
            taken = 0.0
            for f in range(power.shape[0]):
                taken += weights[f, r] * stated[i, f, r]
            stated[i, leader, r] = taken / inside
