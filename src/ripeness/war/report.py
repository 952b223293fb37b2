"""Report: what a belligerent admits of its losses, and what leaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ripeness.world.arithmetic import exp
from ripeness.world.compiled import compiled, inlined, ir_inlined

if TYPE_CHECKING:
    from ripeness.war.block import Record, State
    from ripeness.war.conditions import Constants

MOST = 20.0  # true over reported losses beyond which a leak grows no likelier


@ir_inlined
def report(state: State, constants: Constants, n_runs: int) -> None:
    """Let all belligerents say what they admit."""
    for n in range(state.shared.belligerents):
        admit_losses(state.polities[n], state.parameters, constants.step, n_runs)


@compiled
def admit_losses(polity: Record, parameters: Record, step: float, n_runs: int) -> None:
    """Report a share of the month's losses; a leak closes half the gap between what is true and what was said."""
    for r in range(n_runs):
        deaths = polity.deaths[r]
        reported = polity.reported[r] + polity.reporting[r] * polity.new_deaths[r]
        leaked = 1.0 if polity.random[2, r] < chance_of_leak(deaths, reported, parameters.leak[r], step) else 0.0
        polity.leaked[r] = leaked
        polity.reported[r] = reported + leaked * 0.5 * max(deaths - reported, 0.0)


@compiled
def expect_reports(polity: Record, parameters: Record, step: float, n_runs: int) -> None:
    """Report a share of the losses of a step, and let leaks close as much of the gap as is expected of them."""
    for r in range(n_runs):
        deaths = polity.deaths[r]
        reported = polity.reported[r] + polity.reporting[r] * polity.new_deaths[r]
        leaks = chance_of_leak(deaths, reported, parameters.leak[r], step)
        polity.reported[r] = reported + leaks * 0.5 * max(deaths - reported, 0.0)


@inlined
def chance_of_leak(deaths: float, reported: float, leak: float, step: float) -> float:
    """Find the chance that true losses leak in a step: the likelier the wider the gap. Units: leak per month."""
    gap = min(deaths / max(reported, deaths / MOST + 1.0 / MOST), MOST)
    return 1.0 - exp(-leak * gap * step)
