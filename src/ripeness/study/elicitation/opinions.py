"""Opinions: what several judges say of one number, as distributions on one scale.

A judge's three figures are read as everywhere in a scenario: a normal on the number's scale whose standard deviation
below the median and above it may differ, each side with half of the probability.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from ripeness.world.quantity import Z90, Quantity, Scale, from_scale, on_scale

Array = NDArray[np.float64]
NARROWEST = 1e-4  # of the judges' span: a side without width counts as so wide
POINTS = 1001  # of the grid on which overlap is summed up
REACH = 6.0  # standard deviations to which that grid goes


@dataclass(frozen=True, slots=True)
class Opinions:
    """Medians and standard deviations below and above them, one a judge, on one scale.

    `certain`: judges who state one figure and no range. Shapes: centre, below, above, certain (J,). Units: the scale's.
    """

    centre: Array
    below: Array
    above: Array
    certain: NDArray[np.bool_]
    scale: Scale

    def cumulative(self, t: Array) -> Array:
        """The probability that each judge gives to what lies below. Shapes: t (N,); returns (J, N)."""
        distance = t[None, :] - self.centre[:, None]
        return ndtr(distance / np.where(distance < 0, self.below[:, None], self.above[:, None]))

    def density(self, t: Array) -> Array:
        """The density of each judge on the scale. Shapes: t (N,); returns (J, N)."""
        distance = t[None, :] - self.centre[:, None]
        deviation = np.where(distance < 0, self.below[:, None], self.above[:, None])
        return np.exp(-0.5 * (distance / deviation) ** 2) / (deviation * np.sqrt(2 * np.pi))

    def variance(self) -> Array:
        """The mean squared distance of each judge's distribution from its median. Shapes: returns (J,)."""
        return (self.below**2 + self.above**2) / 2

    def grid(self, points: int = POINTS) -> Array:
        """Points over all that any judge thinks possible. Shapes: returns (N,)."""
        low, high = (self.centre - REACH * self.below).min(), (self.centre + REACH * self.above).max()
        return np.linspace(low, high, points)


def opinions_of(numbers: Sequence[Quantity]) -> Opinions:
    """What judges say of one number, on the scale that all of them share, else as it stands.

    >>> opinions_of([Quantity("interval", (3.0, 1.0, 5.0), 0.0, 9.0, "index")]).below.round(4)
    array([1.2159])
    """
    shared = {number.scale for number in numbers if number.family == "interval"}
    scale = shared.pop() if len(shared) == 1 else Scale.PLAIN
    ends = np.array([[on_scale(x, scale) for x in number.interval()] for number in numbers])
    low, centre, high = ends.T
    span = high.max() - low.min()
    narrowest = NARROWEST * span if span > 0 else NARROWEST
    return Opinions(
        centre,
        np.maximum((centre - low) / Z90, narrowest),
        np.maximum((high - centre) / Z90, narrowest),
        low == high,
        scale,
    )


def in_unit(t: Array, opinions: Opinions, number: Quantity) -> Array:
    """Points of the scale in the number's unit, within its bounds. Shapes: t (...); returns (...)."""
    return np.clip(from_scale(np.asarray(t, dtype=np.float64), opinions.scale), number.low, number.high)
