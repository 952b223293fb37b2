"""PRIM: boxes in the space of the inputs in which an outcome is frequent, found by patient peeling and pasting.

Source: Friedman and Fisher 1999, "Bump hunting in high-dimensional data", Statistics and Computing 9, 123-143; the
score of a peel (gain in mean per point lost) and quasi-p values as in Bryant and Lempert 2010, Technological
Forecasting and Social Change 77, 34-49.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
PEEL = 0.05  # share of the box peeled off at a time: patient, as Friedman and Fisher advise
PASTE = 0.05  # share added back at a time
SMALLEST = 0.05  # share of all points below which no box shrinks


@dataclass(frozen=True, slots=True)
class Box:
    """Limits by parameter; infinite where a parameter is free. Shapes: low, high (K,)."""

    low: Array
    high: Array

    @property
    def restricted(self) -> NDArray[np.intp]:
        """Rows of the parameters that the box restricts."""
        return np.flatnonzero(np.isfinite(self.low) | np.isfinite(self.high))

    def holds(self, inputs: Array) -> NDArray[np.bool_]:
        """Which points lie inside. Shapes: inputs (K, N)."""
        rows = self.restricted
        part = inputs[rows]
        return np.asarray(np.all((part >= self.low[rows, None]) & (part <= self.high[rows, None]), axis=0))

    def with_limit(self, row: int, side: int, value: float) -> Box:
        """The same box with another lower (0) or upper (1) limit for one parameter."""
        low, high = self.low.copy(), self.high.copy()
        (low, high)[side][row] = value
        return Box(low, high)


@dataclass(frozen=True, slots=True)
class TrajectoryStep:
    """A box of the trajectory. Coverage: share of all cases inside; density: share of cases among the points inside."""

    box: Box
    points: int
    mass: float
    coverage: float
    density: float


def unrestricted_box(numbers: int) -> Box:
    """The box that restricts nothing."""
    return Box(np.full(numbers, -np.inf), np.full(numbers, np.inf))


def trajectory(inputs: Array, cases: Array, smallest: float = SMALLEST) -> tuple[TrajectoryStep, ...]:
    """Return all boxes from the whole space down to the smallest, each a peel of the last; then the pastes.

    1. Try to peel 5 % of the points off either end of each number.
    2. Take the peel that raises the mean most per point lost; stop when none raises it or the box would be too small.
    3. Then try to add 5 % back at either end of each restricted number, as long as that raises the mean.

    Shapes: inputs (K, N); cases (N,), between 0 and 1.
    """
    inputs = np.asarray(inputs, dtype=np.float64)
    steps = [_step(unrestricted_box(len(inputs)), inputs, cases)]
    for move in (_peel, _paste):
        while (box := move(steps[-1].box, inputs, cases, smallest)) is not None:
            steps.append(_step(box, inputs, cases))
    return tuple(steps)


def _step(box: Box, inputs: Array, cases: Array) -> TrajectoryStep:
    inside = box.holds(inputs)
    hits, all_hits, n_inside = float(cases[inside].sum()), float(cases.sum()), int(inside.sum())
    return TrajectoryStep(
        box, n_inside, n_inside / len(cases), hits / all_hits if all_hits else 0.0, hits / n_inside if n_inside else 0.0
    )


def _peel(box: Box, inputs: Array, cases: Array, smallest: float) -> Box | None:
    inside = np.flatnonzero(box.holds(inputs))
    inside_inputs, y = inputs[:, inside], cases[inside]
    size, mean = len(y), float(y.mean()) if len(y) else 0.0
    sorted_inputs = np.sort(inside_inputs, axis=1)
    best, peel = (0.0, 0), None
    limits = (_limits(sorted_inputs, PEEL, lower=True), _limits(sorted_inputs, PEEL, lower=False))
    for side, limit in enumerate(limits):
        stays = inside_inputs >= limit[:, None] if side == 0 else inside_inputs <= limit[:, None]
        count = stays.sum(axis=1)
        hits = stays @ y
        for row in np.flatnonzero((count < size) & (count >= smallest * len(cases))):
            score = (hits[row] / count[row] - mean) / (size - count[row])
            free = -int(not (np.isfinite(box.low[row]) or np.isfinite(box.high[row])))
            if score > 0 and (score, free) > best:
                best, peel = (float(score), free), (int(row), side, float(limit[row]))
    return None if peel is None else box.with_limit(*peel)


def _limits(sorted_inputs: Array, alpha: float, *, lower: bool) -> Array:
    """Return the limit that a peel sets for each parameter: halfway between the last point peeled and the first kept.

    Equal values are peeled together. Shapes: sorted_inputs (K, N), each row rising; returns (K,).
    """
    size = sorted_inputs.shape[1]
    place = (size - 1) * (alpha if lower else 1 - alpha)
    below, above = int(np.floor(place)), int(np.ceil(place))
    limit = (sorted_inputs[:, below] + sorted_inputs[:, above]) / 2
    for row in np.flatnonzero(sorted_inputs[:, below] == sorted_inputs[:, above]):
        values = sorted_inputs[row]
        if lower:
            next_above = np.searchsorted(values, values[below], side="right")
            limit[row] = values[0] if next_above >= size else (values[below] + values[next_above]) / 2
        else:
            next_below = np.searchsorted(values, values[above], side="left") - 1
            limit[row] = values[-1] if next_below < 0 else (values[above] + values[next_below]) / 2
    return limit


def _paste(box: Box, inputs: Array, cases: Array, smallest: float) -> Box | None:  # noqa: ARG001  (as _peel)
    inside = box.holds(inputs)
    size, mean = int(inside.sum()), float(cases[inside].mean()) if inside.any() else 0.0
    best, best_box = 0.0, None
    for row in box.restricted:
        for side in (0, 1):
            limit = (box.low, box.high)[side][row]
            if not np.isfinite(limit):
                continue
            freed = box.with_limit(int(row), side, (-np.inf, np.inf)[side])
            outside = inputs[row][freed.holds(inputs) & ~inside]
            wider = freed if not len(outside) else box.with_limit(int(row), side, _pasted_limit(outside, side))
            now = wider.holds(inputs)
            n_inside = int(now.sum())
            score = (float(cases[now].mean()) - mean) / (n_inside - size) if n_inside > size else 0.0
            if score > best:
                best, best_box = score, wider
    return best_box


def _pasted_limit(outside: Array, side: int) -> float:
    """A limit that takes in 5 % of the points beyond it."""
    return float(np.quantile(outside, 1 - PASTE if side == 0 else PASTE))


def quasi_p(step: TrajectoryStep, row: int, inputs: Array, cases: Array, trials: float = 1.0) -> float:
    """Return the probability of a box this dense if one restriction had no effect (one-sided binomial test).

    "Quasi", because the box was chosen for its density on the same points. Cases may be fractions: the binomial tail
    is an incomplete beta function, which knows no whole numbers. `trials`: how many independent trials a point is
    worth.
    """
    free = step.box.with_limit(row, 0, -np.inf).with_limit(row, 1, np.inf)
    inside = free.holds(inputs)
    without = float(cases[inside].mean())
    n_trials = step.points * trials
    return binomial_tail(step.density * n_trials, n_trials, without)


def binomial_tail(hits: float, n_trials: float, p: float) -> float:
    """Return the upper tail of a binomial distribution; neither hits nor trials need be whole.

    >>> binomial_tail(2, 2, 0.5)
    0.25
    """
    from scipy.special import betainc

    return 1.0 if hits <= 0 else float(betainc(hits, n_trials - hits + 1, p))


def trials_at_a_point(cases: Array) -> float:
    """How many independent trials a point's mean is worth: one where points are all or nothing, more with averaging.

    Shapes: cases (N,).
    """
    p, spread = float(cases.mean()), float(cases.var())
    return max(p * (1 - p) / spread, 1.0) if spread > 0 else 1.0
