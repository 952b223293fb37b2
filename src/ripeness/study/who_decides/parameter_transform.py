"""Numbers: what a council's likelihood reads, each unknown one as one standard normal coordinate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ripeness.world.quantity import TINY, Z90, Quantity, Scale

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ParameterTransform:
    """Some numbers of a scenario, read together from standard normal coordinates.

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
    other: tuple[int, ...]

    def values(self, u: Array, width: float = 1.0) -> Array:
        """All numbers. A width of 2 doubles every interval on its own scale. Shapes: u (D, N); returns (P, N)."""
        z = np.zeros((len(self.quantities), u.shape[1]))
        z[self.unknown] = width * u
        found = self.centre[:, None] + np.where(z < 0, self.below[:, None], self.above[:, None]) * z
        logs, odds = self.scale == 1, self.scale == 2
        found[logs] = np.exp(found[logs])
        found[odds] = 1 / (1 + np.exp(-found[odds]))
        for row in self.other:
            found[row] = _by_shares(self.quantities[row], z[row])
        return np.clip(found, self.low[:, None], self.high[:, None])


def _by_shares(quantity: Quantity, z: Array) -> Array:
    from scipy.special import ndtr

    return quantity.quantile(np.clip(ndtr(z), TINY, 1 - TINY))


def parameter_transform(quantities: Sequence[Quantity], *, known: bool = False) -> ParameterTransform:
    """Lay out some numbers; where they count as known, each stands at its median."""
    unknown = [n for n, one in enumerate(quantities) if one.uncertain and not known]
    rows = np.zeros((4, len(quantities)))
    other = []
    for n, one in enumerate(quantities):
        rows[1, n] = one.centre
        if one.family == "interval" and n in unknown:
            rows[0, n] = {Scale.PLAIN: 0, Scale.LOG: 1, Scale.LOGIT: 2}[one.scale]
            centre, low, high = (_forward(x, one.scale) for x in one.parameters)
            rows[1:, n] = centre, (centre - low) / Z90, (high - centre) / Z90
        elif n in unknown:
            other.append(n)
    return ParameterTransform(
        tuple(quantities),
        np.array(unknown, dtype=np.intp),
        rows[0].astype(np.intp),
        np.array([one.low for one in quantities]),
        np.array([one.high for one in quantities]),
        rows[1],
        rows[2],
        rows[3],
        tuple(other),
    )


def _forward(x: float, scale: Scale) -> float:
    if scale is Scale.LOG:
        return float(np.log(max(x, TINY)))
    if scale is Scale.LOGIT:
        share = min(max(x, TINY), 1 - TINY)
        return float(np.log(share / (1 - share)))
    return x
