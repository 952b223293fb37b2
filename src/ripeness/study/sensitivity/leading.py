"""Leading parameters: which inputs carry most of the spread of an outcome, ranked on runs that are there already.

A ranking by correlation, for a line beside an answer: it takes no further run and no resampling. `sense` measures the
same with intervals, by source, and without the parameters that move nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ripeness.ensemble.gather import Ensemble
from ripeness.study.parameter_labels import parameter_label
from ripeness.study.sensitivity.inert import war_inputs
from ripeness.study.sensitivity.sample_means import SampleMeans, sample_means
from ripeness.study.target import Target
from ripeness.study.weighted_statistics import uniform_draws

Array = NDArray[np.float64]
CHANCE = 0.05  # probability that any of the parameters is taken for a lever where none is
SHUFFLES = 60  # deals of the outcomes behind the level of chance
ONLY_VALUED = ".objectives."  # in the paths of weights that value how a war ends and change none
MOST = 3  # parameters that are returned
MOST_SAMPLES = 8_192  # parameter samples that are ranked on, the first: each takes some kilobytes


@dataclass(frozen=True, slots=True)
class LeadingParameter:
    """An input that moves an outcome more than chance would.

    `slope`: change of the probability for a rise by one standard deviation. `share`: of the variance that the inputs
    decide, what it carries by itself in a straight line. `low` and `high`: its 90 % range, in its `unit`.
    """

    path: str
    name: str
    slope: float
    share: float
    low: float
    high: float
    unit: str


def leading_parameters(
    ensemble: Ensemble, target: Target, weights: Array | None = None, most: int = MOST
) -> tuple[LeadingParameter, ...]:
    """Rank the inputs by their correlation with an outcome; those within what chance reaches are left out.

    Assumes parameter samples that are drawn independently; one that is taken more than once counts once.
    Shapes: weights (R,), one a run. Units: slope in probability per standard deviation, share of 1.
    Source: Saltelli et al. 2008, "Global sensitivity analysis: the primer", section 1.2 (sigma-normalised slopes);
    Westfall and Young 1993, "Resampling-based multiple testing" (the largest of many under permutation).

    >>> from ripeness.ensemble.design import Design
    >>> from ripeness.ensemble.run import run
    >>> from ripeness.scenario.read import read_scenario
    >>> from ripeness.study.target import read_target
    >>> war = run(read_scenario("japan-1945"), Design(draws=1024, horizon=3, kept=0))
    >>> found = leading_parameters(war, read_target("settlement", ["japan", "us"], 3, 3))
    >>> all(abs(first.slope) >= abs(later.slope) for first, later in zip(found, found[1:]))
    True
    """
    design = ensemble.design
    runs = min(MOST_SAMPLES * design.per_point, design.draws)
    used = None if weights is None else weights[:runs]
    means = sample_means(target.hits(ensemble)[:runs], ensemble.point[:runs], used)
    paths = war_inputs(ensemble)
    if means.decided <= 0 or not paths:
        return ()
    entering = {path for path in paths if ONLY_VALUED not in path}
    rows = [n for n, path in enumerate(ensemble.input_names) if path in entering]
    inputs = np.asarray(ensemble.inputs[rows, : min(MOST_SAMPLES, design.points)], dtype=np.float64)
    slopes = _slopes(inputs, means)
    least = _reached_by_chance(inputs, means, ensemble.design.seed)
    order = np.argsort(-np.abs(slopes), kind="stable")[:most]
    leading = []
    for n in order:
        if abs(slopes[n]) <= least:
            break
        path = ensemble.input_names[rows[n]]
        low, _, high = ensemble.war.numbers[path].interval()
        leading.append(
            LeadingParameter(
                path,
                parameter_label(ensemble.scenario, path),
                float(slopes[n]),
                float(min(slopes[n] ** 2 / means.decided, 1.0)),
                low,
                high,
                ensemble.war.numbers[path].unit,
            )
        )
    return tuple(leading)


def _slopes(inputs: Array, means: SampleMeans) -> Array:
    """Change of the probability for a standard deviation of each input. Shapes: inputs (K, N); returns (K,)."""
    weight = means.weight / means.weight.sum()
    centred = inputs - (inputs @ weight)[:, None]
    sd = np.sqrt((centred**2) @ weight)
    covariance = centred @ (weight * (means.mean - means.p))
    return np.asarray(np.divide(covariance, sd, out=np.zeros(len(sd)), where=sd > 0))


def _reached_by_chance(inputs: Array, means: SampleMeans, seed: int) -> float:
    """The slope that the largest of as many inputs reaches where outcomes are dealt at random, in a case of twenty.

    Samples that are taken more than once make it larger.
    """
    weight = means.weight / means.weight.sum()
    centred = inputs - (inputs @ weight)[:, None]
    sd = np.sqrt((centred**2) @ weight)
    scores = np.divide(centred, sd[:, None], out=np.zeros_like(centred), where=sd[:, None] > 0)
    order = np.argsort(uniform_draws(len(weight) * SHUFFLES, seed, "leading").reshape(len(weight), SHUFFLES), axis=0)
    dealt = np.abs(scores @ (weight * (means.mean - means.p))[order]).max(axis=0)
    times_taken = len(weight) / len(np.unique(inputs.sum(axis=0)))
    return float(np.quantile(dealt, 1 - CHANCE) * times_taken**0.5)
