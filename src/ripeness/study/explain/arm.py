"""Arm: how one variant of a war ends by a month, given how long it has lasted, on the same draws as any other.

In every arm a run takes the parameter sample and the random draws of its number, and only the numbers whose wars last
to the day of the forecast count. Two arms are thus compared run by run as far as both have the run; the error of their
difference follows from what each parameter sample adds to it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from ripeness.ensemble.design import Design, steps_ahead
from ripeness.ensemble.gather import Ensemble
from ripeness.ensemble.past import Past
from ripeness.ensemble.run import Progress, run
from ripeness.scenario.schema import Scenario
from ripeness.study.arms import even_chunk
from ripeness.study.war_so_far import MOST_TRIALS, condition_on_duration
from ripeness.study.weighted_statistics import MeanEstimate
from ripeness.world.quantity import Z90

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Duration:
    """What is known of how long the war has lasted: months from the start to the day of the forecast, and whether those
    before the start count, too.
    """

    elapsed: float = 0.0
    since_began: bool = True


@dataclass(frozen=True, slots=True)
class ConditionedArm:
    """Probability of an outcome in one arm, and what each parameter sample adds to it.

    `influence`: sum over the runs of a sample of (1 or 0, less p), over the number of runs. `lasting`: share of the
    simulated wars that last to the day of the forecast; `effective`: parameter samples behind the runs.
    Shapes: influence (samples,), by the number of the sample.
    """

    p: float
    influence: Array
    runs: int
    lasting: float = 1.0
    effective: float = float("inf")


def simulate_conditioned(
    scenario: Scenario,
    design: Design,
    *,
    month: float,
    codes: tuple[int, ...],
    duration: Duration,
    progress: Progress | None = None,
) -> ConditionedArm:
    """Simulate a war that has lasted to the day of the forecast, each run on a parameter sample of its own.

    Units: month counts from the day of the forecast.

    Raises: ArgumentFault where no simulated war lasts so long.
    """
    single = replace(design, per_point=1, kept=0, chunk=even_chunk(design.draws))
    so_far = condition_on_duration(scenario, single, elapsed=duration.elapsed, since_began=duration.since_began)
    past = so_far.past if duration.elapsed else _keyed_by_sample(so_far.past, steps_ahead(scenario, single))
    ensemble = run(scenario, single, past=past, progress=progress)
    arm = ensemble_arm(ensemble, month, codes, past.samples)
    return replace(arm, lasting=so_far.lasting, effective=so_far.effective)


def ensemble_arm(
    ensemble: Ensemble, month: float, codes: tuple[int, ...], samples: NDArray[np.uint64] | None = None
) -> ConditionedArm:
    """Return the share of runs at an outcome by a month. `samples`: those that the points took; none: each its own."""
    ended = np.where(ensemble.months <= month, ensemble.code, 0)
    hits = np.isin(ended, codes).astype(np.float64)
    p = float(hits.mean())
    numbers = ensemble.point if samples is None else samples[ensemble.point].astype(np.intp)
    return ConditionedArm(p, np.bincount(numbers, weights=hits - p) / len(hits), len(hits))


def probability(arm: ConditionedArm) -> MeanEstimate:
    """Probability with its 90 % Monte Carlo interval."""
    return _with_error(arm.p, arm.influence)


def difference(arm: ConditionedArm, before: ConditionedArm) -> MeanEstimate:
    """What an arm has more than another, with its 90 % Monte Carlo interval; exactly zero where both are the same.

    >>> arm = ConditionedArm(0.5, np.array([0.1, -0.1]), 2)
    >>> difference(arm, arm)
    MeanEstimate(mean=0.0, low=0.0, high=0.0)
    """
    size = max(len(arm.influence), len(before.influence))
    apart = np.zeros(size)
    apart[: len(arm.influence)] += arm.influence
    apart[: len(before.influence)] -= before.influence
    return _with_error(arm.p - before.p, apart)


def _with_error(mean: float, influence: Array) -> MeanEstimate:
    """Clustered by parameter sample. Source: Cochran 1977, section 9A."""
    half = Z90 * sqrt(float((influence**2).sum()))
    return MeanEstimate(mean, mean - half, mean + half)


def _keyed_by_sample(past: Past, steps: int) -> Past:
    """Random draws by the number of the parameter sample, so that arms share them; a sample taken again has others."""
    if past.samples is None:
        return past
    numbers = past.samples.copy()
    again = np.arange(len(np.unique(numbers)), len(numbers))  # they are taken in turn where too few last
    numbers[again] = (MOST_TRIALS * len(numbers) + again).astype(np.uint64)
    return replace(past, numbers=numbers, until=steps)
