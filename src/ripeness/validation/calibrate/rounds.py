"""Rounds: wars simulated at some points, and the likelihood of the record at each of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite, log
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from ripeness.ensemble.engines.concurrent_ensembles import simulate_concurrently
from ripeness.study.progress import Progress, part_progress
from ripeness.validation.calibrate.competing_risks import AROUND, EndDistribution, simulate_ends
from ripeness.validation.calibrate.likelihood import end_month, log_likelihoods
from ripeness.validation.calibrate.prior import ParameterPrior
from ripeness.validation.calibrate.simulated_wars import SimulatedWars, simulate_kind
from ripeness.validation.history.coding import HORIZON, Kind, count_kinds
from ripeness.validation.history.record import PastWar

Array = NDArray[np.float64]
Runs = TypeVar("Runs")
FEWEST_RUNS = 4  # a kind of which the record has a single war
CHECK_RUNS = 5  # times the runs of a round with which points are weighed
SEED_STEP = 1000003  # rounds have random draws of their own
AT_ONCE = 40_000  # runs for which what they say is held in memory at a time


@dataclass(frozen=True, slots=True)
class Round:
    """Points at which wars were simulated. Shapes: scores (N, D); wars (N, W) and channels (N,), log-likelihoods;
    noise (N,), the sd of their sum by chance.
    """

    scores: Array
    wars: Array
    channels: Array
    noise: Array

    @property
    def total(self) -> Array:
        """Log-likelihood of the whole record. Shapes: (N,)."""
        return np.asarray(self.wars.sum(axis=1) + self.channels)


def simulate_halves(
    prior: ParameterPrior,
    scores: Array,
    wars: Sequence[PastWar],
    runs_per_war: int,
    seed: int,
    reading: str,
    progress: Progress | None,
) -> Round:
    """Simulate with many times the runs, in two halves whose difference says what chance does; they are put together.

    The noise of both together is half of what the halves differ by (root mean square over points).
    """
    runs = -(-runs_per_war * CHECK_RUNS // 2)
    halves = [
        simulate_round(prior, scores, wars, runs, seed + n * (SEED_STEP // 2), reading, part_progress(progress, n, 2))
        for n in range(2)
    ]
    first, second = halves
    together = np.logaddexp(first.wars, second.wars) - log(2)
    noise = float(np.sqrt(((first.total - second.total) ** 2).mean())) / 2
    return Round(scores, together, (first.channels + second.channels) / 2, np.full(len(scores), noise))


def simulate_round(
    prior: ParameterPrior,
    scores: Array,
    wars: Sequence[PastWar],
    runs_per_war: int,
    seed: int,
    reading: str,
    progress: Progress | None,
) -> Round:
    """Simulate the ends of wars of every kind at some points, a few points at a time, and compute likelihoods."""
    counts = count_kinds(wars)
    per_point = sum(max(runs_per_war * count, FEWEST_RUNS) for count in counts.values())
    at_once = max(AT_ONCE // per_point, 1)
    batches = [slice(first, first + at_once) for first in range(0, len(scores), at_once)]
    likelihoods = []
    for n, batch in enumerate(batches):
        values = prior.values(scores[batch])
        part = part_progress(progress, n, len(batches))
        ends = _simulate_ends(wars, values, runs_per_war, seed + n, reading, part)
        likelihoods.append(log_likelihoods(ends, values, wars))
    return Round(
        scores,
        np.concatenate([likelihood.wars for likelihood in likelihoods]),
        np.concatenate([likelihood.channels for likelihood in likelihoods]),
        np.concatenate([likelihood.noise for likelihood in likelihoods]),
    )


def _simulate_ends(
    wars: Sequence[PastWar],
    values: dict[str, Array],
    runs_per_war: int,
    seed: int,
    reading: str,
    progress: Progress | None,
) -> dict[Kind, EndDistribution]:
    """The ends of wars of every kind; each run is asked for the months in which wars of its era ended."""
    counts = count_kinds(wars)
    moments = {
        era: sorted({end_month(war) for war in wars if war.recent is era and isfinite(war.months)})
        for era in (False, True)
    }

    def simulate(kind: Kind) -> Callable[[Progress | None], EndDistribution]:
        runs, months = max(runs_per_war * counts[kind], FEWEST_RUNS), moments[kind[0]]
        last = HORIZON - 1 if kind[0] else min(round((1 + AROUND) * max(months, default=HORIZON)), HORIZON - 1)
        return lambda part: simulate_ends(kind, values, runs, seed, months, last, reading, part)

    return _by_kind({kind: simulate(kind) for kind in counts}, progress)


def simulate_kinds(
    wars: Sequence[PastWar],
    values: dict[str, Array],
    runs_per_war: int,
    seed: int,
    reading: str = "factional",
    progress: Progress | None = None,
    fewest: int = FEWEST_RUNS,
) -> dict[Kind, SimulatedWars]:
    """Simulate wars of every kind that the record has, the more of a kind the more it has of it.

    A cluster takes several count_kinds side by side: one alone would occupy few of its workers.
    """
    counts = count_kinds(wars)

    def simulate(kind: Kind) -> Callable[[Progress | None], SimulatedWars]:
        runs = max(runs_per_war * counts[kind], fewest)
        return lambda part: simulate_kind(kind, values, runs, seed, reading, part)

    return _by_kind({kind: simulate(kind) for kind in counts}, progress)


def _by_kind(
    simulations: Mapping[Kind, Callable[[Progress | None], Runs]], progress: Progress | None
) -> dict[Kind, Runs]:
    """Simulate every kind, several at once where the engine gains by it; answers in the order of the kinds."""
    simulated: dict[Kind, Runs] = {}
    for kind, runs in simulate_concurrently(simulations):
        simulated[kind] = runs
        if progress is not None:
            progress(len(simulated), len(simulations))
    return {kind: simulated[kind] for kind in simulations}
