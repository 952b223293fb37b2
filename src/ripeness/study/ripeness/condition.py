"""Condition: whether the wars that settled had ever been ripe, and whether the wars that were ripe settled.

Zartman calls ripeness necessary, not sufficient. Whether that is so in the runs at hand is counted here.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ripeness.ensemble.gather import Ensemble
from ripeness.study.ripeness.moment import FIRST, SECOND
from ripeness.study.ripeness.recorder import RipenessRecorder
from ripeness.study.weighted_statistics import ShareEstimate, estimate_share
from ripeness.world.outcome import SETTLEMENT

BOTH = FIRST + SECOND


@dataclass(frozen=True, slots=True)
class RipenessCondition:
    """Ripeness and settlement over whole wars; "ripe" is ripe for both sides in any month from the start to the end.

    `settled`, `ripe`: shares of all runs. `ripe_of_settled`: of the runs that settle, those that were ever ripe.
    `settled_of_ripe`, `settled_of_unripe`: of the runs that were ever ripe, or never, those that settle.
    """

    settled: ShareEstimate
    ripe: ShareEstimate
    ripe_of_settled: ShareEstimate
    settled_of_ripe: ShareEstimate
    settled_of_unripe: ShareEstimate


def ripeness_condition(
    ensemble: Ensemble, recorder: RipenessRecorder, weights: NDArray[np.float64]
) -> RipenessCondition:
    """Count over whole wars. Shapes: weights (draws,)."""
    sample_of_run, settled = ensemble.point, ensemble.code == SETTLEMENT
    ripe = ((recorder.run_marks & BOTH) == BOTH).any(axis=0)
    return RipenessCondition(
        estimate_share(settled, sample_of_run, weights),
        estimate_share(ripe, sample_of_run, weights),
        estimate_share(ripe, sample_of_run, weights, settled),
        estimate_share(settled, sample_of_run, weights, ripe),
        estimate_share(settled, sample_of_run, weights, ~ripe),
    )
