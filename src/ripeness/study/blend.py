"""Blend: one forecast from the model of this war and from the record of past conflicts like it.

The target gives every class of end by every month a share (1 - s) of the model's probability and s of the record's;
s is the strength of the record. Among all distributions over the runs that meet the target in each cell (class by span
of months) the one nearest to the model's own in relative entropy gives each run the weight target / model of its cell:
everything else about the runs stays as the model has it.
Source: Robertson, Tallman and Whiteman 2005 (relative entropy and forecasts); Stone 1961 (linear opinion pool); Kish
1965 (effective number).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ripeness.ensemble.gather import Ensemble
from ripeness.study.probabilities import monte_carlo_interval
from ripeness.study.record.classes import CLASS_OF_END, CLASS_OF_OUTCOME, CLASSES
from ripeness.study.record.curve import RecordCurve
from ripeness.world.outcome import ENDS

Array = NDArray[np.float64]
EDGES = (1.0, 3.0, 6.0, 12.0, 24.0, 48.0, 96.0, 192.0, 384.0)  # months that part the cells, as far as the horizon
FEWEST_RUNS = 20  # in a cell; one with fewer joins its neighbour in time
FEW_DRAWS = 100.0  # effective runs below which the answer says that it rests on few
FIGHTING_CLASS = CLASSES.index("fighting")
CLASS_OF_CODE = np.array([CLASSES.index(CLASS_OF_OUTCOME[end.outcome]) for end in sorted(ENDS, key=lambda e: e.code)])
NO_MASS = 5e-4  # of the target below which what no run carries is not worth a word
WIDE_GAP = 0.1  # between blend and weighted runs from which the answer says it


@dataclass(frozen=True, slots=True)
class BlendProbability:
    """Probability of one class of end by one month, beside those of its parents.

    `low` to `high`: 90 % interval for the noise of the runs and of the record's coefficients, the strength taken as
    certain. Units: months from the day of the forecast.
    """

    outcome: str
    month: float
    p: float
    low: float
    high: float
    model: float
    record: float


@dataclass(frozen=True, slots=True)
class WeightGap:
    """Where the weighted runs lie furthest from the blend, of all classes and months. Units: months; shares."""

    outcome: str
    month: float
    runs: float
    blend: float


@dataclass(frozen=True)
class Anchored:
    """Weights under which the runs of an ensemble follow the blend.

    `effective`: how many equal runs they are worth (Kish 1965). `uncarried`: mass of the target by class that no run
    can carry; the others share it in proportion. `gap`: how far the runs stay from the blend where cells were joined in
    time. Shapes: weights (R,), mean 1.
    """

    weights: Array
    strength: float
    effective: float
    uncarried: Mapping[str, float]
    rows: tuple[BlendProbability, ...]
    gap: WeightGap

    @property
    def _mostly_lost(self) -> bool:
        """Whether the weights leave less than half of the runs."""
        return self.effective < len(self.weights) / 2

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the answer must say of the weights."""
        lines = []
        if self.effective < FEW_DRAWS:
            differ = "the model and the record of past conflicts differ much, or " if self._mostly_lost else ""
            lines.append(
                f"few runs carry the blend: {self.effective:.0f} effective of {len(self.weights):,}; {differ}more "
                "draws are needed"
            )
        lines += [
            f"{100 * mass:.1f} % of the blend is '{name}', as which no run ends within the months asked about: the "
            "weights of the runs leave it out"
            for name, mass in self.uncarried.items()
            if mass > NO_MASS
        ]
        if abs(self.gap.runs - self.gap.blend) > WIDE_GAP:
            lines.append(
                f"by month {self.gap.month:g} the weighted runs have {100 * self.gap.runs:.0f} % '{self.gap.outcome}' "
                f"where the blend has {100 * self.gap.blend:.0f} %: too few runs end so early or so late; more draws "
                "are needed"
            )
        return tuple(lines)

    def about(self) -> dict[str, object]:
        """A record of the weights."""
        return {
            "strength": round(self.strength, 6),
            "effective_draws": round(self.effective, 1),
            "uncarried": {name: round(mass, 6) for name, mass in self.uncarried.items() if mass > NO_MASS},
            "warnings": list(self.warnings),
        }


def cell_edges(horizon: float, months: Sequence[float] = ()) -> tuple[float, ...]:
    """Months that part the cells: the usual ones, those asked about, and the horizon.

    >>> cell_edges(10, [2.5])
    (1.0, 2.5, 3.0, 6.0, 10.0)
    """
    return tuple(sorted({float(month) for month in (*EDGES, *months) if 0 < month < horizon} | {float(horizon)}))


def record_classes(curve: RecordCurve) -> tuple[Array, Array, Array]:
    """The record's probabilities by class, ends of one class together, with their 90 % intervals.

    Half-widths of ends that are added up are added in squares. Shapes: returns p, low, high (4, M).
    """
    p, below, above = (np.zeros((len(CLASSES), len(curve.months))) for _ in range(3))
    for n, end in enumerate(curve.ends):
        row = CLASSES.index(CLASS_OF_END[end])
        p[row] += curve.p[n]
        below[row] += (curve.p[n] - curve.low[n]) ** 2
        above[row] += (curve.high[n] - curve.p[n]) ** 2
    return p, np.maximum(p - np.sqrt(below), 0.0), np.minimum(p + np.sqrt(above), 1.0)


def blend_probabilities(ensemble: Ensemble, curve: RecordCurve, strength: float) -> tuple[BlendProbability, ...]:
    """The blend at each month of the record's curve, every class of end. Each row lies between its parents.

    Units: months from the day of the forecast.
    """
    months = np.asarray(curve.months, dtype=np.float64)
    model, model_low, model_high = _model_classes(ensemble, months)
    record, record_low, record_high = record_classes(curve)
    p = np.clip((1 - strength) * model + strength * record, np.minimum(model, record), np.maximum(model, record))
    low = p - np.hypot((1 - strength) * (model - model_low), strength * (record - record_low))
    high = p + np.hypot((1 - strength) * (model_high - model), strength * (record_high - record))
    return tuple(
        BlendProbability(name, float(month), *(float(x[c, m]) for x in (p, low, high, model, record)))
        for m, month in enumerate(months)
        for c, name in enumerate(CLASSES)
    )


def anchor(ensemble: Ensemble, curve: RecordCurve, strength: float) -> Anchored:
    """Weigh the runs of an ensemble so that they follow the blend in every cell that its months part.

    The last month of the curve is the ensemble's horizon. A cell with few runs joins its neighbours in time of the same
    class; a class without any run leaves its mass to the others.

    >>> from ripeness.ensemble.design import Design
    >>> from ripeness.ensemble.run import run
    >>> from ripeness.scenario.read import read_scenario
    >>> from ripeness.study.record.curve import record_curve
    >>> from ripeness.study.record.traits import traits_of
    >>> war = read_scenario("ukraine-2023-03")
    >>> ensemble = run(war, Design(draws=512, kept=0))
    >>> curve = record_curve(traits_of(war), 12.6, cell_edges(ensemble.horizon))
    >>> round(float(anchor(ensemble, curve, 0.5).weights.mean()), 9)
    1.0
    """
    edges = np.asarray(curve.months, dtype=np.float64)
    target = (1 - strength) * _model_classes(ensemble, edges)[0] + strength * record_classes(curve)[0]
    ended = np.where(ensemble.months <= edges[-1], _class_of_run(ensemble), FIGHTING_CLASS)
    span = np.searchsorted(edges, ensemble.months, side="left")
    weights, uncarried = np.zeros(len(ended)), {}
    for c, name in enumerate(CLASSES):
        of_class = ended == c
        if not of_class.any():
            uncarried[name] = float(target[c, -1])
            continue
        if c == FIGHTING_CLASS:
            weights[of_class] = target[c, -1] * len(ended) / of_class.sum()
            continue
        counts = np.bincount(span[of_class], minlength=len(edges))
        mass = np.maximum(np.diff(target[c], prepend=0.0), 0.0)
        group = _groups(counts)
        ratio = np.bincount(group, weights=mass) * len(ended) / np.bincount(group, weights=counts)
        weights[of_class] = ratio[group[span[of_class]]]
    weights /= weights.mean()
    effective = float(weights.sum() ** 2 / (weights**2).sum())
    rows = blend_probabilities(ensemble, curve, strength)
    return Anchored(weights, strength, effective, uncarried, rows, _widest_gap(ensemble, weights, target, edges))


def _widest_gap(ensemble: Ensemble, weights: Array, target: Array, edges: Array) -> WeightGap:
    """Compare the weighted runs with the target at every edge. Shapes: weights (R,); target (4, M); edges (M,)."""
    of_run, runs = _class_of_run(ensemble), []
    for month in edges:
        ended = np.where(ensemble.months <= month, of_run, FIGHTING_CLASS)
        runs.append(np.bincount(ended, weights=weights, minlength=len(CLASSES)) / weights.sum())
    shares = np.array(runs).T
    c, m = np.unravel_index(np.abs(shares - target).argmax(), target.shape)
    return WeightGap(CLASSES[c], float(edges[m]), float(shares[c, m]), float(target[c, m]))


def _groups(counts: NDArray[np.intp]) -> NDArray[np.intp]:
    """Join spans in time until each group has runs enough; what is left at the end joins the last group.

    >>> _groups(np.array([3, 30, 0, 25, 4])).tolist()
    [0, 0, 1, 1, 1]
    """
    group = np.zeros(len(counts), dtype=np.intp)
    number, runs = 0, 0
    for n, count in enumerate(counts):
        group[n], runs = number, runs + int(count)
        if runs >= FEWEST_RUNS:
            number, runs = number + 1, 0
    last = max(number - 1, 0)
    return np.minimum(group, last)


def _class_of_run(ensemble: Ensemble) -> NDArray[np.intp]:
    """Place in CLASSES of each run's end. Shapes: returns (R,)."""
    return CLASS_OF_CODE[ensemble.code.astype(np.intp)]


def _model_classes(ensemble: Ensemble, months: Array) -> tuple[Array, Array, Array]:
    """The model's probabilities by class with 90 % Monte Carlo intervals. Shapes: returns p, low, high (4, M)."""
    runs = np.bincount(ensemble.point).astype(np.float64)
    of_run, parts = _class_of_run(ensemble), []
    for month in months:
        ended = np.where(ensemble.months <= month, of_run, FIGHTING_CLASS)
        cell = ended * len(runs) + ensemble.point
        hits = np.bincount(cell, minlength=len(CLASSES) * len(runs)).reshape(len(CLASSES), -1).astype(np.float64)
        parts.append((hits.sum(axis=1) / runs.sum(), *monte_carlo_interval(hits, runs)))
    p, low, high = (np.array(part).T for part in zip(*parts, strict=True))
    return p, low, high
