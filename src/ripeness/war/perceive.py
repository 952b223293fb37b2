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
    """Let a month of fighting tell every faction of both belligerents who is stronger."""
    step = constants.step if number > 0 else 0.0  # before the first step nothing has been fought that could teach
    for sign, n in ((1.0, 0), (-1.0, 1)):
        factions = factions_of(state, n)
        learn(sign, factions, state.shared, state.parameters, constants.pathways, step, n_runs)


@compiled
def learn(
    sign: float, factions: Records, shared: Record, parameters: Record, pathways: Record, step: float, n_runs: int
) -> None:
    """Update belief and precision of every faction of one belligerent.

    `sign` is 1 for the first belligerent, in whose frame the ratio stands, and -1 for its rival; step in months.
    """
    for faction in factions:
        for r in range(n_runs):
            signal = parameters.learning[r] * shared.intensity[r] * step * pathways.fighting_belief
            prior = faction.precision[r]
            observed = sign * (signal * shared.ratio[r] + sqrt(signal) * shared.front_noise[r])
            faction.belief[r] = (prior * faction.belief[r] + observed) / (prior + signal)
            faction.precision[r] = prior * (1.0 - parameters.forgetting[r] * step) + signal
