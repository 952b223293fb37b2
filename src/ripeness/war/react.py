"""React: weariness, grievance, protest, and dissatisfaction with what is decided.

Weariness is logarithmic in losses (Mueller 1973), with a term in recent ones (Gartner and Segura 1998). Participation
follows a threshold map that may tip (Granovetter 1978; Kuran 1991).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ripeness.war.block import agenda_of, factions_of
from ripeness.world.arithmetic import exp, log_block
from ripeness.world.compiled import compiled, ir_inlined

if TYPE_CHECKING:
    from ripeness.war.block import Agenda, Record, Records, State
    from ripeness.war.conditions import Constants

LOG_TEN = 2.302585092994046
PER_MILLION = 1e6
NOBODY_CARES = 1e-9  # salience below which an issue does not count
USUAL = 0.1  # weight of the newest month in what counts as usual losses


@ir_inlined
def react(state: State, constants: Constants, n_runs: int) -> None:
    """Let the factions of all belligerents bear the month, grow weary, protest, and judge what is decided."""
    shared, parameters, step = state.shared, state.parameters, constants.step
    for n in range(state.shared.belligerents):
        polity, factions = state.polities[n], factions_of(state, n)
        add_costs(factions, shared, step, n_runs)
        update_weariness(polity, factions, shared, parameters, step, n_runs)
        update_protest(polity, factions, parameters, constants.pathways, step, n_runs)
        update_dissatisfaction(polity, factions, agenda_of(state, n), shared, n_runs)


@compiled
def add_costs(factions: Records, shared: Record, step: float, n_runs: int) -> None:
    """Add a month to the costs that each faction has borne, less what a ceasefire has saved."""
    for faction in factions:
        for r in range(n_runs):
            saved = (1.0 - shared.lull[r]) * faction.fighting_cost[r]
            faction.costs_borne[r] += (faction.monthly_cost[r] - saved) * step


@compiled
def update_weariness(
    polity: Record, factions: Records, shared: Record, parameters: Record, step: float, n_runs: int
) -> None:
    """Update the weariness of each faction of one belligerent from the losses that it believes in."""
    rows = shared.rows
    for r in range(n_runs):
        monthly, usual = polity.new_deaths[r] / step, polity.usual_deaths[r]
        surprise = min(max(monthly / max(usual, monthly / 2.0 + 1e-9) - 1.0, 0.0), 1.0)
        rows[2, r] = parameters.weariness_recent[r] * surprise
        polity.usual_deaths[r] += min(USUAL * step, 1.0) * (monthly - usual)
    for faction in factions:
        for r in range(n_runs):
            informed = faction.informedness[r]
            believed = informed * polity.deaths[r] + (1.0 - informed) * polity.reported[r]
            rows[1, r] = 1.0 + believed / polity.population[r] * PER_MILLION / parameters.weariness_base[r]
        log_block(rows[1, :n_runs], faction.weariness[:n_runs], rows[0, :n_runs])
        for r in range(n_runs):
            decades = faction.weariness[r] / (LOG_TEN * parameters.weariness_decades[r])
            faction.weariness[r] = decades + rows[2, r] + polity.weariness_shock[r]


@compiled
def update_protest(
    polity: Record, factions: Records, parameters: Record, pathways: Record, step: float, n_runs: int
) -> None:
    """Move the participation of each faction that can protest towards what a threshold map makes of it."""
    for faction in factions:
        if faction.protests:
            for r in range(n_runs):
                participation = faction.participation[r]
                poverty = max(1.0 - polity.economy[r], 0.0)
                grievance = (faction.weariness[r] + poverty) * pathways.grievance_protest
                pull = parameters.tip_gain[r] * faction.organisation[r] * participation
                pull += parameters.tip_grievance[r] * grievance
                hold = parameters.tip_threshold[r] + parameters.tip_repression[r] * polity.repression[r]
                hold += parameters.tip_distance[r] * faction.distance[r]
                target = 1.0 / (1.0 + exp(hold - pull))
                faction.participation[r] += min(parameters.tip_speed[r] * step, 1.0) * (target - participation)


@compiled
def update_dissatisfaction(polity: Record, factions: Records, agenda: Agenda, shared: Record, n_runs: int) -> None:
    """Set each faction's distance from what is decided, by salience; terms beyond 0..1 count as their end.

    Issues without a role are decided and reported, and move nobody.
    """
    weight = shared.rows[0]
    for f in range(factions.shape[0]):
        distance = factions[f].dissatisfaction
        for r in range(n_runs):
            distance[r] = 0.0
            weight[r] = NOBODY_CARES
        for i in range(agenda.position.shape[0]):
            if not agenda.issues[i].has_role:
                continue
            settled = polity.demand[:n_runs] if i == polity.terms_issue else agenda.decided[i, :n_runs]
            position, salience = agenda.position[i, f], agenda.salience[i, f]
            for r in range(n_runs):
                position_inside = min(max(position[r], 0.0), 1.0)
                decided_inside = min(max(settled[r], 0.0), 1.0)
                distance[r] += salience[r] * abs(position_inside - decided_inside)
                weight[r] += salience[r]
        for r in range(n_runs):
            distance[r] /= weight[r]
