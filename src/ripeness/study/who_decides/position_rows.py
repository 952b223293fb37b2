"""Positions of factions over time, as statements move them, beside what was said and what was decided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from ripeness.scenario.position_series import smoothed_position
from ripeness.scenario.schema import Scenario
from ripeness.scenario.statements import (
    position_without_statements,
    stated_series,
    statement_grade,
    statements_on,
)
from ripeness.study.who_decides.item import Item
from ripeness.study.who_decides.positions import stated_position
from ripeness.world.calendar import date_after, months_between
from ripeness.world.quantity import Z90

DATES = 25  # dates of a line, besides those of statements


@dataclass(frozen=True, slots=True)
class PositionRow:
    """Where a faction stands on an issue on a day; 90 % interval. Units: shares of the issue, 0 to 1."""

    polity: str
    issue: str
    faction: str
    date: str
    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class PositionMark:
    """Something said by a faction or decided by the polity (no faction) on a day; 90 % interval.

    Units: shares of the issue, 0 to 1.
    """

    polity: str
    issue: str
    faction: str
    date: str
    at: float
    low: float
    high: float
    grade: str
    label: str


def position_rows(scenario: Scenario, polity: str, items: Sequence[Item]) -> tuple[PositionRow, ...]:
    """Positions on every issue that was decided on or spoken of, from the polity's first date of either to its last.

    A faction that has said nothing on an issue stands all the time where it is stated to stand at the start.
    """
    return tuple(
        row
        for issue in _issues(scenario, polity, items)
        for faction in scenario.polities[polity].factions
        for row in _rows(scenario, polity, faction, issue, items)
    )


def position_marks(scenario: Scenario, polity: str, items: Sequence[Item]) -> tuple[PositionMark, ...]:
    """What was said and what was decided, by issue; a choice stands where the alternative does that was taken."""
    marks: list[PositionMark] = []
    for issue in _issues(scenario, polity, items):
        for faction in scenario.polities[polity].factions:
            for row in statements_on(scenario, polity, faction, issue):
                low, centre, high = row.position.interval()
                grade, label = statement_grade(scenario, row), row.note
                marks.append(PositionMark(polity, issue, faction, str(row.date), centre, low, high, grade, label))
        marks += [_decision(item, place) for item in items if item.issue == issue for place in _place(item)]
    return tuple(marks)


def moved_rows(rows: Sequence[PositionRow], marks: Sequence[PositionMark]) -> tuple[PositionRow, ...]:
    """The positions of those factions that have said something on the issue."""
    spoken_on = {(mark.issue, mark.faction) for mark in marks}
    return tuple(row for row in rows if (row.issue, row.faction) in spoken_on)


def _issues(scenario: Scenario, polity: str, items: Sequence[Item]) -> tuple[str, ...]:
    form = scenario.polities[polity]
    spoken_of = {row.issue for faction in form.factions.values() for row in faction.statements}
    return tuple(key for key in form.issues if key in spoken_of | {item.issue for item in items})


def _rows(scenario: Scenario, polity: str, faction: str, issue: str, items: Sequence[Item]) -> Iterator[PositionRow]:
    series = stated_series(scenario, polity, faction, issue)
    start = stated_position(scenario, polity, faction, issue)
    spoken_on = [
        months_between(scenario.start, row.date)
        for member in scenario.polities[polity].factions.values()
        for row in member.statements
    ]
    dates = [0.0, *spoken_on, *(item.months for item in items)]
    first, last = min(dates), max(dates)
    months = np.unique(np.concatenate([np.linspace(first, last, DATES if last > first else 1), series.months]))
    if not len(series.months):
        low, centre, high = start.interval()
        mean, lows, highs = (np.full(len(months), value) for value in (centre, low, high))
    else:
        mean, sd = smoothed_position(series, *position_without_statements(start), months)
        lows, highs = mean - Z90 * sd, mean + Z90 * sd
    for month, *place in zip(months, mean, lows, highs, strict=True):
        at, low, high = (float(np.clip(value, 0.0, 1.0)) for value in place)
        yield PositionRow(polity, issue, faction, str(date_after(scenario.start, float(month))), at, low, high)


def _place(item: Item) -> tuple[float, ...]:
    """Where a decision stands on its issue; nowhere where only a side of it is known, or its alternatives are names."""
    if item.kind == "position":
        return (item.at,)
    chosen = item.alternatives[int(item.at)] if item.kind == "choice" else None
    return () if chosen is None else (chosen,)


def _decision(item: Item, at: float) -> PositionMark:
    low, high = max(at - Z90 * item.coded, 0.0), min(at + Z90 * item.coded, 1.0)
    return PositionMark(item.polity, item.issue, "", str(item.on), at, low, high, item.grade, item.id)
