"""Leading parameters: which inputs carry most of the spread of an outcome, ranked on runs that are there already.

A ranking by correlation, for a line beside an answer: it takes no further run and no resampling. `sense` measures the
same with intervals, by source, and without the parameters that move nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from ripeness.ensemble.gather import Ensemble
from ripeness.study.parameter_labels import parameter_label
from ripeness.study.sensitivity.inert import war_inputs
from ripeness.study.sensitivity.sample_means import SampleMeans, sample_means
from ripeness.study.target import Target

Array = NDArray[np.float64]
CHANCE = 0.05  # probability that any of the parameters is taken for a lever where none is
MOST = 3  # parameters that are returned


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
    """Rank the inputs by their correlation with an outcome; those within chance of the largest sample are left out.

    Assumes parameter samples that are drawn independently; one that is taken more than once counts once.
    Shapes: weights (R,), one a run. Units: slope in probability per standard deviation, share of 1.
    Source: Saltelli et al. 2008, "Global sensitivity analysis: the primer", section 1.2 (sigma-normalised slopes);
    Dunn 1961, Journal of the American Statistical Association 56 (the level for many at once).

    >>> from ripeness.ensemble.design import Design
    >>> from ripeness.ensemble.run import run
    >>> from ripeness.scenario.read import read_scenario
    >>> from ripeness.study.target import read_target
    >>> war = run(read_scenario("japan-1945"), Design(draws=1024, horizon=3, kept=0))
    >>> found = leading_parameters(war, read_target("settlement", ["japan", "us"], 3, 3))
    >>> all(abs(first.slope) >= abs(later.slope) for first, later in zip(found, found[1:]))
    True
    """
    means = sample_means(target.hits(ensemble), ensemble.point, weights)
    paths = war_inputs(ensemble)
    if means.decided <= 0 or not paths:
        return ()
    entering = set(paths)
    rows = [n for n, path in enumerate(ensemble.input_names) if path in entering]
    inputs = np.asarray(ensemble.inputs[rows], dtype=np.float64)
    slopes = _slopes(inputs, means)
    least = _reached_by_chance(inputs, means)
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


def _reached_by_chance(inputs: Array, means: SampleMeans) -> float:
    """The slope that the largest of as many inputs reaches where none moves anything, in one case of twenty."""
    _, place = np.unique(inputs.sum(axis=0), return_inverse=True)
    weight = np.bincount(place, weights=means.weight)
    effective = float(weight.sum() ** 2 / (weight**2).sum())
    spread = float((means.weight * (means.mean - means.p) ** 2).sum() / means.weight.sum())
    level = NormalDist().inv_cdf(1 - CHANCE / (2 * len(inputs)))
    return level * (spread / max(effective, 1.0)) ** 0.5
