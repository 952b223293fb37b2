"""Likelihood of each observation after the start in each simulated war, step by step.

Decisions are read against what the polity decided in that step, by the same likelihood as before the start; offers
and the media line against the coalition's terms. In a war that has ended before the date an observation counts only
by the item's doubt.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from ripeness.scenario.schema import Observation, Scenario
from ripeness.study.who_decides.evidence import source_doubt
from ripeness.study.who_decides.item import GRID, LEAST_NOISE, Item, coding_sd, log_table
from ripeness.study.who_decides.likelihood_table import interpolate_table
from ripeness.war.prepare import War
from ripeness.war.situation import Belligerent, Situation
from ripeness.world.calendar import STEPS, months_between
from ripeness.world.quantity import Z90

Array = NDArray[np.float64]
LOSSES = np.linspace(np.log(1e-3), np.log(1e3), len(GRID))
"""Grid of losses, logarithms of thousand deaths a month: from one death to a million."""
LOSSES_NOISE = 0.1  # of log losses: what falls into this month or the next in the books (judged)
LINE_NOISE = 0.01  # of the stake: what maps of one day differ by (judged)
LEADER_OBSERVATIONS = ("leader_fell", "leader_stayed")
CEASEFIRES = {"ceasefire": "truces_begun", "ceasefire_broken": "truces_broken"}  # what counts each since the start
WAR_OBSERVATIONS = ("losses", "line", *LEADER_OBSERVATIONS, *CEASEFIRES)


@dataclass(frozen=True, slots=True)
class ObservationLikelihood:
    """One observation after the start: in which step of the war it was made, of whom, and how it is read."""

    id: str
    on: date
    step: int
    side: int
    row: int
    shows: str
    at: float
    sd: float
    doubt: float
    floor: float
    table: Array

    def read(self, situation: Situation, length: float) -> Array:
        """Log likelihood in each run of a situation. Shapes: returns (R,)."""
        polity = situation.sides[self.side]
        if self.shows == "decision":
            log_chance = np.empty((1, len(situation.shared.run_ids)))
            mean = np.ascontiguousarray(np.clip(polity.decided[self.row], 0.0, 1.0))[None]
            interpolate_table(self.table, mean, np.zeros(log_chance.shape[1]), log_chance)
            return log_chance[0]
        if self.shows == "line":
            return self._near(1 / (1 + np.exp(-situation.shared.front)), GRID)
        if not isinstance(polity, Belligerent):
            return np.full(len(situation.shared.run_ids), self.floor)
        if self.shows == "losses":
            return self._near(np.log(np.maximum(polity.new_deaths / length, np.exp(LOSSES[0]))), LOSSES)
        if self.shows in CEASEFIRES:
            agrees = getattr(situation.shared, CEASEFIRES[self.shows]) > 0
            return np.log((1 - self.doubt) * agrees + self.doubt / 2)
        agrees = (polity.leader_fell > 0) == (self.shows == "leader_fell")
        return np.log((1 - self.doubt) * agrees + self.doubt / 2)

    def _near(self, values: Array, grid: Array) -> Array:
        """Normal log probability of the grid's cell, with the item's doubt spread over the grid."""
        cell = (grid[1] - grid[0]) / (self.sd * np.sqrt(2 * np.pi))
        chance = np.minimum(cell * np.exp(-0.5 * ((values - self.at) / self.sd) ** 2), 1.0)
        return np.asarray(np.log((1 - self.doubt) * chance + self.doubt / len(grid)))


def step_of(scenario: Scenario, on: date) -> int:
    """The step of the war in which a day after the start falls."""
    return max(int(months_between(scenario.start, on) / STEPS[scenario.step]), 0)


def observation_likelihoods(
    scenario: Scenario, war: War, items: Sequence[Item], observations: Sequence[Observation]
) -> tuple[list[ObservationLikelihood], list[str]]:
    """Return a likelihood for each observation that the simulated war shows, and warnings for the others."""
    likelihoods, warnings = [], []
    for item in items:
        if item.kind == "act" or None in item.alternatives:
            what = f"an act, {item.act}" if item.kind == "act" else "a choice among options without places"
            warnings.append(
                f"'{item.id}' ({what}, after the start) is nothing that the simulated war shows; it is left out"
            )
            continue
        side = war.side(item.polity)
        row = war.sides[side].issue_keys.index(item.issue)
        noise = max(scenario.polities[item.polity].conduct.noise.centre, LEAST_NOISE)
        table = log_table(item, np.array([noise]))[None]
        floor = item.floor + float(np.log(item.doubt))
        likelihoods.append(
            ObservationLikelihood(
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
    for observation in observations:
        if observation.shows in WAR_OBSERVATIONS and war.side(observation.polity) < war.belligerents:
            likelihoods.append(_likelihood_of(scenario, war, observation))
        else:
            warnings.append(
                f"'{observation.id}' ({observation.shows} of {observation.polity}) is nothing that the simulated war "
                "shows; it is left out"
            )
    return likelihoods, warnings


def _likelihood_of(scenario: Scenario, war: War, observation: Observation) -> ObservationLikelihood:
    _, _, doubted = source_doubt(scenario, observation)
    at, sd, cells = 0.0, 1.0, 2
    if observation.amount is not None and observation.shows in ("losses", "line"):
        cells = len(GRID)
        low, centre, high = (max(x, 1e-6) for x in observation.amount.interval())
        at, sd = centre, float(np.hypot(coding_sd(observation.amount), LINE_NOISE))
        if observation.shows == "losses":
            at, sd = float(np.log(centre)), float(np.hypot(np.log(high / low) / (2 * Z90), LOSSES_NOISE))
    floor = float(np.log(doubted / cells))
    return ObservationLikelihood(
        observation.id,
        observation.date,
        step_of(scenario, observation.date),
        war.side(observation.polity),
        -1,
        str(observation.shows),
        at,
        sd,
        doubted,
        floor,
        np.empty(0),
    )
