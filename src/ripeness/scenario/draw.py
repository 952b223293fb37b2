"""Draw: every uncertain number of a scenario, once for each point of the ensemble.

A number's luck is keyed by its path, so a changed number keeps its luck and every other number keeps its value.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from ripeness.world.chance import INPUT, stable_id, uniform_rows
from ripeness.world.quantity import Quantity, quantiles

SPAN = 2**32  # seeds are 64-bit, points and ids 32-bit


def draw(numbers: Mapping[str, Quantity], seed: int, points: NDArray[np.uint64]) -> NDArray[np.float64]:
    """Draw values of all numbers at some points of the design.

    Shapes: points (N,); returns (K, N), rows in the order of the mapping.
    """
    certain = [0.0 if quantity.uncertain else quantity.centre for quantity in numbers.values()]
    values = np.repeat(np.array(certain)[:, None], len(points), axis=1)
    rows = [row for row, quantity in enumerate(numbers.values()) if quantity.uncertain]
    if rows:
        keys = np.array([stable_id(path) for path, quantity in numbers.items() if quantity.uncertain], dtype=np.int64)
        luck = np.empty((len(rows), len(points)))
        uniform_rows(seed, points, 0, INPUT, keys, luck)
        values[rows] = quantiles([quantity for quantity in numbers.values() if quantity.uncertain], luck)
    return values
