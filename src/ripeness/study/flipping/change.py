"""Change of parameters: the values they are set to, and their distance from the scenario's medians.

The unit of distance is half of a number's 90 % range: at 1 it stands at its 95 % point, at -1 at its 5 % point. Every
value is a quantile of the number's own distribution, so that no change leaves the number's admissible bounds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from ripeness.scenario.parameter_points import ParameterPoints
from ripeness.world.quantity import Z90, Quantity


@dataclass(frozen=True, slots=True)
class FlipLever:
    """A parameter that may be moved: its direction (1 or -1), and the effect of moving it all the way."""

    path: str
    direction: int
    effect: float


@dataclass(frozen=True, slots=True)
class ParameterChange:
    """Parameters and the signed distance of each, in halves of its 90 % range."""

    moves: tuple[tuple[str, float], ...]

    @property
    def size(self) -> float:
        """Length of the change as a whole.

        >>> ParameterChange((("a", .6), ("b", -.8))).size
        1.0
        """
        return float(np.sqrt(sum(distance**2 for _, distance in self.moves)))

    def size_given(self, points: ParameterPoints) -> float:
        """Length of the change where parameters are fitted jointly.

        Who moves one of them and leaves the others leaves the points that the record supports, the more so the closer
        it goes with them: distances of fitted parameters count by the inverse of their correlations (Mahalanobis 1936).
        """
        fitted = {path: row for row, path in enumerate(points.paths)}
        joint = [(fitted[path], distance) for path, distance in self.moves if path in fitted]
        alone = sum(distance**2 for path, distance in self.moves if path not in fitted)
        if not joint:
            return float(np.sqrt(alone))
        rows, distances = (np.array(column) for column in zip(*joint, strict=True))
        precision = np.linalg.pinv(points.correlation(), hermitian=True)[np.ix_(rows, rows)]
        return float(np.sqrt(alone + distances @ precision @ distances))

    @property
    def paths(self) -> frozenset[str]:
        """Which assumptions it moves."""
        return frozenset(path for path, _ in self.moves)

    def values(self, numbers: Mapping[str, Quantity]) -> dict[str, float]:
        """The value that each assumption is set to."""
        return {path: value_at(numbers[path], distance) for path, distance in self.moves}


def value_at(number: Quantity, distance: float) -> float:
    """Return the value at a distance from the median, in halves of the 90 % range.

    >>> value_at(Quantity("interval", (3.0, 1.0, 5.0), 0.0, 100.0, "index"), 1.0)
    5.0
    """
    value = float(number.quantile(np.array([ndtr(Z90 * distance)]))[0])
    low, _, high = number.interval()
    return round(value if abs(distance) > 1 else min(max(value, low), high), 9)


def change_along(levers: Sequence[FlipLever], fraction: float) -> ParameterChange:
    """A change of several assumptions, each moved in proportion to what it brings, none beyond its range.

    That is the shortest way to an effect as long as effects add up. `fraction` runs from 0 to 1: all at the
    ends of their ranges.

    >>> change_along([FlipLever("a", 1, .2), FlipLever("b", -1, .1)], .5).moves
    (('a', 1.0), ('b', -0.5))
    """
    effects = [max(lever.effect, 1e-6) for lever in levers]
    stretch = fraction * max(effects) / min(effects)
    moves = (
        (lever.path, lever.direction * min(stretch * e / max(effects), 1.0))
        for lever, e in zip(levers, effects, strict=True)
    )
    return ParameterChange(tuple(moves))
