"""Pace: parameters are stated per month; what a step that is no month makes of those that do not grow with time.

Stages multiply a rate by the step. A share of a gap that is closed each month compounds, and how far chance moves the
front grows with the root of time; both are restated here, once, so that weeks and quarters tell the same war.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from ripeness.war.block import Array
    from ripeness.war.situation import Parameters

COMPOUNDING = ("inertia", "tip_speed", "forgetting")
MONTH = 1.0


def set_pace(parameters: Parameters, step: float) -> None:
    """Restate parameters for steps of so many months, and set the root of the step."""
    parameters.pace = np.sqrt(step)
    if step != MONTH:
        for name in COMPOUNDING:
            setattr(parameters, name, compounded(getattr(parameters, name), step))
        # Times the step: a still front is one that chance alone would move.
        parameters.still = parameters.still / np.sqrt(step)


def compounded(monthly: Array, step: float) -> Array:
    """The rate that closes the same share of a gap in a month's steps as `monthly` does in one month.

    >>> week = compounded(np.full(1, 0.5), 0.25)
    >>> round(float((1 - week[0] * 0.25) ** 4), 9)  # what four steps leave of a gap
    0.5
    """
    rate: Array = (1 - (1 - np.minimum(monthly, 1.0)) ** step) / step
    return rate
