"""The opening situation tried with some of its numbers changed: what both belligerents then demand, and the zone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ripeness.study.ripeness.opening_situation import open_situation
from ripeness.study.ripeness.terms_council import terms_councils
from ripeness.study.weighted_statistics import weighted_quantiles
from ripeness.war.prepare import War
from ripeness.war.situation import Situation

Array = NDArray[np.float64]
Demands = tuple[Array, Array]


@dataclass(frozen=True, slots=True)
class OpeningTrial:
    """The opening situation `base` and what it rests on, to be opened again with other numbers on the same samples.

    Shapes: values (K, N), rows as in the war; weights (N,), how much each sample counts.
    """

    war: War
    values: Array
    weights: Array
    cuts: tuple[str, ...]
    base: Situation

    def stated_demands(self) -> Demands:
        """Both demands as things are stated. Shapes: two (N,)."""
        first, second = (council.decide() for council in terms_councils(self.war, self.base))
        return first, second

    def demands(self, changed: Mapping[str, float]) -> Demands:
        """Both demands where numbers, by path, have other values. Shapes: two (N,)."""
        numbers = self.values.copy()
        for path, value in changed.items():
            numbers[self.war.row[path]] = value
        trial = open_situation(self.war, numbers, self.cuts)
        councils = terms_councils(self.war, trial)
        # A faction that states its terms moves them by what the change does to its reservation share.
        first, second = (
            council.decide_on(base.position[council.side.terms] + moved.reservation - base.reservation)
            for council, moved, base in zip(councils, trial.principals(), self.base.principals(), strict=True)
        )
        return first, second

    def zone(self, demands: Demands) -> float:
        """The median width of the zone of agreement."""
        return self.median(1.0 - demands[0] - demands[1])

    def median(self, values: Array) -> float:
        """The median over the samples. Shapes: values (N,)."""
        return weighted_quantiles(values, self.weights).median
