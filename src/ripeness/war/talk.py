"""Talk: where both sides' demands leave a zone of agreement, a settlement may come; where both accept the line, a
freeze.

No zone, no settlement. Terms are the Nash point of the zone (Nash 1950); where only some shares can be agreed on, the
nearest of them inside the zone, or none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ripeness.war.law import (
    FREEZE,
    FREEZE_ERA,
    SETTLE,
    SPENT,
    STILL,
    SURRENDER,
    SURRENDER_DEMAND,
    SURRENDER_LINE,
    ZONE_SCALE,
)
from ripeness.world.arithmetic import exp
from ripeness.world.compiled import compiled

if TYPE_CHECKING:
    from ripeness.war.body import Array


@compiled
def settle(
    demand: Array,
    rival: Array,
    misperception: Array,
    mediation: Array,
    allowed: Array,
    laws: Array,
    zone: Array,
    terms: Array,
    hazard: Array,
) -> None:
    """Zone of agreement, terms (the first belligerent's share) and monthly hazard of a settlement.

    Shapes: demand, rival, misperception, mediation (R,); allowed (N,), empty when every share can be agreed on; zone,
    terms, hazard (R,), written.
    """
    for r in range(demand.shape[0]):
        zone[r] = 1.0 - demand[r] - rival[r]
        seen = zone[r] + misperception[r]
        low, high = max(demand[r], 0.0), min(1.0 - rival[r], 1.0)
        terms[r] = min(max(0.5 * (low + high), 0.0), 1.0)
        open_ = 1.0 if seen >= 0.0 else 0.0
        hazard[r] = open_ * laws[SETTLE, r] * mediation[r] * (1.0 - exp(-max(seen, 0.0) / laws[ZONE_SCALE, r]))
    if allowed.shape[0] > 0:
        for r in range(demand.shape[0]):
            best, gap = -1.0, 2.0
            for n in range(allowed.shape[0]):
                inside = demand[r] <= allowed[n] + max(misperception[r], 0.0) and allowed[n] <= 1.0 - rival[r] + max(
                    misperception[r], 0.0
                )
                if inside and abs(allowed[n] - terms[r]) < gap:
                    best, gap = allowed[n], abs(allowed[n] - terms[r])
            hazard[r] = hazard[r] if best >= 0.0 else 0.0
            terms[r] = best if best >= 0.0 else terms[r]


@compiled
def freeze(
    demand: Array,
    rival: Array,
    claim: Array,
    rival_claim: Array,
    front: Array,
    moved: Array,
    recent: bool,
    laws: Array,
    step: float,
    hazard: Array,
) -> None:
    """Monthly hazard that the war freezes: both accept the line and the front is still.

    Shapes: all (R,), first belligerent's frame; hazard written. `recent` says whether the era's law applies.
    """
    for r in range(demand.shape[0]):
        held = 1.0 / (1.0 + exp(-front[r]))
        accepted = demand[r] <= held + claim[r] and rival[r] <= 1.0 - held + rival_claim[r]
        still = abs(moved[r]) <= laws[STILL, r] * step
        era = laws[FREEZE_ERA, r] if recent else 1.0
        hazard[r] = laws[FREEZE, r] * era if accepted and still else 0.0


@compiled
def surrender(demand: Array, front: Array, forces: Array, forces_start: Array, laws: Array, hazard: Array) -> None:
    """Monthly hazard that a belligerent gives up: it asks for next to nothing, and its front or its army is nearly
    gone.

    Shapes: all (R,), own frame; hazard written.
    """
    for r in range(demand.shape[0]):
        held = 1.0 / (1.0 + exp(-front[r]))
        done = held <= laws[SURRENDER_LINE, r] or forces[r] <= laws[SPENT, r] * forces_start[r]
        hazard[r] = laws[SURRENDER, r] if done and demand[r] <= laws[SURRENDER_DEMAND, r] else 0.0
