"""What mediators change of the zone at the start: with all that they bring, and without each of their levers.

What they tell both sides takes months and is seen in the wars alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ripeness.ensemble.design import Design
from ripeness.ensemble.inputs import Overrides
from ripeness.ensemble.past import Past
from ripeness.scenario.schema import Scenario
from ripeness.study.mediator_levers import levers_of, mediators
from ripeness.study.ripeness.opening_situation import open_situation, parameter_samples
from ripeness.study.ripeness.terms_council import terms_councils
from ripeness.study.weighted_statistics import weighted_quantiles
from ripeness.war.prepare import War
from ripeness.war.situation import Situation

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class MediatorLever:
    """One lever of a mediator: the number that says how much of it there is, and the median zone without it."""

    words: str
    path: str
    stated: float
    zone_without: float


@dataclass(frozen=True, slots=True)
class MediatorEffect:
    """A mediator at the start: how hard it works for a peace (median), whom it favours, and the median zone with it.

    `lean`: 1 wholly the first belligerent, -1 the second. `zone_without` is the zone where it brings nothing at all.
    """

    polity: str
    effort: float
    lean: float
    zone: float
    zone_without: float
    levers: tuple[MediatorLever, ...]


def try_mediators(
    scenario: Scenario,
    design: Design,
    weights: Array,
    cuts: Sequence[str] = (),
    overrides: Overrides | None = None,
    past: Past | None = None,
) -> tuple[MediatorEffect, ...]:
    """Try every mediator with each of its levers at nothing, and with all of them. Shapes: weights (points,)."""
    keys = mediators(scenario)
    if not keys:
        return ()
    war, values = parameter_samples(scenario, design, overrides, past)
    trial = _MediatorTrial(war, values, weights, tuple(cuts), open_situation(war, values, cuts))
    return tuple(trial.of(key, levers_of(scenario, key)) for key in keys)


@dataclass(frozen=True, slots=True)
class _MediatorTrial:
    """The opening situation without some of what mediators bring, on the same parameter samples."""

    war: War
    values: Array
    weights: Array
    cuts: tuple[str, ...]
    base: Situation

    def of(self, key: str, levers: Mapping[str, str]) -> MediatorEffect:
        """One mediator."""
        patron = self.base.sides[self.war.side(key)]
        return MediatorEffect(
            key,
            self._median(patron.peace_effort),
            self._median(patron.lean),
            self.zone_without(()),
            self.zone_without(tuple(levers.values())),
            tuple(
                MediatorLever(words, path, self._median(self.values[self.war.row[path]]), self.zone_without((path,)))
                for words, path in levers.items()
            ),
        )

    def zone_without(self, paths: tuple[str, ...]) -> float:
        """The median zone where these numbers are 0."""
        numbers = self.values.copy()
        numbers[[self.war.row[path] for path in paths]] = 0.0
        trial = open_situation(self.war, numbers, self.cuts)
        zone = np.ones(numbers.shape[1])
        for council, moved, base in zip(
            terms_councils(self.war, trial), trial.principals(), self.base.principals(), strict=True
        ):
            # A faction that states its terms moves them by what changes in its reservation share.
            zone -= council.decide_on(base.position[council.side.terms] + moved.reservation - base.reservation)
        return self._median(zone)

    def _median(self, values: Array) -> float:
        return weighted_quantiles(values, self.weights).median
