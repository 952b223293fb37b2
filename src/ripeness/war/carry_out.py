"""Carry out: what is decided is not what is done; those who can obstruct do so beyond their own position."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

from ripeness.war.block import agenda_of, factions_of
from ripeness.war.camps import gather_efforts
from ripeness.war.decide import follow_terms
from ripeness.war.intervention import apply_interventions
from ripeness.war.mediate import set_peace
from ripeness.war.patronage import receive
from ripeness.war.truce import note_ceasefires
from ripeness.world.chance import copy_row
from ripeness.world.compiled import compiled, ir_inlined

if TYPE_CHECKING:
    from ripeness.war.block import Agenda, Record, Records, State
    from ripeness.war.conditions import Constants

IDLE = 0.02  # a war is never fought with no effort at all: strength has a logarithm of effort


@ir_inlined
def carry_out(state: State, constants: Constants, number: int, n_runs: int) -> None:
    """From decisions to what all sides do: public demands, what patrons send, effort and the intensity of fighting.

    Interventions overwrite decisions first, and then the demands that follow from them.
    """
    apply_interventions(constants.interventions, state.memory, number, True, n_runs)
    for n in range(state.shared.belligerents):
        polity = state.polities[n]
        terms = state.decided[polity.first_issue + polity.terms_issue]
        follow_terms(polity, terms, state.parameters, constants.step, n_runs)
    apply_interventions(constants.interventions, state.memory, number, False, n_runs)
    note_ceasefires(state, constants, number, n_runs)
    set_peace(state, constants.step, n_runs)
    receive(state, constants.pathways, n_runs)
    mobilise(state, constants.pathways, n_runs)


@ir_inlined
def mobilise(state: State, pathways: Record, n_runs: int) -> None:
    """Turn the decisions of all belligerents into effort, restraint and reform, and set the intensity of fighting."""
    for n in range(state.shared.belligerents):
        do_as_decided(state.polities[n], factions_of(state, n), agenda_of(state, n), pathways, n_runs)
    gather_efforts(state, n_runs)
    set_intensity(state.camps[0], state.camps[1], state.shared, n_runs)


@compiled
def do_as_decided(polity: Record, factions: Records, agenda: Agenda, pathways: Record, n_runs: int) -> None:
    """Turn what one belligerent has decided into effort, restraint and reform."""
    reduce_effort(polity, factions, agenda, pathways, n_runs)
    if polity.restraint_issue >= 0:
        copy_row(agenda.decided[polity.restraint_issue, :n_runs], polity.restraint[:n_runs])
    if polity.reform_issue >= 0:
        copy_row(agenda.decided[polity.reform_issue, :n_runs], polity.reform[:n_runs])


@compiled
def reduce_effort(polity: Record, factions: Records, agenda: Agenda, pathways: Record, n_runs: int) -> None:
    """Reduce decided effort by obstruction; an ally that is out of the war makes none."""
    decided, positions = agenda.decided[polity.effort_issue], agenda.position[polity.effort_issue]
    for r in range(n_runs):
        polity.effort[r] = 0.0
    for f in range(factions.shape[0]):
        faction, position = factions[f], positions[f]
        for r in range(n_runs):
            polity.effort[r] += faction.power[r] * faction.obstruction[r] * max(decided[r] - position[r], 0.0)
    for r in range(n_runs):
        done = decided[r] * (1.0 - polity.effort[r] * pathways.obstruction_effort) * abs(polity.camp[r])
        polity.effort[r] = max(done, IDLE)


@compiled
def set_intensity(first: Record, second: Record, shared: Record, n_runs: int) -> None:
    """Fighting takes two: its intensity is the geometric mean of both camps' efforts, times the lull of a ceasefire."""
    for r in range(n_runs):
        shared.full_intensity[r] = sqrt(first.effort[r] * second.effort[r])
        shared.intensity[r] = shared.full_intensity[r] * shared.lull[r]
