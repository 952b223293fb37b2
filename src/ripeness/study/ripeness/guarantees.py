"""Which guarantee opens the zone: the least one at which the median zone opens, for all or against one's breach.

A truce lets the rival rearm, and no paper binds him (Powell 2006); what a guarantee can do is limited to that fear.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ripeness.ensemble.design import Design
from ripeness.ensemble.inputs import Overrides
from ripeness.ensemble.past import Past
from ripeness.scenario.schema import Scenario
from ripeness.study.ripeness.opening_situation import open_situation, parameter_samples
from ripeness.study.ripeness.terms_council import NOTHING, terms_councils, zone_is_open
from ripeness.study.weighted_statistics import ShareEstimate, estimate_share, weighted_quantiles
from ripeness.war.prepare import War
from ripeness.war.situation import Situation

Array = NDArray[np.float64]
HALVINGS = 10  # to a thousandth


@dataclass(frozen=True, slots=True)
class Guarantee:
    """Effect of a guarantee on the zone at the start. `binds` is the polity that it binds, none for both.

    `least` is the least guarantee at which the median zone opens; none when even a full one does not open it. `needed`
    is false where the median zone is open without any.
    """

    binds: str | None
    stated: float
    zone_without: float
    zone_stated: float
    zone_full: float
    least: float | None
    needed: bool
    open_without: ShareEstimate
    open_stated: ShareEstimate
    open_full: ShareEstimate


def try_guarantees(
    scenario: Scenario,
    design: Design,
    weights: Array,
    cuts: Sequence[str] = (),
    overrides: Overrides | None = None,
    past: Past | None = None,
) -> tuple[Guarantee, ...]:
    """Try guarantees from none to full, for both belligerents and for each alone. Shapes: weights (points,)."""
    war, values = parameter_samples(scenario, design, overrides, past)
    paths = {None: "talks.guarantee"} | {side.key: f"polities.{side.key}.conduct.guarantee" for side in war.sides[:2]}
    trial = _GuaranteeTrial(war, values, weights, tuple(cuts), open_situation(war, values, cuts))
    return tuple(trial.of(path, key) for key, path in paths.items())


@dataclass(frozen=True, slots=True)
class _GuaranteeTrial:
    """The opening situation with guarantees at several values, on the same parameter samples."""

    war: War
    values: Array
    weights: Array
    cuts: tuple[str, ...]
    base: Situation

    def of(self, path: str, binds: str | None) -> Guarantee:
        """One guarantee, from none to full."""
        stated_demands, without, full = self.stated_demands(), self.demands(path, 0.0), self.demands(path, 1.0)
        middle = weighted_quantiles(
            self.base.shared.guarantee if binds is None else self._bound(binds), self.weights
        ).median
        is_needed = self.zone(without) < -NOTHING
        able = self.zone(full) >= -NOTHING
        return Guarantee(
            binds,
            middle,
            self.zone(without),
            self.zone(stated_demands),
            self.zone(full),
            self._least_guarantee(path) if is_needed and able else None,
            is_needed,
            self.open(without),
            self.open(stated_demands),
            self.open(full),
        )

    def _bound(self, key: str) -> Array:
        return self.base.principals()[self.war.side(key)].guarantee

    def stated_demands(self) -> tuple[Array, Array]:
        """Both demands as things are stated. Shapes: two (N,)."""
        first, second = (council.decide() for council in terms_councils(self.war, self.base))
        return first, second

    def demands(self, path: str, value: float) -> tuple[Array, Array]:
        """Both demands under a guarantee. Shapes: two (N,)."""
        numbers = self.values.copy()
        numbers[self.war.row[path]] = value
        trial = open_situation(self.war, numbers, self.cuts)
        moved = []
        for council, now, base in zip(
            terms_councils(self.war, trial), trial.principals(), self.base.principals(), strict=True
        ):
            # A faction that states its terms moves them by what the guarantee changes in its reservation share.
            moved.append(council.decide_on(base.position[council.side.terms] + now.reservation - base.reservation))
        return moved[0], moved[1]

    def zone(self, demands: tuple[Array, Array]) -> float:
        """The median zone."""
        return weighted_quantiles(1.0 - demands[0] - demands[1], self.weights).median

    def open(self, demands: tuple[Array, Array]) -> ShareEstimate:
        """Return the share of the samples in which the zone is open."""
        return estimate_share(zone_is_open(*demands, self.war.allowed), np.arange(len(self.weights)), self.weights)

    def _least_guarantee(self, path: str) -> float:
        low, high = 0.0, 1.0
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            if self.zone(self.demands(path, middle)) >= -NOTHING:
                high = middle
            else:
                low = middle
        return high
