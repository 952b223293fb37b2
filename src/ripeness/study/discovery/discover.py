"""Scenario discovery: conditions of an outcome, as a few ranges of a few parameters."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ripeness.ensemble.gather import Ensemble
from ripeness.study.discovery.prim import Box, TrajectoryStep, binomial_tail, quasi_p, trajectory, trials_at_a_point
from ripeness.study.parameter_labels import parameter_label
from ripeness.study.sensitivity.inert import find_inert, war_inputs
from ripeness.study.sensitivity.sample_means import SampleMeans, sample_means
from ripeness.study.sensitivity.variance_shares import variance_shares
from ripeness.study.target import Target

MIN_CANDIDATES, MAX_CANDIDATES = 6, 16  # numbers that boxes may restrict: the more, the more of them chance restricts
MAX_BOXES = 3  # boxes
RESTRICTIONS = 5  # numbers in one box: more than that nobody can hold in mind
DOUBTFUL = 0.05  # quasi-p above which a restriction is dropped
FOLDS = 5  # parts of the points, each kept aside from one search
MIN_SAMPLES = 4 * FOLDS  # points below which nothing can be kept aside


@dataclass(frozen=True, slots=True)
class BoxLimit:
    """One condition: the parameter lies between low and high; none where it is free on that side.

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
class BoxCondition:
    """A box: how often the outcome happens inside (density), and which part of its cases lies inside (coverage)."""

    limits: tuple[BoxLimit, ...]
    density: float
    coverage: float
    mass: float
    points: int


@dataclass(frozen=True, slots=True)
class TrajectoryPoint:
    """A box of the trajectory in short."""

    restricted: int
    density: float
    coverage: float
    mass: float


@dataclass(frozen=True, slots=True)
class HoldoutTest:
    """Performance of the search on samples that were held out.

    `density`: how often the outcome happened inside the boxes; `mass`: which part of the points kept aside lay there;
    `chance`: probability of as many cases if the boxes did nothing (one-sided).
    """

    density: float
    mass: float
    chance: float


@dataclass(frozen=True, slots=True)
class DiscoveredConditions:
    """The conditions found, the best first, and the trajectory from which the first was taken.

    `inert`: numbers that move nothing in this war, and so enter no box. `held_out`: none where points are too few for
    it.
    """

    target: Target
    draws: int
    points: int
    p: float
    tested: int
    inert: int
    held_out: HoldoutTest | None
    conditions: tuple[BoxCondition, ...]
    trajectory: tuple[TrajectoryPoint, ...]


def discover(
    ensemble: Ensemble, target: Target, weights: NDArray[np.float64] | None = None, *, density: float | None = None
) -> DiscoveredConditions:
    """Find boxes of the parameter space in which an outcome is frequent.

    Each point of the inputs counts with the share of its runs that end so. The box taken from a trajectory is the one
    that holds most cases beyond what a box of its size would hold by chance (coverage less mass); with a `density`
    asked for, the largest box as dense as that.
    Restrictions that could as well be chance (quasi-p above .05) are dropped. Further boxes are sought among the points
    outside the ones before. A condition on a fitted parameter brings its companions along, since it selects points of
    their joint posterior. Numbers that move nothing are left out. The whole search, from the choice of its numbers
    on, is repeated five times without a fifth of the points; where what it finds says nothing on that fifth, there is
    no condition.

    Shapes: weights (R,).
    """
    means = sample_means(target.hits(ensemble), ensemble.point, weights)
    input_paths = war_inputs(ensemble)
    idle = find_inert(ensemble, target, input_paths).paths if 0 < means.p < 1 else ()
    acting = np.array(
        [n for n, path in enumerate(ensemble.input_names) if path in {*input_paths} - {*idle}], dtype=np.intp
    )
    search = _Search(ensemble.inputs[acting], ensemble.design.seed, density, weighted_draws=weights is not None)
    held_out = search.held_out(means) if 0 < means.p < 1 else None
    rows = acting[search.candidates(means)]
    inputs, cases = search.weighted(ensemble.inputs[rows].astype(np.float64), means)
    conditions: list[BoxCondition] = []
    first: tuple[TrajectoryStep, ...] = ()
    open_ = np.ones(len(cases), dtype=np.bool_)
    for _ in range(MAX_BOXES if held_out is not None and held_out.chance <= DOUBTFUL else 0):
        step, steps = _box(inputs[:, open_], cases[open_], density)
        first = first or steps
        if not len(step.box.restricted) or step.density <= means.p:
            break
        conditions.append(_condition(ensemble, rows, step, inputs[:, open_], cases, open_))
        open_ &= ~step.box.holds(inputs)
        if open_.mean() < 1 / 2 or cases[open_].sum() <= 0:
            break
    peels = tuple(TrajectoryPoint(len(s.box.restricted), s.density, s.coverage, s.mass) for s in first)
    return DiscoveredConditions(
        target,
        ensemble.design.draws,
        ensemble.design.points,
        means.p,
        len(rows),
        len(idle),
        held_out,
        tuple(conditions),
        peels,
    )


@dataclass(frozen=True, slots=True)
class _Search:
    """One search for a box, including the choice of parameters. Shapes: inputs (K, N), all parameters that act."""

    inputs: NDArray[np.floating]
    seed: int
    density: float | None
    weighted_draws: bool

    def candidates(self, means: SampleMeans, at: NDArray[np.bool_] | None = None) -> NDArray[np.intp]:
        """Return the parameters whose effect is beyond chance, and always a few."""
        variance = variance_shares(self.inputs if at is None else self.inputs[:, at], means, self.seed)
        n_candidates = min(max(int(variance.matters.sum()), MIN_CANDIDATES), MAX_CANDIDATES)
        return variance.order[:n_candidates]

    def weighted(
        self, inputs: NDArray[np.float64], means: SampleMeans
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Resample points systematically by weight, since boxes count points."""
        if not self.weighted_draws:
            return inputs, means.mean
        steps = (np.arange(len(means.mean)) + 1 / 2) / len(means.mean)
        resampled = np.searchsorted(np.cumsum(means.weight) / means.weight.sum(), steps)
        return inputs[:, resampled], means.mean[resampled]

    def held_out(self, means: SampleMeans) -> HoldoutTest | None:
        """Cross-validate the search: leave each fifth of the samples out once and count there.

        Points that weigh little count for little: chance is computed with their effective number (Kish 1965).
        """
        if len(means.mean) < MIN_SAMPLES:
            return None
        fold = np.arange(len(means.mean)) % FOLDS
        inside = np.zeros(len(means.mean), dtype=np.bool_)
        for n in range(FOLDS):
            learn = fold != n
            training = _part(means, learn)
            if not 0 < training.p < 1:
                continue
            rows = self.candidates(training, learn)
            step, _ = _box(*self.weighted(self.inputs[rows][:, learn].astype(np.float64), training), self.density)
            if len(step.box.restricted):
                inside |= ~learn & step.box.holds(self.inputs[rows].astype(np.float64))
        weight = means.weight[inside]
        if weight.sum() <= 0:
            return HoldoutTest(0.0, 0.0, 1.0)
        density = float((weight * means.mean[inside]).sum() / weight.sum())
        n_trials = float(weight.sum() ** 2 / (weight**2).sum()) * trials_at_a_point(means.mean)
        return HoldoutTest(
            density, float(weight.sum() / means.weight.sum()), binomial_tail(density * n_trials, n_trials, means.p)
        )


def _part(means: SampleMeans, at: NDArray[np.bool_]) -> SampleMeans:
    """Some of the samples, their weights adding up to their number again."""
    mean, weight = means.mean[at], means.weight[at]
    weight = weight * (len(weight) / weight.sum()) if weight.sum() > 0 else weight
    return replace(means, mean=mean, weight=weight, p=float((weight * mean).sum() / len(mean)))


def _choose_step(steps: tuple[TrajectoryStep, ...], density: float | None) -> TrajectoryStep:
    if density is not None:
        dense = [step for step in steps if step.density >= density]
        return max(dense, key=lambda step: step.coverage) if dense else max(steps, key=lambda step: step.density)
    return max(steps, key=lambda step: step.coverage - step.mass)


def _box(
    inputs: NDArray[np.float64], cases: NDArray[np.float64], density: float | None
) -> tuple[TrajectoryStep, tuple[TrajectoryStep, ...]]:
    """Return a trajectory's box, searched again without the most doubtful parameter until none is doubtful."""
    numbers_used = np.arange(len(inputs))
    trials = trials_at_a_point(cases)
    first: tuple[TrajectoryStep, ...] = ()
    while True:
        steps = trajectory(inputs[numbers_used], cases)
        first = first or steps
        step = _choose_step(steps, density)
        doubts = {int(row): quasi_p(step, int(row), inputs[numbers_used], cases, trials) for row in step.box.restricted}
        worst = max(doubts, key=lambda row: doubts[row], default=-1)
        if worst < 0 or (doubts[worst] <= DOUBTFUL and len(doubts) <= RESTRICTIONS):
            return _full_box(step, numbers_used, len(inputs)), first
        numbers_used = np.delete(numbers_used, worst)


def _full_box(step: TrajectoryStep, numbers_used: NDArray[np.intp], numbers: int) -> TrajectoryStep:
    """The same box with a row for every parameter."""
    low, high = np.full(numbers, -np.inf), np.full(numbers, np.inf)
    low[numbers_used], high[numbers_used] = step.box.low, step.box.high
    return replace(step, box=Box(low, high))


def _condition(
    ensemble: Ensemble,
    rows: NDArray[np.intp],
    step: TrajectoryStep,
    inputs: NDArray[np.float64],
    cases: NDArray[np.float64],
    open_: NDArray[np.bool_],
) -> BoxCondition:
    limits = []
    for row in step.box.restricted:
        path = ensemble.input_names[rows[row]]
        number = ensemble.war.numbers[path]
        low, _, high = number.interval()
        ends = (float(step.box.low[row]), float(step.box.high[row]))
        doubt = quasi_p(step, int(row), inputs, cases[open_], trials_at_a_point(cases[open_]))
        lower, upper = (end if np.isfinite(end) else None for end in ends)
        limits.append(
            BoxLimit(path, parameter_label(ensemble.scenario, path), number.unit, lower, upper, low, high, doubt)
        )
    hits = step.density * step.points
    limits.sort(key=lambda limit: limit.quasi_p)
    return BoxCondition(tuple(limits), step.density, hits / float(cases.sum()), step.points / len(cases), step.points)
