"""A number with its uncertainty, unit, kind and sources: the only form in which a number enters a scenario.

A *quantity* has admissible *bounds* (set by what it measures) and a 90 % *interval* (set by what is known).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Z90 = 1.6448536269514722  # standard normal quantile at .95
TINY = 1e-9  # keeps logarithms of shares finite
TABLE = np.linspace(0.0, 1.0, 513)  # grid of the tabulated beta quantiles


class Kind(StrEnum):
    """How a number came about."""

    MEASURED = "measured"
    CODED = "coded"
    JUDGED = "judged"
    DERIVED = "derived"
    ASSUMED = "assumed"


class Scale(StrEnum):
    """The scale on which an interval is symmetric: as it is, logarithms, or log-odds."""

    PLAIN = "plain"
    LOG = "log"
    LOGIT = "logit"


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number of a scenario, certain or not.

    `family` is one of point, interval, uniform, triangular, beta (a beta stretched over low..high).
    Parameters: point (value); interval (median, 5 %, 95 %) on `scale`; uniform (low, high);
    triangular (low, mode, high); beta (a, b, low, high).

    >>> Quantity("interval", (3.0, 1.0, 5.0), 0.0, 100.0, "index").interval()
    (1.0, 3.0, 5.0)
    """

    family: str
    parameters: tuple[float, ...]
    low: float
    high: float
    unit: str
    scale: Scale = Scale.PLAIN
    kind: Kind = Kind.ASSUMED
    sources: tuple[str, ...] = ()
    note: str = ""

    @property
    def uncertain(self) -> bool:
        """Whether any two draws can differ."""
        return self.family != "point" and len(set(self.parameters)) > 1

    @property
    def centre(self) -> float:
        """The median."""
        return self.interval()[1]

    def interval(self) -> tuple[float, float, float]:
        """5 %, median and 95 % points, in the quantity's unit."""
        if self.family == "interval":
            centre, low, high = (float(np.clip(x, self.low, self.high)) for x in self.parameters)
            return low, centre, high
        low, centre, high = (round(float(x), 12) for x in self.quantile(np.array([0.05, 0.5, 0.95])))
        return low, centre, high

    def quantile(self, u: Array) -> Array:
        """Turn uniform numbers in (0, 1) into draws, clipped to the admissible bounds.

        Shapes: u (...); returns (...).
        """
        values = _FAMILIES[self.family](self, np.asarray(u, dtype=np.float64))
        return np.clip(values, self.low, self.high)


def _forward(x: float, scale: Scale) -> float:
    if scale is Scale.LOG:
        return float(np.log(max(x, TINY)))
    if scale is Scale.LOGIT:
        share = min(max(x, TINY), 1 - TINY)
        return float(np.log(share) - np.log1p(-share))
    return x


def _back(t: Array, scale: Scale) -> Array:
    if scale is Scale.LOG:
        return np.exp(t)
    if scale is Scale.LOGIT:
        return 1 / (1 + np.exp(-t))
    return t


def _interval(q: Quantity, u: Array) -> Array:
    return _spread([q], _standard_normal(u))


def _spread(quantities: Sequence[Quantity], z: Array) -> Array:
    """Intervals on one scale, at so many standard deviations from their medians. Shapes: z (..., K or 1, N)."""
    forward = np.array([[_forward(x, q.scale) for x in q.parameters] for q in quantities])
    centre, low, high = forward.T[:, :, None] if z.ndim > 1 else forward.T
    spread = np.where(z < 0, centre - low, high - centre) / Z90
    return _back(centre + spread * z, quantities[0].scale)


def quantiles(quantities: Sequence[Quantity], u: Array) -> Array:
    """Turn uniform numbers into draws of many quantities at once, as each one's own `quantile` does.

    Shapes: u (K, N), one row a quantity; returns (K, N).
    """
    values = np.empty_like(u)
    for scale in Scale:
        rows = [row for row, q in enumerate(quantities) if q.family == "interval" and q.scale is scale]
        if rows:
            values[rows] = _spread([quantities[row] for row in rows], _standard_normal(u[rows]))
    for row, q in enumerate(quantities):
        if q.family != "interval":
            values[row] = _FAMILIES[q.family](q, u[row])
    low, high = np.array([(q.low, q.high) for q in quantities]).reshape(-1, 2).T[:, :, None]
    return np.clip(values, low, high)


def _standard_normal(u: Array) -> Array:
    from ripeness.world.arithmetic import normal_block

    row = np.ascontiguousarray(u).reshape(-1)
    z = np.empty_like(row)
    normal_block(row, z, np.empty_like(row))
    return z.reshape(u.shape)


def _triangular(q: Quantity, u: Array) -> Array:
    low, mode, high = q.parameters
    if high == low:
        return np.full_like(u, low)
    split = (mode - low) / (high - low)
    rising = low + np.sqrt(u * (high - low) * (mode - low))
    falling = high - np.sqrt((1 - u) * (high - low) * (high - mode))
    return np.where(u < split, rising, falling)


def _beta(q: Quantity, u: Array) -> Array:
    from scipy.special import betaincinv

    a, b, low, high = q.parameters
    return low + (high - low) * np.interp(u, TABLE, betaincinv(a, b, TABLE))


_FAMILIES = {
    "point": lambda q, u: np.full_like(u, q.parameters[0]),
    "interval": _interval,
    "uniform": lambda q, u: q.parameters[0] + (q.parameters[1] - q.parameters[0]) * u,
    "triangular": _triangular,
    "beta": _beta,
}
