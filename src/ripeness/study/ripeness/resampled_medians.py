"""Bootstrap of the medians: how far who blocks depends on which parameter samples were drawn.

The medians are those of some thousand points. Drawn again, they would be a little different, and of two changes of
nearly the same size now the one and now the other would be the smaller. The points are therefore drawn again from
themselves (bootstrap), the same for every change, and the changes are compared pair by pair.
"""

from __future__ import annotations

from dataclasses import replace
from math import comb

import numpy as np
from numpy.typing import NDArray

from ripeness.study.ripeness.terms_council import ARRAYS, CouncilPair, TermsCouncil
from ripeness.study.ripeness.zone_changes import (
    Flags,
    faction_sets,
    least_power,
    least_terms,
    lower_terms,
    opens_zone,
    power_transferred,
)
from ripeness.study.weighted_statistics import uniform_draws

Array = NDArray[np.float64]
REPEATS = 100  # medians drawn again: a chance of one half is then known to five points
SURE = 0.99  # share of the resamples in which one change must be smaller than another to be called so
ALIKE = 0.005  # of the stake, or of power: half of the percent in which a change is reported
MOST_COLUMNS = 200_000  # sets times resamples that are tried at once
NAME = "ripeness/medians"


def resample_medians(pair: CouncilPair, weights: Array, seed: int) -> CouncilPair:
    """Return both councils at the medians of resampled points, one column a resample; both use the same points.

    Shapes: weights (N,); returns councils with REPEATS columns.
    """
    points = _resamples(weights, seed)
    first, second = (_medians(council, points) for council in pair)
    return first, second


def _resamples(weights: Array, seed: int) -> NDArray[np.intp]:
    """Draw samples with replacement, in proportion to their weights. Shapes: returns (REPEATS, N)."""
    size = len(weights)
    draws = uniform_draws(REPEATS * size, seed, NAME)
    below = np.cumsum(weights) / weights.sum()
    return np.minimum(np.searchsorted(below, draws, side="right"), size - 1).reshape(REPEATS, size)


def _medians(council: TermsCouncil, points: NDArray[np.intp]) -> TermsCouncil:
    changed = {name: np.ascontiguousarray(_row_medians(getattr(council, name), points)) for name in ARRAYS}
    power = changed["power"] / changed["power"].sum(axis=0)
    return replace(council, **(changed | {"power": power}))


def _row_medians(values: Array, points: NDArray[np.intp]) -> Array:
    """The median of each row over each resample. Shapes: values (..., N); returns (..., REPEATS)."""
    rows = values.reshape(-1, values.shape[-1])
    medians = np.stack(
        [np.median(row[points], axis=1) if np.ptp(row) > 0 else np.full(len(points), row[0]) for row in rows]
    )
    return medians.reshape(*values.shape[:-1], len(points))


def compare_changes(sizes: Array) -> tuple[Array, NDArray[np.bool_]]:
    """Return the share of resamples in which each change is the least, and which do not differ from the first.

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


def _crossed(resampled: CouncilPair, members: Flags) -> tuple[CouncilPair, Flags]:
    """Every set at every resample, resamples fastest. Shapes: members (F, sets); returns columns sets * resamples."""
    sets, repeats = members.shape[1], len(resampled[0].weight)
    return (resampled[0].tiled(sets), resampled[1].tiled(sets)), np.repeat(members, repeats, axis=1)


def sizes_at_resamples(resampled: CouncilPair, members: Flags, allowed: Array, kind: str) -> Array:
    """How large each change is at each resample. Shapes: members (F, sets); returns (sets, resamples)."""
    copies, copied_members = _crossed(resampled, members)
    amounts = (
        least_terms(copies, copied_members, allowed)
        if kind == "terms"
        else least_power(copies, copied_members, allowed)
    )
    sizes = (
        np.abs(amounts)
        if kind == "terms"
        else np.where(np.isnan(amounts), np.nan, power_transferred(copies, copied_members, amounts))
    )
    # Where a resample has an open zone, no change is needed and none is less than another.
    sizes = np.where(opens_zone(copies, allowed), 0.0, sizes)
    return np.asarray(sizes.reshape(members.shape[1], -1))


def share_with_fewer(resampled: CouncilPair, allowed: Array, size: int) -> float:
    """In which share of the resamples fewer factions than `size` are enough to open the zone by their terms."""
    factions, repeats = sum(council.position.shape[0] for council in resampled), len(resampled[0].weight)
    enough = np.zeros(repeats, dtype=bool)
    for fewer in range(1, size):
        if comb(factions, fewer) * repeats > MOST_COLUMNS:
            break
        members = faction_sets(factions, fewer)
        copies, copied_members = _crossed(resampled, members)
        top = np.concatenate([council.position for council in copies]).max(axis=0)
        opened = opens_zone(lower_terms(copies, copied_members, np.maximum(top, 0.0)), allowed)
        enough |= opened.reshape(members.shape[1], repeats).any(axis=0)
    return float(enough.mean())
