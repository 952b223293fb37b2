"""Pace: laws are stated per month; what a step that is no month makes of those that do not simply grow with time.

Stages multiply a rate by the step. A share of a gap that is closed each month compounds, and how far chance moves the
front grows with the root of time; both are restated here, once, so that weeks and quarters tell the same war.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ripeness.war.law import FORGETTING, INERTIA, STILL, TIP_SPEED

if TYPE_CHECKING:
    from ripeness.war.body import Array

COMPOUNDING = (INERTIA, TIP_SPEED, FORGETTING)
MONTH = 1.0


def paced(laws: Array, step: float) -> Array:
    """Laws for steps of so many months, with one row more, PACE: the root of the step.

    Shapes: laws (L, R); returns (L + 1, R).

    >>> week = paced(np.full((62, 1), 0.5), 0.25)
    >>> round(float((1 - week[INERTIA, 0] * 0.25) ** 4), 9)  # what four steps leave of a gap
    0.5
    """
    found = np.concatenate([laws, np.full((1, laws.shape[1]), np.sqrt(step))])
    if step != MONTH:
        for law in COMPOUNDING:
            found[law] = (1 - (1 - np.minimum(laws[law], 1.0)) ** step) / step
        found[STILL] = laws[STILL] / np.sqrt(step)  # times the step: a still front is one that chance alone would move
    return found
