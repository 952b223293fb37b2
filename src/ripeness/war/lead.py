"""Lead: leaders fall, and whoever follows wants what the winning coalition wants.

Removal is likelier after defeat, with a dissatisfied coalition and with protest, and less likely under repression. A
successor starts with the beliefs and positions of the coalition that chose him, less sure of both than who led into the
war, and without culpability (Stanley and Sawyer 2009; Croco 2011). Collapse is rare.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ripeness.war.block import agenda_of, factions_of
from ripeness.world.arithmetic import exp
from ripeness.world.compiled import compiled, ir_inlined

if TYPE_CHECKING:
    from ripeness.war.block import Agenda, Record, Records, State
    from ripeness.war.conditions import Constants
    from ripeness.war.side import Side
    from ripeness.war.situation import Belligerent, Parameters

LINES_APART = ("democracy", "autocracy")  # where what costs office and what costs more lie apart
LEAST_SHOWN = 0.01  # share of a gap: where all was bluff and has faded, no statement holds terms up


@ir_inlined
def lead(state: State, constants: Constants, number: int, n_runs: int) -> None:
    """Let leaders of all belligerents fall, and others follow."""
    set_collapse_rates(state, constants.within_state, constants.fought + number * constants.step, n_runs)
    for n in range(state.shared.belligerents):
        polity, factions = state.polities[n], factions_of(state, n)
        update_hazards(polity, factions, state.parameters, constants.pathways, n_runs)
        replace_leaders(polity, factions, agenda_of(state, n), constants.step, n_runs)


@compiled
def set_collapse_rates(state: State, within_state: bool, months: float, n_runs: int) -> None:
    """Set the monthly hazard at which each belligerent falls apart where nothing presses it.

    Movements have their own. In a war within a state what has lasted so many months falls apart less often: young
    organisations and newly challenged governments are the frailest (Stinchcombe 1965; Lewis 2020).
    """
    parameters = state.parameters
    for n in range(state.shared.belligerents):
        polity = state.polities[n]
        for r in range(n_runs):
            rate = parameters.collapse_movement[r] if polity.is_movement else parameters.collapse[r]
            polity.collapse_rate[r] = rate / (1.0 + months / parameters.collapse_age[r]) if within_state else rate


@compiled
def update_hazards(polity: Record, factions: Records, parameters: Record, pathways: Record, n_runs: int) -> None:
    """Set the monthly hazards of the leader's removal and of the regime's collapse."""
    unhappy, street = polity.removal_hazard, polity.collapse_hazard
    for r in range(n_runs):
        unhappy[r] = 0.0
        street[r] = 0.0
    for faction in factions:
        for r in range(n_runs):
            unhappy[r] += faction.power[r] * faction.dissatisfaction[r]
            street[r] = max(street[r], faction.participation[r])
    for r in range(n_runs):
        ground_lost = max(polity.front_start[r] - polity.front[r], 0.0)
        fall = parameters.removal_defeat[r] * ground_lost * pathways.front_removal
        fall += parameters.removal_dissatisfaction[r] * unhappy[r]
        fall += (
            parameters.removal_participation[r] * street[r] * pathways.protest_removal
            - parameters.removal_repression[r] * polity.repression[r]
        )
        ruin = parameters.collapse_defeat[r] * ground_lost
        ruin += parameters.collapse_participation[r] * street[r] * pathways.protest_collapse
        polity.removal_hazard[r] = parameters.removal[r] * exp(fall)
        polity.collapse_hazard[r] = polity.collapse_rate[r] * exp(ruin)


@compiled
def replace_leaders(polity: Record, factions: Records, agenda: Agenda, step: float, n_runs: int) -> None:
    """Replace leaders who fall: the winning coalition's mean belief and positions, first precision, no culpability.

    The winning coalition are the other factions that accept the current demand; where none does, all others. Its mean
    terms are kept until the successor's own reservation is known (`set_successors_terms`).
    """
    leader = factions[polity.leader]
    for r in range(n_runs):
        if polity.random[3, r] >= 1.0 - exp(-polity.removal_hazard[r] * step):
            continue
        polity.leader_fell[r] = 1.0
        leader.culpable[r] = 0.0
        leader.precision[r] = leader.stubbornness[r]
        inside, others = 0.0, 0.0
        for f in range(factions.shape[0]):
            power = 0.0 if f == polity.leader else factions[f].power[r]
            factions[f].coalition_weight[r] = power if factions[f].reservation[r] <= polity.demand[r] else 0.0
            inside += factions[f].coalition_weight[r]
            others += power
        if others <= 0.0:
            continue
        if inside <= 0.0:
            inside = others
            for f in range(factions.shape[0]):
                factions[f].coalition_weight[r] = 0.0 if f == polity.leader else factions[f].power[r]
        belief, terms = 0.0, 0.0
        for f in range(factions.shape[0]):
            belief += factions[f].coalition_weight[r] * factions[f].belief[r]
            terms += factions[f].coalition_weight[r] * agenda.position[polity.terms_issue, f, r]
        leader.belief[r] = belief / inside
        polity.successor[r], polity.coalition_terms[r] = 1.0, terms / inside
        for i in range(agenda.stated.shape[0]):
            if i == polity.terms_issue:
                continue
            total = 0.0
            for f in range(factions.shape[0]):
                total += factions[f].coalition_weight[r] * agenda.stated[i, f, r]
            agenda.stated[i, polity.leader, r] = total / inside


@compiled
def set_successors_terms(polity: Record, leader: Record, agenda: Agenda, n_runs: int) -> None:
    """Set what new leaders count as having stated on terms, so that they stand where the coalition stood.

    The gap between stated terms and the reservation at the start is divided by the share of it that still shows: what
    is meant, and what bluff has not faded. What is meant enters the successor's reservation.
    """
    stated = agenda.stated[polity.terms_issue, polity.leader]
    for r in range(n_runs):
        if polity.successor[r] > 0.0 and leader.states_terms:
            shown = max(1.0 - polity.posture[r] * (1.0 - polity.bluff[r]), LEAST_SHOWN)
            by_traits = leader.reservation[r] - leader.understated_stake[r]
            gap = (polity.coalition_terms[r] - by_traits) / shown
            stated[r] = leader.reservation_start[r] + gap
            leader.understated_stake[r] = (1.0 - polity.posture[r]) * gap
            leader.reservation[r] = by_traits + leader.understated_stake[r]
            polity.successor[r] = 0.0


def draw_lines(side: Side, polity: Belligerent, parameters: Parameters) -> None:
    """Set the shares below which a culpable leader loses office, or more, by regime (Goemans 2000).

    The leaders of a movement lose more with office, as in mixed regimes: no law protects them (Prorok 2016).
    """
    share_held = 1 / (1 + np.exp(-polity.front))
    if side.ruled_by not in LINES_APART:
        polity.office_line = polity.punishment_line = parameters.mixed_line * share_held
    else:
        polity.office_line = parameters.office_line * share_held
        polity.punishment_line = np.minimum(parameters.punishment_line, parameters.office_line) * share_held
