"""Patronage: what patrons see of the war, and what they send to it and withhold from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ripeness.war.shift import set_power
from ripeness.world.chance import copy_row
from ripeness.world.compiled import compiled, ir_inlined

if TYPE_CHECKING:
    from ripeness.war.block import Array, Record, State

MONTHS_PER_YEAR = 12.0
AID, SANCTIONS, TRADE = 0, 1, 2  # what a flow carries
ROLES = ("aid", "sanctions", "trade")


@compiled
def observe(patron: Record, first: Record, second: Record, parameters: Record, months: float, n_runs: int) -> None:
    """Set what a patron sees: the front of the side that it observes, and how long the war has gone on.

    Its weariness counts the years of the war, not of the forecast, in units of `patron_weariness`: what a patron states
    at the start it states after so many years. The powers of its factions stay as events leave them.
    """
    if patron.observes >= 0:
        copy_row((first if patron.observes == 0 else second).front[:n_runs], patron.front[:n_runs])
    for r in range(n_runs):
        patron.mean_weariness[r] = months / MONTHS_PER_YEAR / parameters.patron_weariness[r]


@compiled
def receive(state: State, pathways: Record, n_runs: int) -> None:
    """Add up what patrons send and withhold: munitions a month, and output lost a month."""
    if state.polities.shape[0] == 2:
        return
    first, second = state.polities[0], state.polities[1]
    for polity in (first, second):
        for r in range(n_runs):
            polity.aid[r] = 0.0
            polity.output_squeeze[r] = 0.0
    for flow in state.flows:
        patron, polity = state.polities[flow.patron], state.polities[flow.toward]
        send(flow.role, state.decided[patron.first_issue + flow.issue], patron, polity, pathways, n_runs)
    for polity in (first, second):
        for r in range(n_runs):
            polity.squeeze_level[r] = polity.output_squeeze[r] * MONTHS_PER_YEAR


@compiled
def send(role: int, decided: Array, patron: Record, polity: Record, pathways: Record, n_runs: int) -> None:
    """Add one flow from a patron to what a belligerent receives. Shapes: decided (BLOCK,)."""
    for r in range(n_runs):
        if role == AID:
            polity.aid[r] += decided[r] * patron.aid_capacity[r] * patron.reliability[r] * pathways.aid_munitions
        elif role == SANCTIONS:
            polity.output_squeeze[r] += decided[r] * patron.sanctions_weight[r] * pathways.sanctions_economy
        else:
            polity.output_squeeze[r] += (1.0 - decided[r]) * patron.trade_weight[r] * pathways.trade_economy


@ir_inlined
def update_patrons(state: State, n_runs: int) -> None:
    """Set the powers of some patrons' factions to what events have left of them."""
    for polity in state.polities:
        if polity.power_changes:
            set_power(state.factions[polity.first_faction : polity.end_faction], state.shared.rows[0], n_runs)
