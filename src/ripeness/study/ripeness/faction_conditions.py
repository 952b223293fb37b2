"""Conditions of ripeness as each faction sees them: a hurting stalemate, and a way out.

Source: Zartman 2000, "Ripeness: the hurting stalemate and beyond", pp. 228-231. What the rival would accept is read
off its public demand, as it is seen.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ripeness.war.law import DEADLOCK, FORESIGHT
from ripeness.war.situation import Belligerent, Shared
from ripeness.war.want import gamble
from ripeness.world.arithmetic import exp
from ripeness.world.compiled import compiled

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]
THETA = 0.05
"""Share of the stake too small to fight on for. Basis: half of the width at which a zone of agreement makes a
settlement likely (law zone_scale, .1); judged. An argument of every function here, so that it can be varied."""


@compiled
def compute_gain(
    front: Array,
    mean: Array,
    own_effort: Array,
    rival_effort: Array,
    intensity: Array,
    monthly: Array,
    laws: Array,
    gross: Array,
    net: Array,
) -> None:
    """Compute the expected gain of fighting on over the share held, before costs (gross) and after (net).

    Shapes: front, own_effort, rival_effort, intensity (R,), in the own frame; mean, monthly (F, R); laws (L, R);
    gross, net (F, R), written. Units: shares of the stake.
    """
    for f in range(mean.shape[0]):
        for r in range(front.shape[0]):
            win, lose, _ = gamble(front[r], mean[f, r], own_effort[r], rival_effort[r], intensity[r], laws, r)
            undecided = 1.0 - win - lose
            share_held = 1.0 / (1.0 + exp(-front[r]))
            gross[f, r] = win + undecided * share_held - share_held
            net[f, r] = gross[f, r] - undecided * laws[FORESIGHT, r] * monthly[f, r]


def expected_gain(polity: Belligerent, rival: Belligerent, shared: Shared) -> tuple[Array, Array]:
    """Return each faction's expected gain of fighting on, before and after costs. Shapes: two (F, R)."""
    gross, net = np.empty_like(polity.mean), np.empty_like(polity.mean)
    compute_gain(
        polity.front,
        polity.mean,
        polity.effort,
        rival.effort,
        shared.intensity,
        polity.monthly,
        shared.laws,
        gross,
        net,
    )
    return gross, net


def stalemate(mean: Array, gross: Array, laws: Array, theta: float) -> Flags:
    """Whether a faction thinks that the front cannot be moved, or that moving it would bring less than theta.

    Shapes: mean (belief about the log strength ratio), gross (F, R); laws (L, R); returns (F, R).
    """
    return np.asarray((np.abs(mean) <= laws[DEADLOCK]) | (gross < theta), dtype=np.bool_)


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
