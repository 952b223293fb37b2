"""Discover: the conditions under which an outcome happens, as a few ranges of a few numbers."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ripeness.ensemble.gather import Ensemble
from ripeness.study.discovery.prim import Box, Step, quasi_p, trajectory, trials_at_a_point
from ripeness.study.sensitivity.points import Points, points
from ripeness.study.sensitivity.shares import shares
from ripeness.study.target import Target
from ripeness.study.wording import wording

ASIDE = ("evidence.", "readings.")  # numbers that tell of the war and enter none of its months
FEWEST, CANDIDATES = 6, 16  # numbers that boxes may restrict: the more, the more of them chance restricts
MOST = 3  # boxes
RESTRICTIONS = 5  # numbers in one box: more than that nobody can hold in mind
DOUBTFUL = 0.05  # quasi-p above which a restriction is dropped


@dataclass(frozen=True, slots=True)
class Limit:
    """One condition: the number lies between low and high; none where it is free on that side.

    `usual_low`, `usual_high`: its 90 % range. `quasi_p`: chance of as dense a box if this condition did nothing.
    """

    path: str
    name: str
    unit: str
    low: float | None
    high: float | None
    usual_low: float
    usual_high: float
    quasi_p: float


@dataclass(frozen=True, slots=True)
class Condition:
    """A box: how often the outcome happens inside (density), and which part of its cases lies inside (coverage)."""

    limits: tuple[Limit, ...]
    density: float
    coverage: float
    mass: float
    points: int


@dataclass(frozen=True, slots=True)
class Peel:
    """A box of the trajectory in short."""

    restricted: int
    density: float
    coverage: float
    mass: float


@dataclass(frozen=True, slots=True)
class Discovered:
    """The conditions found, the best first, and the trajectory from which the first was taken."""

    target: Target
    draws: int
    points: int
    p: float
    tested: int
    conditions: tuple[Condition, ...]
    trajectory: tuple[Peel, ...]


def discover(
    ensemble: Ensemble, target: Target, weights: NDArray[np.float64] | None = None, *, density: float | None = None
) -> Discovered:
    """Find boxes of the inputs in which an outcome is frequent.

    Each point of the inputs counts with the share of its runs that end so. The box taken from a trajectory is the one
    that holds most cases beyond what a box of its size would hold by chance (coverage less mass); with a `density`
    asked for, the largest box as dense as that.
    Restrictions that could as well be chance (quasi-p above .05) are dropped. Further boxes are sought among the points
    outside the ones before.

    Shapes: weights (R,).
    """
    found = points(target.hits(ensemble), ensemble.point, weights)
    rows = _candidates(ensemble, found, ensemble.design.seed)
    inputs = ensemble.inputs[rows].astype(np.float64)
    inputs, cases = _weighted(inputs, found.mean, found.weight, given=weights is not None)
    conditions: list[Condition] = []
    first: tuple[Step, ...] = ()
    open_ = np.ones(len(cases), dtype=np.bool_)
    for _ in range(MOST if cases.sum() > 0 else 0):
        step, steps = _box(inputs[:, open_], cases[open_], density)
        first = first or steps
        if not len(step.box.restricted) or step.density <= found.p:
            break
        conditions.append(_condition(ensemble, rows, step, inputs[:, open_], cases, open_))
        open_ &= ~step.box.holds(inputs)
        if open_.mean() < 1 / 2 or cases[open_].sum() <= 0:
            break
    peels = tuple(Peel(len(s.box.restricted), s.density, s.coverage, s.mass) for s in first)
    return Discovered(
        target, ensemble.design.draws, ensemble.design.points, found.p, len(rows), tuple(conditions), peels
    )


def _candidates(ensemble: Ensemble, found: Points, seed: int) -> NDArray[np.intp]:
    """The numbers on which the outcome hangs beyond chance, and always a few."""
    rows = np.array([n for n, path in enumerate(ensemble.input_names) if not path.startswith(ASIDE)], dtype=np.intp)
    told = shares(ensemble.inputs[rows], found, seed)
    many = min(max(int(told.matters.sum()), FEWEST), CANDIDATES)
    return rows[told.order[:many]]


def _weighted(
    inputs: NDArray[np.float64], cases: NDArray[np.float64], weight: NDArray[np.float64], *, given: bool
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Points as often as they weigh (systematic resampling), since boxes count points."""
    if not given:
        return inputs, cases
    steps = (np.arange(len(cases)) + 1 / 2) / len(cases)
    taken = np.searchsorted(np.cumsum(weight) / weight.sum(), steps)
    return inputs[:, taken], cases[taken]


def _chosen(steps: tuple[Step, ...], density: float | None) -> Step:
    if density is not None:
        dense = [step for step in steps if step.density >= density]
        return max(dense, key=lambda step: step.coverage) if dense else max(steps, key=lambda step: step.density)
    return max(steps, key=lambda step: step.coverage - step.mass)


def _box(
    inputs: NDArray[np.float64], cases: NDArray[np.float64], density: float | None
) -> tuple[Step, tuple[Step, ...]]:
    """The box of a trajectory; found anew without the most doubtful number until none is doubtful and few are left."""
    used = np.arange(len(inputs))
    trials = trials_at_a_point(cases)
    first: tuple[Step, ...] = ()
    while True:
        steps = trajectory(inputs[used], cases)
        first = first or steps
        step = _chosen(steps, density)
        doubts = {int(row): quasi_p(step, int(row), inputs[used], cases, trials) for row in step.box.restricted}
        worst = max(doubts, key=lambda row: doubts[row], default=-1)
        if worst < 0 or (doubts[worst] <= DOUBTFUL and len(doubts) <= RESTRICTIONS):
            return _spread(step, used, len(inputs)), first
        used = np.delete(used, worst)


def _spread(step: Step, used: NDArray[np.intp], numbers: int) -> Step:
    """The same box with a row for every number."""
    low, high = np.full(numbers, -np.inf), np.full(numbers, np.inf)
    low[used], high[used] = step.box.low, step.box.high
    return replace(step, box=Box(low, high))


def _condition(
    ensemble: Ensemble, rows: NDArray[np.intp], step: Step, inputs: NDArray[np.float64], cases: NDArray[np.float64],
    open_: NDArray[np.bool_],
) -> Condition:  # fmt: skip
    limits = []
    for row in step.box.restricted:
        path = ensemble.input_names[rows[row]]
        one = ensemble.war.numbers[path]
        low, _, high = one.interval()
        ends = (float(step.box.low[row]), float(step.box.high[row]))
        doubt = quasi_p(step, int(row), inputs, cases[open_], trials_at_a_point(cases[open_]))
        lower, upper = (end if np.isfinite(end) else None for end in ends)
        limits.append(Limit(path, wording(ensemble.scenario, path), one.unit, lower, upper, low, high, doubt))
    hits = step.density * step.points
    limits.sort(key=lambda limit: limit.quasi_p)
    return Condition(tuple(limits), step.density, hits / float(cases.sum()), step.points / len(cases), step.points)
