"""Nash bargaining: all must agree, and what each would lose without agreement is part of the bargain."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from ripeness.decision.council import apply_leader_weight
from ripeness.decision.rule import Array, Flags, apply_rule
from ripeness.world.compiled import compiled

HALVINGS = 40  # each halves the interval of the answer: to one part in 1e12
NEAR = 1e-9  # who stands this close to the reversion point gains nothing from any agreement


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
    """Write the Nash point; see rule.py for the shapes.

    1. A faction's loss at x is the squared distance (x - p)^2; its gain is the loss without agreement less the loss
       at x. The Nash point has the greatest product of gains, each to the power of effective power.
    2. Without agreement the reversion point stands. Who stands on one side of it gains only by moves to that side:
       with factions on both sides nothing is agreed, and the reversion point is the outcome.
    3. Where no reversion point is given (not a number), no agreement costs all as much as the whole issue.
    4. The product is single-peaked; the peak is found by halving an interval on the sign of its slope.
    """
    issues, factions, draws = position.shape
    pull, at = np.empty(factions), np.empty(factions)
    for i in range(issues):
        for r in range(draws):
            for f in range(factions):
                pull[f] = power[f, r] * salience[i, f, r]
                at[f] = position[i, f, r]
            stays = reference[i, r]
            out[i, r] = (
                _nash_point_without_reference(pull, at, stays) if np.isnan(stays) else _nash_point(pull, at, stays)
            )
    apply_leader_weight(power, position, leader, weight, out)


@compiled
def _nash_point(pull: Array, at: Array, stays: float) -> float:
    """The Nash point against a reversion point: nobody may lose by it."""
    nearest, farthest = np.inf, -np.inf
    for f in range(at.shape[0]):
        if pull[f] > 0.0:
            nearest = min(nearest, at[f] - stays)
            farthest = max(farthest, at[f] - stays)
    side = 1.0 if nearest > 0.0 else -1.0
    reach = nearest if nearest > 0.0 else -farthest
    if not (NEAR < reach < np.inf):
        return stays
    low, high = 0.0, 2.0 * reach
    for _ in range(HALVINGS):
        step = 0.5 * (low + high)
        slope = 0.0
        for f in range(at.shape[0]):
            if pull[f] > 0.0:
                slope += pull[f] * (1.0 / step - 1.0 / (2.0 * side * (at[f] - stays) - step))
        if slope > 0.0:
            low = step
        else:
            high = step
    return stays + side * 0.5 * (low + high)


@compiled
def _nash_point_without_reference(pull: Array, at: Array, no_agreement: float) -> float:
    """The Nash point where no agreement costs all as much as the whole issue."""
    low, high = np.inf, -np.inf
    for f in range(at.shape[0]):
        if pull[f] > 0.0:
            low = min(low, at[f])
            high = max(high, at[f])
    if not low < np.inf:
        return no_agreement
    span = max(1.0, high - low)
    for _ in range(HALVINGS):
        point = 0.5 * (low + high)
        slope = 0.0
        for f in range(at.shape[0]):
            if pull[f] > 0.0 and high > low:
                gap = at[f] - point
                slope += pull[f] * gap / (span * span - gap * gap)
        if slope > 0.0:
            low = point
        else:
            high = point
    return 0.5 * (low + high)


def nash_bargaining(
    power: ArrayLike,
    salience: ArrayLike,
    position: ArrayLike,
    *,
    leader: int | None = None,
    leader_weight: ArrayLike = 0.0,
    reference: ArrayLike = np.nan,
) -> Array:
    """Settle each issue at the point with the greatest product of everybody's gains over no agreement.

    Assumes squared losses, unanimity, and bargaining strength in proportion to power times salience. (Salience as a
    scale of utility would not matter: the Nash point ignores such scales.)

    Shapes: power (..., F); salience and position (..., F, I); reference (..., I); returns (..., I).
    Units: positions 0 to 1; reference is what stands without agreement, not a number where that is ruin for all.
    Source: Nash 1950; Harsanyi and Selten 1972 (unequal strength); Achen 2006 (why the mean approximates it).

    >>> nash_bargaining([.4, .35, .25], np.ones((3, 1)), [[.1], [.6], [.9]]).round(3)
    array([0.475])
    >>> nash_bargaining([.4, .35, .25], np.ones((3, 1)), [[.1], [.6], [.9]], reference=[[0.], [.5]]).T.round(3)
    array([[0.14, 0.5 ]])
    """
    return apply_rule(
        kernel, power, salience, position, leader=leader, leader_weight=leader_weight, reference=reference
    )
