"""The war model as a forecaster of past wars: simulated wars of the same kind that still go on,
with losses like those known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ripeness.validation.backtest.baselines import LEAST_LOSSES, recorded_loss_ratio
from ripeness.validation.calibrate import measure
from ripeness.validation.calibrate.posterior import ParameterPosterior
from ripeness.validation.calibrate.rounds import simulate_kinds
from ripeness.validation.calibrate.simulated_wars import MOMENTS, SimulatedWars
from ripeness.validation.history.coding import Kind
from ripeness.validation.history.record import OUTCOMES, PastWar

Array = NDArray[np.float64]
RUNS = 16  # wars of a kind at each point; some 400 points make thousands
KNOWN = 0.8  # sd with which losses known in the course of a war tell their log ratio: reports differ by a factor of two
FLOOR = 0.02  # mixed in of equal chances: no forecast calls an outcome impossible
PER_THOUSAND = 1000.0


@dataclass(frozen=True, slots=True)
class WarModel:
    """Simulated wars of every kind at the points of a posterior. Shapes: outcome (R,) and exits (2, S), by kind."""

    posterior: ParameterPosterior
    simulated: Mapping[Kind, SimulatedWars]
    outcome: Mapping[Kind, NDArray[np.int64]]
    exits: Mapping[Kind, Array]

    def chances(self, war: PastWar, months: int) -> Array:
        """Weight of each outcome at each point, among runs that still go on, by how losses fit. Shapes: (S, K)."""
        weight = self.weights_of_runs(war, months)
        points = len(self.posterior.scores)
        outcome = self.outcome[war.kind]
        shares = [(weight * (outcome == number)).reshape(points, -1).mean(axis=1) for number in range(len(OUTCOMES))]
        return np.column_stack(shares)

    def weights_of_runs(self, war: PastWar, months: int) -> Array:
        """Weight of each run: 0 where it has ended, else by how its losses fit those known. Shapes: returns (R,)."""
        runs = self.simulated[war.kind]
        weight = (runs.months > months).astype(np.float64)
        if months > 0 and sum(war.losses(months)) > 0:
            losses = runs.at[MOMENTS.index(months)] * PER_THOUSAND
            ratio = np.log(losses[0] + LEAST_LOSSES) - np.log(losses[1] + LEAST_LOSSES)
            closeness = np.exp(-0.5 * ((ratio - recorded_loss_ratio(war, months)) / KNOWN) ** 2)
            weight = np.where(weight > 0, closeness, 0.0)
        return weight

    def forecast(self, chances: Array, without: Iterable[int]) -> Array:
        """Probabilities of the outcomes with some wars taken out of the posterior. Shapes: returns (K,)."""
        weighted = self.posterior.without(without) @ chances
        total = weighted.sum()
        shares = weighted / total if total > 0 else np.full(len(OUTCOMES), 1 / len(OUTCOMES))
        return np.asarray((1 - FLOOR) * shares + FLOOR / len(OUTCOMES))

    def lengths(self, war: PastWar, count: int) -> Array:
        """A sample of equally likely lengths, in months. Shapes: (count,)."""
        runs = self.simulated[war.kind]
        weight = np.repeat(self.posterior.without([war.number]), runs.per_point) / runs.per_point
        marks = (np.arange(count) + 0.5) / count
        order = np.argsort(runs.months)
        place = np.minimum(np.searchsorted(np.cumsum(weight[order]), marks), len(order) - 1)
        return np.asarray(runs.months[order][place], dtype=np.float64)

    def ousted(self, war: PastWar) -> Array:
        """Chance that each side's leader is forced out in the war or within a year of its end. Shapes: (2,)."""
        return np.asarray(self.exits[war.kind] @ self.posterior.without([war.number]))


def war_model(
    posterior: ParameterPosterior,
    wars: Sequence[PastWar],
    seed: int = 1,
    runs: int = RUNS,
    reading: str = "factional",
    progress: Callable[[int, int], None] | None = None,
) -> WarModel:
    """Simulate wars of every kind in the record at the posterior's points."""
    values = posterior.values()
    one_of_each_kind = list({war.kind: war for war in wars}.values())
    simulated = simulate_kinds(one_of_each_kind, values, runs, seed, reading, progress, fewest=runs)
    outcome = {kind: measure.recorded_outcome(runs_of_kind, values) for kind, runs_of_kind in simulated.items()}
    exits = {
        kind: measure.leader_exit_chance(runs_of_kind, values).reshape(2, len(posterior.scores), -1).mean(axis=2)
        for kind, runs_of_kind in simulated.items()
    }
    return WarModel(posterior, simulated, outcome, exits)
