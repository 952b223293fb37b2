"""Shift: power inside a polity moves with rents, the war, blame and credit, protest, crackdown and chance.

A faction below its loyalty line may leave (Hirschman 1970).
"""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

from ripeness.war.block import agenda_of, factions_of
from ripeness.war.splinter import split_off
from ripeness.world.arithmetic import exp, normal_block
from ripeness.world.chance import FACTION, uniforms
from ripeness.world.compiled import compiled, ir_inlined

if TYPE_CHECKING:
    from ripeness.war.block import Agenda, Array, Record, Records, State
    from ripeness.war.conditions import Constants


@ir_inlined
def shift(state: State, constants: Constants, number: int, n_runs: int) -> None:
    """Let factions of all belligerents leave, and power move."""
    shared, step = state.shared, constants.step
    for n in range(state.shared.belligerents):
        polity, factions = state.polities[n], factions_of(state, n)
        draw_random_of_factions(factions, shared, constants.seed, number, constants.quiet, n_runs)
        leave(polity, factions, step, n_runs)
        if polity.can_splinter:
            split_off(polity, factions, n_runs)
        update_pressure(polity, factions, n_runs)
        update_rents(factions, agenda_of(state, n), n_runs)
        shift_power(polity, factions, shared, state.parameters, constants.pathways, step, n_runs)


@compiled
def update_pressure(polity: Record, factions: Records, n_runs: int) -> None:
    """Set the pressure on a polity: ground lost, sanctions, economic loss and weariness (mean, by power)."""
    for r in range(n_runs):
        polity.mean_weariness[r] = 0.0
    for faction in factions:
        for r in range(n_runs):
            polity.mean_weariness[r] += faction.power[r] * faction.weariness[r]
    for r in range(n_runs):
        ground_lost = max(polity.front_start[r] - polity.front[r], 0.0)
        poverty = max(1.0 - polity.economy[r], 0.0)
        polity.pressure[r] = ground_lost + polity.squeeze_level[r] + poverty + polity.mean_weariness[r]


@compiled
def update_rents(factions: Records, agenda: Agenda, n_runs: int) -> None:
    """Let rents flow to the factions whose issue stands open."""
    for faction in factions:
        if faction.rent_issue >= 0:
            openness = agenda.decided[faction.rent_issue]
            for r in range(n_runs):
                faction.rents[r] = faction.trade_rent[r] * min(max(openness[r], 0.0), 1.0)


@compiled
def draw_random_of_factions(
    factions: Records, shared: Record, seed: int, number: int, quiet: bool, n_runs: int
) -> None:
    """Draw what chance does inside a polity: how each power walks (normal), who leaves, who fights on (uniform)."""
    random, run_ids = shared.random[:], shared.run_ids[:n_runs]
    for faction in factions:
        uniforms(seed, run_ids, number, FACTION, faction.random_key, random)
        normal_block(random[0, :n_runs], faction.walk[:n_runs], random[3, :n_runs])
        for r in range(n_runs):
            faction.exit_draw[r] = random[1, r]
            faction.splinter_draw[r] = random[2, r]
        if quiet:
            for r in range(n_runs):
                faction.walk[r] = 0.0
                faction.exit_draw[r] = 1.0


@compiled
def leave(polity: Record, factions: Records, step: float, n_runs: int) -> None:
    """Let factions below their loyalty line leave, with their hazard. The leader stays."""
    for f in range(factions.shape[0]):
        faction = factions[f]
        if f != polity.leader:
            for r in range(n_runs):
                below = 1.0 if faction.dissatisfaction[r] > faction.loyalty[r] else 0.0
                hazard = faction.exit_rate[r] * polity.defection[r]
                leaves = 1.0 if faction.exit_draw[r] < 1.0 - exp(-hazard * step) else 0.0
                faction.has_left[r] = max(faction.has_left[r], below * leaves)


@compiled
def shift_power(
    polity: Record,
    factions: Records,
    shared: Record,
    parameters: Record,
    pathways: Record,
    step: float,
    n_runs: int,
) -> None:
    """Move the log power of each faction, and normalise; a faction that has left has none.

    The front moves in the frame of the first camp. The war neither feeds nor blames who is out of it.
    """
    for faction in factions:
        hit = 1.0 if faction.hit_by_reform else 0.0
        for r in range(n_runs):
            drift = faction.war_weight[r] * shared.intensity[r] * abs(polity.camp[r]) * pathways.war_power
            drift += parameters.power_rent[r] * faction.rents[r] * pathways.rents_power
            drift += parameters.power_protest[r] * faction.participation[r] * pathways.protest_power
            crackdown = parameters.power_crackdown[r] * hit * polity.reform[r] * min(polity.pressure[r], 1.0)
            drift -= crackdown * pathways.reform_power
            jump = faction.credit[r] * polity.camp[r] * shared.moved[r] * pathways.front_power
            jump += parameters.power_walk[r] * sqrt(step) * faction.walk[r]
            faction.log_power[r] += drift * step + jump
    set_power(factions, shared.rows[0], n_runs)


@compiled
def set_power(factions: Records, total: Array, n_runs: int) -> None:
    """Set power from log power; those who have left have none, and the powers of a polity sum to 1.

    Shapes: total (BLOCK,), scratch.
    """
    for r in range(n_runs):
        total[r] = 0.0
    for faction in factions:
        for r in range(n_runs):
            faction.power[r] = exp(faction.log_power[r]) * (1.0 - faction.has_left[r])
            total[r] += faction.power[r]
    for faction in factions:
        for r in range(n_runs):
            faction.power[r] /= total[r]
