"""Transform from standard normal coordinates to the parameters of a council's likelihood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ripeness.world.quantity import TINY, Z90, Quantity, Scale

Array = NDArray[np.float64]


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
        z = np.zeros((len(self.quantities), u.shape[1]))
        z[self.unknown] = width * u
        numbers = self.centre[:, None] + np.where(z < 0, self.below[:, None], self.above[:, None]) * z
        logs, odds = self.scale == 1, self.scale == 2
        numbers[logs] = np.exp(numbers[logs])
        numbers[odds] = 1 / (1 + np.exp(-numbers[odds]))
        for row in self.quantile_rows:
            numbers[row] = _by_shares(self.quantities[row], z[row])
        return np.clip(numbers, self.low[:, None], self.high[:, None])


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
