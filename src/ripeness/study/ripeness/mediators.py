"""What mediators change of the zone at the start: with all that they bring, and without each of their levers.

What they tell both sides takes months and is seen in the wars alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ripeness.scenario.schema import Scenario
from ripeness.study.mediator_levers import levers_of, mediators
from ripeness.study.ripeness.opening_trial import OpeningTrial


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


def try_mediators(scenario: Scenario, trial: OpeningTrial) -> tuple[MediatorEffect, ...]:
    """Try every mediator with each of its levers at nothing, and with all of them."""
    return tuple(_try_mediator(trial, key, levers_of(scenario, key)) for key in mediators(scenario))


def _try_mediator(trial: OpeningTrial, key: str, levers: Mapping[str, str]) -> MediatorEffect:
    """One mediator; `levers` are paths by words."""
    patron = trial.base.sides[trial.war.side(key)]

    def zone_without(*paths: str) -> float:
        return trial.zone(trial.demands(dict.fromkeys(paths, 0.0)))

    return MediatorEffect(
        key,
        trial.median(patron.peace_effort),
        trial.median(patron.lean),
        zone_without(),
        zone_without(*levers.values()),
        tuple(
            MediatorLever(words, path, trial.median(trial.values[trial.war.row[path]]), zone_without(path))
            for words, path in levers.items()
        ),
    )
