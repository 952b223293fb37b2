"""Transform from standard normal coordinates to the parameters of a council's likelihood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ripeness.world.arithmetic import exp
from ripeness.world.compiled import compiled
from ripeness.world.quantity import TINY, Z90, Quantity, Scale

Array = NDArray[np.float64]
CERTAIN = -1  # of a number that no coordinate moves
LOGARITHM, LOG_ODDS = 1, 2  # scales, besides the plain one


@dataclass(frozen=True, slots=True)
class ParameterTransform:
    """Parameters of a scenario as functions of standard normal coordinates.

    Shapes: centre, below, above, low, high (P,) on the scale of each; scale (P,) 0 plain, 1 logarithms, 2 log-odds;
    unknown (D,) the rows that differ between draws.
    """

    quantities: tuple[Quantity, ...]
    unknown: NDArray[np.intp]
    scale: NDArray[np.intp]
    low: Array
    high: Array
    centre: Array
    below: Array
    above: Array
    quantile_rows: tuple[int, ...]

    def values(self, u: Array, width: float = 1.0) -> Array:
        """Return all parameters; a width of 2 doubles every interval on its scale. Shapes: u (D, N); returns (P, N)."""
        numbers = np.empty((len(self.quantities), u.shape[1]))
        place = np.full(len(self.quantities), CERTAIN, dtype=np.intp)
        place[self.unknown] = np.arange(len(self.unknown))
        write_numbers(u, width, place, self.scale, self.centre, self.below, self.above, numbers)
        for row in self.quantile_rows:
            numbers[row] = _by_shares(self.quantities[row], width * u[place[row]])
        clip_rows(numbers, self.low, self.high)
        return numbers


@compiled
def write_numbers(
    u: Array,
    width: float,
    place: NDArray[np.intp],
    scale: NDArray[np.intp],
    centre: Array,
    below: Array,
    above: Array,
    numbers: Array,
) -> None:
    """Write numbers whose two half-normals are given on their own scale.

    Shapes: u (D, N); place (P,) the coordinate of each number, -1 for one that is certain; the others as in
    `ParameterTransform`; numbers (P, N), written.
    """
    for p in range(numbers.shape[0]):
        row, coordinate = numbers[p], u[max(place[p], 0)] if place[p] >= 0 else numbers[p]
        middle, down, up = centre[p], width * below[p], width * above[p]
        for n in range(row.shape[0]):
            z = coordinate[n]
            row[n] = middle if place[p] < 0 else middle + z * (down if z < 0.0 else up)
        if scale[p] == LOGARITHM:
            for n in range(row.shape[0]):
                row[n] = exp(row[n])
        elif scale[p] == LOG_ODDS:
            for n in range(row.shape[0]):
                row[n] = 1.0 / (1.0 + exp(-row[n]))


@compiled
def clip_rows(numbers: Array, low: Array, high: Array) -> None:
    """Clip each row to its bounds, in place. Shapes: numbers (P, N); low, high (P,)."""
    for p in range(numbers.shape[0]):
        for n in range(numbers.shape[1]):
            numbers[p, n] = min(max(numbers[p, n], low[p]), high[p])


def _by_shares(quantity: Quantity, z: Array) -> Array:
    from scipy.special import ndtr

    return quantity.quantile(np.clip(ndtr(z), TINY, 1 - TINY))


def parameter_transform(quantities: Sequence[Quantity], *, at_medians: bool = False) -> ParameterTransform:
    """Set up the transform of some parameters; with `at_medians`, each is fixed at its median."""
    unknown = [n for n, quantity in enumerate(quantities) if quantity.uncertain and not at_medians]
    rows = np.zeros((4, len(quantities)))
    quantile_rows = []
    for n, quantity in enumerate(quantities):
        rows[1, n] = quantity.centre
        if quantity.family == "interval" and n in unknown:
            rows[0, n] = {Scale.PLAIN: 0, Scale.LOG: 1, Scale.LOGIT: 2}[quantity.scale]
            centre, low, high = (_forward(x, quantity.scale) for x in quantity.parameters)
            rows[1:, n] = centre, (centre - low) / Z90, (high - centre) / Z90
        elif n in unknown:
            quantile_rows.append(n)
    return ParameterTransform(
        tuple(quantities),
        np.array(unknown, dtype=np.intp),
        rows[0].astype(np.intp),
        np.array([quantity.low for quantity in quantities]),
        np.array([quantity.high for quantity in quantities]),
        rows[1],
        rows[2],
        rows[3],
        tuple(quantile_rows),
    )


def _forward(x: float, scale: Scale) -> float:
    if scale is Scale.LOG:
        return float(np.log(max(x, TINY)))
    if scale is Scale.LOGIT:
        share = min(max(x, TINY), 1 - TINY)
        return float(np.log(share / (1 - share)))
    return x


def log_odds_moments(share: Quantity) -> tuple[float, float]:
    """The centre and sd of the log-odds of a share."""
    low, centre, high = (float(np.log(max(x, TINY) / max(1 - x, TINY))) for x in share.interval())
    return centre, (high - low) / (2 * Z90)
