"""Witness: how likely what was observed after the start is in each simulated war, step by step.

Decisions are read against what the polity decided in that step, by the same likelihood as before the start; offers
and the media line against the coalition's terms. A war that has ended before the date bears witness only by the
item's doubt.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from ripeness.scenario.schema import Observed, Scenario
from ripeness.study.who_decides.council import look_up
from ripeness.study.who_decides.gather import trust
from ripeness.study.who_decides.item import GRID, LEAST_NOISE, Z90, Item, log_table, spread
from ripeness.war.prepare import War
from ripeness.war.situation import Belligerent, Situation
from ripeness.world.calendar import STEPS, months_between

Array = NDArray[np.float64]
LOSSES = np.linspace(np.log(1e-3), np.log(1e3), len(GRID))
"""Grid of losses, logarithms of thousand deaths a month: from one death to a million."""
LOSSES_NOISE = 0.1  # of log losses: what falls into this month or the next in the books (judged)
LINE_NOISE = 0.01  # of the stake: what maps of one day differ by (judged)
FELL = ("leader_fell", "leader_stayed")
SEEN = ("losses", "line", *FELL)


@dataclass(frozen=True, slots=True)
class Sight:
    """One observation after the start: in which step of the war it was made, of whom, and how it is read."""

    id: str
    on: date
    step: int
    side: int
    row: int
    shows: str
    at: float
    wide: float
    doubt: float
    floor: float
    table: Array

    def read(self, situation: Situation, length: float) -> Array:
        """Log likelihood in each run of a situation. Shapes: returns (R,)."""
        polity = situation.sides[self.side]
        if self.shows == "decision":
            found = np.empty((1, len(situation.shared.run_ids)))
            mean = np.ascontiguousarray(np.clip(polity.decided[self.row], 0.0, 1.0))[None]
            look_up(self.table, mean, np.zeros(found.shape[1]), found)
            return found[0]
        if self.shows == "line":
            return self._near(1 / (1 + np.exp(-situation.shared.front)), GRID)
        if not isinstance(polity, Belligerent):
            return np.full(len(situation.shared.run_ids), self.floor)
        if self.shows == "losses":
            return self._near(np.log(np.maximum(polity.new_deaths / length, np.exp(LOSSES[0]))), LOSSES)
        agrees = (polity.leader_fell > 0) == (self.shows == "leader_fell")
        return np.log((1 - self.doubt) * agrees + self.doubt / 2)

    def _near(self, seen: Array, grid: Array) -> Array:
        """A normal chance of the grid's cell, with the item's doubt spread over the grid."""
        cell = (grid[1] - grid[0]) / (self.wide * np.sqrt(2 * np.pi))
        chance = np.minimum(cell * np.exp(-0.5 * ((seen - self.at) / self.wide) ** 2), 1.0)
        return np.asarray(np.log((1 - self.doubt) * chance + self.doubt / len(grid)))


def step_of(scenario: Scenario, on: date) -> int:
    """The step of the war in which a day after the start falls."""
    return max(int(months_between(scenario.start, on) / STEPS[scenario.step]), 0)


def sights(
    scenario: Scenario, war: War, items: Sequence[Item], shown: Sequence[Observed]
) -> tuple[list[Sight], list[str]]:
    """Everything observed after the start that the war can show, and what it cannot."""
    found, told = [], []
    for item in items:
        side = war.side(item.polity)
        row = war.sides[side].issue_keys.index(item.issue)
        noise = max(scenario.polities[item.polity].conduct.noise.centre, LEAST_NOISE)
        table = log_table(item, np.array([noise]))[None]
        floor = item.floor + float(np.log(item.doubt))
        found.append(
            Sight(
                item.id,
                item.on,
                step_of(scenario, item.on),
                side,
                row,
                "decision",
                item.at,
                noise,
                item.doubt,
                floor,
                table,
            )
        )
    for one in shown:
        if one.shows in SEEN and war.side(one.polity) < 2:
            found.append(_shown(scenario, war, one))
        else:
            told.append(
                f"'{one.id}' ({one.shows} of {one.polity}) is nothing that the simulated war shows; it is left out"
            )
    return found, told


def _shown(scenario: Scenario, war: War, one: Observed) -> Sight:
    _, _, doubted = trust(scenario, one)
    at, wide, cells = 0.0, 1.0, 2
    if one.amount is not None and one.shows in ("losses", "line"):
        cells = len(GRID)
        low, centre, high = (max(x, 1e-6) for x in one.amount.interval())
        at, wide = centre, float(np.hypot(spread(one.amount), LINE_NOISE))
        if one.shows == "losses":
            at, wide = float(np.log(centre)), float(np.hypot(np.log(high / low) / (2 * Z90), LOSSES_NOISE))
    floor = float(np.log(doubted / cells))
    return Sight(
        one.id,
        one.date,
        step_of(scenario, one.date),
        war.side(one.polity),
        -1,
        str(one.shows),
        at,
        wide,
        doubted,
        floor,
        np.empty(0),
    )
