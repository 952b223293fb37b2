"""Resampled: how far who blocks, at the medians of the inputs, rests on which points of the inputs were drawn.

The medians are those of some thousand points. Drawn again, they would be a little different, and of two changes of
nearly the same size now the one and now the other would be the smaller. The points are therefore drawn again from
themselves (bootstrap), the same for every change, and the changes are compared pair by pair.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ripeness.study.ripeness.terms_council import ARRAYS, CouncilPair, TermsCouncil
from ripeness.world.chance import SAMPLE, stable_id, uniforms

Array = NDArray[np.float64]
REPEATS = 100  # medians drawn again: a chance of one half is then known to five points
SURE = 0.99  # share of the resamples in which one change must be smaller than another to be called so
ALIKE = 0.005  # of the stake, or of power: half of the percent in which a change is told
NAME = "ripeness/medians"


def resample_medians(pair: CouncilPair, weights: Array, seed: int) -> CouncilPair:
    """Both councils at the medians of resampled points, one column a resample; the same points for both councils.

    Shapes: weights (N,); returns councils with REPEATS columns.
    """
    points = _resamples(weights, seed)
    first, second = (_medians(seats, points) for seats in pair)
    return first, second


def _resamples(weights: Array, seed: int) -> NDArray[np.intp]:
    """Points drawn with replacement, in proportion to their weights. Shapes: returns (REPEATS, N)."""
    size = len(weights)
    draws: Array = np.empty((4, REPEATS * size))
    uniforms(seed, np.arange(REPEATS * size, dtype=np.uint64), 0, SAMPLE, stable_id(NAME), draws)
    below = np.cumsum(weights) / weights.sum()
    return np.minimum(np.searchsorted(below, draws[0], side="right"), size - 1).reshape(REPEATS, size)


def _medians(seats: TermsCouncil, points: NDArray[np.intp]) -> TermsCouncil:
    changed = {name: np.ascontiguousarray(_row_medians(getattr(seats, name), points)) for name in ARRAYS}
    power = changed["power"] / changed["power"].sum(axis=0)
    return replace(seats, **(changed | {"power": power}))


def _row_medians(values: Array, points: NDArray[np.intp]) -> Array:
    """The median of each row over each resample. Shapes: values (..., N); returns (..., REPEATS)."""
    rows = values.reshape(-1, values.shape[-1])
    medians = np.stack(
        [np.median(row[points], axis=1) if np.ptp(row) > 0 else np.full(len(points), row[0]) for row in rows]
    )
    return medians.reshape(*values.shape[:-1], len(points))


def compare_changes(sizes: Array) -> tuple[Array, NDArray[np.bool_]]:
    """In which share of the resamples each change is the least, and which cannot be told from the first one.

    A change that does not differ from the least by more than ALIKE counts as least, too. Two are alike unless one is
    smaller by more than that in nearly all resamples.

    Shapes: sizes (changes, REPEATS), not a number where a change opens nothing, the first row that of the change that
    is least at the medians; returns (changes,), (changes,).

    >>> share, alike = compare_changes(np.array([[.1, .1, .1], [.1, .2, np.nan]]))
    >>> share.round(2).tolist(), alike.tolist()
    ([1.0, 0.33], [True, True])
    """
    filled = np.where(np.isnan(sizes), np.inf, sizes)
    smallest = filled.min(axis=0)
    is_least = np.isfinite(filled) & (filled <= smallest + ALIKE)
    with np.errstate(invalid="ignore"):
        behind = (filled > filled[0] + ALIKE) & np.isfinite(filled[0])
    return is_least.mean(axis=1), behind.mean(axis=1) < SURE
