"""Camps: a principal and the allies that fight beside it meet the other camp on one front.

Forces add up. What a man of a camp is worth is a mean over its members, by forces; so is its effort. What a camp
suffers falls on its members by forces times effort. An ally that is out of the war counts in neither camp. In a war
without allies a camp is its principal, to the bit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ripeness.scenario.armed_polities import PRINCIPALS
from ripeness.world.arithmetic import exp, log_block
from ripeness.world.chance import copy_row
from ripeness.world.compiled import compiled, ir_inlined

if TYPE_CHECKING:
    from ripeness.war.block import Record, Records, State

LEAST_WEIGHT = 0.1  # of numbers in strength: below it the best men of a camp alone would count
SIGNS = (1.0, -1.0)  # of the first and the second camp, in the frame of the front


@ir_inlined
def gather_efforts(state: State, n_runs: int) -> None:
    """Set the effort of both camps, and what each belligerent bears of what its camp does."""
    for c in range(PRINCIPALS):
        if state.shared.belligerents == PRINCIPALS:
            copy_row(state.polities[c].effort[:n_runs], state.camps[c].effort[:n_runs])
        else:
            fighters = state.polities[: state.shared.belligerents]
            average_effort(SIGNS[c], state.camps[c], fighters, state.shared, n_runs)


@ir_inlined
def gather_strengths(state: State, n_runs: int) -> None:
    """Set the numbers of both camps, and what each of their men is worth."""
    for c in range(PRINCIPALS):
        if state.shared.belligerents == PRINCIPALS:
            copy_row(state.polities[c].log_forces[:n_runs], state.camps[c].log_forces[:n_runs])
            copy_row(state.polities[c].log_effectiveness[:n_runs], state.camps[c].log_effectiveness[:n_runs])
        else:
            fighters = state.polities[: state.shared.belligerents]
            average_strength(SIGNS[c], state.camps[c], fighters, state.shared, state.parameters, n_runs)


@ir_inlined
def count_forces(state: State, n_runs: int) -> None:
    """Add up the men under arms in each camp, and those of its members at the start."""
    for c in range(PRINCIPALS):
        if state.shared.belligerents == PRINCIPALS:
            copy_row(state.polities[c].forces[:n_runs], state.camps[c].forces[:n_runs])
            copy_row(state.polities[c].forces_start[:n_runs], state.camps[c].forces_start[:n_runs])
        else:
            add_forces(SIGNS[c], state.camps[c], state.polities[: state.shared.belligerents], n_runs)


@compiled
def add_forces(sign: float, camp: Record, fighters: Records, n_runs: int) -> None:
    """Add up the forces of those belligerents that fight in the camp of this sign."""
    for r in range(n_runs):
        camp.forces[r] = 0.0
        camp.forces_start[r] = 0.0
    for polity in fighters:
        for r in range(n_runs):
            camp.forces[r] += polity.forces[r] if polity.camp[r] == sign else 0.0
            camp.forces_start[r] += polity.forces_start[r] if polity.camp[r] == sign else 0.0


@compiled
def average_effort(sign: float, camp: Record, fighters: Records, shared: Record, n_runs: int) -> None:
    """Set a camp's effort, the mean of its members' by forces, and the share of it that each member carries."""
    men, work = shared.rows[0], shared.rows[1]
    for r in range(n_runs):
        men[r] = 0.0
        work[r] = 0.0
    for polity in fighters:
        for r in range(n_runs):
            inside = polity.forces[r] if polity.camp[r] == sign else 0.0
            men[r] += inside
            work[r] += inside * polity.effort[r]
    for r in range(n_runs):
        camp.effort[r] = work[r] / men[r]
    for polity in fighters:
        for r in range(n_runs):
            share = polity.forces[r] * polity.effort[r] / work[r]
            out = 0.0 if polity.camp[r] == 0.0 else polity.burden[r]
            polity.burden[r] = share if polity.camp[r] == sign else out


@compiled
def average_strength(
    sign: float, camp: Record, fighters: Records, shared: Record, parameters: Record, n_runs: int
) -> None:
    """Set the log of a camp's numbers, and the log of what its men are worth.

    That is the mean of its members' of order 1 / `men`, by forces: each member counts as so many men of one worth, so
    that whoever joins, however weak, adds to the strength of the camp.
    """
    men, worth, scratch = shared.rows[0], shared.rows[1], shared.rows[2]
    for r in range(n_runs):
        men[r] = 0.0
        worth[r] = 0.0
    for polity in fighters:
        for r in range(n_runs):
            inside = polity.fielded[r] if polity.camp[r] == sign else 0.0
            men[r] += inside
            worth[r] += inside * exp(polity.log_effectiveness[r] / max(parameters.men[r], LEAST_WEIGHT))
    for r in range(n_runs):
        worth[r] /= men[r]
    log_block(men[:n_runs], camp.log_forces[:n_runs], scratch[:n_runs])
    log_block(worth[:n_runs], camp.log_effectiveness[:n_runs], scratch[:n_runs])
    for r in range(n_runs):
        camp.log_effectiveness[r] *= max(parameters.men[r], LEAST_WEIGHT)


@ir_inlined
def face_camps(state: State, n: int, n_runs: int) -> None:
    """Show a belligerent how hard its own camp and the rival one fight, and an ally what its principal faces."""
    compare_efforts(state.polities[n], state.camps[0], state.camps[1], n_runs)
    if n >= PRINCIPALS:
        stand_beside(state.polities[n], state.polities[0], state.polities[1], n_runs)


@compiled
def compare_efforts(polity: Record, first: Record, second: Record, n_runs: int) -> None:
    """Set the effort of a belligerent's own camp and of the rival one. An ally that is out sees them as it did last."""
    for r in range(n_runs):
        if polity.camp[r] >= 0.0:
            polity.camp_effort[r], polity.rival_effort[r] = first.effort[r], second.effort[r]
        else:
            polity.camp_effort[r], polity.rival_effort[r] = second.effort[r], first.effort[r]


@compiled
def stand_beside(ally: Record, first: Record, second: Record, n_runs: int) -> None:
    """Let an ally see the opposing principal, and who would fight on beside that, as its own principal does."""
    for r in range(n_runs):
        principal_is_first = ally.camp[r] > 0.0 or (ally.camp[r] == 0.0 and ally.beside == 0)
        ally.rival_cost[r] = first.rival_cost[r] if principal_is_first else second.rival_cost[r]
        ally.rival_rearming[r] = first.rival_rearming[r] if principal_is_first else second.rival_rearming[r]
        ally.peace_bound[r] = first.peace_bound[r] if principal_is_first else second.peace_bound[r]
        ally.left_out[r] = first.left_out[r] if principal_is_first else second.left_out[r]
        ally.share_held[r] = 1.0 / (1.0 + exp(-ally.front[r]))
