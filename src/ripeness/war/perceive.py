"""Perceive: each month of fighting tells every faction something about who is stronger.

A faction holds a normal belief about the log strength ratio (own over rival). A month of fighting is a noisy signal of
the true ratio; its noise is the same chance that moved the front, its precision grows with intensity. A quiet front
teaches nothing. Source: Slantchev 2003; Smith and Stam 2004.
"""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

from ripeness.war.block import factions_of
from ripeness.world.compiled import compiled, ir_inlined

if TYPE_CHECKING:
    from ripeness.war.block import Record, Records, State
    from ripeness.war.conditions import Constants


@ir_inlined
def perceive(state: State, constants: Constants, number: int, n_runs: int) -> None:
    """Let a month of fighting tell every faction of all belligerents who is stronger."""
    step = constants.step if number > 0 else 0.0  # before the first step nothing has been fought that could teach
    for n in range(state.shared.belligerents):
        polity, factions = state.polities[n], factions_of(state, n)
        learn(polity, factions, state.shared, state.parameters, constants.pathways, step, n_runs)


@compiled
def learn(
    polity: Record, factions: Records, shared: Record, parameters: Record, pathways: Record, step: float, n_runs: int
) -> None:
    """Update belief and precision of every faction of one belligerent.

    The ratio stands in the frame of the first camp. An ally that is out of the war learns nothing. Units: step in
    months.
    """
    for faction in factions:
        for r in range(n_runs):
            sign = polity.camp[r]
            signal = parameters.learning[r] * shared.intensity[r] * step * pathways.fighting_belief * abs(sign)
            prior = faction.precision[r]
            observed = sign * (signal * shared.ratio[r] + sqrt(signal) * shared.front_noise[r])
            faction.belief[r] = (prior * faction.belief[r] + observed) / (prior + signal)
            faction.precision[r] = prior * (1.0 - parameters.forgetting[r] * step) + signal
