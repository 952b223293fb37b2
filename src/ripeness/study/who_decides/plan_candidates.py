"""Candidates of a plan: what one could look for in a polity, each with every outcome that it may have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ripeness.scenario.schema import Observation, Scenario
from ripeness.study.who_decides.positions import stated_position, stated_salience
from ripeness.world.quantity import Quantity

Array = NDArray[np.float64]
GRADE = "B2"  # of a record that is still to be found: a usually reliable source, probably true
CODES = np.linspace(0.0, 1.0, 21)  # places at which a decision by degree may be recorded
REACH = 0.05  # of the issue: how far the 90 % interval of a record reaches to either side
OPPOSED = 0.1  # of the issue: positions nearer than two such reaches are no two alternatives
KINDS = ("choice", "position", "appointment", "statement")


@dataclass(frozen=True, slots=True)
class PlanCandidate:
    """Something to look for: `factions` whom it is about, and one observation for each outcome.

    `kind` is choice (between what two factions want), position (a decision by degree), appointment (a post that either
    of two factions fills; to the likelihood any contest of two alone, such as a veto that nobody has by right), or
    statement (where a faction stands, known within 0.05), which has no observation: it is read off the positions.
    """

    kind: str
    issue: str
    factions: tuple[str, ...]
    observations: tuple[Observation, ...]


def candidates_to_look_for(scenario: Scenario, polity: str, on: date) -> tuple[PlanCandidate, ...]:
    """Everything that could be looked for in a polity by a day: by issue and kind, for each pair of its factions."""
    form = scenario.polities[polity]
    factions = tuple(form.factions)
    candidates: list[PlanCandidate] = []
    for issue in form.issues:
        caring = [key for key in factions if stated_salience(form, key, issue) > 0]
        places = {key: stated_position(scenario, polity, key, issue) for key in caring}
        if len(caring) < 2 or np.ptp([place.centre for place in places.values()]) < OPPOSED:
            continue
        candidates.append(PlanCandidate("position", issue, (), tuple(_degrees(polity, issue, on))))
        candidates += [
            PlanCandidate("choice", issue, pair, tuple(_choices(polity, issue, on, pair, places)))
            for pair in combinations(caring, 2)
            if abs(places[pair[0]].centre - places[pair[1]].centre) >= OPPOSED
        ]
        candidates += [PlanCandidate("statement", issue, (key,), ()) for key in caring if places[key].uncertain]
    candidates += [
        PlanCandidate("appointment", "", pair, tuple(_appointments(polity, on, pair)))
        for pair in combinations(factions, 2)
    ]
    return tuple(candidates)


def _degrees(polity: str, issue: str, on: date) -> Iterator[Observation]:
    for at in CODES:
        low, high = max(at - REACH, 0.0), min(at + REACH, 1.0)
        yield _observation(polity, on, issue=issue, position=_share(float(at), low, high))


def _choices(
    polity: str, issue: str, on: date, pair: Sequence[str], places: dict[str, Quantity]
) -> Iterator[Observation]:
    alternatives = {key: _share(places[key].centre) for key in pair}
    for taken in pair:
        yield _observation(
            polity, on, issue=issue, choice=taken, alternatives=alternatives, wanted={key: key for key in pair}
        )


def _appointments(polity: str, on: date, pair: Sequence[str]) -> Iterator[Observation]:
    for favours, against in (pair, pair[::-1]):
        yield _observation(polity, on, act="appointed", favours=favours, against=against)


def _share(at: float, low: float | None = None, high: float | None = None) -> Quantity:
    if low is None or high is None:
        return Quantity("point", (at,), 0.0, 1.0, "share")
    return Quantity("interval", (at, low, high), 0.0, 1.0, "share")


def _observation(polity: str, on: date, **fields: Any) -> Observation:
    return Observation.model_construct(date=on, polity=polity, grade=GRADE, source=(), **fields)
