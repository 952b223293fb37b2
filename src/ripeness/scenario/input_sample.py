"""Parameter samples: values for every uncertain number of a scenario, once for each point of the ensemble.

Random draws are keyed by a number's path, so a changed number keeps its draw and every other one keeps its value.
Fitted parameters have one key together: a parameter sample takes all of them from one point of their joint posterior.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from ripeness.scenario.parameter_points import RANDOM_KEY, ParameterPoints
from ripeness.world.chance import INPUT, stable_id, uniform_rows, uniforms
from ripeness.world.quantity import Quantiles, Quantity

SPAN = 2**32  # seeds are 64-bit, points and ids 32-bit


class InputSampler:
    """Numbers that are to be drawn, at whatever points and as often as one likes."""

    def __init__(self, numbers: Mapping[str, Quantity], points: ParameterPoints | None = None) -> None:
        """Sort the certain numbers from the uncertain ones, and look up the keys of their random draws.

        Numbers at the paths of `points` are drawn together from these.
        """
        jointly = [] if points is None else [n for n, path in enumerate(points.paths) if path in numbers]
        self.joint = None if points is None or not jointly else points.select(jointly)
        joint_paths = () if self.joint is None else self.joint.paths
        row = {path: n for n, path in enumerate(numbers)}
        self.joint_rows = np.array([row[path] for path in joint_paths], dtype=np.intp)
        uncertain = {
            path: quantity for path, quantity in numbers.items() if quantity.uncertain and path not in joint_paths
        }
        self.certain = np.array([0.0 if quantity.uncertain else quantity.centre for quantity in numbers.values()])
        self.rows = np.array([row for row, path in enumerate(numbers) if path in uncertain], dtype=np.intp)
        self.keys = np.array([stable_id(path) for path in uncertain], dtype=np.int64)
        self.quantiles = Quantiles(list(uncertain.values()))

    def at(self, seed: int, points: NDArray[np.uint64]) -> NDArray[np.float64]:
        """Draw all numbers at some points of the design. Shapes: points (N,); returns (K, N),
        rows as in the mapping.
        """
        values = np.repeat(self.certain[:, None], len(points), axis=1)
        if len(self.rows):
            draws = np.empty((len(self.rows), len(points)))
            uniform_rows(seed, points, 0, INPUT, self.keys, draws)
            values[self.rows] = self.quantiles.at(draws)
        if self.joint is not None:
            four = np.empty((4, len(points)))
            uniforms(seed, points, 0, INPUT, stable_id(RANDOM_KEY), four)
            values[self.joint_rows] = self.joint.at(four[0])
        return values


def sample_inputs(numbers: Mapping[str, Quantity], seed: int, points: NDArray[np.uint64]) -> NDArray[np.float64]:
    """Draw values of all numbers at some points of the design, once.

    Shapes: points (N,); returns (K, N), rows in the order of the mapping.
    """
    return InputSampler(numbers).at(seed, points)
