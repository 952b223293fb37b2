"""Condition: whether the wars that settled had ever been ripe, and whether the wars that were ripe settled.

Zartman calls ripeness necessary, not sufficient. Whether that is so in the runs at hand is counted here.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ripeness.ensemble.gather import Ensemble
from ripeness.study.ripeness.moment import FIRST, SECOND
from ripeness.study.ripeness.witness import Witness
from ripeness.study.tally import Share, share
from ripeness.world.outcome import SETTLEMENT

BOTH = FIRST + SECOND


@dataclass(frozen=True, slots=True)
class Condition:
    """Ripeness and settlement over whole wars; "ripe" is ripe for both sides in any month from the start to the end.

    `settled`, `ripe`: shares of all runs. `ripe_of_settled`: of the runs that settle, those that were ever ripe.
    `settled_of_ripe`, `settled_of_unripe`: of the runs that were ever ripe, or never, those that settle.
    """

    settled: Share
    ripe: Share
    ripe_of_settled: Share
    settled_of_ripe: Share
    settled_of_unripe: Share


def condition(ensemble: Ensemble, witness: Witness, weights: NDArray[np.float64]) -> Condition:
    """Count over whole wars. Shapes: weights (draws,)."""
    point, settled = ensemble.point, ensemble.code == SETTLEMENT
    ripe = ((witness.run_marks & BOTH) == BOTH).any(axis=0)
    return Condition(
        share(settled, point, weights),
        share(ripe, point, weights),
        share(ripe, point, weights, settled),
        share(settled, point, weights, ripe),
        share(settled, point, weights, ~ripe),
    )
