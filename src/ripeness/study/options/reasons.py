"""Reasons: why an option is worth more to a faction than to continue, though it ends below the terms that it states.

Stated terms and utilities are two things: of a wedge between terms and traits a share is bluff (conduct.posture), and
only the rest is charged as a stake that the traits understate. So a faction may state terms, refuse what lies below
them, and still be better off with it: because war costs it more than the difference, because its leader's fate is
lighter, or because the terms are bluff. A reason says which, in parts that add up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ripeness.study.arms import Arm
from ripeness.study.weighted_statistics import MeanEstimate, estimate_mean, weighted_quantiles
from ripeness.war.situation import Situation
from ripeness.world.outcome import CEASEFIRE, FROZEN, SETTLEMENT, SURRENDER_TO_FIRST, SURRENDER_TO_SECOND

Array = NDArray[np.float64]
OFTEN = 0.1  # share of the runs that an option must end below stated terms, to violate them
CLOSE = 1e-4  # shares of the stake that rounding of results leaves
SURRENDERS = (SURRENDER_TO_SECOND, SURRENDER_TO_FIRST)  # of the first belligerent, of the second


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one option is worth `more` to a faction than to continue: four parts that add up to it, in stakes.

    `below`: share of the runs that the option ends by agreement, or by the polity's surrender, on less than the faction
    states (`stated`, median). `share`: more of the stake; `fighting`: less cost of fighting; `fate`: lighter fate and
    lower later costs of peace; `terms`: less charged for a stake that the traits understate. `bluff`: how much of the
    difference between terms and traits counts as bluff, and is charged nowhere (median).
    """

    option: str
    polity: str
    faction: str
    stated: float
    below: float
    more: MeanEstimate
    share: float
    fighting: float
    fate: float
    terms: float
    bluff: float


def reasons(arms: Sequence[Arm], polity_key: str, opened: Situation, weights: Array) -> tuple[Reason, ...]:
    """Return a reason for every option and faction whose terms it violates, and to whom it is yet worth more.

    The factions are those of the polity whose options they are, of all belligerents where it is a patron. The first
    arm is to continue. `opened`: the opening, one column a parameter sample. Shapes: weights (draws,).
    """
    fighting = arms[0].ensemble.war.armed
    own_options = polity_key in {side.key for side in fighting}
    collected = []
    for arm in arms[1:]:
        row = 0
        for n, (side, polity) in enumerate(zip(fighting, opened.belligerents(), strict=True)):
            for f, faction in enumerate(side.faction_keys):
                if side.terms_stated[f] >= 0 and (side.key == polity_key or not own_options):
                    terms = polity.stated[side.terms][f]
                    reason = _reason(arm, arms[0], (n, row), (side.key, faction), terms, polity.posture, weights)
                    collected += [reason] if reason is not None else []
                row += 1
    return tuple(collected)


def _reason(
    arm: Arm,
    base: Arm,
    rows: tuple[int, int],
    key: tuple[str, str],
    terms: Array,
    posture: Array,
    weights: Array,
) -> Reason | None:
    """One reason, None where the option violates no terms or is not worth more. `rows`: of the polity, the faction."""
    (side, row), point = rows, base.ensemble.point
    code, end_share = arm.ensemble.code, _own_share(arm, side)
    agreed = np.isin(code, (SETTLEMENT, CEASEFIRE, FROZEN, SURRENDERS[side]))
    below = float((weights * (agreed & (end_share < terms[point] - CLOSE))).sum() / weights.sum())
    value, base_value = (_of_faction(either, "value", row) for either in (arm, base))
    more = estimate_mean(value - base_value, point, weights)
    if below < OFTEN or more.mean <= 0:
        return None

    def mean(values: Array) -> float:
        return float((weights * values).sum() / weights.sum())

    share = mean(end_share - _own_share(base, side))
    fighting = mean(_of_faction(base, "costs_borne", row) - _of_faction(arm, "costs_borne", row))
    charged = mean(_of_faction(base, "conceded", row) - _of_faction(arm, "conceded", row))
    fate = more.mean - share - fighting - charged
    samples = np.ones(len(terms))
    stated, bluff = weighted_quantiles(terms, samples).median, weighted_quantiles(posture, samples).median
    return Reason(arm.name, *key, stated, below, more, share, fighting, fate, charged, bluff)


def _own_share(arm: Arm, side: int) -> Array:
    share: Array = arm.ensemble.results["share"].astype(np.float64)
    return share if side == 0 else 1.0 - share


def _of_faction(arm: Arm, result: str, row: int) -> Array:
    values: Array = arm.ensemble.results[result][row].astype(np.float64)
    return values
