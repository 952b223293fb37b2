"""A number with its uncertainty, unit, kind and sources: the only form in which a number enters a scenario.

A *quantity* has admissible *bounds* (set by what it measures) and a 90 % *interval* (set by what is known).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

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
        parameters = self.parameters
        return self.family != "point" and parameters.count(parameters[0]) < len(parameters)

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


def on_scale(x: float, scale: Scale) -> float:
    """A figure on the scale on which its interval is symmetric.

    >>> on_scale(0.5, Scale.LOGIT), on_scale(1.0, Scale.LOG), on_scale(0.3, Scale.PLAIN)
    (0.0, 0.0, 0.3)
    """
    if scale is Scale.LOG:
        return float(np.log(max(x, TINY)))
    if scale is Scale.LOGIT:
        share = min(max(x, TINY), 1 - TINY)
        return float(np.log(share) - np.log1p(-share))
    return x


@lru_cache(maxsize=16_384)
def _all_on_scale(figures: tuple[float, ...], scale: Scale) -> tuple[float, ...]:
    """Figures on a scale; those of one war are asked for again and again."""
    return tuple(on_scale(x, scale) for x in figures)


def from_scale(t: Array, scale: Scale) -> Array:
    """Figures in their unit, from that scale. Shapes: t (...); returns (...)."""
    if scale is Scale.LOG:
        return np.exp(t)
    if scale is Scale.LOGIT:
        return 1 / (1 + np.exp(-t))
    return t


def _interval(q: Quantity, u: Array) -> Array:
    return _Spread([q]).at(_standard_normal(np.atleast_2d(u))).reshape(u.shape)


class _Spread:
    """Intervals on one scale, each with its median and the standard deviations below and above it."""

    def __init__(self, quantities: Sequence[Quantity]) -> None:
        forward = np.array([_all_on_scale(q.parameters, q.scale) for q in quantities])
        self.centre, low, high = forward.T[:, :, None]
        self.below, self.above = (self.centre - low) / Z90, (high - self.centre) / Z90
        self.scale = quantities[0].scale

    def at(self, z: Array) -> Array:
        """So many standard deviations from the medians. Shapes: z (K, N), one row a quantity; returns the like."""
        return from_scale(self.centre + np.where(z < 0, self.below, self.above) * z, self.scale)


class Quantiles:
    """Many quantities to be drawn at once, as each one's own `quantile` does; what can be reckoned before is.

    >>> one = Quantity("interval", (3.0, 1.0, 5.0), 0.0, 100.0, "index")
    >>> Quantiles([one]).at(np.array([[0.05, 0.5]])).round(6)
    array([[1., 3.]])
    """

    def __init__(self, quantities: Sequence[Quantity]) -> None:
        """Sort quantities by family and scale."""
        self.spreads = []
        for scale in Scale:
            rows = [row for row, q in enumerate(quantities) if q.family == "interval" and q.scale is scale]
            if rows:
                self.spreads.append((np.array(rows), _Spread([quantities[row] for row in rows])))
        self.others = [(row, q) for row, q in enumerate(quantities) if q.family != "interval"]
        self.low, self.high = np.array([(q.low, q.high) for q in quantities]).reshape(-1, 2).T[:, :, None]

    def at(self, u: Array) -> Array:
        """Turn uniform numbers into draws. Shapes: u (K, N), one row a quantity; returns (K, N)."""
        values = np.empty_like(u)
        for rows, spread in self.spreads:
            values[rows] = spread.at(_standard_normal(u[rows]))
        for row, q in self.others:
            values[row] = _FAMILIES[q.family](q, u[row])
        return np.clip(values, self.low, self.high, out=values)


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
    a, b, low, high = q.parameters
    return low + (high - low) * np.interp(u, TABLE, _beta_table(a, b))


@lru_cache(maxsize=1024)
def _beta_table(a: float, b: float) -> Array:
    from scipy.special import betaincinv

    table: Array = betaincinv(a, b, TABLE)
    return table


_FAMILIES = {
    "point": lambda q, u: np.full_like(u, q.parameters[0]),
    "interval": _interval,
    "uniform": lambda q, u: q.parameters[0] + (q.parameters[1] - q.parameters[0]) * u,
    "triangular": _triangular,
    "beta": _beta,
}
