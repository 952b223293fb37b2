"""Hazards of the end of a conflict: in which months they are constant, and on which traits they depend.

The hazard of each end is a log-linear function of these terms (Holford 1980, The analysis of rates and of survivorship
using log-linear models; Prentice et al. 1978 for competing risks). Interstate wars have effects of their own: what
moved civil wars after 1990 says little about them, and they are few. Each term has a normal prior; its spread says how
far kinds may differ from what all conflicts share (partial pooling).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ripeness.study.record.traits import COLONIAL, ConflictTraits
from ripeness.world.calendar import DAYS_PER_MONTH

Array = NDArray[np.float64]
CELLS = np.array([0, 7 / DAYS_PER_MONTH, 1, 3, 6, 12, 24, 48, 96])  # months fought from which each hazard holds
CODES = {"interstate": 0, "intrastate": 1, "internationalised": 2, COLONIAL: 3}
TINY = np.finfo(np.float64).tiny  # where no end has any hazard
OPENING = 4  # cells of the first half year
KNOWN_SINCE, COLD_WAR_ENDS, RECENT = 1946, 1990, 2005
BASELINE_SPREAD, TRAIT_SPREAD, KIND_SPREAD = 2.0, 1.0, 0.5  # of the priors, in log hazard

_BY_CELL = tuple(
    f"{name}{number}"
    for name in ("cell_", "interstate_cell_", "internationalised_cell_")
    for number in range(len(CELLS))
)
TRAIT_TERMS = (
    "interstate",
    "internationalised",
    COLONIAL,
    "territory",
    "war",
    "parties",
    "since_1990",
    "since_2005",
    "interstate_war",
    "interstate_before_1946",
)
TERMS = ("intercept", *_BY_CELL, *TRAIT_TERMS)


def terms(kind: ArrayLike, territory: ArrayLike, war: ArrayLike, parties: ArrayLike, year: ArrayLike) -> Array:
    """Values of the terms that traits set.

    Shapes: all (N,); kind as in `CODES`, territory and war as shares from 0 to 1; returns (N, len(TRAIT_TERMS)).
    Units: parties in other armed parties to the conflict, which count by log2(1 + parties): each doubling alike.
    """
    code, when = np.asarray(kind), np.asarray(year)
    interstate, is_war = code == CODES["interstate"], np.asarray(war, dtype=np.float64)
    civil = ~interstate
    columns = (
        interstate,
        code == CODES["internationalised"],
        code == CODES[COLONIAL],
        civil * np.asarray(territory, dtype=np.float64),
        civil * is_war,
        np.log2(1.0 + np.asarray(parties, dtype=np.float64)),
        civil & (when >= COLD_WAR_ENDS) & (when < RECENT),
        civil & (when >= RECENT),
        interstate * is_war,
        interstate & (when < KNOWN_SINCE),
    )
    return np.column_stack([np.asarray(column, dtype=np.float64) for column in columns])


def design(kind: ArrayLike, cell: ArrayLike, trait_terms: Array) -> Array:
    """Rows of the regression. Shapes: kind, cell (N,), trait_terms (N, T); returns (N, len(TERMS))."""
    code = np.asarray(kind)
    in_cell = np.asarray(cell)[:, None] == np.arange(len(CELLS))
    by_kind = [(code == CODES[name])[:, None] & in_cell for name in ("interstate", "internationalised")]
    return np.column_stack([np.ones(len(code)), in_cell, *by_kind, trait_terms]).astype(np.float64)


def design_of(traits: ConflictTraits, territory: float) -> Array:
    """Rows of one conflict, a cell each; `territory` is the share over territory where the issue is not known.

    Shapes: returns (len(CELLS), len(TERMS)).

    >>> design_of(ConflictTraits("interstate", None, "war", 0, 2023), 0.5).shape == (len(CELLS), len(TERMS))
    True
    """
    count = len(CELLS)
    share = territory if traits.over is None else float(traits.over == "territory")
    kind = np.full(count, CODES[traits.kind])
    of_traits = terms(
        kind,
        np.full(count, share),
        np.full(count, traits.intensity == "war"),
        np.full(count, traits.other_parties),
        np.full(count, traits.year),
    )
    return design(kind, np.arange(count), of_traits)


def prior_spreads() -> Array:
    """Standard deviation of each term's prior in log hazard; the intercept has none. Shapes: returns (len(TERMS),)."""
    spreads = [np.inf]
    for name in TERMS[1:]:
        is_shared_cell = name.startswith("cell_")
        of_kind = name.startswith(("interstate_cell_", "internationalised_cell_"))
        spreads.append(BASELINE_SPREAD if is_shared_cell else KIND_SPREAD if of_kind else TRAIT_SPREAD)
    return np.array(spreads)


def incidence(hazard: Array, months_fought: float, months: ArrayLike) -> Array:
    """Probability of each end within some months, given that the conflict has lasted so long, and of going on.

    Shapes: hazard (..., C, len(CELLS)) of C ends; months (M,); returns (..., C + 1, M). Units: months from now, which
    is `months_fought` after the conflict began; hazards a month.
    Source: Kalbfleisch and Prentice 2002, section 8.2 (cumulative incidence).

    >>> incidence(np.full((1, len(CELLS)), 0.1), 12, [10.0]).round(3).tolist()
    [[0.632], [0.368]]
    """
    until = months_fought + np.asarray(months, dtype=np.float64)
    last = max(float(until.max(initial=0.0)), months_fought)
    bounds = np.unique(np.concatenate([CELLS[(months_fought < CELLS) & (last > CELLS)], until, [months_fought]]))
    widths = np.diff(bounds)
    inside = np.searchsorted(CELLS, bounds[:-1], side="right") - 1
    rates = hazard[..., inside]
    total = rates.sum(axis=-2)
    survival = np.exp(-np.cumsum(total * widths, axis=-1))
    before = np.concatenate([np.ones_like(survival[..., :1]), survival], axis=-1)
    ended = (before[..., :-1] - before[..., 1:])[..., None, :] * rates / np.maximum(total, TINY)[..., None, :]
    cumulated = np.concatenate([np.zeros_like(ended[..., :1]), np.cumsum(ended, axis=-1)], axis=-1)
    place = np.searchsorted(bounds, until)
    return np.concatenate([cumulated[..., place], before[..., None, place]], axis=-2)
