"""Outcome classes: the four ways in which a war can stand at a month, whoever wins it, and their probabilities."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ripeness.ensemble.gather import Ensemble
from ripeness.study.record.classes import CLASS_OF_OUTCOME, CLASSES
from ripeness.study.target import outcome_codes_at
from ripeness.world.outcome import ENDS, FIGHTING
from ripeness.world.quantity import Z90


@dataclass(frozen=True, slots=True)
class ChanceEstimate:
    """A probability with its 90 % interval, which is of each view's own kind: for the model, Monte Carlo error."""

    p: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class ClassShares:
    """Probabilities of the four classes at a month, which add up to 1.

    `low` and `high` are the ends of 90 % intervals; for simulated runs they say how far more runs could move them.
    """

    month: float
    p: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]

    def ranked(self) -> list[str]:
        """The classes, the likeliest first."""
        return sorted(CLASSES, key=lambda name: -self.p[CLASSES.index(name)])

    def estimate(self, name: str) -> ChanceEstimate:
        """The probability of a class with its interval."""
        place = CLASSES.index(name)
        return ChanceEstimate(self.p[place], self.low[place], self.high[place])

    def of(self, name: str) -> float:
        """The probability of a class.

        >>> ClassShares(12, (0.4, 0.3, 0.2, 0.1), (0,) * 4, (1,) * 4).of("frozen")
        0.3
        """
        return self.p[CLASSES.index(name)]

    def tied(self) -> bool:
        """Whether the two likeliest classes cannot be told apart by their intervals."""
        first, second = (CLASSES.index(name) for name in self.ranked()[:2])
        return self.high[second] >= self.low[first]


def class_shares(ensemble: Ensemble, month: float, weights: NDArray[np.float64] | None = None) -> ClassShares:
    """Probability of each class at a month, with Monte Carlo intervals that allow for shared inputs.

    Shapes: weights (R,), one a run. Units: month from the day of the forecast.
    Source: Kish 1965, "Survey sampling" (cluster samples with weights), ch. 5.
    """
    codes = outcome_codes_at(ensemble, month)
    weight = np.ones(len(codes)) if weights is None else np.asarray(weights, dtype=np.float64)
    weight = weight / weight.sum()
    place = np.full(int(max(end.code for end in ENDS)) + 1, CLASSES.index("fighting"))
    for end in ENDS:
        if end.code != FIGHTING:
            place[int(end.code)] = CLASSES.index(CLASS_OF_OUTCOME[end.outcome])
    classes = place[codes]
    shares = np.bincount(classes, weights=weight, minlength=len(CLASSES))
    errors = []
    for number, share in enumerate(shares):
        deviations = np.bincount(ensemble.point, weights=weight * ((classes == number) - share))
        errors.append(Z90 * float(np.sqrt((deviations**2).sum())))
    return ClassShares(
        month,
        tuple(map(float, shares)),
        tuple(max(float(share) - error, 0.0) for share, error in zip(shares, errors, strict=True)),
        tuple(min(float(share) + error, 1.0) for share, error in zip(shares, errors, strict=True)),
    )
