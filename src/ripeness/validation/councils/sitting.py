"""Sitting: a council of the record laid out for the rules, its positions and saliences drawn from their ranges.

Nothing here knows what was decided: the rules are asked before the decision is looked at.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ripeness.scenario.council import CouncilDecision
from ripeness.world.arithmetic import normal_block
from ripeness.world.chance import INPUT, stable_id, uniforms
from ripeness.world.quantity import Z90

Array = NDArray[np.float64]
DRAWS = 1000  # over the ranges of a council's numbers; what still moves with the seed: docs/textbook/councils.md


@dataclass(frozen=True, slots=True)
class Sitting:
    """A council before its decision.

    Shapes: power, salience, position (F, R); veto, votes (F,); status_quo (R,); options (O,).
    Units: power sums to 1 and leaves out what the leader has as leader; positions are points of the issue, 0 to 1.
    """

    id: str
    body: str
    regime: str
    power: Array
    salience: Array
    position: Array
    veto: NDArray[np.bool_]
    votes: Array
    leader: int
    quota: float
    status_quo: Array
    options: Array


def sitting(council: CouncilDecision, *, draws: int = DRAWS, seed: int = 1) -> Sitting:
    """Draw a council's numbers; random numbers are keyed by names, so that other files and other orders change nothing.

    Assumes normal ranges that end at 0 and 1, independent between members.
    """
    keys = [member.key for member in council.members]
    centres = {"position": council.position, "salience": council.salience}
    ends = {"position": council.position_range, "salience": council.salience_range}
    samples = {
        quantity: np.array(
            [
                _spread(centres[quantity][n], ends[quantity][n], draws, seed, f"{council.id}/{key}/{quantity}")
                for n, key in enumerate(keys)
            ]
        )
        for quantity in centres
    }
    status_quo = _spread(
        council.status_quo, np.array(council.status_quo_range), draws, seed, f"{council.id}/status quo"
    )
    return Sitting(
        id=council.id,
        body=council.body_key,
        regime=council.regime,
        power=np.repeat(council.weight[:, None], draws, axis=1),
        salience=samples["salience"],
        position=samples["position"],
        veto=council.veto,
        votes=np.where(council.vote, council.weight, 0.0),
        leader=council.leader,
        quota=council.quota,
        status_quo=status_quo,
        options=council.options,
    )


def _spread(middle: float, ends: Array, draws: int, seed: int, name: str) -> Array:
    """A number from its 90 % range. A range cut off at 0 or 1 is as wide as its other half says."""
    half = max(middle - ends[0], ends[1] - middle)
    uniform, out = np.empty((4, draws)), np.empty(draws)
    uniforms(seed, np.arange(draws, dtype=np.uint64), 0, INPUT, stable_id(name), uniform)
    normal_block(uniform[0], out, np.empty(draws))
    return np.asarray(np.clip(middle + out * (half / Z90), 0.0, 1.0))
