"""End: one draw of competing risks a month; no way of ending has priority over another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ripeness.war.law import BARRIER, FALL
from ripeness.world.arithmetic import exp
from ripeness.world.compiled import compiled

if TYPE_CHECKING:
    from ripeness.war.body import Array

WAYS = 8
CLOSE = 1e-9  # how near to the barrier counts as at it


@compiled
def rout(front: Array, laws: Array, hazard: Array, rival: Array) -> None:
    """Hazard that a front which has given way ends the war: for the first belligerent, and for its rival.

    Shapes: front, hazard, rival (R,), the last two written.
    """
    for r in range(front.shape[0]):
        hazard[r] = laws[FALL, r] if front[r] >= laws[BARRIER, r] - CLOSE else 0.0
        rival[r] = laws[FALL, r] if front[r] <= CLOSE - laws[BARRIER, r] else 0.0


@compiled
def end(hazard: Array, luck: Array, step: float, quiet: bool, code: Array, when: Array) -> None:
    """Draw whether the war ends this step, how, and how far into the step.

    With hazards h_k the war ends with probability 1 - exp(-sum h), by k with share h_k / sum h. One uniform number does
    both: given an end, where it falls decides the kind; and it is the inverse of the waiting time.
    Shapes: hazard (8 or more, R) by the codes of world/outcome.py less one; luck (2, R); code (R,), 0 when fighting
    goes on, and when (share of the step that was fought) are written. `quiet` switches chance off: no war ends.
    """
    for r in range(code.shape[0]):
        total = 0.0
        for k in range(WAYS):
            total += hazard[k, r]
        ends = 1.0 - exp(-total * step)
        code[r] = 0.0
        when[r] = 1.0
        if luck[0, r] < ends and not quiet:
            when[r] = min(max(luck[1, r], 0.0), 1.0)
            mark = luck[0, r] / ends * total
            reached = 0.0
            for k in range(WAYS):
                if reached <= mark and hazard[k, r] > 0.0:
                    code[r] = k + 1.0
                reached += hazard[k, r]
