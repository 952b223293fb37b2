"""Ways to choose: the chance of each option of a council, by how often or how far the leader is followed, and noise."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
from numpy.typing import NDArray

from ripeness.validation.councils.contender import majority_option, move_to_leader, rule_outcome
from ripeness.validation.councils.noise import chances
from ripeness.validation.councils.sitting import Sitting

Array = NDArray[np.float64]
LOGITS = np.linspace(-6, 6, 17)  # leader shares in log-odds, from .0025 to .9975
SHARES = 1 / (1 + np.exp(-LOGITS))
DRAWN, AVERAGED = "pivot or leader", "pivot moved to the leader"


def _drawn(pivot: Callable[[Sitting], Array], sitting: Sitting) -> Array:
    """Chances where each choice follows the leader or the pivot. Shapes: returns (J, K, O)."""
    followed = np.stack([sitting.position[sitting.leader], pivot(sitting)])
    leader, other = chances(followed, sitting.options)
    share = SHARES[:, None, None]
    return np.asarray(share * leader + (1 - share) * other)


def _moved(sitting: Sitting) -> Array:
    """Chances where a choice is made between the pivot and the leader, nearer to him the more he weighs."""
    pivot, leader = rule_outcome("weighted_median", sitting), sitting.position[sitting.leader]
    return chances(move_to_leader(tuple(SHARES.tolist()), pivot, leader), sitting.options)


def _fixed(outcome: Callable[[Sitting], Array], sitting: Sitting) -> Array:
    """Chances of a rule that knows no leader share: the same for each of them."""
    chance = chances(outcome(sitting)[None], sitting.options)
    return np.repeat(chance, len(SHARES), axis=0)


WAYS: dict[str, Callable[[Sitting], Array]] = {
    DRAWN: partial(_drawn, partial(rule_outcome, "weighted_median")),
    f"{DRAWN}, pivot by Condorcet": partial(_drawn, partial(rule_outcome, "condorcet")),
    f"{DRAWN}, pivot by majority": partial(_drawn, majority_option),
    AVERAGED: _moved,
    "leader alone": partial(_fixed, lambda sitting: sitting.position[sitting.leader]),
    "pivot alone": partial(_fixed, partial(rule_outcome, "weighted_median")),
    "majority alone": partial(_fixed, majority_option),
    "weighted mean": partial(_fixed, partial(rule_outcome, "weighted_mean")),
}
"""Ways to choose that are compared, by name."""
WITH_SHARE = tuple(way for way in WAYS if way.startswith("pivot ") and way != "pivot alone")
"""Those that have a leader share."""
