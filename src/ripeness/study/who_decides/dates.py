"""Dates: a council that sat on many days, laid out side by side so that a rule settles all of them in one call."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ripeness.world.arithmetic import exp
from ripeness.world.compiled import compiled

Array = NDArray[np.float64]
Places = NDArray[np.intp]


@compiled
def lay_out(
    strengths: Array,
    next_knot: Places,
    fraction: Array,
    position: Array,
    salience: Array,
    place: Places,
    power: Array,
    stances: Array,
    saliences: Array,
) -> None:
    """Write power, position and salience of each faction on each day; between two knots log strength is a straight
    line.

    Shapes: strengths (K, F, N), logarithms at the knots; next_knot (n,), the knot that follows each day, and fraction
    (n,) of the way to it; position (I, F, N); salience (I, F); place (n,), the issue of each day; written: power
    (F, n * N), stances and saliences (1, F, n * N), day by day.
    """
    factions, runs = strengths.shape[1], strengths.shape[2]
    for n in range(len(next_knot)):
        k, weight, first = next_knot[n], fraction[n], n * runs
        for f in range(factions):
            for r in range(runs):
                power[f, first + r] = exp((1.0 - weight) * strengths[k - 1, f, r] + weight * strengths[k, f, r])
            for r in range(runs):
                stances[0, f, first + r] = position[place[n], f, r]
                saliences[0, f, first + r] = salience[place[n], f]
