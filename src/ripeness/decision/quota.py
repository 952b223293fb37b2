"""The coalition: the least demand that factions holding more than a quota of the power would accept, vetoes included.

Ties go to the leader: a coalition that holds exactly the quota wins if the leader is in it, and not otherwise.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from ripeness.decision.council import LANES, ROUNDING, load_block, new_block, new_row, sum_pull_below
from ripeness.decision.rule import QUOTA, Array, Flags, apply_rule
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
    pull, at, up_to = new_block(factions), new_block(factions), new_block(factions)
    total, lowest, highest, line, leader_share, is_led = (
        new_row(),
        new_row(),
        new_row(),
        new_row(),
        new_row(),
        new_row(),
    )
    for start in range(0, draws, LANES):
        end = min(start + LANES, draws)
        quota_row = settings[QUOTA, start:end]
        for r in range(end - start):
            line[r] = quota_row[r]
        for i in range(issues):
            load_block(power, salience, position, i, start, pull, at, total)
            _authority(power, position, i, start, leader, weight, leader_share, is_led)
            if leader >= 0:
                _share_of_leader(pull, leader_share, total, leader)
            sum_pull_below(at, pull, up_to)
            _least_winning_point(at, pull, up_to, total, line, is_led, lowest, highest)
            for f in range(factions):
                if veto[f]:
                    _apply_veto(power, at, f, start, lowest)
            outcome, stays = out[i, start:end], reference[i, start:end]
            for r in range(end - start):
                wins, silent = lowest[r], stays[r]
                outcome[r] = wins if total[r] > 0.0 else silent


@compiled
def _authority(
    power: Array,
    position: Array,
    issue: int,
    start: int,
    leader: int,
    weight: Array,
    leader_share: Array,
    is_led: Array,
) -> None:
    """Copy the leader's own weight and position; without a leader in power no position is low enough to lead."""
    for r in range(LANES):
        leader_share[r] = 0.0
        is_led[r] = np.inf
    if leader >= 0:
        end = min(start + LANES, weight.shape[0])
        strength, place, share = power[leader, start:end], position[issue, leader, start:end], weight[start:end]
        for r in range(end - start):
            leader_position, part, rules = place[r], share[r], strength[r] > 0.0
            leader_share[r] = part if rules else 0.0
            is_led[r] = leader_position if rules else np.inf


@compiled
def _share_of_leader(pull: Array, leader_share: Array, total: Array, leader: int) -> None:
    """Raise the leader to lambda + (1 - lambda) w and lower the others to (1 - lambda) w, times the total."""
    for f in range(pull.shape[0]):
        extra = 1.0 if f == leader else 0.0
        for r in range(LANES):
            pull[f, r] = extra * leader_share[r] * total[r] + (1.0 - leader_share[r]) * pull[f, r]


@compiled
def _least_winning_point(
    at: Array, pull: Array, up_to: Array, total: Array, line: Array, is_led: Array, lowest: Array, highest: Array
) -> None:
    """Find the least position that a winning coalition accepts; without any, the one that everybody accepts."""
    for r in range(LANES):
        lowest[r] = np.inf
        highest[r] = -np.inf
    for f in range(at.shape[0]):
        for r in range(LANES):
            position_f, low, high, takes_part = at[f, r], lowest[r], highest[r], pull[f, r] > 0.0
            # With the leader in it, a coalition of exactly the quota wins; without, it must hold more.
            bar = line[r] - ROUNDING if is_led[r] <= position_f else line[r] + ROUNDING
            lowest[r] = position_f if takes_part & (up_to[f, r] > bar * total[r]) & (position_f < low) else low
            highest[r] = position_f if takes_part & (position_f > high) else high
    for r in range(LANES):
        wins, all_agree = lowest[r], highest[r]
        lowest[r] = wins if wins < all_agree else all_agree


@compiled
def _apply_veto(power: Array, at: Array, f: int, start: int, lowest: Array) -> None:
    """Raise the outcome to what a veto holder demands, where it has any power."""
    strength = power[f, start : start + LANES]
    for r in range(strength.shape[0]):
        demand, offer = at[f, r], lowest[r]
        lowest[r] = demand if (strength[r] > 0.0) & (demand > offer) else offer


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
    return apply_rule(
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
