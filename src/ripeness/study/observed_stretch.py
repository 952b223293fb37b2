"""A stretch of a war that was observed: simulated from its first day, and how likely its observations are in each run.

There are at most two of them: from the beginning of the war to the start of the scenario, and from there on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from math import ceil

import numpy as np
from numpy.typing import NDArray

from ripeness.scenario.schema import Scenario
from ripeness.study.death_series import DeathSeries
from ripeness.study.observation_likelihood import ObservationLikelihood
from ripeness.war.conditions import Conditions
from ripeness.war.prepare import War, prepare
from ripeness.war.simulate import simulate
from ripeness.war.situation import Situation
from ripeness.world.calendar import STEPS

Array = NDArray[np.float64]
CHUNK = 1024
OVER = -60.0  # log likelihood that a war goes on which is over: all but impossible, and still a number to temper


@dataclass(frozen=True, slots=True)
class ObservedStretch:
    """What was observed of a war from a day on.

    `scenario` starts on the first day of the stretch. `lasts`: months after which the war still goes on; 0 where that
    is not known. `fixed`: numbers that hold on the first day in place of those of the start, by path. `first_run` is
    added to the numbers of runs, so that two stretches do not share random draws.
    """

    scenario: Scenario
    observed: tuple[ObservationLikelihood, ...] = ()
    series: tuple[DeathSeries, ...] = ()
    lasts: float = 0.0
    fixed: Mapping[str, float] = field(default_factory=dict)
    first_run: int = 0

    @property
    def empty(self) -> bool:
        """Whether nothing was observed."""
        return not self.observed and not self.series

    @property
    def count(self) -> int:
        """How many observations there are; deaths of each period count as one."""
        return len(self.observed) + sum(len(row.at) for row in self.series)

    @property
    def until(self) -> int:
        """Steps that the stretch is simulated."""
        ends = [1 + observation.step for observation in self.observed] + [1 + row.last_step for row in self.series]
        return max([*ends, self._lasting_steps, 1])

    @property
    def _lasting_steps(self) -> int:
        return ceil(round(self.lasts / STEPS[self.scenario.step], 9))

    @property
    def floors(self) -> Array:
        """Log likelihood of each observation where nothing is as observed. Shapes: returns (n,)."""
        floors = [observation.floor for observation in self.observed] + [row.floor for row in self.series]
        return np.array(floors + [OVER] * bool(self.lasts))

    @property
    def labels(self) -> tuple[str, ...]:
        """What each observation is called, in the order of `floors`; that the war goes on has no name."""
        return (*(row.id for row in self.observed), *(row.id for row in self.series))

    @property
    def newest(self) -> date | None:
        """The day of the latest observation."""
        days = [observation.on for observation in self.observed] + [row.newest for row in self.series]
        return max(days, default=None)

    def war(self) -> War:
        """The war of the stretch, to its last step."""
        return prepare(self.scenario, self.until)

    def log_likelihoods(self, war: War, inputs: Array, runs: NDArray[np.uint64], conditions: Conditions) -> Array:
        """Log likelihood of each observation in each run. Shapes: inputs (K, N), runs (N,); returns (n, N)."""
        count = inputs.shape[1]
        logs = np.tile(self.floors[:, None], (1, count))
        deaths = np.full((self.until if self.series else 0, war.belligerents, count), np.nan)

        def simulate_chunk(first: int) -> None:
            last = min(first + CHUNK, count)
            chunk = inputs[:, first:last].copy()
            for path, value in self.fixed.items():
                chunk[war.row[path]] = value

            def watch(step: int, situation: Situation, place: NDArray[np.intp]) -> None:
                running = place >= 0
                columns = first + place[running]
                for n, observation in enumerate(self.observed):
                    if observation.step == step:
                        logs[n, columns] = observation.read(situation, war.step)[running]
                if self.series:
                    for side, polity in enumerate(situation.belligerents()):
                        deaths[step, side, columns] = polity.new_deaths[running]
                if step == self._lasting_steps - 1:
                    shared = situation.shared
                    lasts = (shared.outcome == 0) | (shared.months > self.lasts)
                    logs[-1, columns] = np.where(lasts[running], 0.0, OVER)

            run_ids = runs[first:last] + np.uint64(self.first_run)
            simulate(war, chunk, run_ids, conditions, 0, watch)

        with ThreadPoolExecutor(2) as pool:
            list(pool.map(simulate_chunk, range(0, count, CHUNK)))
        for n, row in enumerate(self.series):
            logs[len(self.observed) + n] = row.read(deaths)
        return logs


def first_line(lines: Sequence[tuple[date, float]], began: date, within: int = 31) -> float | None:
    """The line on which a war began: the first on record, where it is of the first days.

    Units: within in days, line in shares of the stake.

    >>> first_line([(date(2024, 3, 31), 0.7), (date(2024, 4, 30), 0.6)], date(2024, 3, 1))
    0.7
    """
    early = [(day, line) for day, line in lines if 0 <= (day - began).days <= within]
    return min(early)[1] if early else None
