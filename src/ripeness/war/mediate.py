"""Mediate: what patrons who work for a peace change of the talks, of what a peace is worth and of fighting on.

How hard each works its factions decide (issue of role mediation). Events, interventions and options change base values
(`mediation`, `misperception`, `guarantee`, ...); what mediators make of them stands in effects of their own, which
talks, reservations, ceasefires and the peace read.

Several mediators add up with diminishing returns: work for a peace done twice is not twice the work. Those who favour
different sides get in each other's way: let F and S be what is done by those who lean to the first and to the second
belligerent, and A what all would do together. They achieve A - (1 + competition) min(F, S) + F S, not below nothing,
so that a rival never adds to the greater camp (Crocker, Hampson and Aall 1999; Boehmelt 2011).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ripeness.war.accord import set_accord
from ripeness.war.block import factions_of
from ripeness.war.patronage import AID, SANCTIONS
from ripeness.world.chance import copy_row
from ripeness.world.compiled import compiled, ir_inlined

if TYPE_CHECKING:
    from ripeness.war.block import Array, Record, Records, State

MONTHS_PER_YEAR = 12.0
PRESENCE, INFORMATION, GUARANTEE, MONITORING = -1, 0, 1, 2  # what is added up: presence alone, or one of the offers


@ir_inlined
def set_peace(state: State, step: float, n_runs: int) -> None:
    """Set what mediators and the terms besides the stake make of a peace; in a step of some length mediators work."""
    mediate(state, step, n_runs)
    set_accord(state.polities[0], state.polities[1], state.shared, state.parameters, n_runs)


@ir_inlined
def mediate(state: State, step: float, n_runs: int) -> None:
    """Set the effects of all mediators; in a step of some length they brief both sides and tire."""
    first, second, shared, parameters = state.polities[0], state.polities[1], state.shared, state.parameters
    set_base_effects(first, second, shared, n_runs)
    if has_mediators(state):
        set_efforts(state, n_runs)
        combine_mediators(state, PRESENCE, shared.achieved[0], n_runs)
        combine_mediators(state, INFORMATION, shared.information, n_runs)
        combine_mediators(state, GUARANTEE, shared.achieved[1], n_runs)
        combine_mediators(state, MONITORING, shared.achieved[2], n_runs)
        add_effects(shared, parameters, n_runs)
        for patron in state.polities[state.shared.belligerents :]:
            if patron.mediation_issue >= 0:
                press(patron, first, second, step, n_runs)
        if step > 0.0:
            brief_sides(first, second, factions_of(state, 0), factions_of(state, 1), shared, parameters, step, n_runs)


@compiled
def has_mediators(state: State) -> bool:
    """Whether any patron decides on mediation."""
    for polity in state.polities:
        if polity.mediation_issue >= 0:
            return True
    return False


@compiled
def set_base_effects(first: Record, second: Record, shared: Record, n_runs: int) -> None:
    """Set effects to what they are without a mediator."""
    copy_row(shared.mediation[:n_runs], shared.mediation_effect[:n_runs])
    copy_row(shared.misperception[:n_runs], shared.misperception_effect[:n_runs])
    copy_row(shared.guarantee[:n_runs], shared.guarantee_effect[:n_runs])
    copy_row(shared.talks_monitoring[:n_runs], shared.monitoring[:n_runs])
    for polity in (first, second):
        for r in range(n_runs):
            polity.side_payment[r] = 0.0
            polity.penalty[r] = 0.0


@compiled
def set_efforts(state: State, n_runs: int) -> None:
    """Set how hard each patron works for a peace, and whom it favours by aid and by sanctions on the other."""
    for patron in state.polities[state.shared.belligerents :]:
        for r in range(n_runs):
            patron.lean[r] = 0.0
        if patron.mediation_issue >= 0:
            decided = state.decided[patron.first_issue + patron.mediation_issue]
            for r in range(n_runs):
                patron.peace_effort[r] = min(max(decided[r], 0.0), 1.0) * patron.reliability[r]
    for flow in state.flows:
        patron = state.polities[flow.patron]
        favour(
            flow,
            state.polities[flow.toward].beside,
            patron.lean,
            state.decided[patron.first_issue + flow.issue],
            n_runs,
        )


@compiled
def favour(flow: Record, beside: int, lean: Array, decided: Array, n_runs: int) -> None:
    """Let a patron lean to the camp that it arms, and away from the one that it sanctions.

    `beside` is the principal of the camp in which the receiver began. Shapes: (BLOCK,).
    """
    toward = 1.0 if beside == 0 else -1.0
    sign = toward if flow.role == AID else (-toward if flow.role == SANCTIONS else 0.0)
    for r in range(n_runs):
        lean[r] = min(max(lean[r] + sign * decided[r], -1.0), 1.0)


@compiled
def combine_mediators(state: State, offer: int, achieved: Array, n_runs: int) -> None:
    """Add up one thing that mediators bring, or their presence alone. Shapes: achieved (BLOCK,), written."""
    rows, parameters = state.shared.rows, state.parameters
    for r in range(n_runs):
        rows[0, r] = 1.0
        rows[1, r] = 1.0
        rows[2, r] = 1.0
    for patron in state.polities[state.shared.belligerents :]:
        if patron.mediation_issue >= 0:
            for r in range(n_runs):
                work = patron.peace_effort[r] * (1.0 if offer == PRESENCE else patron.offers[max(offer, 0), r])
                rows[0, r] *= 1.0 - work
                rows[1, r] *= 1.0 - work * max(patron.lean[r], 0.0)
                rows[2, r] *= 1.0 - work * max(-patron.lean[r], 0.0)
    for r in range(n_runs):
        for_first, for_second = 1.0 - rows[1, r], 1.0 - rows[2, r]
        rivalry = (1.0 + parameters.competition[r]) * min(for_first, for_second) - for_first * for_second
        achieved[r] = max(1.0 - rows[0, r] - rivalry, 0.0)


@compiled
def add_effects(shared: Record, parameters: Record, n_runs: int) -> None:
    """Add what mediators achieve together to the talks."""
    presence, guarantee, monitoring = shared.achieved[0], shared.achieved[1], shared.achieved[2]
    for r in range(n_runs):
        shared.mediation_effect[r] *= 1.0 + parameters.good_offices[r] * presence[r]
        hidden = min(shared.misperception[r], 0.0)  # of the zone: who wants a peace does not tell that there is none
        shared.misperception_effect[r] = shared.misperception[r] - hidden * shared.information[r]
        shared.guarantee_effect[r] = shared.guarantee[r] + (1.0 - shared.guarantee[r]) * guarantee[r]
        shared.monitoring[r] = shared.talks_monitoring[r] + (1.0 - shared.talks_monitoring[r]) * monitoring[r]


@compiled
def press(patron: Record, first: Record, second: Record, step: float, n_runs: int) -> None:
    """Let one mediator pay for a peace, make fighting on costlier, and tire of it."""
    for r in range(n_runs):
        effort = patron.peace_effort[r]
        first.side_payment[r] += effort * patron.payments[0, r]
        second.side_payment[r] += effort * patron.payments[1, r]
        first.penalty[r] += effort * patron.penalties[0, r]
        second.penalty[r] += effort * patron.penalties[1, r]
        patron.mediation_weariness[r] += patron.mediation_cost[r] * effort * step / MONTHS_PER_YEAR


@compiled
def brief_sides(
    first: Record,
    second: Record,
    firsts: Records,
    seconds: Records,
    shared: Record,
    parameters: Record,
    step: float,
    n_runs: int,
) -> None:
    """Let mediators tell each side what the other believes: beliefs move to the middle of both, and grow surer.

    The middle is that of the two polities' mean beliefs by power, in the first one's frame. A month of full information
    is a signal of it with precision `briefing` (Fearon 1995; Kydd 2006).
    """
    middle = shared.rows[0]
    for r in range(n_runs):
        middle[r] = 0.0
    for faction in firsts:
        for r in range(n_runs):
            middle[r] += 0.5 * faction.power[r] * faction.belief[r]
    for faction in seconds:
        for r in range(n_runs):
            middle[r] -= 0.5 * faction.power[r] * faction.belief[r]
    for sign, factions in ((1.0, firsts), (-1.0, seconds)):
        for faction in factions:
            for r in range(n_runs):
                added = parameters.briefing[r] * shared.information[r] * step
                precision = faction.precision[r] + added
                faction.belief[r] += added / precision * (sign * middle[r] - faction.belief[r])
                faction.precision[r] = precision
