"""End: one draw of competing risks a month; no way of ending has priority over another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ripeness.world.arithmetic import exp
from ripeness.world.chance import END, uniforms
from ripeness.world.compiled import compiled, runtime_int
from ripeness.world.outcome import WAYS

if TYPE_CHECKING:
    from ripeness.war.block import State
    from ripeness.war.conditions import Constants

KEY = runtime_int(0)


@compiled
def end(state: State, constants: Constants, number: int, n_runs: int) -> None:
    """Draw whether the war ends this step, how, and how far into the step.

    With hazards h_k the war ends with probability 1 - exp(-sum h), by k with share h_k / sum h. One uniform number does
    both: where it falls below that probability decides the kind; a second one is the share of the step that was fought.
    Where chance is switched off no war ends.
    """
    shared = state.shared
    hazard, random = shared.hazard, shared.random[:]
    uniforms(constants.seed, shared.run_ids[:n_runs], number, END, KEY, random)
    for r in range(n_runs):
        total = 0.0
        for k in range(WAYS):
            total += hazard[k, r]
        ends = 1.0 - exp(-total * constants.step)
        shared.outcome[r] = 0.0
        shared.share_fought[r] = 1.0
        if random[0, r] < ends and not constants.quiet:
            shared.share_fought[r] = min(max(random[1, r], 0.0), 1.0)
            shared.months[r] = (number + shared.share_fought[r]) * constants.step
            mark = random[0, r] / ends * total
            reached = 0.0
            for k in range(WAYS):
                if reached <= mark and hazard[k, r] > 0.0:
                    shared.outcome[r] = k + 1.0
                reached += hazard[k, r]
