"""Closing: which change of a single trait would make a faction's traits imply the terms that it states.

For each trait, the value nearest to its present one, within what the trait admits, at which the median wedge over the
parameter samples is 0 while everything else stays as drawn. Searched on a grid, and again inside the step of the grid
in which the sign changes; the fate of leaders makes reservations jump, so that no slope is relied on.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ripeness.scenario.form_paths import number_field_at
from ripeness.scenario.number_field import NumberField
from ripeness.study.ripeness.opening_situation import open_situation
from ripeness.study.weighted_statistics import RunQuantiles, weighted_quantiles
from ripeness.war.prepare import TRAITS, War
from ripeness.world.quantity import Scale

Array = NDArray[np.float64]
CLOSING_TRAITS = ("stake_value", "optimism", "war_gain", "casualty_aversion")  # what reservations rest on most
SAMPLES = 64  # samples that a change is searched on: the median wedge to some .03 of the stake
COARSE, FINE = 13, 5  # values tried over all that a trait admits, then inside the step that holds the change of sign
DECADES = 6  # powers of ten below its most down to which a trait that may be 0 is tried


@dataclass(frozen=True, slots=True)
class TraitChange:
    """The value of one trait that alone would close a wedge, in the trait's unit; none where no admissible one does.

    `present` is what the scenario says of it; `inside`: the value lies in that 90 % interval.
    """

    trait: str
    unit: str
    present: RunQuantiles
    needed: float | None
    inside: bool


@dataclass(frozen=True, slots=True)
class _TraitSearch:
    """One faction and trait: its row among the inputs, what it admits, and where it stands."""

    side: int
    faction: int
    trait: str
    row: int
    field: NumberField
    present: RunQuantiles


def closing_changes(
    war: War,
    values: Array,
    weights: Array,
    factions: Collection[tuple[str, str]],
    cuts: Sequence[str] = (),
    samples: int = SAMPLES,
) -> dict[tuple[str, str], tuple[TraitChange, ...]]:
    """Find, for some factions by polity and key, what would close their wedges, on so many samples.

    Shapes: values (K, N); weights (N,).
    """
    columns = np.ascontiguousarray(values[:, representative(weights, samples)])
    changes: dict[tuple[str, str], tuple[TraitChange, ...]] = {}
    for n, side in enumerate(war.sides[:2]):
        wanted = [f for f, key in enumerate(side.faction_keys) if (side.key, key) in factions]
        if not wanted:
            continue
        searches = [_search(war, n, f, trait, values, weights) for f in wanted for trait in CLOSING_TRAITS]
        needed = _solve(war, columns, searches, cuts)
        for f in wanted:
            changes[side.key, side.faction_keys[f]] = tuple(
                _change(search, value) for search, value in zip(searches, needed, strict=True) if search.faction == f
            )
    return changes


def representative(weights: Array, most: int) -> NDArray[np.intp]:
    """Return the columns of weighted samples that stand for all, equally: systematic resampling without chance.

    Shapes: weights (N,); returns (at most `most`,). Source: Kitagawa 1996.

    >>> representative(np.ones(8), 4).tolist(), representative(np.array([0., 1., 0., 0.]), 2).tolist()
    ([0, 2, 4, 6], [1, 1])
    """
    count = min(most, len(weights))
    places = (np.arange(count) + 0.5) / count * weights.sum()
    return np.minimum(np.searchsorted(np.cumsum(weights), places), len(weights) - 1)


def _search(war: War, side: int, faction: int, trait: str, values: Array, weights: Array) -> _TraitSearch:
    polity = war.sides[side]
    row = int(polity.traits[TRAITS.index(trait), faction])
    field = number_field_at(["polities", polity.key, "factions", polity.faction_keys[faction], "traits", trait])
    if field is None:
        raise KeyError(trait)
    return _TraitSearch(side, faction, trait, row, field, weighted_quantiles(values[row], weights))


def _change(search: _TraitSearch, needed: float) -> TraitChange:
    value = None if np.isnan(needed) else float(needed)
    inside = value is not None and search.present.low <= value <= search.present.high
    return TraitChange(search.trait, search.field.unit, search.present, value, inside)


def _solve(war: War, columns: Array, searches: Sequence[_TraitSearch], cuts: Sequence[str]) -> Array:
    """Return the value of each search at which its median wedge is 0; not a number where there is none.

    Shapes: columns (K, S); returns (searches,).
    """
    grids = np.stack([_admissible(search.field) for search in searches])
    gaps = _median_wedges(war, columns, searches, grids, cuts)
    places = [_nearest_change(gap, grid, search) for gap, grid, search in zip(gaps, grids, searches, strict=True)]
    inner = np.stack(
        [
            _between(grid[max(place, 0)], grid[max(place, 0) + 1], search.field)
            for grid, place, search in zip(grids, places, searches, strict=True)
        ]
    )
    inner_gaps = _median_wedges(war, columns, searches, inner, cuts)
    return np.array(
        [
            np.nan if place < 0 else _crossing(gap, grid, search)
            for place, gap, grid, search in zip(places, inner_gaps, inner, searches, strict=True)
        ]
    )


def _admissible(field: NumberField) -> Array:
    """Values over all that a trait admits, evenly on its scale."""
    low = field.low if field.low > 0 or field.scale is not Scale.LOG else field.high * 10.0**-DECADES
    return _between(low, field.high, field, COARSE)


def _between(low: float, high: float, field: NumberField, count: int = FINE) -> Array:
    spaced = np.geomspace if field.scale is Scale.LOG else np.linspace
    return np.asarray(spaced(low, high, count), dtype=np.float64)


def _median_wedges(
    war: War, columns: Array, searches: Sequence[_TraitSearch], grids: Array, cuts: Sequence[str]
) -> Array:
    """Return each search's median wedge at each value of its grid. Traits are tried in turn, all factions at once.

    What a faction would accept does not hang on the traits of its fellows. Shapes: columns (K, S), grids (searches, G);
    returns (searches, G).
    """
    samples, tries = columns.shape[1], grids.shape[1]
    width = samples * tries
    numbers = np.tile(columns, tries * len(CLOSING_TRAITS))
    spans = {trait: slice(n * width, (n + 1) * width) for n, trait in enumerate(CLOSING_TRAITS)}
    for search, grid in zip(searches, grids, strict=True):
        numbers[search.row, spans[search.trait]] = np.repeat(grid, samples)
    opened = open_situation(war, numbers, cuts)
    side, polity = war.sides[searches[0].side], opened.principals()[searches[0].side]
    wedges = polity.stated[side.terms] - polity.reservation_start
    return np.stack(
        [np.median(wedges[search.faction, spans[search.trait]].reshape(tries, samples), axis=1) for search in searches]
    )


def _nearest_change(gaps: Array, grid: Array, search: _TraitSearch) -> int:
    """Return the step of a grid, nearest to the trait's present value, over which the sign changes; -1 without one."""
    steps = np.flatnonzero(np.signbit(gaps[:-1]) != np.signbit(gaps[1:]))
    if not len(steps):
        return -1
    present = np.searchsorted(grid, search.present.median) - 1
    return int(steps[np.argmin(np.abs(steps - present))])


def _crossing(gaps: Array, grid: Array, search: _TraitSearch) -> float:
    """Return where the sign changes, between the two values of a grid where it does, on the trait's scale."""
    place = _nearest_change(gaps, grid, search)
    if place < 0:
        return float(grid[np.argmin(np.abs(gaps))])
    part = gaps[place] / (gaps[place] - gaps[place + 1])
    low, high = grid[place], grid[place + 1]
    return float(low * (high / low) ** part) if search.field.scale is Scale.LOG else float(low + part * (high - low))
