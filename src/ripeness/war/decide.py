"""Decide: positions follow the situation, and the polity's rule turns them into one decision an issue.

Terms follow the reservation shares: what is meant of stated terms stands in these, what is bluff fades (see want.py).
Other positions follow pressure, weariness, the front, rents and discontent, each of which is measured from 0 to 1.
Public demands follow the coalition's terms with inertia, the media line at once: it moves first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ripeness.decision.choose import apply_rule_code
from ripeness.decision.rule import CAPTOR
from ripeness.war.block import agenda_of, factions_of
from ripeness.war.lead import set_successors_terms
from ripeness.war.patronage import observe
from ripeness.war.state import DRIVERS
from ripeness.world.arithmetic import exp
from ripeness.world.compiled import compiled, ir_inlined

if TYPE_CHECKING:
    from ripeness.war.block import Agenda, Array, Record, Records, State
    from ripeness.war.conditions import Constants

PRESSURE, WEARINESS, FRONT, RENTS = (DRIVERS.index(name) for name in ("pressure", "weariness", "front", "rents"))


@ir_inlined
def take_positions(state: State, constants: Constants, number: int, n_runs: int) -> None:
    """Let patrons see the war, and every faction of every polity take its positions."""
    parameters = state.parameters
    months = constants.fought + number * constants.step
    for n in range(state.polities.shape[0]):
        polity, factions, agenda = state.polities[n], factions_of(state, n), agenda_of(state, n)
        if n >= state.shared.belligerents:
            observe(polity, state.polities, parameters, months, n_runs)
        else:
            step = constants.step if number > 0 else 0.0  # before the first step no time has passed
            fade_bluff(polity, state.shared, parameters, step, n_runs)
            set_successors_terms(polity, factions[polity.leader], agenda, n_runs)
        measure_drivers(polity, factions, parameters, n_runs)
        responses = state.responses[polity.first_response : polity.end_response]
        set_positions(polity, factions, agenda, responses, constants.pathways, n_runs)


@compiled
def set_positions(
    polity: Record, factions: Records, agenda: Agenda, responses: Records, pathways: Record, n_runs: int
) -> None:
    """Set every faction's position on every issue from what it stated and what has changed since.

    `responses` are the polity's own, sorted by issue and faction.
    """
    respond(polity, factions, agenda, responses, pathways, n_runs)
    if polity.terms_issue >= 0:
        stated, position = agenda.stated[polity.terms_issue], agenda.position[polity.terms_issue]
        follow_reservations(polity, factions, stated, position, n_runs)


@compiled
def measure_drivers(polity: Record, factions: Records, parameters: Record, n_runs: int) -> None:
    """Measure what drives positions, each from 0 to 1.

    Pressure and weariness x count as 1 - exp(-x), half of full near .7; rents likewise in units of `rent_scale`; the
    front as the share held; discontent is the participation of the faction that protests most.
    """
    for r in range(n_runs):
        polity.pressure_level[r] = 1.0 - exp(-max(polity.pressure[r], 0.0))
        polity.weariness_level[r] = 1.0 - exp(-max(polity.mean_weariness[r], 0.0))
        polity.front_level[r] = 1.0 / (1.0 + exp(-polity.front[r]))
        polity.discontent[r] = factions[0].participation[r]
    for faction in factions:
        if faction.rent_issue >= 0:
            for r in range(n_runs):
                faction.rents_level[r] = 1.0 - exp(-max(faction.rents[r], 0.0) / parameters.rent_scale[r])
    for faction in factions[1:]:
        for r in range(n_runs):
            polity.discontent[r] = max(polity.discontent[r], faction.participation[r])


@compiled
def driver_of(driver: int, polity: Record, faction: Record, pathways: Record) -> tuple[Array, Array, float]:
    """What drives a response: its rows now and at the start, and whether its pathway is active."""
    if driver == PRESSURE:
        return polity.pressure_level, polity.pressure_level_start, pathways.pressure_positions
    if driver == WEARINESS:
        return polity.weariness_level, polity.weariness_level_start, pathways.weariness_positions
    if driver == FRONT:
        return polity.front_level, polity.front_level_start, pathways.front_positions
    if driver == RENTS:
        return faction.rents_level, faction.rents_level_start, pathways.rents_positions
    return polity.discontent, polity.discontent_start, pathways.discontent_positions


@compiled
def respond(
    polity: Record, factions: Records, agenda: Agenda, responses: Records, pathways: Record, n_runs: int
) -> None:
    """Move stated positions by how far what drives them has moved since the start, within the issue's axis, 0 to 1."""
    k = 0
    for i in range(agenda.position.shape[0]):
        for f in range(agenda.position.shape[1]):
            position, stated = agenda.position[i, f], agenda.stated[i, f]
            for r in range(n_runs):
                position[r] = stated[r]
            while k < responses.shape[0] and responses[k].issue == i and responses[k].faction == f:
                response = responses[k]
                now, start, active = driver_of(response.driver, polity, factions[f], pathways)
                for r in range(n_runs):
                    position[r] += response.strength[r] * (now[r] - start[r]) * active
                k += 1
            for r in range(n_runs):
                position[r] = min(max(position[r], 0.0), 1.0)


@compiled
def fade_bluff(polity: Record, shared: Record, parameters: Record, step: float, n_runs: int) -> None:
    """Let what is bluff of a belligerent's stated terms fade with time: the faster, the more mediation and pressure."""
    for r in range(n_runs):
        speed = shared.mediation_effect[r] * (1.0 + polity.pressure[r]) / parameters.concession[r]
        polity.bluff[r] *= exp(-step * speed)


@compiled
def follow_reservations(polity: Record, factions: Records, stated: Array, position: Array, n_runs: int) -> None:
    """Let positions on terms follow the reservation shares, which hold what is meant of stated terms, plus bluff.

    Shapes: stated, position (F, BLOCK), position written.
    """
    for f in range(position.shape[0]):
        faction = factions[f]
        states = 1.0 if faction.states_terms else 0.0
        for r in range(n_runs):
            gap = stated[f, r] - faction.reservation_start[r]
            position[f, r] = faction.reservation[r] + states * polity.posture[r] * polity.bluff[r] * gap


@compiled
def follow_terms(polity: Record, terms: Array, parameters: Record, step: float, n_runs: int) -> None:
    """Let the public demand follow the coalition's terms. Shapes: terms (BLOCK,)."""
    for r in range(n_runs):
        polity.demand[r] += min(parameters.inertia[r] * step, 1.0) * (terms[r] - polity.demand[r])


@compiled
def decide(state: State, n_runs: int) -> None:
    """Let the rule of each issue decide: those of decision/choose.py; any other leaves its issues as they are."""
    for rule in state.rules:
        polity = state.polities[rule.polity]
        factions = state.factions[polity.first_faction : polity.end_faction]
        first, end = polity.first_issue + rule.first, polity.first_issue + rule.end
        stances = (end - first, factions.shape[0], state.position.shape[1])
        start = polity.first_stance + rule.first * factions.shape[0]
        stop = polity.first_stance + rule.end * factions.shape[0]
        veto, power = np.empty(factions.shape[0], np.bool_), state.powers[: factions.shape[0]]
        for f in range(factions.shape[0]):
            faction, row = factions[f], power[f]
            veto[f] = faction.veto
            for r in range(n_runs):
                row[r] = faction.power[r]
        settings = polity.settings[:]  # an array like any other, so that rules are compiled once
        for r in range(n_runs):
            settings[CAPTOR, r] = rule.captor
        apply_rule_code(
            rule.rule,
            power,
            state.salience[start:stop].reshape(stances),
            state.position[start:stop].reshape(stances),
            veto,
            polity.leader,
            polity.leader_weight[:n_runs],
            state.reference[first:end],
            settings,
            state.decided[first:end],
        )
