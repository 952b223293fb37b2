"""Gather: the evidence of a scenario up to a date, and items added by hand, as items that a likelihood can read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import cast

import numpy as np

from ripeness.scenario.schema import Observed, Scenario
from ripeness.study.who_decides.admiralty import best_grade, report_doubt
from ripeness.study.who_decides.item import Z90, Item, coding_sd
from ripeness.study.who_decides.typed_observation import SUPPOSED, read_observation, unknown_name
from ripeness.world.calendar import months_between
from ripeness.world.fault import Fault
from ripeness.world.quantity import Quantity

OFFERS = {"offer_made": "position", "media_line": "position", "offer_refused": "above"}
LEAST_DOUBT = 1e-3  # of what is supposed: not 0, so that even what no run shows leaves an answer, with a warning
FAR = 0.2  # of the issue, beyond the coders' intervals: more than noise between two decisions explains
SAME_TIME = 15  # days within which two records of one decision cannot both be right if they lie far apart


@dataclass(frozen=True, slots=True)
class ObservedEvidence:
    """What is taken as known: items by decision, what only the war itself can show, and what an analyst should know."""

    items: tuple[Item, ...]
    shown: tuple[Observed, ...]
    warnings: tuple[str, ...]
    as_of: date

    def of(self, polity: str) -> tuple[Item, ...]:
        """Items of one polity, by date."""
        return tuple(item for item in self.items if item.polity == polity)

    def polities(self) -> tuple[str, ...]:
        """Polities with at least one item, in order of appearance."""
        return tuple(dict.fromkeys(item.polity for item in self.items))


def collect_evidence(scenario: Scenario, as_of: date | None = None, observe: Iterable[str] = ()) -> ObservedEvidence:
    """Take the scenario's evidence up to a date (its start, if none is given) and add what is observed by hand.

    Raises: Fault for an observation that names no polity or issue of the scenario, or a day before the war.
    """
    until = as_of or scenario.start
    if until < scenario.began:
        raise Fault(f"--as-of {until} is before the war began on {scenario.began}: nothing was known of it")
    added = [read_observation(scenario, text) for text in observe]
    taken = [one for one in scenario.evidence if one.date <= until] + added
    for one in taken:
        _fits(scenario, one)
    items: list[Item] = []
    shown: list[Observed] = []
    for n, one in enumerate(sorted(taken, key=lambda one: one.date)):
        item = _item(scenario, one, n)
        if item is not None:
            items.append(item)
        else:
            shown.append(one)
    return ObservedEvidence(
        tuple(items), tuple(shown), (*_contradictions(items), *_late(len(scenario.evidence), taken, added)), until
    )


def observed_until(items: int, newest: str, as_of: str) -> str:
    """How many observations there are, and until when anything is known: a later date of knowledge adds nothing.

    `newest` may be empty where it is not on record, as in runs kept by an older version.

    >>> observed_until(51, "2023-03-14", "2025-12-01")
    '51 observations up to 2023-03-14, none later by 2025-12-01'
    >>> observed_until(1, "1945-05-10", "1945-05-10")
    '1 observation up to 1945-05-10'
    """
    said = f"{items} observation{'' if items == 1 else 's'} up to {newest or as_of}"
    return f"{said}, none later by {as_of}" if newest and newest < as_of else said


def _fits(scenario: Scenario, one: Observed) -> None:
    """Refuse what cannot be of this war; a file is checked when it is read, a scenario made by a program is not."""
    if one.date < scenario.began:
        raise Fault(f"'{one.id or one.source}' was observed on {one.date}, before the war began on {scenario.began}")
    if one.polity not in scenario.polities:
        raise Fault(unknown_name(one.polity, scenario.polities, "a polity of the scenario"))
    if one.issue is not None and one.issue not in scenario.polities[one.polity].issues:
        raise Fault(unknown_name(one.issue, scenario.polities[one.polity].issues, f"an issue of {one.polity!r}"))


def _item(scenario: Scenario, one: Observed, number: int) -> Item | None:
    """The decision that an observation tells of; none where it tells of the war rather than of a decision."""
    sources, grade, doubted = source_doubt(scenario, one)
    terms = next((key for key, issue in scenario.polities[one.polity].issues.items() if issue.role == "terms"), None)
    kind, issue, stated = "position", one.issue, one.position
    alternatives: tuple[float, ...] = ()
    if one.shows == "not_done":
        if one.issue is None or one.amount is None:
            return None
        kind, stated = ("below" if _toward(one) == "high" else "above"), one.amount
    elif one.shows is not None:
        if one.shows not in OFFERS or terms is None or one.amount is None:
            return None
        kind, issue, stated = OFFERS[one.shows], terms, one.amount
    at, coded = (min(max(stated.centre, 0.0), 1.0), coding_sd(stated)) if stated is not None else (0.0, 0.0)
    if one.choice is not None:
        kind, names = "choice", list(one.alternatives)
        alternatives = tuple(one.alternatives[name].centre for name in names)
        at, coded = (
            float(names.index(one.choice)),
            float(np.mean([coding_sd(one.alternatives[name]) for name in names])),
        )
    return Item(
        id=one.id or f"{one.date} {one.polity} {issue} ({number + 1})",
        polity=one.polity,
        issue=str(issue),
        on=one.date,
        months=months_between(scenario.start, one.date),
        kind=kind,
        at=at,
        coded=coded,
        alternatives=alternatives,
        doubt=doubted,
        grade=grade,
        sources=sources,
        planted=one.planted,
        puzzling=one.puzzling,
        note=one.note,
    )


def _toward(one: Observed) -> str:
    """Towards which end of its issue a deed lies that was not done: as stated, else the nearer one."""
    return one.toward or ("high" if cast("Quantity", one.amount).centre > 1 / 2 else "low")


def source_doubt(scenario: Scenario, one: Observed) -> tuple[tuple[str, ...], str, float]:
    """Sources and grade of an observation, and with which chance it says nothing."""
    sources = (one.source,) if isinstance(one.source, str) else tuple(one.source)
    grade = one.grade or best_grade([scenario.sources[key].grade for key in sources if key in scenario.sources])
    return sources, grade, LEAST_DOUBT if one.id.startswith(SUPPOSED) else report_doubt(grade, planted=one.planted)


def _contradictions(items: Sequence[Item]) -> list[str]:
    """Records of one issue within days of each other whose 90 % intervals, and the noise of a decision, lie apart."""
    found = []
    placed = [item for item in items if item.kind == "position"]
    for one, other in combinations(placed, 2):
        same = (one.polity, one.issue) == (other.polity, other.issue)
        if (
            same
            and abs((one.on - other.on).days) <= SAME_TIME
            and abs(one.at - other.at) > Z90 * (one.coded + other.coded) + FAR
        ):
            found.append(
                f"'{one.id}' and '{other.id}' contradict each other ({one.at:.2f} and {other.at:.2f} on "
                f"{one.issue} within "
                f"{SAME_TIME} days): the decision was reversed, or a record is wrong; both are kept, each by its grade"
            )
    return found


def _late(many: int, taken: Sequence[Observed], added: Sequence[Observed]) -> list[str]:
    left = many - (len(taken) - len(added))
    if left <= 0:
        return []
    return [f"{left} of {many} observations are later than the date of knowledge and left out; --as-of takes them in"]
