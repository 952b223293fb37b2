"""A block of draws of one council on one issue: who pulls how hard from where, what stands below, what the leader adds.

Rules work on blocks of LANES draws, so that a council's rows stay in the fastest memory. Two habits keep a loop over
draws fast: values are read before they are chosen between (else the compiler branches in every draw), and each row
is an array of its own (rows unpacked from a stack are read one draw at a time).
"""

from __future__ import annotations

import numpy as np

from ripeness.decision.rule import Array
from ripeness.world.compiled import compiled

LANES = 64
"""Draws worked on together."""
ROUNDING = 1e-9
"""Two sums of power closer than this share of their total are equal: a tie must not hang on the order of adding."""


@compiled
def new_row() -> Array:
    """One number for each draw of a block."""
    return np.zeros(LANES)


@compiled
def new_block(factions: int) -> Array:
    """One number for each faction and draw of a block."""
    return np.zeros((factions, LANES))


@compiled
def load_block(
    power: Array, salience: Array, position: Array, issue: int, start: int, pull: Array, at: Array, total: Array
) -> None:
    """Copy one issue of a block of draws: pull (F, LANES) is power times salience, at (F, LANES) the positions."""
    lanes = min(LANES, position.shape[2] - start)
    for r in range(LANES):
        total[r] = 0.0
    for f in range(position.shape[1]):
        strength = power[f, start : start + lanes]
        care = salience[issue, f, start : start + lanes]
        place = position[issue, f, start : start + lanes]
        for r in range(lanes):
            pull[f, r] = strength[r] * care[r]
            at[f, r] = place[r]
            total[r] += pull[f, r]


@compiled
def sum_pull_below(at: Array, pull: Array, up_to: Array) -> None:
    """Write, for every faction, the effective power that stands at or below its position: up_to (F, LANES)."""
    for f in range(at.shape[0]):
        for r in range(LANES):
            up_to[f, r] = pull[f, r]
        for g in range(f):
            for r in range(LANES):
                position_f, position_g = at[f, r], at[g, r]
                mine, theirs = pull[f, r], pull[g, r]
                up_to[f, r] += theirs if position_g <= position_f else 0.0
                up_to[g, r] += mine if position_f <= position_g else 0.0


@compiled
def find_medians(at: Array, pull: Array, up_to: Array, total: Array, lower: Array, upper: Array) -> None:
    """Find the least position with at least half of the total at or below it, and the least with more than half."""
    for r in range(LANES):
        lower[r] = np.inf
        upper[r] = np.inf
    for f in range(at.shape[0]):
        for r in range(LANES):
            place, low, high, takes_part = at[f, r], lower[r], upper[r], pull[f, r] > 0.0
            lower[r] = place if takes_part & (up_to[f, r] >= total[r] * (0.5 - ROUNDING)) & (place < low) else low
            upper[r] = place if takes_part & (up_to[f, r] > total[r] * (0.5 + ROUNDING)) & (place < high) else high


@compiled
def settle_at_medians(power: Array, salience: Array, position: Array, reference: Array, draws: int, out: Array) -> None:
    """Write the weighted median of each issue and draw, midway in an exact tie; the reference where nobody cares.

    Shapes: as in rule.py, the first `draws` of them.
    """
    issues, factions, _ = position.shape
    pull, at, up_to = new_block(factions), new_block(factions), new_block(factions)
    total, lower, upper = new_row(), new_row(), new_row()
    for start in range(0, draws, LANES):
        end = min(start + LANES, draws)
        for i in range(issues):
            load_block(power, salience, position, i, start, pull, at, total)
            sum_pull_below(at, pull, up_to)
            find_medians(at, pull, up_to, total, lower, upper)
            outcome = out[i, start:end]
            stays = reference[i, start:end]
            for r in range(end - start):
                midway, silent = 0.5 * (lower[r] + upper[r]), stays[r]
                outcome[r] = midway if total[r] > 0.0 else silent


@compiled
def apply_leader_weight(power: Array, position: Array, leader: int, weight: Array, out: Array) -> None:
    """Move each outcome towards the leader: weight * leader's position + (1 - weight) * outcome, in place."""
    if leader < 0:
        return
    strength = power[leader]
    for i in range(out.shape[0]):
        goal = position[i, leader]
        outcome = out[i]
        for r in range(weight.shape[0]):
            pull = weight[r]
            pull = pull if strength[r] > 0.0 else 0.0
            outcome[r] = pull * goal[r] + (1.0 - pull) * outcome[r]
