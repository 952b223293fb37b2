"""Conditions of ripeness as each faction sees them: a hurting stalemate, and a way out.

Source: Zartman 2000, "Ripeness: the hurting stalemate and beyond", pp. 228-231. What the rival would accept is read
off its public demand, as it is seen.
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
def compute_gains(
    own: Record,
    rival: Record,
    factions: Records,
    shared: Record,
    parameters: Record,
    gross: Array,
    net: Array,
) -> None:
    """Work out what fighting on is expected to bring beyond the share held: before costs (gross), and after them (net).

    To agree on the share held costs a faction what its traits understate of the stake; the net gain counts that, too.
    `factions` are the own ones. Shapes: gross, net (F, R), written. Units: shares of the stake.
    """
    for f in range(gross.shape[0]):
        faction = factions[f]
        for r in range(gross.shape[1]):
            own_effort, rival_effort, intensity = own.effort[r], rival.effort[r], shared.intensity[r]
            belief, mobility = faction.belief[r], shared.mobility[r]
            win, lose = gamble(own.front[r], belief, own_effort, rival_effort, intensity, mobility, parameters, r)
            undecided = 1.0 - win - lose
            share_held = 1.0 / (1.0 + exp(-own.front[r]))
            gross[f, r] = win + undecided * share_held - share_held
            costs = undecided * parameters.foresight[r] * faction.monthly_cost[r]
            net[f, r] = gross[f, r] - costs + faction.understated_stake[r]


def expected_gain(polity: Belligerent, rival: Belligerent) -> tuple[Array, Array]:
    """What each faction expects of fighting on beyond the share held, before and after costs. Shapes: two (F, R)."""
    gains = []
    for block in polity.blocks:
        factions = polity.factions(block)
        gross, net = np.empty((2, len(factions), block.n_runs))
        compute_gains(polity.record(block), rival.record(block), factions, block.shared, block.parameters, gross, net)
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


def way_out(lowest_terms: Array, rival_demand: Array, misperception: Array, allowed: Array) -> NDArray[np.bool_]:
    """Whether a faction sees a division that it would take and the rival would give.

    Shapes: lowest_terms (F, R), own share that it would settle for, above 1 when none would do; rival_demand,
    misperception (R,), the rival's public demand and how much wider the zone looks than it is; allowed (K,), own
    shares that can be agreed on, empty when all can; returns (F, R).

    >>> way_out(np.array([[.3], [.7], [1.2]]), np.array([.5]), np.array([0.]), np.array([])).ravel().tolist()
    [True, False, False]
    """
    offered = np.minimum(1.0 - rival_demand + misperception, 1.0)
    sees = lowest_terms <= offered
    if len(allowed):
        fits = (lowest_terms[..., None] <= allowed) & (allowed <= offered[:, None])
        sees = sees & fits.any(axis=-1)
    return np.asarray(sees, dtype=np.bool_)
