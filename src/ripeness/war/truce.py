"""Truce: ceasefires begin, are violated, run out, grow into better ones, or last.

A ceasefire is a state of the war and no end of it. Local and humanitarian ones are short; a preliminary one goes with
talks and comes where demands are within reach of each other or both sides are under pressure, a definitive one where
both would settle for the line and a still front is put into writing (Clayton and Sticher 2021). While one holds there
is less fighting and less is learnt from it, both sides rearm, and talks on terms come to an end more readily. It is
violated the sooner the more it shifts strength to one side (Powell 2006) and the more armed men it does not bind
(Stedman 1997), less often where outsiders watch over it (Fortna 2004), and the less often the longer it has held: the
weak ones break first. A definitive one that lasts ends the war
without a peace.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ripeness.world.arithmetic import exp
from ripeness.world.ceasefire import DEFINITIVE, HUMANITARIAN, LOCAL, NO_CEASEFIRE, PRELIMINARY
from ripeness.world.chance import TRUCE, uniforms
from ripeness.world.compiled import compiled, ir_inlined, runtime_int
from ripeness.world.outcome import CEASEFIRE, FROZEN, SETTLEMENT

if TYPE_CHECKING:
    from ripeness.war.block import Record, State
    from ripeness.war.conditions import Constants

KEY = runtime_int(0)
VIOLATED, RUNS_OUT = 0, 1  # rows of what may end a ceasefire
FRONTS = 2  # ways to win by the front, the first of the hazards


@ir_inlined
def truce(state: State, constants: Constants, number: int, n_runs: int) -> None:
    """Let ceasefires begin, end or change with chance, and restate the hazards of the war's end under them.

    Where chance is switched off none begins or ends but by events.
    """
    first, second, shared, parameters = state.polities[0], state.polities[1], state.shared, state.parameters
    weigh_ceasefires(first, second, shared, parameters, constants.recent, n_runs)
    weigh_violation(first, second, shared, parameters, n_runs)
    uniforms(constants.seed, shared.run_ids[:n_runs], number, TRUCE, KEY, shared.random[:])
    change_ceasefires(shared, parameters, constants.quiet, constants.step, n_runs)
    count_ceasefires(shared, (number + 1) * constants.step, n_runs)
    count_months(shared, constants.step, n_runs)
    for n in range(shared.belligerents):
        rearm(state.polities[n], shared, parameters, constants.step, n_runs)
    set_lull(shared, parameters, constants.pathways, n_runs)
    restate_ends(shared, parameters, n_runs)


@ir_inlined
def note_ceasefires(state: State, constants: Constants, number: int, n_runs: int) -> None:
    """Count ceasefires that events or interventions of this step have begun or broken, and set the lull."""
    count_ceasefires(state.shared, number * constants.step, n_runs)
    set_lull(state.shared, state.parameters, constants.pathways, n_runs)


@compiled
def weigh_ceasefires(
    first: Record, second: Record, shared: Record, parameters: Record, recent: bool, n_runs: int
) -> None:
    """Set the monthly hazard that a ceasefire of each kind begins, or follows on the one in force.

    `recent` says whether the war is of the era from which the data on ceasefires come; before it they were rarer.
    """
    begins, freeze = shared.truce_begins, shared.hazard[FROZEN - 1]
    for r in range(n_runs):
        kind, mediation = shared.truce[r], shared.mediation_effect[r]
        era = 1.0 if recent else parameters.truce_era[r]
        harm = 0.5 * (civilian_share(first, r) + civilian_share(second, r))
        zone = shared.zone[r] + shared.misperception_effect[r]
        pressed = min(first.pressure_level[r], second.pressure_level[r])
        apart = 1.0 - exp(-max(-zone, 0.0) / parameters.truce_reach[r])
        ready = parameters.frailty[r] * mediation * (1.0 - apart * (1.0 - pressed)) * era
        accepted = 1.0 if zone >= 0.0 or (first.accepts_line[r] > 0.0 and second.accepts_line[r] > 0.0) else 0.0
        costs = shared.full_intensity[r] * mediation * era
        none = 1.0 if kind == NO_CEASEFIRE else 0.0
        short = 1.0 if NO_CEASEFIRE < kind <= HUMANITARIAN else 0.0
        begins[LOCAL - 1, r] = none * parameters.truce_local[r] * costs
        begins[HUMANITARIAN - 1, r] = none * parameters.truce_humanitarian[r] * costs * harm
        onset = none * parameters.truce_preliminary[r] + short * parameters.truce_renewed[r]
        begins[PRELIMINARY - 1, r] = onset * ready
        written = parameters.written[r] * freeze[r] if kind < DEFINITIVE else 0.0
        renewed = parameters.truce_renewed[r] * parameters.frailty[r] * mediation * era * accepted
        begins[DEFINITIVE - 1, r] = written + (renewed if kind == PRELIMINARY else 0.0)


@compiled
def civilian_share(polity: Record, r: int) -> float:
    """Civilians among the dead of one belligerent."""
    return polity.civilian_harm[r] / (1.0 + polity.civilian_harm[r])


@compiled
def weigh_violation(first: Record, second: Record, shared: Record, parameters: Record, n_runs: int) -> None:
    """Set the monthly hazards that the ceasefire in force is violated, and that it runs out."""
    ends = shared.truce_ends
    for r in range(n_runs):
        kind = shared.truce[r]
        firm = parameters.truce_local_broken[r] if kind <= HUMANITARIAN else 1.0
        firm = parameters.truce_definitive_broken[r] if kind == DEFINITIVE else firm
        watched = 1.0 - shared.truce_monitored[r] * (1.0 - parameters.truce_monitoring[r])
        shifts = abs(max(first.rearm[r], 0.0) - max(second.rearm[r], 0.0)) * (1.0 - shared.guarantee_effect[r])
        unbound = max(first.left_out[r], second.left_out[r])
        hazard = (
            parameters.truce_broken[r]
            * firm
            * watched
            * (1.0 + parameters.truce_spoilers[r] * unbound)
            * exp(parameters.truce_mistrust[r] * shifts)
            / (1.0 + shared.truce_months[r] / parameters.truce_age[r])
        )
        ends[VIOLATED, r] = hazard if kind > NO_CEASEFIRE else 0.0
        ends[RUNS_OUT, r] = 1.0 / parameters.truce_term[r] if NO_CEASEFIRE < kind <= HUMANITARIAN else 0.0


@compiled
def change_ceasefires(shared: Record, parameters: Record, quiet: bool, step: float, n_runs: int) -> None:
    """Draw what becomes of ceasefires in a step: one draw of competing risks, as of the ends of war.

    One that runs out is not violated; it is counted as over at once.
    """
    begins, ends, random = shared.truce_begins, shared.truce_ends, shared.random
    for r in range(n_runs):
        total = ends[VIOLATED, r] + ends[RUNS_OUT, r]
        for k in range(begins.shape[0]):
            total += begins[k, r]
        changes = 1.0 - exp(-total * step)
        if quiet or random[0, r] >= changes:
            continue
        mark = random[0, r] / changes * total
        mark -= ends[VIOLATED, r]
        if mark < 0.0:
            shared.truce[r] = NO_CEASEFIRE
            continue
        mark -= ends[RUNS_OUT, r]
        if mark < 0.0:
            shared.truce[r] = NO_CEASEFIRE
            shared.truce_noted[r] = NO_CEASEFIRE
            continue
        unwatched = (1.0 - shared.guarantee_effect[r]) * (1.0 - shared.monitoring[r])
        watched = 1.0 - (1.0 - parameters.truce_watched[r]) * unwatched
        for k in range(begins.shape[0]):
            if mark >= 0.0 and begins[k, r] > 0.0:
                shared.truce[r] = k + 1.0
            mark -= begins[k, r]
        shared.truce_monitored[r] = max(shared.truce_monitored[r], 1.0 if random[1, r] < watched else 0.0)


@compiled
def count_ceasefires(shared: Record, months: float, n_runs: int) -> None:
    """Count ceasefires that have begun, followed on one another or been violated since they were counted last.

    Units: months since the start.
    """
    for r in range(n_runs):
        kind, noted = shared.truce[r], shared.truce_noted[r]
        if kind != noted and kind > NO_CEASEFIRE:
            shared.truces_begun[r] += 1.0
            shared.truces_by_kind[int(kind) - 1, r] += 1.0
            shared.truce_first[r] = months if shared.truce_first[r] < 0.0 else shared.truce_first[r]
        shared.truces_broken[r] += 1.0 if kind == NO_CEASEFIRE and noted > NO_CEASEFIRE else 0.0
        if kind == NO_CEASEFIRE:
            shared.truce_months[r] = 0.0
            shared.truce_monitored[r] = 0.0
        shared.truce_noted[r] = kind


@compiled
def count_months(shared: Record, step: float, n_runs: int) -> None:
    """Count a step for which the ceasefire in force has held."""
    for r in range(n_runs):
        if shared.truce[r] > NO_CEASEFIRE:
            shared.truce_months[r] += step
            shared.truce_longest[r] = max(shared.truce_longest[r], shared.truce_months[r])


@compiled
def rearm(polity: Record, shared: Record, parameters: Record, step: float, n_runs: int) -> None:
    """Let a belligerent gain, in a step of ceasefire, some of the strength that rearming gives.

    What a lull leaves of the fighting leaves as little time to rearm.
    """
    for r in range(n_runs):
        if shared.truce[r] > NO_CEASEFIRE:
            gained = (1.0 - shared.lull[r]) * (1.0 - exp(-step / parameters.truce_rearming[r]))
            polity.rearmed[r] += gained * max(polity.rearm[r] - polity.rearmed[r], 0.0)


@compiled
def set_lull(shared: Record, parameters: Record, pathways: Record, n_runs: int) -> None:
    """Set how much of the fighting the ceasefire in force leaves."""
    for r in range(n_runs):
        kind, left = shared.truce[r], parameters.truce_lull[r]
        left = parameters.truce_local_lull[r] if kind == LOCAL else left
        left = parameters.truce_definitive_lull[r] if kind == DEFINITIVE else left
        shared.lull[r] = 1.0 - (1.0 - left) * pathways.ceasefire_intensity if kind > NO_CEASEFIRE else 1.0


@compiled
def restate_ends(shared: Record, parameters: Record, n_runs: int) -> None:
    """Restate the hazards of the war's end: talks go on more readily in a ceasefire, fronts give way less, and freezes
    that are put into writing become definitive ceasefires, which may last.
    """
    hazard = shared.hazard
    for r in range(n_runs):
        kind = shared.truce[r]
        for k in range(FRONTS):
            hazard[k, r] *= shared.lull[r]
        hazard[SETTLEMENT - 1, r] *= parameters.truce_talks[r] if kind >= PRELIMINARY else 1.0
        hazard[FROZEN - 1, r] *= 1.0 - parameters.written[r] if kind < DEFINITIVE else 0.0
        hazard[CEASEFIRE - 1, r] = parameters.truce_lasts[r] if kind == DEFINITIVE else 0.0
