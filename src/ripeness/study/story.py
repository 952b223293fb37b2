"""Story of one war, as facts in order: positions, decisions, consequences, and why it ended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ripeness.ensemble.single import Course
from ripeness.war.prepare import Side
from ripeness.world.ceasefire import NO_CEASEFIRE
from ripeness.world.outcome import ENDS
from ripeness.world.way_out import FIGHTS_ON

# What a reader would call a change: shares of the stake or of an issue, since it was last reported.
REFUSED = 1.01
FRONT_CHANGE, DEMAND_CHANGE, POLICY_CHANGE = 0.05, 0.1, 0.15
TOLD_ROLES = (
    "effort",
    "restraint",
    "reform",
    "aid",
    "sanctions",
    "trade",
    "mediation",
    "alignment",
    None,
)  # None: an issue without a role


@dataclass(frozen=True, slots=True)
class FactionPosition:
    """What a faction wanted on an issue, and its share of power then."""

    faction: str
    position: float
    power: float


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that happened in a month.

    `what` is terms, policy, front, zone, event, leader, leak, left, splinter, strongest, truce, beside or ally;
    `wants` are the factions' wishes where something was decided. Of a ceasefire `before` and `after` are codes of
    world/ceasefire.py, `issue` says whether it was violated or ran out, and `share` how far outsiders watch over it; of
    a faction that leaves and fights on `after` are the men under it, in thousands. Of an ally `before` is its camp or
    the one it leaves, `after` the way by world/way_out.py, and `share` what its camp holds or is given.
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
    share: float | None = None


@dataclass(frozen=True, slots=True)
class QuietMonths:
    """Months without a notable event: how the front stood, and all belligerents' deaths, in thousands."""

    first: int
    last: int
    held: float
    deaths: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Closing:
    """How it ended, at what price, and which allies fight on after it."""

    outcome: str
    polity: str | None
    how: str | None
    months: float
    share: float
    demands: tuple[float, float]
    deaths: tuple[float, ...]
    renewed_month: float | None
    fighting_on: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    """The story of one war: facts and quiet months in order, then the closing. `armed` are all belligerents."""

    polities: tuple[str, str]
    armed: tuple[str, ...]
    draw: int
    parts: tuple[Fact | QuietMonths, ...]
    closing: Closing


def story(course: Course) -> Story:
    """Return the course of one war as facts."""
    facts = list(_facts(course))
    first, second = course.war.principals
    armed = tuple(side.key for side in course.war.armed)
    return Story((first.key, second.key), armed, course.draw, tuple(_with_stretches(course, facts)), _closing(course))


def _facts(course: Course) -> Iterator[Fact]:
    last_values: dict[str, float] = {}
    for month in range(course.steps + 1):
        if np.isnan(course.album["front"][month]):
            return
        yield from _events(course, month)
        for side in course.war.sides:
            yield from _inside(course, side, month, last_values)
        yield from _front_and_zone(course, month, last_values)
        yield from _ceasefire(course, month)


def _events(course: Course, month: int) -> Iterator[Fact]:
    if month == 0:
        return
    happened = course.album["happened"]
    for n, event in enumerate(course.war.happenings):
        if happened[month, n] > happened[month - 1, n]:
            yield Fact(month, "event", who=event.key)


def _inside(course: Course, side: Side, month: int, last_values: dict[str, float]) -> Iterator[Fact]:
    """What changed inside a polity."""
    if side.fights:
        for name, kind in (("fell", "leader"), ("leaked", "leak")):
            if _rose(course.album[f"{side.key}.{name}"], month):
                yield Fact(month, kind, side.key)
        yield from _departures(course, side, month)
        yield from _ways_out(course, side, month)
    yield from _strongest(course, side, month, last_values)
    for n, key in enumerate(side.issue_keys):
        role = course.scenario.polities[side.key].issues[key].role
        if role == "terms":
            yield from _decision(course, side, n, month, last_values, "terms", DEMAND_CHANGE)
        elif role in TOLD_ROLES:
            yield from _decision(course, side, n, month, last_values, "policy", POLICY_CHANGE)


def _ways_out(course: Course, side: Side, month: int) -> Iterator[Fact]:
    """In which camp an ally fights at the start; that it has left its camp in this month."""
    ways = course.album.get(f"{side.key}.way_out")
    if ways is None or not course.scenario.polities[side.key].beside:
        return
    if not month:
        yield Fact(month, "beside", side.key, before=float(course.album[f"{side.key}.camp"][0]))
        return
    camps, shares = course.album[f"{side.key}.camp"], course.album[f"{side.key}.terms_apart"]
    if camps[month] != camps[month - 1]:
        before, after, share = (float(row) for row in (camps[month - 1], ways[month], shares[month]))
        yield Fact(month, "ally", side.key, before=before, after=after, share=share)


def _departures(course: Course, side: Side, month: int) -> Iterator[Fact]:
    """Factions that leave, and the men that one takes along to fight on."""
    men = course.album[f"{side.key}.splinter_forces"]
    leavers = np.flatnonzero(_rose(course.album[f"{side.key}.gone"], month)).tolist()
    for n in leavers:
        if _rose(men, month):
            yield Fact(month, "splinter", side.key, who=side.faction_keys[n], after=float(men[month] - men[month - 1]))
        else:
            yield Fact(month, "left", side.key, who=side.faction_keys[n])


def _ceasefire(course: Course, month: int) -> Iterator[Fact]:
    """A ceasefire that is in force at the start, begins, becomes another, is violated or runs out."""
    kinds = course.album["truce"]
    before, after = (float(kinds[month - 1]) if month else NO_CEASEFIRE), float(kinds[month])
    if before == after:
        return
    watched = float(course.album["truce_monitored"][month])
    ending = None
    if after == NO_CEASEFIRE:
        ending = "violated" if _rose(course.album["truces_broken"], month) else "ran out"
    yield Fact(month, "truce", issue=ending, before=before, after=after, share=watched)


def _strongest(course: Course, side: Side, month: int, last_values: dict[str, float]) -> Iterator[Fact]:
    power = course.album[f"{side.key}.power"][month]
    top = int(power.argmax())
    previous = last_values.get(f"{side.key}.top")
    last_values[f"{side.key}.top"] = top
    if previous is not None and previous != top and side.factions > 1:
        yield Fact(month, "strongest", side.key, who=side.faction_keys[top], after=float(power[top]))


def _decision(
    course: Course, side: Side, issue: int, month: int, last_values: dict[str, float], kind: str, threshold: float
) -> Iterator[Fact]:
    name = f"{side.key}.{side.issue_keys[issue]}"
    decided = float(course.album[f"{side.key}.decided"][month, issue])
    if kind == "terms":  # below nothing is nothing, and beyond the whole all is refused alike
        decided = min(max(decided, 0.0), REFUSED)
    previous = last_values.get(name)
    if previous is not None and abs(decided - previous) < threshold:
        return
    last_values[name] = decided
    positions, power = course.album[f"{side.key}.position"][month, issue], course.album[f"{side.key}.power"][month]
    wants = tuple(
        FactionPosition(*row) for row in zip(side.faction_keys, positions.tolist(), power.tolist(), strict=True)
    )
    role = course.scenario.polities[side.key].issues[side.issue_keys[issue]].role
    yield Fact(month, kind, side.key, side.issue_keys[issue], role, None, previous, decided, wants)


def _front_and_zone(course: Course, month: int, last_values: dict[str, float]) -> Iterator[Fact]:
    """What changed between the belligerents: the front, and whether there is something to agree on."""
    share = _share_held(course, month)
    if "held" not in last_values or abs(share - last_values["held"]) >= FRONT_CHANGE:
        yield Fact(month, "front", before=last_values.get("held"), after=share)
        last_values["held"] = share
    # The zone of the opening is computed with the first month's talks.
    zone = float(course.album["zone"][month])
    if month and (
        ("zone" not in last_values and zone >= 0)
        or ("zone" in last_values and (zone >= 0) != (last_values["zone"] >= 0))
    ):
        yield Fact(month, "zone", before=last_values.get("zone"), after=zone)
    if month:
        last_values["zone"] = zone


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
    deaths = [course.album[f"{side.key}.deaths"] for side in course.war.armed]
    end = min(last, _pages(course))
    deaths_lost = tuple(  # a war that ends within a month does not cost the whole of it
        max(min(float(series[end] - series[0]), float(whole)) - float(series[min(first - 1, end)] - series[0]), 0.0)
        for series, whole in zip(deaths, course.results["deaths"], strict=True)
    )
    return QuietMonths(first, last, _share_held(course, end), deaths_lost)


def _closing(course: Course) -> Closing:
    results = course.results
    end = next(candidate for candidate in ENDS if candidate.code == int(results["code"]))
    keys = [side.key for side in course.war.principals]
    ways = results.get("way_out", np.zeros(len(course.war.armed)))
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
        tuple(float(deaths) for deaths in results["deaths"]),
        None if np.isnan(renewed) else renewed,
        tuple(side.key for side, departure in zip(course.war.armed, ways, strict=True) if departure == FIGHTS_ON),
    )


def _pages(course: Course) -> int:
    """The last step of which there is a picture."""
    return int(np.flatnonzero(~np.isnan(course.album["front"]))[-1])


def _share_held(course: Course, month: int) -> float:
    return float(1 / (1 + np.exp(-course.album["front"][month])))


def _rose(values: NDArray[np.floating], month: int) -> NDArray[np.bool_]:
    """Where a count went up this month."""
    return values[month] > values[month - 1] if month else np.zeros(values.shape[1:], dtype=bool)
