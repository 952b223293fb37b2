"""Curve: how past conflicts like this one ended, by month from now, with 90 % intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ripeness.study.record.classes import CLASS_OF_END, CLASSES, ENDS
from ripeness.study.record.coefficients import RecordCoefficients, shipped_coefficients
from ripeness.study.record.hazards import design_of, incidence
from ripeness.study.record.traits import ConflictTraits
from ripeness.world.fault import ArgumentFault

Array = NDArray[np.float64]
DRAWS = 1000  # of the coefficients: Monte Carlo error of a bound below one point
BOUNDS = (0.05, 0.95)


@dataclass(frozen=True, slots=True)
class RecordProbability:
    """How likely an end is within some months from now, its 90 % interval, and how many past conflicts had lasted so
    long.
    """

    end: str
    month: float
    p: float
    low: float
    high: float
    n: int


@dataclass(frozen=True, slots=True, eq=False)
class RecordCurve:
    """Probability of each end within some months from now.

    Shapes: months (M,); p, low, high and n (len(ENDS), M), in the order of `ends`; each column of p sums to 1.
    Units: months, shares; n in past conflicts of the same kind that had lasted as long as this one.
    """

    traits: ConflictTraits
    months_fought: float
    months: Array
    p: Array
    low: Array
    high: Array
    n: NDArray[np.int64]
    ends: tuple[str, ...] = ENDS

    def rows(self) -> tuple[RecordProbability, ...]:
        """All probabilities, one end after the other."""
        return tuple(
            RecordProbability(
                end,
                float(month),
                float(self.p[i, m]),
                float(self.low[i, m]),
                float(self.high[i, m]),
                int(self.n[i, m]),
            )
            for i, end in enumerate(self.ends)
            for m, month in enumerate(self.months)
        )

    def by_class(self) -> Array:
        """Probability of each coarse class. Shapes: returns (len(CLASSES), M)."""
        table = np.zeros((len(CLASSES), len(self.months)))
        for row, end in zip(self.p, self.ends, strict=True):
            table[CLASSES.index(CLASS_OF_END[end])] += row
        return table


def record_curve(
    traits: ConflictTraits,
    months_fought: float,
    months: ArrayLike,
    coefficients: RecordCoefficients | None = None,
) -> RecordCurve:
    """How past conflicts with these traits ended that had lasted so long.

    Traits are held as they are: what they become later is part of the record only as far as past conflicts changed.
    Intervals are 5 to 95 % of the distribution of the coefficients; they hold what the record leaves open about the
    average, not what differs between two conflicts of the same traits.
    Shapes: months (M,), from now, 0 or more. Units: months.

    Raises: ArgumentFault for months below 0.

    >>> curve = record_curve(ConflictTraits("intrastate", "government", "war", 1, 2023), 24, [6, 12])
    >>> curve.p.sum(axis=0).round(6).tolist()
    [1.0, 1.0]
    """
    fitted = coefficients or shipped_coefficients()
    ahead = np.asarray(months, dtype=np.float64)
    if not months_fought >= 0:
        raise ArgumentFault("months_fought", f" is {months_fought:g}; it can be 0 or more")
    if not (ahead >= 0).all():
        raise ArgumentFault("months", f" has {ahead.min():g}; it can be 0 or more")
    rows = design_of(traits, fitted.territory)
    chances = incidence(fitted.hazards(rows), months_fought, ahead)
    drawn = incidence(fitted.hazard_draws(rows, DRAWS), months_fought, ahead)
    low, high = np.quantile(drawn, BOUNDS, axis=0)
    count = np.full(chances.shape, _lasting(fitted, traits.kind, months_fought), dtype=np.int64)
    return RecordCurve(
        traits, months_fought, ahead, chances, np.minimum(low, chances), np.maximum(high, chances), count
    )


def _lasting(fitted: RecordCoefficients, kind: str, months_fought: float) -> int:
    """How many past conflicts of a kind had lasted so long: the nearest smaller count where months lie between two, and
    none beyond the last.
    """
    place = int(np.searchsorted(fitted.lasted, months_fought - 1e-9))
    return int(fitted.at_risk[kind][place]) if place < len(fitted.lasted) else 0


def month_grid(last: float, step: float = 1.0) -> Sequence[float]:
    """Months from 0 to the last one, evenly spaced.

    >>> list(month_grid(2))
    [0.0, 1.0, 2.0]
    """
    return [float(month) for month in np.arange(0.0, last + step / 2, step)]
