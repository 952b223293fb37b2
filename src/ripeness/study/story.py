"""Story: what happened in one war, as facts in order: who wanted what, who prevailed, what it led to, why it ended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ripeness.ensemble.single import Course
from ripeness.war.prepare import Side
from ripeness.world.outcome import ENDS

# What a reader would call a change: shares of the stake or of an issue, since it was last told.
REFUSED = 1.01
FRONT_CHANGE, DEMAND_CHANGE, POLICY_CHANGE = 0.05, 0.1, 0.15
TOLD_ROLES = ("effort", "restraint", "reform", "aid", "sanctions", "trade", None)  # None: an issue without a role


@dataclass(frozen=True, slots=True)
class FactionPosition:
    """What a faction wanted on an issue, and its share of power then."""

    faction: str
    position: float
    power: float


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that happened in a month.

    `what` is terms, policy, front, zone, event, leader, leak, left or strongest; `wants` are the factions' wishes where
    something was decided.
    """

    month: int
    what: str
    polity: str | None = None
    issue: str | None = None
    role: str | None = None
    who: str | None = None
    before: float | None = None
    after: float | None = None
    wants: tuple[FactionPosition, ...] = ()


@dataclass(frozen=True, slots=True)
class QuietMonths:
    """Months in which nothing worth telling happened: how the front stood, and both sides' deaths, in thousands."""

    first: int
    last: int
    held: float
    deaths: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Closing:
    """How it ended, and at what price."""

    outcome: str
    polity: str | None
    how: str | None
    months: float
    share: float
    demands: tuple[float, float]
    deaths: tuple[float, float]
    renewed_month: float | None


@dataclass(frozen=True, slots=True)
class Story:
    """One war told: facts and quiet stretches in order, then the closing."""

    polities: tuple[str, str]
    draw: int
    parts: tuple[Fact | QuietMonths, ...]
    closing: Closing


def story(course: Course) -> Story:
    """Tell the course of one war."""
    facts = list(_facts(course))
    first, second = (side.key for side in course.war.sides[:2])
    return Story((first, second), course.draw, tuple(_with_stretches(course, facts)), _closing(course))


def _facts(course: Course) -> Iterator[Fact]:
    told: dict[str, float] = {}
    for month in range(course.steps + 1):
        if np.isnan(course.album["front"][month]):
            return
        yield from _events(course, month)
        for side in course.war.sides:
            yield from _inside(course, side, month, told)
        yield from _between(course, month, told)


def _events(course: Course, month: int) -> Iterator[Fact]:
    if month == 0:
        return
    happened = course.album["happened"]
    for n, one in enumerate(course.war.happenings):
        if happened[month, n] > happened[month - 1, n]:
            yield Fact(month, "event", who=one.key)


def _inside(course: Course, side: Side, month: int, told: dict[str, float]) -> Iterator[Fact]:
    """What changed inside a polity."""
    if side.fights:
        for name, what in (("fell", "leader"), ("leaked", "leak")):
            if _rose(course.album[f"{side.key}.{name}"], month):
                yield Fact(month, what, side.key)
        for n in np.flatnonzero(_rose(course.album[f"{side.key}.gone"], month)).tolist():
            yield Fact(month, "left", side.key, who=side.faction_keys[n])
    yield from _strongest(course, side, month, told)
    for n, key in enumerate(side.issue_keys):
        role = course.scenario.polities[side.key].issues[key].role
        if role == "terms":
            yield from _decision(course, side, n, month, told, "terms", DEMAND_CHANGE)
        elif role in TOLD_ROLES:
            yield from _decision(course, side, n, month, told, "policy", POLICY_CHANGE)


def _strongest(course: Course, side: Side, month: int, told: dict[str, float]) -> Iterator[Fact]:
    power = course.album[f"{side.key}.power"][month]
    top = int(power.argmax())
    before = told.get(f"{side.key}.top")
    told[f"{side.key}.top"] = top
    if before is not None and before != top and side.factions > 1:
        yield Fact(month, "strongest", side.key, who=side.faction_keys[top], after=float(power[top]))


def _decision(
    course: Course, side: Side, issue: int, month: int, told: dict[str, float], what: str, least: float
) -> Iterator[Fact]:
    name = f"{side.key}.{side.issue_keys[issue]}"
    after = float(course.album[f"{side.key}.decided"][month, issue])
    if what == "terms":  # below nothing is nothing, and beyond the whole all is refused alike
        after = min(max(after, 0.0), REFUSED)
    before = told.get(name)
    if before is not None and abs(after - before) < least:
        return
    told[name] = after
    positions, power = course.album[f"{side.key}.position"][month, issue], course.album[f"{side.key}.power"][month]
    wants = tuple(
        FactionPosition(*one) for one in zip(side.faction_keys, positions.tolist(), power.tolist(), strict=True)
    )
    role = course.scenario.polities[side.key].issues[side.issue_keys[issue]].role
    yield Fact(month, what, side.key, side.issue_keys[issue], role, None, before, after, wants)


def _between(course: Course, month: int, told: dict[str, float]) -> Iterator[Fact]:
    """What changed between the belligerents: the front, and whether there is something to agree on."""
    held = _held(course, month)
    if "held" not in told or abs(held - told["held"]) >= FRONT_CHANGE:
        yield Fact(month, "front", before=told.get("held"), after=held)
        told["held"] = held
    # The zone of the opening is reckoned with the first month's talks.
    zone = float(course.album["zone"][month])
    if month and (("zone" not in told and zone >= 0) or ("zone" in told and (zone >= 0) != (told["zone"] >= 0))):
        yield Fact(month, "zone", before=told.get("zone"), after=zone)
    if month:
        told["zone"] = zone


def _with_stretches(course: Course, facts: list[Fact]) -> Iterator[Fact | QuietMonths]:
    last = 0
    for fact in facts:
        if fact.month > last + 1:
            yield _stretch(course, last + 1, fact.month - 1)
        last = max(last, fact.month)
        yield fact
    if last < course.steps:
        yield _stretch(course, last + 1, course.steps)


def _stretch(course: Course, first: int, last: int) -> QuietMonths:
    deaths = [course.album[f"{side.key}.deaths"] for side in course.war.sides[:2]]
    end = min(last, _pages(course))
    lost = tuple(float(one[end] - one[min(first - 1, end)]) for one in deaths)
    return QuietMonths(first, last, _held(course, end), (lost[0], lost[1]))


def _closing(course: Course) -> Closing:
    results = course.results
    end = next(one for one in ENDS if one.code == int(results["code"]))
    keys = [side.key for side in course.war.sides[:2]]
    last = _pages(course)
    demands = tuple(float(course.album[f"{key}.demand"][last]) for key in keys)
    renewed = float(results["renewed_month"])
    return Closing(
        end.outcome,
        None if end.side is None else keys[end.side],
        end.how,
        float(results["months"]),
        float(results["share"]),
        (demands[0], demands[1]),
        (float(results["deaths"][0]), float(results["deaths"][1])),
        None if np.isnan(renewed) else renewed,
    )


def _pages(course: Course) -> int:
    """The last step of which there is a picture."""
    return int(np.flatnonzero(~np.isnan(course.album["front"]))[-1])


def _held(course: Course, month: int) -> float:
    return float(1 / (1 + np.exp(-course.album["front"][month])))


def _rose(values: NDArray[np.floating], month: int) -> NDArray[np.bool_]:
    """Where a count went up this month."""
    return values[month] > values[month - 1] if month else np.zeros(values.shape[1:], dtype=bool)
