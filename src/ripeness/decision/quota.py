"""The coalition: the least demand that factions holding more than a quota of the power would accept, vetoes included.

Ties go to the leader: a coalition that holds exactly the quota wins if the leader is in it, and not otherwise.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from ripeness.decision.council import LANES, ROUNDING, gather, row, seats, stand
from ripeness.decision.rule import QUOTA, Array, Flags, settle
from ripeness.world.compiled import compiled


@compiled
def kernel(
    power: Array,
    salience: Array,
    position: Array,
    veto: Flags,
    leader: int,
    weight: Array,
    reference: Array,
    settings: Array,
    out: Array,
) -> None:
    """Write the least acceptable position; see rule.py for the shapes. Positions above 1 stay above 1.

    1. A faction's weight w is its share of power times salience; the leader's is lambda + (1 - lambda) w, the
       others' (1 - lambda) w.
    2. A faction accepts x where its own position is at most x. The outcome is the least position of a faction with
       weight that more than the quota accepts (or exactly the quota, the leader among them).
    3. No coalition wins (a quota of 1 without a leader): all must agree, the highest position.
    4. Every veto holder with power must accept: the outcome is at least its position.
    """
    (issues, factions, _), draws = position.shape, weight.shape[0]
    pull, at, up_to = seats(factions), seats(factions), seats(factions)
    total, least, highest, line, own, led = row(), row(), row(), row(), row(), row()
    for start in range(0, draws, LANES):
        end = min(start + LANES, draws)
        asked = settings[QUOTA, start:end]
        for r in range(end - start):
            line[r] = asked[r]
        for i in range(issues):
            gather(power, salience, position, i, start, pull, at, total)
            _authority(power, position, i, start, leader, weight, own, led)
            if leader >= 0:
                _give_way(pull, own, total, leader)
            stand(at, pull, up_to)
            _win(at, pull, up_to, total, line, led, least, highest)
            for f in range(factions):
                if veto[f]:
                    _insist(power, at, f, start, least)
            outcome, stays = out[i, start:end], reference[i, start:end]
            for r in range(end - start):
                wins, silent = least[r], stays[r]
                outcome[r] = wins if total[r] > 0.0 else silent


@compiled
def _authority(
    power: Array, position: Array, issue: int, start: int, leader: int, weight: Array, own: Array, led: Array
) -> None:
    """Copy the leader's own weight and position; without a leader in power no position is low enough to lead."""
    for r in range(LANES):
        own[r] = 0.0
        led[r] = np.inf
    if leader >= 0:
        end = min(start + LANES, weight.shape[0])
        strength, place, share = power[leader, start:end], position[issue, leader, start:end], weight[start:end]
        for r in range(end - start):
            here, part, rules = place[r], share[r], strength[r] > 0.0
            own[r] = part if rules else 0.0
            led[r] = here if rules else np.inf


@compiled
def _give_way(pull: Array, own: Array, total: Array, leader: int) -> None:
    """Raise the leader to lambda + (1 - lambda) w and lower the others to (1 - lambda) w, times the total."""
    for f in range(pull.shape[0]):
        extra = 1.0 if f == leader else 0.0
        for r in range(LANES):
            pull[f, r] = extra * own[r] * total[r] + (1.0 - own[r]) * pull[f, r]


@compiled
def _win(
    at: Array, pull: Array, up_to: Array, total: Array, line: Array, led: Array, least: Array, highest: Array
) -> None:
    """Find the least position that a winning coalition accepts; without any, the one that everybody accepts."""
    for r in range(LANES):
        least[r] = np.inf
        highest[r] = -np.inf
    for f in range(at.shape[0]):
        for r in range(LANES):
            here, low, high, heard = at[f, r], least[r], highest[r], pull[f, r] > 0.0
            # With the leader in it, a coalition of exactly the quota wins; without, it must hold more.
            bar = line[r] - ROUNDING if led[r] <= here else line[r] + ROUNDING
            least[r] = here if heard & (up_to[f, r] > bar * total[r]) & (here < low) else low
            highest[r] = here if heard & (here > high) else high
    for r in range(LANES):
        wins, all_agree = least[r], highest[r]
        least[r] = wins if wins < all_agree else all_agree


@compiled
def _insist(power: Array, at: Array, f: int, start: int, least: Array) -> None:
    """Raise the outcome to what a veto holder demands, where it has any power."""
    strength = power[f, start : start + LANES]
    for r in range(strength.shape[0]):
        demand, offer = at[f, r], least[r]
        least[r] = demand if (strength[r] > 0.0) & (demand > offer) else offer


def quota(
    power: ArrayLike,
    salience: ArrayLike,
    position: ArrayLike,
    *,
    quota: ArrayLike = 0.5,
    veto: ArrayLike | None = None,
    leader: int | None = None,
    leader_weight: ArrayLike = 0.0,
    reference: ArrayLike = np.nan,
) -> Array:
    """Settle each issue at the least demand that a coalition above the quota would accept.

    Assumes that a faction accepts every outcome at or above its own position, as a belligerent's faction accepts
    every share of the stake that is at least its reservation share. 0.5 is majority, towards 1 everybody has a veto.

    Shapes: power (..., F); salience and position (..., F, I); veto (F,); quota (...); returns (..., I).
    Units: positions are shares; above 1 says that no share would do.
    Source: Putnam 1988; Tsebelis 2002, Veto Players.

    >>> quota([.4, .35, .25], np.ones((3, 1)), [[.1], [.6], [.9]], quota=.5)
    array([0.6])
    >>> quota([.4, .35, .25], np.ones((3, 1)), [[.1], [.6], [.9]], veto=[False, False, True])
    array([0.9])
    """
    return settle(
        kernel,
        power,
        salience,
        position,
        veto=veto,
        leader=leader,
        leader_weight=leader_weight,
        reference=reference,
        settings={QUOTA: quota},
    )
