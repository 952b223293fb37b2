"""Typical war: weights of shipped points under which a war of which nothing is known ends as wars on record did.

What no number of a war shows is drawn from a distribution over wars whose form nobody knows. The points of a fit stand
for it; they are weighed so that the typical war (the smallest template) has the hazards of the record by span of
months, and its ways of ending, as far as the record can tell them from what the fit says already: weights of least
relative entropy to equal ones, less the log-likelihood of the record's spans and ways. Each span is measured as a
forecast meets it: the war is opened where the span begins, with the parameter samples whose wars, simulated from the
first day, last until then.
Source: Heckman and Singer 1984 (a free distribution of frailty); Robertson, Tallman and Whiteman 2005 (entropy).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ripeness.ensemble.design import Design
from ripeness.ensemble.past import Past
from ripeness.ensemble.run import run
from ripeness.scenario.parameter_points import ParameterPoints
from ripeness.scenario.read import read_text
from ripeness.scenario.schema import Scenario
from ripeness.scenario.template import template
from ripeness.validation.calibrate.measure import EDGES, channel
from ripeness.validation.calibrate.ship import FRAILTY, HIDDEN
from ripeness.validation.history.coding import channels
from ripeness.validation.history.record import PastWar
from ripeness.world.outcome import FIGHTING

Array = NDArray[np.float64]
REPLICATIONS = 32  # typical wars at each point
BEGAN = re.compile(r"^began: \S+(.*)$", re.MULTILINE)
STARTS = np.array([0.0, *EDGES[:-1]])  # of the spans of months; ends beyond the last edge are not compared
LEAST_HAZARD = 1e-6
KNOTS = (-2.5, -1.5, -0.75, 0.0, 0.75, 1.5, 2.5)  # normal scores of frailty between which log weights are straight
# Units of log-likelihood that a unit of relative entropy to the fit is worth. Of 1, 2 and 4 it is 2 whose weights give
# the record the highest likelihood in wars simulated with other luck (docs/textbook/calibration.md).
KEPT_TO_FIT = 2.0


@dataclass(frozen=True, slots=True)
class SpanCounts:
    """How many wars on record ended in each span of months, and for how many months wars were fought in it.

    Shapes: ends, exposure (6,). Units: wars; war-months.
    """

    ends: Array
    exposure: Array


def typical_war(fought: int = 0) -> Scenario:
    """The smallest template, forecast from the day on which its war began, or some whole months later.

    >>> scenario = typical_war()
    >>> scenario.began == scenario.start
    True
    >>> (scenario.start - typical_war(24).began).days // 365
    2
    """
    return template_opened("minimal", fought)


def template_opened(name: str, fought: int) -> Scenario:
    """A template, forecast some whole months after its war began.

    Raises: ValueError for a template that states no start.
    """
    text = template(name)
    start = re.search(r"^start: (\d+)-(\d+)-(\S+)", text, re.MULTILINE)
    if start is None:
        msg = f"the template {name} states no start"
        raise ValueError(msg)
    year, month = divmod(int(start[1]) * 12 + int(start[2]) - 1 - fought, 12)
    return read_text(BEGAN.sub(rf"began: {year}-{month + 1:02d}-{start[3]}\1", text, count=1)).scenario


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


def span_record(wars: Sequence[PastWar]) -> SpanCounts:
    """The spans of some past wars; those of unknown length say nothing."""
    months = np.array([war.months for war in wars if np.isfinite(war.months)])
    return SpanCounts(*spans_of(months, np.ones(len(months), dtype=bool)))


def weigh_points(points: ParameterPoints, wars: Sequence[PastWar], seed: int) -> ParameterPoints:
    """The same points, with weights under which the typical war ends as wars on record did."""
    ends, exposure, ways = _simulate(points, seed)
    weight = _least_entropy(ends, exposure, ways, span_record(wars), traits_of_points(points))
    return ParameterPoints(points.names, points.values, weight / weight.mean(), points.provenance)


def traits_of_points(points: ParameterPoints) -> Array:
    """What weights may depend on: normal scores of each parameter and their squares, and frailty in any form.

    Of hidden strength only the square, so that no side is favoured. Chance of the simulated wars is no part of it, so
    weights cannot follow it far. Shapes: returns (P, traits).
    """
    scores = points.scores().T
    frailty = scores[:, points.names.index(FRAILTY)]
    shares = [np.interp(frailty, KNOTS, row) for row in np.eye(len(KNOTS))]
    sided = [row for row, name in enumerate(points.names) if name != HIDDEN]
    return np.column_stack([scores[:, sided], scores**2, *shares])


def _simulate(points: ParameterPoints, seed: int) -> tuple[Array, Array, Array]:
    """The typical war at each point. Shapes: returns ends, exposure (P, 6), ways (P, 3), a run's share."""
    count = len(points.weight)
    point = np.repeat(np.arange(count), REPLICATIONS)
    code, months = _lengths(points, point, np.arange(len(point)), 0, seed)
    way = channel(code.astype(np.float64))
    ways = np.stack([np.bincount(point, way == n, count) for n in range(3)], axis=1)
    ends, exposure = np.empty((count, len(EDGES))), np.empty((count, len(EDGES)))
    for span, (fought, until) in enumerate(zip(STARTS, EDGES, strict=True)):
        lasting = np.flatnonzero((code == FIGHTING) | (months > fought))
        how, ahead = _lengths(points, point, lasting, int(fought), seed) if fought else (code, months)
        inside = (how != FIGHTING) & (ahead <= until - fought)
        ends[:, span] = np.bincount(point[lasting], inside, count)
        exposure[:, span] = np.bincount(point[lasting], np.minimum(ahead, until - fought), count)
    return ends / REPLICATIONS, exposure / REPLICATIONS, ways / REPLICATIONS


def _lengths(
    points: ParameterPoints, point: NDArray[np.intp], samples: NDArray[np.intp], fought: int, seed: int
) -> tuple[NDArray[np.int64], Array]:
    """How, and after how many months, typical wars that have been fought for some months end.

    Shapes: point (all samples,), the point of each sample; samples (R,), those that are simulated; returns two (R,).
    """
    taken = points.values[:, point[samples]]
    values = {f"laws.{name}": row for name, row in zip(points.names, taken, strict=True)}
    design = Design(len(samples), seed, per_point=1, kept=0)
    ensemble = run(typical_war(fought), design, overrides=values, past=Past(samples=samples.astype(np.uint64)))
    return np.asarray(ensemble.code, dtype=np.int64), np.asarray(ensemble.months, dtype=np.float64)


def _least_entropy(ends: Array, exposure: Array, ways: Array, record: SpanCounts, traits: Array) -> Array:
    """Weights under which spans and ways are the record's. Shapes: traits (P, traits); returns (P,), sums to 1."""
    observed, share = channels()

    def log_likelihood(weight: Array) -> float:
        hazard = np.maximum(weight @ ends, LEAST_HAZARD) / np.maximum(weight @ exposure, LEAST_HAZARD)
        spans = float((record.ends * np.log(hazard) - record.exposure * hazard).sum())
        over = weight @ ways
        return spans + float(share * (np.asarray(observed) * np.log(over / over.sum())).sum())

    return least_entropy(log_likelihood, traits, KEPT_TO_FIT)


def least_entropy(log_likelihood: Callable[[Array], float], traits: Array, kept: float) -> Array:
    """Weights of least relative entropy less a record's log-likelihood, exponential in what they may depend on.

    `kept`: units of log-likelihood that a unit of relative entropy is worth.
    Shapes: traits (P, traits); log_likelihood takes weights (P,); returns (P,), sums to 1.
    """
    from scipy.optimize import minimize

    traits = (traits - traits.mean(axis=0)) / np.maximum(traits.std(axis=0), 1e-9)

    def weights(tilt: Array) -> Array:
        power = traits @ tilt
        weight = np.exp(power - power.max())
        return np.asarray(weight / weight.sum())

    def objective(tilt: Array) -> float:
        weight = weights(tilt)
        entropy = float((weight * np.log(np.maximum(weight * len(weight), 1e-300))).sum())
        return entropy * kept - log_likelihood(weight)

    optimum = minimize(
        objective, np.zeros(traits.shape[1]), method="L-BFGS-B", options={"maxiter": 500, "maxfun": 100_000}
    )
    return weights(np.asarray(optimum.x))
