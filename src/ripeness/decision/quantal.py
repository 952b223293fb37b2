"""Quantal response: each faction's position is on the table; better proposals win more often, not always."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from ripeness.decision.council import LANES, apply_leader_weight, load_block, new_block, new_row
from ripeness.decision.rule import NOISE, Array, Flags, apply_rule
from ripeness.world.arithmetic import exp
from ripeness.world.compiled import compiled

LEAST = 1e-6  # noise below a millionth of the issue's range is no noise


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
    """Write the expected outcome; see rule.py for the shapes.

    1. A proposal's loss is its mean distance from all positions, weighted by effective power.
    2. A proposal comes up with its proposer's share of effective power and passes with exp(-loss / noise): the logit
       choice. Without noise the weighted median wins, with boundless noise the weighted mean results.
    """
    issues, factions, draws = position.shape
    pull, at, loss = new_block(factions), new_block(factions), new_block(factions)
    total, lowest_loss, odds, mean = new_row(), new_row(), new_row(), new_row()
    for start in range(0, draws, LANES):
        end = min(start + LANES, draws)
        noise = settings[NOISE, start:end]
        for i in range(issues):
            load_block(power, salience, position, i, start, pull, at, total)
            _find_losses(pull, at, total, loss, lowest_loss)
            for r in range(LANES):
                odds[r] = 0.0
                mean[r] = 0.0
            for f in range(factions):
                for r in range(end - start):
                    spread = noise[r]
                    spread = LEAST if spread < LEAST else spread
                    passes = pull[f, r] * exp((lowest_loss[r] - loss[f, r]) / spread)
                    odds[r] += passes
                    mean[r] += passes * at[f, r]
            for r in range(end - start):
                stays, sum_of_odds = reference[i, start + r], odds[r]
                outcome = mean[r] / (sum_of_odds if sum_of_odds > 0.0 else 1.0)
                out[i, start + r] = outcome if sum_of_odds > 0.0 else stays
    apply_leader_weight(power, position, leader, weight, out)


@compiled
def _find_losses(pull: Array, at: Array, total: Array, loss: Array, lowest_loss: Array) -> None:
    """The mean distance of every position from all, and the least of those that somebody in power holds."""
    factions = at.shape[0]
    for r in range(LANES):
        lowest_loss[r] = np.inf
    for f in range(factions):
        for r in range(LANES):
            loss[f, r] = 0.0
        for g in range(factions):
            for r in range(LANES):
                gap = at[f, r] - at[g, r]
                loss[f, r] += pull[g, r] * (-gap if gap < 0.0 else gap)
        for r in range(LANES):
            total_pull, low, takes_part = total[r], lowest_loss[r], pull[f, r] > 0.0
            mean = loss[f, r] / (total_pull if total_pull > 0.0 else 1.0)
            loss[f, r] = mean
            lowest_loss[r] = mean if takes_part & (mean < low) else low
    for r in range(LANES):
        low = lowest_loss[r]
        lowest_loss[r] = low if low < np.inf else 0.0


def quantal(
    power: ArrayLike,
    salience: ArrayLike,
    position: ArrayLike,
    *,
    noise: ArrayLike = 0.1,
    leader: int | None = None,
    leader_weight: ArrayLike = 0.0,
    reference: ArrayLike = np.nan,
) -> Array:
    """Settle each issue at the expected position when better proposals are only more likely to pass.

    Assumes that only positions somebody holds are proposed. With little noise it is the weighted median, with much
    the weighted mean.

    Shapes: power (..., F); salience and position (..., F, I); noise (...); returns (..., I).
    Units: positions 0 to 1; noise in the same unit: a proposal worse by it passes e times less often.
    Source: Luce 1959; McKelvey and Palfrey 1995, Games and Economic Behavior 10.

    >>> quantal([.4, .35, .25], np.ones((3, 1)), [[.1], [.6], [.9]], noise=[1e-6, .1, 1e6]).T.round(3)
    array([[0.6  , 0.497, 0.475]])
    """
    return apply_rule(
        kernel,
        power,
        salience,
        position,
        leader=leader,
        leader_weight=leader_weight,
        reference=reference,
        settings={NOISE: noise},
    )
