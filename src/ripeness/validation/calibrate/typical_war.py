"""Typical war: weights of shipped points under which a war of which nothing is known ends as wars on record did.

What no number of a war shows is drawn from a distribution over wars whose form nobody knows. The points of a fit stand
for it; they are weighed so that the typical war (the smallest template, from its first day) has the hazards of the
record by span of months, and its ways of ending, as far as the record can tell them from what the fit says already:
weights of least relative entropy to equal ones, less the log-likelihood of the record's spans and ways.
Source: Heckman and Singer 1984 (a free distribution of frailty); Robertson, Tallman and Whiteman 2005 (entropy).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ripeness.ensemble.design import Design
from ripeness.ensemble.run import run
from ripeness.scenario.parameter_points import ParameterPoints
from ripeness.scenario.read import read_text
from ripeness.scenario.schema import Scenario
from ripeness.scenario.template import template
from ripeness.validation.calibrate.measure import EDGES, channel
from ripeness.validation.history.coding import channels
from ripeness.validation.history.record import PastWar

Array = NDArray[np.float64]
REPLICATIONS = 64  # typical wars at each point
BEGAN = re.compile(r"^began: \S+(.*)$", re.MULTILINE)
STARTS = np.array([0.0, *EDGES[:-1]])  # of the spans of months; ends beyond the last edge are not compared
LEAST_HAZARD = 1e-6
# Units of log-likelihood that a unit of relative entropy to the fit is worth. With 1 the weights follow the luck of the
# simulated wars: other luck gives hazards no nearer to the record than with 4 (docs/textbook/calibration.md).
KEPT_TO_FIT = 4.0


@dataclass(frozen=True, slots=True)
class SpanRecord:
    """How many wars on record ended in each span of months, and for how many months wars were fought in it.

    Shapes: ends, exposure (6,). Units: wars; war-months.
    """

    ends: Array
    exposure: Array


def typical_war() -> Scenario:
    """The smallest template, forecast from the day on which its war began.

    >>> scenario = typical_war()
    >>> scenario.began == scenario.start
    True
    """
    text = template("minimal")
    start = re.search(r"^start: (\S+)", text, re.MULTILINE)
    if start is None:
        msg = "the template states no start"
        raise ValueError(msg)
    return read_text(BEGAN.sub(rf"began: {start[1]}\1", text, count=1)).scenario


def spans_of(months: Array, ended: NDArray[np.bool_]) -> tuple[Array, Array]:
    """Ends in, and months fought in, each span. Shapes: months, ended (..., R); returns two (..., 6).

    >>> ends, exposure = spans_of(np.array([0.5, 4.0]), np.array([True, True]))
    >>> ends.tolist(), exposure.tolist()
    ([1.0, 0.0, 1.0, 0.0, 0.0, 0.0], [1.5, 2.0, 1.0, 0.0, 0.0, 0.0])
    """
    upper = np.asarray(EDGES)
    reached = months[..., None]
    inside = (reached > STARTS) & (reached <= upper) & ended[..., None]
    fought = np.clip(reached, STARTS, upper) - STARTS
    return inside.sum(axis=-2).astype(np.float64), fought.sum(axis=-2)


def span_record(wars: Sequence[PastWar]) -> SpanRecord:
    """The spans of some past wars; those of unknown length say nothing."""
    months = np.array([war.months for war in wars if np.isfinite(war.months)])
    return SpanRecord(*spans_of(months, np.ones(len(months), dtype=bool)))


def weigh_points(points: ParameterPoints, wars: Sequence[PastWar], seed: int) -> ParameterPoints:
    """The same points, with weights under which the typical war ends as wars on record did."""
    ends, exposure, ways = _simulate(points, seed)
    weight = _least_entropy(ends, exposure, ways, span_record(wars))
    return ParameterPoints(points.names, points.values, weight / weight.mean(), points.provenance)


def _simulate(points: ParameterPoints, seed: int) -> tuple[Array, Array, Array]:
    """The typical war at each point. Shapes: returns ends, exposure (P, 6), ways (P, 3), a run's share."""
    count = len(points.weight)
    values = {
        f"laws.{name}": np.repeat(row, REPLICATIONS) for name, row in zip(points.names, points.values, strict=True)
    }
    results = run(typical_war(), Design(count * REPLICATIONS, seed, per_point=1, kept=0), overrides=values).results
    code, months = (np.asarray(results[name], dtype=np.float64).reshape(count, -1) for name in ("code", "months"))
    ends, exposure = spans_of(months, code > 0)
    way = channel(code.ravel()).reshape(code.shape)
    ways = np.stack([(way == n).mean(axis=1) for n in range(3)], axis=1)
    return ends / REPLICATIONS, exposure / REPLICATIONS, ways


def _least_entropy(ends: Array, exposure: Array, ways: Array, record: SpanRecord) -> Array:
    """Weights of least relative entropy less the record's log-likelihood. Shapes: returns (P,), sums to 1.

    They are exponential in what the likelihood depends on, so that few numbers are sought.
    """
    from scipy.optimize import minimize

    observed, share = channels()
    traits = np.concatenate([ends, exposure, ways], axis=1)
    traits = (traits - traits.mean(axis=0)) / np.maximum(traits.std(axis=0), 1e-9)

    def weights(tilt: Array) -> Array:
        power = traits @ tilt
        weight = np.exp(power - power.max())
        return np.asarray(weight / weight.sum())

    def objective(tilt: Array) -> float:
        weight = weights(tilt)
        hazard = np.maximum(weight @ ends, LEAST_HAZARD) / np.maximum(weight @ exposure, LEAST_HAZARD)
        spans = float((record.ends * np.log(hazard) - record.exposure * hazard).sum())
        over = weight @ ways
        by_way = float(share * (np.asarray(observed) * np.log(over / over.sum())).sum())
        entropy = float((weight * np.log(np.maximum(weight * len(weight), 1e-300))).sum())
        return entropy * KEPT_TO_FIT - spans - by_way

    found = minimize(objective, np.zeros(traits.shape[1]), method="L-BFGS-B", options={"maxiter": 500})
    return weights(np.asarray(found.x))
