"""Positions of factions on issues: as stated, or computed from their traits as the war does at its start."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ripeness.scenario.polity_form import PolityForm
from ripeness.scenario.position_series import smoothed_position
from ripeness.scenario.schema import Scenario
from ripeness.scenario.statements import position_without_statements, stated_series
from ripeness.study.who_decides.item import Item, coding_sd
from ripeness.world.quantity import Quantity

Array = NDArray[np.float64]
KEPT = 64  # scenarios whose openings are remembered while a study goes on
CENTRE = Quantity("point", (0.5,), 0.0, 1.0, "share")


def stated_position(scenario: Scenario, polity: str, faction: str, issue: str) -> Quantity:
    """A faction's position on an issue: as stated, or its opening terms, or the middle of the issue."""
    form = scenario.polities[polity]
    position = form.factions[faction].positions.get(issue)
    if position is not None:
        return position
    if form.issues[issue].role == "terms" and form.role == "belligerent":
        return opening_terms(scenario, polity, faction)
    return CENTRE


@dataclass(frozen=True, slots=True)
class PositionCourse:
    """Where factions stand at each item: `carry` times their position at the start, and `shift`.

    Shapes: shift, carry (n, F); carry is 1 and shift 0 for a faction that has said nothing on the item's issue. With
    the position at the start as stated, drawn from its interval, the result has the mean and the sd of the position of
    the item's day.
    """

    shift: Array
    carry: Array


def position_offsets(
    scenario: Scenario, polity: str, issues: Sequence[str], items: Sequence[Item], factions: Sequence[str]
) -> Array:
    """How far each faction's mean position at each item lies from that at the start. Shapes: returns (n, F)."""
    centre = np.array([[stated_position(scenario, polity, f, issue).centre for f in factions] for issue in issues])
    course = position_course(scenario, polity, issues, items, factions)
    place = [list(issues).index(item.issue) for item in items]
    starts = centre.reshape(len(issues), len(factions))[place]
    return np.asarray(course.shift + (course.carry - 1) * starts)


def position_course(
    scenario: Scenario, polity: str, issues: Sequence[str], items: Sequence[Item], factions: Sequence[str]
) -> PositionCourse:
    """Where dated statements move each faction by the day of each item.

    A faction that has said nothing on an issue keeps its position at the start. Errors at different dates count as one
    and the same error, as large as the day's own: exact at each date, and cautious where many items are added up.
    Units: shares of the issue. Source: `scenario.position_series`.
    """
    shift, carry = np.zeros((len(items), len(factions))), np.ones((len(items), len(factions)))
    for f, faction in enumerate(factions):
        for issue in issues:
            rows = [n for n, item in enumerate(items) if item.issue == issue]
            series = stated_series(scenario, polity, faction, issue)
            if not rows or not len(series.months):
                continue
            start = stated_position(scenario, polity, faction, issue)
            start_sd, months = coding_sd(start), np.array([items[n].months for n in rows])
            mean, sd = smoothed_position(series, *position_without_statements(start), months)
            carry[rows, f] = sd / start_sd if start_sd > 0 else 1.0
            shift[rows, f] = mean - carry[rows, f] * start.centre
    return PositionCourse(shift, carry)


def stated_salience(form: PolityForm, faction: str, issue: str) -> float:
    """The median weight that a faction gives to an issue; none where it states nothing."""
    salience = form.factions[faction].salience.get(issue)
    return 0.0 if salience is None else salience.centre


def opening_terms(scenario: Scenario, polity: str, faction: str) -> Quantity:
    """The least share that a faction would accept at the start, every number at its centre (`War.central`)."""
    return _openings(_Same(scenario))[polity, faction]


class _Same:
    """A scenario that is remembered by identity: two readings are two scenarios."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario

    def __hash__(self) -> int:
        return id(self.scenario)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.scenario is self.scenario


@lru_cache(maxsize=KEPT)
def _openings(identity: _Same) -> dict[tuple[str, str], Quantity]:
    from ripeness.ensemble.run import links
    from ripeness.war.opening import open_war
    from ripeness.war.prepare import prepare

    war = prepare(identity.scenario)
    situation = open_war(war, war.central()[:, None], np.zeros(1, dtype=np.uint64), links(()))
    terms_by_faction = {}
    for side, polity in zip(war.armed, situation.belligerents(), strict=True):
        for f, key in enumerate(side.faction_keys):
            share = float(np.clip(polity.position[side.terms, f, 0], 0.0, 1.0))
            terms_by_faction[side.key, key] = Quantity("point", (share,), 0.0, 1.0, "share")
    return terms_by_faction
