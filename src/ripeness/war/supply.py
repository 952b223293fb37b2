"""Supply: munitions, men and the economy, month by month.

Output is drained by effort, damage and what patrons withhold; what is lost recovers, and the rest grows as in peace, so
that a war economy can end above the level from which it started (Harrison 1998).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ripeness.world.compiled import compiled, ir_inlined

if TYPE_CHECKING:
    from ripeness.war.block import Record, State
    from ripeness.war.conditions import Constants

EMPTY = 0.02  # months of fighting that even an unsupplied front finds: strength has a logarithm of supply
MONTHS_PER_YEAR = 12.0
RUINED = 0.05  # share of output that no war takes away


@ir_inlined
def supply(state: State, constants: Constants, n_runs: int) -> None:
    """Supply all belligerents, and wear them down."""
    for n in range(state.shared.belligerents):
        set_drain(state.polities[n], state.shared, state.parameters, n_runs)
        provide(state.polities[n], state.shared, state.parameters, constants.step, n_runs)
        add_damage(state.polities[n], state.shared, state.parameters, constants.step, n_runs)


@compiled
def set_drain(polity: Record, shared: Record, parameters: Record, n_runs: int) -> None:
    """Set the output that a month of war takes: effort, damage, sanctions and lost trade."""
    for r in range(n_runs):
        fighting = shared.intensity[r] * abs(polity.camp[r])
        drain = parameters.effort_drain[r] * polity.effort[r] + parameters.damage[r] * fighting
        polity.drain[r] = drain + polity.output_squeeze[r]


@compiled
def provide(polity: Record, shared: Record, parameters: Record, step: float, n_runs: int) -> None:
    """Add a month's production, aid, call-up and damage to one belligerent's resources."""
    for r in range(n_runs):
        effort, economy, munitions = polity.effort[r], polity.economy[r], polity.munitions[r]
        supplied = max(munitions + polity.production[r] * effort * economy + polity.aid[r], EMPTY)
        polity.supplied[r] = supplied
        surplus = supplied - munitions - shared.intensity[r] * abs(polity.camp[r])
        polity.munitions[r] = max(munitions + surplus * step, 0.0)
        called_up = min(polity.call_up[r] * effort * step, polity.pool[r])
        polity.pool[r] -= called_up
        polity.forces[r] += called_up
        recovered = parameters.recovery[r] * max(1.0 - economy, 0.0)
        grown = economy + (recovered - polity.drain[r] + parameters.growth[r]) * step
        polity.economy[r] = max(grown, RUINED)


@compiled
def add_damage(polity: Record, shared: Record, parameters: Record, step: float, n_runs: int) -> None:
    """Add up what the month costs those who live there: output not made, people driven out."""
    for r in range(n_runs):
        polity.output_lost[r] += max(1.0 - polity.economy[r], 0.0) * polity.output[r] * step / MONTHS_PER_YEAR
        fighting = shared.intensity[r] * abs(polity.camp[r])
        polity.displaced[r] += parameters.displacement[r] * polity.displaced_start[r] * fighting * step
