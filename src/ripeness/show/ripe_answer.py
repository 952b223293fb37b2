"""Ripe or not, for whom, what both sides ask, and who blocks: short sentences with dates, for readers on a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import isnan

from ripeness.show.number_cells import share_text
from ripeness.show.words import day, month_of, percent
from ripeness.study.ripeness.answer import FactionMonth, Ripeness, WarMonth
from ripeness.study.ripeness.bargaining_range import BargainingRange
from ripeness.study.ripeness.blockers import ZoneOpening
from ripeness.world.calendar import date_after
from ripeness.world.wording import join_words

ALL_THREE = "It sees no way to win, is hurt and sees a way out."
HALF = 0.5
FEW_FIGHTING = 0.1  # share of the simulations below which those still fighting are unlike the others
MOST_NAMED = 4  # blockers, or ties among them, that are named


@dataclass(frozen=True, slots=True)
class NamedBlocker:
    """Who could open a zone of agreement by its own terms, as paragraphs say it: who, what would do, and why not."""

    factions: str
    change: str
    why: str


def verdict_sentence(ripeness: Ripeness, start: date) -> str:
    """Is it ripe on the day, and for whom."""
    now, top = ripeness.at(0.0), ripeness.peak()
    first, second = (ripeness.names[key] for key in ripeness.sides)
    sides = f"{first} in {percent(now.polities[0].p)}, {second} in {percent(now.polities[1].p)}"
    share = now.ripe
    if share.low <= HALF <= share.high:
        verdict = f"It is open whether the war is ripe on {day(start)}"
    elif share.p > HALF:
        verdict = f"Ripe for talks on {day(start)}"
    else:
        verdict = f"Not ripe for talks on {day(start)}"
    text = f"{verdict}: for both sides in {percent(share.p)} of the simulations ({sides})."
    if top.ripe.low > share.high:
        when = month_of(date_after(start, top.month))
        text += f" At most it becomes so in {share_text(top.ripe)} % of the wars still fought, around {when}."
    return text


def demands_sentence(at: BargainingRange) -> str:
    """What both sides ask at least, added up.

    The sum is that of the medians that a picture shows; the interval is of the sum itself.
    """
    demands = added_demands(at)
    if isnan(demands):
        return "No simulated war is still fought."
    spread = f"({100 * max(at.demands.low, 0.0):.0f} to {percent(at.demands.high)} in 90 % of the simulations)"
    total = f"Minimum demands add up to {percent(demands)} of what is at stake {spread}"
    if at.demands.low < 1 < at.demands.high:
        more, less = ("more", "less") if demands > 1 else ("less", "more")
        return f"{total}: {more} than there is in most of them, {less} in the others."
    if demands > 1:
        return f"{total}: {percent(demands - 1)} is claimed twice."
    return f"{total}: {percent(1 - demands)} is left to agree on."


def added_demands(at: BargainingRange) -> float:
    """The medians of what both sides ask at least, added up, as a share of the stake."""
    first, second = (strip.share.median for strip in at.strips if strip.faction is None)
    return first + 1 - second


def month_sentence(at: WarMonth, sides: Sequence[str]) -> str:
    """How ripe the wars still fought are in a month; `sides` are the names of the two."""
    if isnan(at.ripe.p):
        return "No simulated war is still fought."
    few = "; so few are unlike the others" if at.fighting.p < FEW_FIGHTING else ""
    return (
        f"Still fought: {percent(at.fighting.p)} of the simulations{few}. Of these it is ripe for both sides in"
        f" {percent(at.ripe.p)} ({sides[0]} {percent(at.polities[0].p)}, {sides[1]} {percent(at.polities[1].p)});"
        f" in {percent(at.open.p)} terms exist that both would take."
    )


def blocks_sentence(ripeness: Ripeness) -> str:
    """Who blocks, by name; changes that cannot be told apart are named together."""
    block = ripeness.blockers
    if block.zone_range.low < 0 < block.zone_range.high:
        return "Whether anybody blocks, these simulations cannot tell: demands add up to about all there is."
    if block.open_at_medians:
        return "Nobody blocks: terms exist that both sides would take."
    if not block.terms:
        return "No faction's change of terms, alone or with others, would make room for an agreement."
    first = _first_openings(ripeness)
    names = [_together(opening, ripeness) for opening in first]
    if len(first) > 1:
        return (
            f"In the way: {join_words(names, 'or')}. Each could make room by lower demands of its own; which of"
            f" {'the two' if len(first) == 2 else 'them'} needs to move less, these simulations cannot tell."
        )
    if len(first[0].moved) > 1:
        return f"In the way: {names[0]}. They would have to move together."
    return f"In the way: {names[0]}. No other faction could make room by a smaller change of its own."


def named_blockers(ripeness: Ripeness) -> list[NamedBlocker]:
    """Those who block, with the change that would make room and why they do not make it."""
    return [
        NamedBlocker(
            _together(opening, ripeness),
            _change(opening),
            " ".join(_why(moved.polity, moved.faction, ripeness) for moved in opening.moved),
        )
        for opening in _first_openings(ripeness)
    ]


def _first_openings(ripeness: Ripeness) -> tuple[ZoneOpening, ...]:
    """The least change of terms, or all that are tied with it."""
    tied = tuple(opening for opening in ripeness.blockers.terms if opening.tied)
    return tied[:MOST_NAMED] or ripeness.blockers.terms[:1]


def _together(opening: ZoneOpening, ripeness: Ripeness) -> str:
    return join_words(
        [f"{ripeness.names[f'{m.polity}/{m.faction}']} ({ripeness.names[m.polity]})" for m in opening.moved]
    )


def _change(opening: ZoneOpening) -> str:
    changes = [
        f"{percent(moved.after)} of what is at stake instead of {percent(moved.before)}" for moved in opening.moved
    ]
    return f"Room for an agreement opens if it settles for {join_words(changes)}."


def _why(polity: str, faction: str, ripeness: Ripeness) -> str:
    """Which conditions of ripeness a faction lacks at the start, and how often its terms alone could make room."""
    view = next(row for row in ripeness.factions if (row.polity, row.faction, row.month) == (polity, faction, 0.0))
    rival = ripeness.names[ripeness.sides[1] if polity == ripeness.sides[0] else ripeness.sides[0]]
    reasons = [words for words, lacking in _lacks(view, rival) if lacking]
    why = f"Why it does not: {join_words(reasons)}." if reasons else ALL_THREE
    alone = next(
        (row for row in ripeness.blockers.alone if (row.polity, row.faction) == (polity, faction)),
        None,
    )
    if alone is None or isnan(alone.opens.p):
        return why
    return f"{why} Over all inputs without room, its terms alone could make it in {percent(alone.opens.p)}."


def _lacks(view: FactionMonth, rival: str) -> tuple[tuple[str, bool], ...]:
    """What a faction lacks, in words with the share of the simulations, and whether it does so in most."""
    lacks = (
        ("it sees a way to win", 1 - view.stalemate.p),
        ("fighting on is worth more to it than what is held", 1 - view.hurting.p),
        (f"it sees no terms that it would take and {rival} would give", 1 - view.way_out.p),
    )
    return tuple((f"{words} (in {percent(p)} of the simulations)", p > HALF) for words, p in lacks)


def condition_rows(ripeness: Ripeness) -> list[dict[str, object]]:
    """Each faction at the start: in which share of the simulations each condition of ripeness holds."""
    return [
        {
            "side": ripeness.names[view.polity],
            "name": ripeness.names[f"{view.polity}/{view.faction}"],
            "shares": [view.stalemate.p, view.hurting.p, view.way_out.p, view.ripe.p],
        }
        for view in ripeness.factions
        if view.month == 0
    ]


def range_words(ripeness: Ripeness, start: date) -> list[Mapping[str, object]]:
    """What stands beside the picture of each month's ranges: the date, and sentences on it."""
    sides = [ripeness.names[key] for key in ripeness.sides]
    return [
        {
            "month": at.month,
            "date": day(date_after(start, at.month)),
            "demands": demands_sentence(at),
            "ripe": month_sentence(ripeness.at(at.month), sides),
        }
        for at in ripeness.ranges
    ]
