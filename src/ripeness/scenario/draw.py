"""Draw: every uncertain number of a scenario, once for each point of the ensemble.

A number's luck is keyed by its path, so a changed number keeps its luck and every other number keeps its value.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ripeness.world.chance import INPUT, stable_id, uniforms

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from ripeness.world.quantity import Quantity

SPAN = 2**32  # seeds are 64-bit, points and ids 32-bit


def draw(numbers: Mapping[str, Quantity], seed: int, points: NDArray[np.uint64]) -> NDArray[np.float64]:
    """Draw values of all numbers at some points of the design.

    Shapes: points (N,); returns (K, N), rows in the order of the mapping.
    """
    values = np.empty((len(numbers), len(points)))
    luck = np.empty((4, len(points)))
    for row, (path, quantity) in enumerate(numbers.items()):
        if not quantity.uncertain:
            values[row] = quantity.centre
            continue
        uniforms(seed, points, 0, INPUT, stable_id(path), luck)
        values[row] = quantity.quantile(luck[0])
    return values
