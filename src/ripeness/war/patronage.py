"""Patronage: what patrons see of the war, and what they send to it and withhold from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ripeness.scenario.armed_polities import PRINCIPALS
from ripeness.war.shift import set_power
from ripeness.world.chance import copy_row
from ripeness.world.compiled import compiled, ir_inlined

if TYPE_CHECKING:
    from ripeness.war.block import Array, Record, Records, State

MONTHS_PER_YEAR = 12.0
AID, SANCTIONS, TRADE = 0, 1, 2  # what a flow carries
ROLES = ("aid", "sanctions", "trade")


@compiled
def observe(patron: Record, polities: Records, parameters: Record, months: float, n_runs: int) -> None:
    """Set what a patron sees: the front of the side that it observes, and how long the war has gone on.

    Its weariness counts the years of the war, not of the forecast, in units of `patron_weariness`: what a patron states
    at the start it states after so many years. Its own mediation tires it, too. The powers of its
    factions stay as events leave them.
    """
    if patron.observes >= 0:
        copy_row(polities[patron.observes].front[:n_runs], patron.front[:n_runs])
    for r in range(n_runs):
        of_war = months / MONTHS_PER_YEAR / parameters.patron_weariness[r]
        patron.mean_weariness[r] = of_war + patron.mediation_weariness[r]


@compiled
def receive(state: State, pathways: Record, n_runs: int) -> None:
    """Add up what patrons send and withhold: munitions a month, and output lost a month."""
    belligerents = state.polities[: state.shared.belligerents]
    if state.polities.shape[0] == belligerents.shape[0]:
        return
    for polity in belligerents:
        for r in range(n_runs):
            polity.aid[r] = 0.0
            polity.output_squeeze[r] = 0.0
    for flow in state.flows:
        patron, polity = state.polities[flow.patron], state.polities[flow.toward]
        decided = state.decided[patron.first_issue + flow.issue]
        if flow.role == AID:
            send_arms(decided, patron, flow.toward, polity, pathways, n_runs)
        else:
            squeeze(flow.role, decided, patron, polity, pathways, n_runs)
    for polity in belligerents:
        for r in range(n_runs):
            polity.squeeze_level[r] = polity.output_squeeze[r] * MONTHS_PER_YEAR


@compiled
def send_arms(decided: Array, patron: Record, toward: int, polity: Record, pathways: Record, n_runs: int) -> None:
    """Add a patron's aid to what a belligerent receives, less what it holds back for the sake of a peace.

    Shapes: decided (BLOCK,).
    """
    for r in range(n_runs):
        held_back = patron.peace_effort[r] * patron.threats[toward, r] if toward < PRINCIPALS else 0.0
        arrives = decided[r] * patron.aid_capacity[r] * patron.reliability[r] * pathways.aid_munitions
        polity.aid[r] += arrives * (1.0 - held_back)


@compiled
def squeeze(role: int, decided: Array, patron: Record, polity: Record, pathways: Record, n_runs: int) -> None:
    """Add a patron's sanctions or lost trade to what a belligerent loses. Shapes: decided (BLOCK,)."""
    for r in range(n_runs):
        if role == SANCTIONS:
            polity.output_squeeze[r] += decided[r] * patron.sanctions_weight[r] * pathways.sanctions_economy
        else:
            polity.output_squeeze[r] += (1.0 - decided[r]) * patron.trade_weight[r] * pathways.trade_economy


@ir_inlined
def update_patrons(state: State, n_runs: int) -> None:
    """Set the powers of some patrons' factions to what events have left of them."""
    for polity in state.polities:
        if polity.power_changes:
            set_power(state.factions[polity.first_faction : polity.end_faction], state.shared.rows[0], n_runs)
