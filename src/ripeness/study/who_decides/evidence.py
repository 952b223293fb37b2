"""Evidence of a scenario up to a date, with observations added by hand, as items for a likelihood."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Required, TypedDict, cast

import numpy as np

from ripeness.scenario.schema import Observation, Scenario
from ripeness.study.who_decides.item import PRIZES, Item, coding_sd
from ripeness.study.who_decides.typed_observation import read_observation
from ripeness.study.who_decides.typed_value import SUPPOSED
from ripeness.world.admiralty import best_grade, report_doubt
from ripeness.world.calendar import months_between
from ripeness.world.fault import ArgumentFault, Fault
from ripeness.world.quantity import Z90, Quantity
from ripeness.world.wording import unknown_name

OFFERS = {"offer_made": "position", "media_line": "position", "offer_refused": "above"}
PARTIES = 2
LEAST_DOUBT = 1e-3  # of what is supposed: not 0, so that even what no run shows leaves an answer, with a warning
CONTRADICTION_DISTANCE = 0.2  # of the issue, beyond the coders' intervals: more than noise of decisions explains
SAME_TIME = 15  # days within which two records of one decision cannot both be right if they lie far apart


@dataclass(frozen=True, slots=True)
class ObservedEvidence:
    """Evidence in use: decisions as items, observations of the war itself, and warnings for the analyst."""

    items: tuple[Item, ...]
    war_observations: tuple[Observation, ...]
    warnings: tuple[str, ...]
    as_of: date

    def of(self, polity: str) -> tuple[Item, ...]:
        """Items of one polity, by date."""
        return tuple(item for item in self.items if item.polity == polity)

    def polities(self) -> tuple[str, ...]:
        """Polities with at least one item, in order of appearance."""
        return tuple(dict.fromkeys(item.polity for item in self.items))


def collect_evidence(
    scenario: Scenario,
    as_of: date | None = None,
    observe: Iterable[str] = (),
    more: Sequence[Observation] = (),
    *,
    stated: bool = True,
) -> ObservedEvidence:
    """Collect the scenario's evidence up to a date (its start, if none is given) and add what is observed by hand.

    `more` are further observations, of which those up to the date count; `stated`: whether the scenario's own do.

    Raises: Fault for an observation that names no polity or issue of the scenario, or a day before the war.
    """
    until = as_of or scenario.start
    if until < scenario.began:
        raise ArgumentFault("as_of", f" {until} is before the war began on {scenario.began}: nothing was known of it")
    own = scenario.evidence if stated else ()
    added = [read_observation(scenario, text) for text in observe] + [row for row in more if row.date <= until]
    observations = [observation for observation in own if observation.date <= until] + added
    for observation in observations:
        _fits(scenario, observation)
    items: list[Item] = []
    war_observations: list[Observation] = []
    for n, observation in enumerate(sorted(observations, key=lambda observation: observation.date)):
        item = _item(scenario, observation, n)
        if item is not None:
            items.append(item)
        else:
            war_observations.append(observation)
    return ObservedEvidence(
        tuple(items),
        tuple(war_observations),
        (*_contradictions(items), *_late(len(own), observations, added)),
        until,
    )


def observed_until(items: int, newest: str, as_of: str) -> str:
    """Say how many observations there are and until when: a later date of knowledge adds nothing.

    `newest` may be empty where it is not on record, as in runs kept by an older version.

    >>> observed_until(51, "2023-03-14", "2025-12-01")
    '51 observations up to 2023-03-14, none later by 2025-12-01'
    >>> observed_until(1, "1945-05-10", "1945-05-10")
    '1 observation up to 1945-05-10'
    """
    text = f"{items} observation{'' if items == 1 else 's'} up to {newest or as_of}"
    return f"{text}, none later by {as_of}" if newest and newest < as_of else text


def _fits(scenario: Scenario, observation: Observation) -> None:
    """Refuse an observation that does not fit the war: a scenario made by a program was not checked before."""
    if observation.date < scenario.began:
        raise Fault(
            f"'{observation.id or observation.source}' was observed on {observation.date}, before the war began on "
            f"{scenario.began}"
        )
    if observation.polity not in scenario.polities:
        raise Fault(unknown_name("a polity of the scenario", observation.polity, scenario.polities))
    polity = scenario.polities[observation.polity]
    if observation.issue is not None and observation.issue not in polity.issues:
        raise Fault(unknown_name(f"an issue of {observation.polity!r}", observation.issue, polity.issues))
    for faction in (*observation.wanted, observation.favours, observation.against):
        if faction is not None and faction not in polity.factions:
            raise Fault(unknown_name(f"a faction of {observation.polity!r}", faction, polity.factions))
    for name in (*observation.wanted.values(), observation.choice):
        if name is not None and name not in observation.alternatives:
            raise Fault(unknown_name("among the alternatives", name, observation.alternatives))


def _item(scenario: Scenario, observation: Observation, number: int) -> Item | None:
    """Return the decision or act behind an observation; none where it is of the war itself."""
    outcome = _act(scenario, observation) or _chosen(observation) or _placed(scenario, observation)
    if outcome is None:
        return None
    sources, grade, doubted = source_doubt(scenario, observation)
    issue = outcome.get("issue", observation.issue) or ""
    return Item(
        id=observation.id or f"{observation.date} {observation.polity} {issue or observation.act} ({number + 1})",
        polity=observation.polity,
        issue=issue,
        on=observation.date,
        months=months_between(scenario.start, observation.date),
        kind=outcome["kind"],
        at=outcome.get("at", 0.0),
        coded=outcome.get("coded", 0.0),
        alternatives=outcome.get("alternatives", ()),
        doubt=doubted,
        grade=grade,
        sources=sources,
        planted=observation.planted,
        puzzling=observation.puzzling,
        note=observation.note,
        stances=outcome.get("stances", {}),
        act=observation.act or "",
        favours=observation.favours or "",
        against=observation.against or "",
        n_contenders=outcome.get("n_contenders", PARTIES),
    )


class _Outcome(TypedDict, total=False):
    """The fields of an item that say what came about."""

    kind: Required[str]
    issue: str
    at: float
    coded: float
    alternatives: tuple[float | None, ...]
    stances: dict[str, int]
    n_contenders: int


def _act(scenario: Scenario, observation: Observation) -> _Outcome | None:
    """An act on the standing of factions: a post or money that all compete for, or a contest of two parties."""
    if observation.act is None:
        return None
    if observation.act in PRIZES and observation.against is None:
        return {"kind": "act", "n_contenders": len(scenario.polities[observation.polity].factions)}
    return {"kind": "act"}


def _chosen(observation: Observation) -> _Outcome | None:
    """A choice among alternatives, with what each faction stood behind."""
    if observation.choice is None:
        return None
    names, places = list(observation.alternatives), list(observation.alternatives.values())
    return {
        "kind": "choice",
        "at": float(names.index(observation.choice)),
        "coded": float(np.mean([0.0 if place is None else coding_sd(place) for place in places])),
        "alternatives": tuple(None if place is None else place.centre for place in places),
        "stances": {faction: names.index(name) for faction, name in observation.wanted.items()},
    }


def _placed(scenario: Scenario, observation: Observation) -> _Outcome | None:
    """A decision that stood at a place of its issue, or on one side of it."""
    terms = next(
        (key for key, issue in scenario.polities[observation.polity].issues.items() if issue.role == "terms"), None
    )
    kind, issue, quantity = "position", observation.issue, observation.position
    if observation.shows == "not_done":
        if observation.issue is None or observation.amount is None:
            return None
        kind, quantity = ("below" if _toward(observation) == "high" else "above"), observation.amount
    elif observation.shows is not None:
        if observation.shows not in OFFERS or terms is None or observation.amount is None:
            return None
        kind, issue, quantity = OFFERS[observation.shows], terms, observation.amount
    at, coded = (min(max(quantity.centre, 0.0), 1.0), coding_sd(quantity)) if quantity is not None else (0.0, 0.0)
    return {"kind": kind, "issue": issue or "", "at": at, "coded": coded}


def _toward(observation: Observation) -> str:
    """Return towards which end of its issue an omitted action lies: as stated, else the nearer one."""
    return observation.toward or ("high" if cast("Quantity", observation.amount).centre > 1 / 2 else "low")


def source_doubt(scenario: Scenario, observation: Observation) -> tuple[tuple[str, ...], str, float]:
    """Sources and grade of an observation, and the probability that it is uninformative."""
    sources = (observation.source,) if isinstance(observation.source, str) else tuple(observation.source)
    grade = observation.grade or best_grade([scenario.sources[key].grade for key in sources if key in scenario.sources])
    return (
        sources,
        grade,
        LEAST_DOUBT if observation.id.startswith(SUPPOSED) else report_doubt(grade, planted=observation.planted),
    )


def _contradictions(items: Sequence[Item]) -> list[str]:
    """Records of one issue within days of each other whose 90 % intervals, and the noise of a decision, lie apart."""
    notes = []
    placed = [item for item in items if item.kind == "position"]
    for first, second in combinations(placed, 2):
        same_issue = (first.polity, first.issue) == (second.polity, second.issue)
        if (
            same_issue
            and abs((first.on - second.on).days) <= SAME_TIME
            and abs(first.at - second.at) > Z90 * (first.coded + second.coded) + CONTRADICTION_DISTANCE
        ):
            notes.append(
                f"'{first.id}' and '{second.id}' contradict each other ({first.at:.2f} and {second.at:.2f} on "
                f"{first.issue} within "
                f"{SAME_TIME} days): the decision was reversed, or a record is wrong; both are kept, each by its grade"
            )
    return notes


def _late(n_stated: int, observations: Sequence[Observation], added: Sequence[Observation]) -> list[str]:
    n_left_out = n_stated - (len(observations) - len(added))
    if n_left_out <= 0:
        return []
    return [
        (
            f"{n_left_out} of {n_stated} observations are later than the date of knowledge and left out; --as-of takes "
            "them in"
        )
    ]
