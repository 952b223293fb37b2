"""Hurting stalemate: a faction sees no way to win, and fighting on is worth less to it than what is held.

Zartman's first condition (2000, "Ripeness: the hurting stalemate and beyond", pp. 228-231), as each faction sees it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ripeness.war.block import Record, Records
from ripeness.war.situation import Belligerent
from ripeness.war.want import gamble
from ripeness.world.arithmetic import exp
from ripeness.world.compiled import compiled

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]
THETA = 0.05
"""Share of the stake too small to fight on for. Basis: half of the width at which a zone of agreement makes a
settlement likely (law zone_scale, .1); judged. An argument of every function here, so that it can be varied."""


@compiled
def measure_gains(
    own: Record,
    rival: Record,
    factions: Records,
    shared: Record,
    parameters: Record,
    gross: Array,
    net: Array,
) -> None:
    """Work out what fighting on is expected to bring beyond the share held: before costs (gross), and after them (net).

    `factions` are the own ones. Shapes: gross, net (F, R), written. Units: shares of the stake.
    """
    for f in range(gross.shape[0]):
        faction = factions[f]
        for r in range(gross.shape[1]):
            win, lose, _ = gamble(
                own.front[r], faction.belief[r], own.effort[r], rival.effort[r], shared.intensity[r], parameters, r
            )
            undecided = 1.0 - win - lose
            held = 1.0 / (1.0 + exp(-own.front[r]))
            gross[f, r] = win + undecided * held - held
            net[f, r] = gross[f, r] - undecided * parameters.foresight[r] * faction.monthly_cost[r]


def expected_gain(polity: Belligerent, rival: Belligerent) -> tuple[Array, Array]:
    """What each faction expects of fighting on beyond the share held, before and after costs. Shapes: two (F, R)."""
    gains = []
    for block in polity.blocks:
        factions = polity.factions(block)
        gross, net = np.empty((2, len(factions), block.n_runs))
        measure_gains(polity.record(block), rival.record(block), factions, block.shared, block.parameters, gross, net)
        gains.append((gross, net))
    gross, net = (np.concatenate(parts, axis=1) for parts in zip(*gains, strict=True))
    return gross, net


def stalemate(belief: Array, gross: Array, deadlock: Array, theta: float) -> Flags:
    """Whether a faction thinks that the front cannot be moved, or that moving it would bring less than theta.

    Shapes: belief (mean, about the log strength ratio), gross (F, R); deadlock (R,), a parameter; returns (F, R).
    """
    return np.asarray((np.abs(belief) <= deadlock) | (gross < theta), dtype=np.bool_)


def hurting(net: Array, theta: float) -> Flags:
    """Whether fighting on is worth less than the share held, by more than theta. Shapes: net (F, R); returns (F, R)."""
    return np.asarray(net < -theta, dtype=np.bool_)
