"""Opening: the situation at the start, from the drawn inputs to strengths, beliefs and first demands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ripeness.decision.choose import CODES
from ripeness.decision.rule import CAPTOR
from ripeness.decision.rules import TABLE
from ripeness.scenario.armed_polities import PRINCIPALS
from ripeness.war.age import age, believes_by_default, leaves_unstated
from ripeness.war.allies import count_left_out
from ripeness.war.block import agenda_of, factions_of
from ripeness.war.carry_out import mobilise
from ripeness.war.combat import assess_strengths, move_front
from ripeness.war.conditions import pathway_record
from ripeness.war.decide import decide, measure_drivers, set_positions
from ripeness.war.lead import draw_lines
from ripeness.war.mediate import set_peace
from ripeness.war.patronage import observe, receive
from ripeness.war.react import update_dissatisfaction, update_protest, update_weariness
from ripeness.war.scene import set_scene
from ripeness.war.shift import update_pressure, update_rents
from ripeness.war.situation import PolityView, Situation
from ripeness.war.splinter import assess_splits
from ripeness.war.state import BLOCK
from ripeness.war.stated_start import hold_to_terms, open_ceasefire, scale_losses
from ripeness.war.supply import EMPTY, set_drain
from ripeness.war.talk import nash_point
from ripeness.war.want import reserve
from ripeness.world.compiled import compiled

if TYPE_CHECKING:
    from ripeness.war.block import Array, Block, Record, State
    from ripeness.war.prepare import War
    from ripeness.war.side import Side

SETTLING = 24  # steps after which participation at the start has found its low stable point


def open_war(
    war: War,
    drawn: Array,
    run_ids: NDArray[np.uint64],
    active: Array,
    stated: tuple[Array, ...] | None = None,
    point: NDArray[np.intp] | None = None,
    seed: int | None = None,
) -> Situation:
    """Set the scene of any number of runs and let everybody take a first position.

    Positions on terms that a scenario states move by what the reservation has moved since they were stated. `stated`
    are the belligerents' reservations then, where the war to be fought differs from the one in which they were stated.
    Shapes: drawn (K, N), the inputs at N points; run_ids (R,); active (30,), which pathways are; stated, one (F, R)
    each; point (R,), the point that each run takes, where these are not one each. Without a seed there is no chance in
    it.
    """
    point = np.arange(len(run_ids)) if point is None else point
    pathways = pathway_record(active)
    blocks = []
    for first in range(0, len(run_ids), BLOCK):
        runs = slice(first, first + BLOCK)
        then = None if stated is None else tuple(rows[:, runs] for rows in stated)
        blocks.append(open_block(war, drawn, run_ids[runs], pathways, then, point[runs], seed=seed))
    return Situation(blocks)


def open_block(
    war: War,
    drawn: Array,
    run_ids: NDArray[np.uint64],
    pathways: Record,
    stated: tuple[Array, ...] | None,
    point: NDArray[np.intp],
    over: Block | None = None,
    seed: int | None = None,
) -> Block:
    """The same for the runs of one block, BLOCK at most; `over` is one that is done with and can be written over."""
    block = set_scene(war, drawn, run_ids, point, over, seed)
    situation = Situation([block])
    state, n_runs, shared, fighters = block.state, block.n_runs, situation.shared, situation.belligerents()
    for polity in fighters:
        polity.front = polity.front_start = polity.camp * shared.front
    for side, sitting in zip(war.sides, situation.sides, strict=True):
        for flow in side.flows[:1]:
            sitting.front = sitting.front_start = fighters[flow.toward].front
    usual = _open_aged(war, drawn, point, situation, pathways) if leaves_unstated(war) else {}
    _set_age(war, war.fought, situation)
    let_decide(war, situation)
    open_means(state, pathways, n_runs)
    scale_losses(war, drawn, point, situation)
    for side, polity in zip(war.armed, fighters, strict=True):
        draw_lines(side, polity, situation.parameters)
    open_minds(state, pathways, n_runs)
    for n, deaths in usual.items():
        fighters[n].usual_deaths = deaths
    posture = [polity.posture.copy() for polity in fighters]
    counts_left_out = war.belligerents > PRINCIPALS or any(side.can_splinter for side in war.armed)
    _open_terms(war, situation, pathways, None if counts_left_out else stated)
    if counts_left_out:
        open_left_out(state, pathways, n_runs)
        for polity, bluff in zip(fighters, posture, strict=True):
            polity.posture = bluff
        _open_terms(war, situation, pathways, stated)
    for n, polity in enumerate(fighters):
        update_dissatisfaction(polity.record(block), polity.factions(block), agenda_of(state, n), block.shared, n_runs)
    open_ceasefire(war, block, situation, pathways)
    return block


def _open_terms(war: War, situation: Situation, pathways: Record, stated: tuple[Array, ...] | None) -> None:
    """From what factions would settle for by their traits to their positions and first demands.

    `stated` as in open_war.
    """
    (block,) = situation.blocks
    state, n_runs, fighters = block.state, block.n_runs, situation.belligerents()
    by_traits = stated or tuple(polity.reservation for polity in fighters)
    for side, polity, reservations in zip(war.armed, fighters, by_traits, strict=True):
        polity.participation_start, polity.reservation_start = polity.participation, reservations
        hold_to_terms(side, polity, situation.parameters.concession, war.fought)
    open_drivers(state, war.fought, n_runs)
    _count_from_here(situation)
    for n in range(war.belligerents):
        open_positions(state, n, pathways, n_runs)
    let_decide(war, situation)
    for side, polity in zip(war.armed, fighters, strict=True):
        polity.demand = polity.demand_start = polity.decided[side.terms]


@compiled
def open_left_out(state: State, pathways: Record, n_runs: int) -> None:
    """Count who would fight on after a peace on the first demands, and find reservations by traits in that light.

    The first demands are those of the war by itself, so that a war that is changed in nothing opens as it was stated.
    """
    first, second, shared = state.polities[0], state.polities[1], state.shared
    for r in range(n_runs):
        shared.terms[r] = nash_point(first.demand[r], second.demand[r])
    assess_splits(state, n_runs)
    count_left_out(state.polities[: shared.belligerents], shared, n_runs)
    for faction in state.factions:
        for r in range(n_runs):
            faction.understated_stake[r] = 0.0
    reserve(state, pathways, n_runs)


@compiled
def open_means(state: State, pathways: Record, n_runs: int) -> None:
    """From decisions to what all sides can do: effort, what patrons send, supply, strength."""
    set_peace(state, 0.0, n_runs)
    mobilise(state, pathways, n_runs)
    receive(state, pathways, n_runs)
    for n in range(state.shared.belligerents):
        polity = state.polities[n]
        for r in range(n_runs):
            inflow = polity.production[r] * polity.effort[r] * polity.economy[r] + polity.aid[r]
            polity.supplied[r] = max(polity.munitions[r] + inflow, EMPTY)
        set_drain(polity, state.shared, state.parameters, n_runs)
    assess_strengths(state, pathways, n_runs)


@compiled
def open_minds(state: State, pathways: Record, n_runs: int) -> None:
    """From strength to what factions believe, feel and want. No time passes: the front stays.

    What losses so far have made of weariness, protest, pressure and rents is that from which their changes count.
    """
    shared, parameters = state.shared, state.parameters
    assess_strengths(state, pathways, n_runs)
    move_front(state.camps[0], state.camps[1], shared, parameters, pathways, 0.0, n_runs)
    for n in range(shared.belligerents):
        polity, factions = state.polities[n], factions_of(state, n)
        for faction in factions:
            for r in range(n_runs):
                faction.belief[r] += polity.camp[r] * shared.ratio[r] + polity.estimate_error[r]
        for r in range(n_runs):
            polity.new_deaths[r] = polity.expected_deaths[r]
            polity.usual_deaths[r] = polity.expected_deaths[r]
        update_weariness(polity, factions, shared, parameters, 1.0, n_runs)
        for _ in range(SETTLING):
            update_protest(polity, factions, parameters, pathways, 1.0, n_runs)
        update_pressure(polity, factions, n_runs)
        update_rents(factions, agenda_of(state, n), n_runs)
    reserve(state, pathways, n_runs)


@compiled
def open_drivers(state: State, fought: float, n_runs: int) -> None:
    """Measure what drives positions when the forecast starts, `fought` months after the war began."""
    for n in range(state.polities.shape[0]):
        if n >= state.shared.belligerents:
            observe(state.polities[n], state.polities, state.parameters, fought, n_runs)
        measure_drivers(state.polities[n], factions_of(state, n), state.parameters, n_runs)


@compiled
def open_positions(state: State, n: int, pathways: Record, n_runs: int) -> None:
    """Let the factions of one belligerent take their first positions."""
    polity = state.polities[n]
    responses = state.responses[polity.first_response : polity.end_response]
    set_positions(polity, factions_of(state, n), agenda_of(state, n), responses, pathways, n_runs)


def let_decide(war: War, situation: Situation) -> None:
    """Let every polity decide all of its issues, by any rule of the table, compiled into the months or not."""
    for block in situation.blocks:
        decide(block.state, block.n_runs)
    for side, polity in zip(war.sides, situation.sides, strict=True):
        for name, captor, first, last in side.rules:
            if name not in CODES:
                _decide_by(name, captor, slice(first, last), side, polity)


def _decide_by(name: str, captor: int, issues: slice, side: Side, polity: PolityView) -> None:
    """Decide some issues of a polity by a rule out of the table of all rules."""
    polity.settings[CAPTOR] = captor
    power, position = np.ascontiguousarray(polity.power), np.ascontiguousarray(polity.position[issues])
    decided = np.empty((len(position), power.shape[1]))
    TABLE[name].kernel(
        power,
        np.ascontiguousarray(polity.salience[issues]),
        position,
        side.veto,
        side.leader,
        polity.leader_weight,
        np.ascontiguousarray(polity.reference[issues]),
        np.ascontiguousarray(polity.settings),
        decided,
    )
    polity.decided[issues] = decided


def _set_age(war: War, fought: float, situation: Situation) -> None:
    """Set what surprise still adds, and what is left of the speed of fronts, `fought` months after the war began."""
    shared, parameters = situation.shared, situation.parameters
    middle = fought + 0.5 * war.step  # of the step that follows
    signs = {0: 1.0, 1: -1.0}
    surprise = signs.get(war.initiator, 0.0) * parameters.surprise
    shared.surprise_left = surprise * np.exp(-middle / parameters.surprise_fades)
    left = np.exp(-middle / parameters.entrenchment)
    shared.mobility = parameters.entrenched + left * (1 - parameters.entrenched)


def _open_aged(
    war: War, drawn: Array, point: NDArray[np.intp], situation: Situation, pathways: Record
) -> dict[int, Array]:
    """Open the war on its first day, and carry what is unstated from there to the start.

    Shapes: returns (R,) for each belligerent whose deaths are unstated, those that its people are used to.
    """
    (block,) = situation.blocks
    state, n_runs, fighters = block.state, block.n_runs, situation.belligerents()

    def act() -> None:
        let_decide(war, situation)
        open_means(state, pathways, n_runs)

    optimism = [polity.belief.copy() for polity in fighters]
    _set_age(war, 0.0, situation)
    act()
    scale_losses(war, drawn, point, situation)
    open_minds(state, pathways, n_runs)
    open_drivers(state, 0.0, n_runs)
    _count_from_here(situation)
    age(war, block, situation, pathways, act)
    _set_age(war, war.fought, situation)
    act()
    move_front(state.camps[0], state.camps[1], state.shared, state.parameters, pathways, 0.0, n_runs)
    for side, polity, first in zip(war.armed, fighters, optimism, strict=True):
        left = polity.belief - (polity.camp * situation.shared.ratio + polity.estimate_error)
        polity.belief = np.where(believes_by_default(side)[:, None], left, first)
        polity.loss_scale = 1.0
    return {
        n: fighters[n].usual_deaths.copy() for n in range(war.belligerents) if "deaths_so_far" in war.sides[n].unstated
    }


def _count_from_here(situation: Situation) -> None:
    """Let changes of what drives positions count from here."""
    for sitting in situation.sides:
        for driver in ("pressure_level", "weariness_level", "front_level", "rents_level", "discontent"):
            setattr(sitting, f"{driver}_start", getattr(sitting, driver))
