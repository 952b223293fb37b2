"""Combat: strength moves the front, and both sides lose men.

Strength is in logarithms. Losses follow the linear law: the loss ratio depends on quality and supply, not on numbers
(Lanchester 1916; on 57 wars the log loss ratio has slope .01 (s.e. .08) on men and -.85 (.15) on GDP per head). The
front moves only when one side's advantage exceeds the deadlock.

Strength that no number shows, and what surprise still adds to the side that began the war, are one latent strength:
half of it stands with either camp, so that it moves front and losses alike. Surprise fades: win fast or not at all.
"""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

from ripeness.scenario.armed_polities import PRINCIPALS
from ripeness.war.camps import gather_strengths
from ripeness.war.splinter import field_forces
from ripeness.world.arithmetic import exp, log_block, normal_block
from ripeness.world.chance import FIGHT, copy_row, uniforms, zero_noise
from ripeness.world.compiled import compiled, ir_inlined

if TYPE_CHECKING:
    from ripeness.war.block import Record, State
    from ripeness.war.conditions import Constants

ROOT_HALF = 0.7071067811865476
SURVIVORS = 0.1  # thousand persons: strength has a logarithm of forces


@ir_inlined
def combat(state: State, constants: Constants, number: int, n_runs: int) -> None:
    """Let both camps fight: strength and chance move the front, and both take their losses."""
    shared, parameters = state.shared, state.parameters
    for n in range(shared.belligerents):
        draw_random(state.polities[n], shared, constants.seed, number, constants.quiet, n_runs)
    assess_strengths(state, constants.pathways, n_runs)
    resolve_combat(state, constants.pathways, constants.step, n_runs)
    for n in range(shared.belligerents):
        take_losses(state.polities[n], shared, parameters, constants.step, n_runs)
    fade_surprise(shared, parameters, constants.step, n_runs)
    entrench(shared, parameters, constants.step, n_runs)


@ir_inlined
def assess_strengths(state: State, pathways: Record, n_runs: int) -> None:
    """Set the strength of all belligerents and of both camps, and the losses that each must expect at it."""
    for n in range(state.shared.belligerents):
        assess_strength(state.polities[n], state.shared, state.parameters, pathways, n_runs)
    gather_strengths(state, n_runs)
    for n in range(state.shared.belligerents):
        expect_losses(state.polities[n], state.camps[0], state.camps[1], state.shared, state.parameters, n_runs)


@compiled
def draw_random(polity: Record, shared: Record, seed: int, number: int, quiet: bool, n_runs: int) -> None:
    """Draw a belligerent's chance of the step: front and losses (standard normal), leak and removal (uniform)."""
    rows, random = shared.rows, polity.random[:]
    uniforms(seed, shared.run_ids[:n_runs], number, FIGHT, polity.random_key, random)
    for n in range(2):
        copy_row(random[n, :n_runs], rows[0, :n_runs])
        normal_block(rows[0, :n_runs], random[n, :n_runs], rows[1, :n_runs])
    if quiet:
        zero_noise(random)


@compiled
def assess_strength(polity: Record, shared: Record, parameters: Record, pathways: Record, n_runs: int) -> None:
    """Set the log of a belligerent's numbers, and the log of what each of them is worth.

    Supply counts with diminishing returns: 2 S / (S + 1), so one month in stock is neutral. Latent strength
    stands in the frame of the first camp.
    """
    rows, effectiveness = shared.rows, polity.log_effectiveness
    field_forces(polity, parameters, n_runs)
    log_block(polity.fielded[:n_runs], polity.log_forces[:n_runs], rows[0, :n_runs])
    log_block(polity.quality[:n_runs], effectiveness[:n_runs], rows[0, :n_runs])
    for r in range(n_runs):
        rows[1, r] = 2.0 * polity.supplied[r] / (polity.supplied[r] + 1.0)
    log_block(rows[1, :n_runs], rows[2, :n_runs], rows[0, :n_runs])
    for r in range(n_runs):
        gained = polity.ally[r] + polity.rearmed[r] * pathways.rearmament_strength
        effectiveness[r] += gained + parameters.supply[r] * rows[2, r] * pathways.munitions_strength
    log_block(polity.effort[:n_runs], rows[2, :n_runs], rows[0, :n_runs])
    for r in range(n_runs):
        effectiveness[r] += parameters.exertion[r] * rows[2, r] * pathways.effort_strength
        effectiveness[r] -= parameters.unused[r] * polity.restraint[r] * pathways.restraint_strength
        effectiveness[r] += 0.5 * polity.camp[r] * (parameters.hidden[r] + shared.surprise_left[r])


@compiled
def expect_losses(own: Record, first: Record, second: Record, shared: Record, parameters: Record, n_runs: int) -> None:
    """Set the deaths that a belligerent must expect of a month without a ceasefire, in thousand persons per month: its
    share of its camp's.

    `first` and `second` are the camps.
    """
    for r in range(n_runs):
        size = exp(0.5 * parameters.scale[r] * (first.log_forces[r] + second.log_forces[r]))
        scale = own.loss_scale[r] * parameters.lethality[r] * shared.full_intensity[r] * size
        edge = own.camp[r] * (second.log_effectiveness[r] - first.log_effectiveness[r])
        own.expected_deaths[r] = scale * exp(parameters.exchange[r] * edge) * own.burden[r]


@ir_inlined
def resolve_combat(state: State, pathways: Record, step: float, n_runs: int) -> None:
    """Let chance and strength of both camps move the front, and show it to each belligerent in its own frame."""
    draw_front_noise(state.polities[0], state.polities[1], state.shared, n_runs)
    for n in range(PRINCIPALS, state.shared.belligerents):
        add_shock(state.polities[n], state.shared, n_runs)
    move_front(state.camps[0], state.camps[1], state.shared, state.parameters, pathways, step, n_runs)
    for n in range(state.shared.belligerents):
        show_front(state.polities[n], state.shared, n_runs)


@compiled
def draw_front_noise(first: Record, second: Record, shared: Record, n_runs: int) -> None:
    """Set the chance that moves the front, from both principals', and move it by what events have done to them."""
    for r in range(n_runs):
        shared.front_noise[r] = (first.random[0, r] - second.random[0, r]) * ROOT_HALF
        shared.front[r] += first.front_shock[r] - second.front_shock[r]
        first.front_shock[r] = 0.0
        second.front_shock[r] = 0.0


@compiled
def add_shock(ally: Record, shared: Record, n_runs: int) -> None:
    """Move the front by what events have done to an ally's part of it."""
    for r in range(n_runs):
        shared.front[r] += ally.camp[r] * ally.front_shock[r]
        ally.front_shock[r] = 0.0


@compiled
def show_front(polity: Record, shared: Record, n_runs: int) -> None:
    """Show a belligerent the front in the frame of its camp; an ally that is out keeps to where it stood."""
    for r in range(n_runs):
        polity.front[r] = polity.camp[r] * shared.front[r] if polity.camp[r] != 0.0 else polity.front[r]


@compiled
def move_front(
    first: Record, second: Record, shared: Record, parameters: Record, pathways: Record, step: float, n_runs: int
) -> None:
    """Compare the strengths of both camps and move the front, in the first one's frame."""
    for r in range(n_runs):
        numbers = parameters.men[r] * (first.log_forces[r] - second.log_forces[r]) * pathways.men_strength
        ratio = numbers + first.log_effectiveness[r] - second.log_effectiveness[r]
        shared.ratio[r] = ratio
        advantage = max(abs(ratio) - parameters.deadlock[r], 0.0)
        push = parameters.advance[r] * advantage * (first.effort[r] if ratio > 0.0 else -second.effort[r]) * step
        push *= shared.lull[r]
        chance = parameters.volatility[r] * sqrt(shared.intensity[r] * step) * shared.front_noise[r]
        start = shared.front[r]
        front = min(max(start + shared.mobility[r] * (push + chance), -parameters.barrier[r]), parameters.barrier[r])
        shared.front[r] = front
        shared.moved[r] = front - start


@compiled
def take_losses(polity: Record, shared: Record, parameters: Record, step: float, n_runs: int) -> None:
    """Take one belligerent's losses of the month, and count it for those who live under the rival's rule."""
    for r in range(n_runs):
        spread = parameters.luck_of_losses[r]
        deaths = polity.expected_deaths[r] * exp(spread * polity.random[1, r] - 0.5 * spread * spread) * step
        deaths *= shared.lull[r]
        out_of_fight = 1.0 + polity.wounded_ratio[r] * (1.0 - parameters.return_of_wounded[r])
        men = polity.forces[r] + polity.splinter_forces[r]
        deaths = min(deaths, max(men - SURVIVORS, 0.0) / out_of_fight)
        polity.new_deaths[r] = deaths
        polity.deaths[r] += deaths
        polity.wounded[r] += deaths * polity.wounded_ratio[r]
        own, apart = polity.forces[r] / men, polity.splinter_forces[r] / men
        polity.forces[r] -= deaths * out_of_fight * own
        polity.splinter_forces[r] -= deaths * out_of_fight * apart
        polity.occupied[r] += step / (1.0 + exp(polity.front[r]))


@compiled
def entrench(shared: Record, parameters: Record, step: float, n_runs: int) -> None:
    """Let a step pass over the mobility of fronts: both sides dig in."""
    for r in range(n_runs):
        left = exp(-step / parameters.entrenchment[r])
        shared.mobility[r] = parameters.entrenched[r] + left * (shared.mobility[r] - parameters.entrenched[r])


@compiled
def fade_surprise(shared: Record, parameters: Record, step: float, n_runs: int) -> None:
    """Let a step pass over what surprise adds."""
    for r in range(n_runs):
        shared.surprise_left[r] *= exp(-step / parameters.surprise_fades[r])
