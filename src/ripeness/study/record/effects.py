"""Effects: how much faster or slower conflicts end by each of their traits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ripeness.study.record.classes import CAUSES
from ripeness.study.record.coefficients import RecordCoefficients
from ripeness.study.record.curve import BOUNDS, DRAWS
from ripeness.study.record.hazards import CELLS, COLD_WAR_ENDS, RECENT, design_of
from ripeness.study.record.traits import ConflictTraits

Array = NDArray[np.float64]
ANY = "any"


@dataclass(frozen=True, slots=True)
class TraitEffect:
    """The hazard of an end with a trait over that without it, with its 90 % interval; `any` end is all together."""

    trait: str
    end: str
    ratio: float
    low: float
    high: float


def contrasts(traits: ConflictTraits) -> Mapping[str, tuple[ConflictTraits, ConflictTraits]]:
    """Pairs of conflicts like this one, with and without each trait.

    >>> list(contrasts(ConflictTraits("interstate", None, "war", 0, 2023)))
    ['war rather than minor', 'twice as many parties']
    """
    none_else, one_else = replace(traits, other_parties=0), replace(traits, other_parties=1)
    pairs = {
        "war rather than minor": (replace(traits, intensity="war"), replace(traits, intensity="minor")),
        "twice as many parties": (one_else, none_else),
    }
    if traits.kind == "interstate":
        return pairs
    before, between, since = (replace(traits, year=year) for year in (COLD_WAR_ENDS - 1, COLD_WAR_ENDS, RECENT))
    return pairs | {
        "over territory rather than government": (
            replace(traits, over="territory"),
            replace(traits, over="government"),
        ),
        "internationalised rather than intrastate": (
            replace(traits, kind="internationalised"),
            replace(traits, kind="intrastate"),
        ),
        "1990 to 2004 rather than before": (between, before),
        "since 2005 rather than before 1990": (since, before),
    }


def trait_effects(traits: ConflictTraits, months_fought: float, fitted: RecordCoefficients) -> tuple[TraitEffect, ...]:
    """Hazard ratios of each trait for a conflict like this one, at the months that it has lasted.

    Units: months. Parties count the belligerents' own pair once: from one pair to two is twice as many.
    """
    cell = int(np.searchsorted(CELLS, months_fought, side="right")) - 1
    effects = []
    for trait, pair in contrasts(traits).items():
        rows = np.array([design_of(conflict, fitted.territory)[cell] for conflict in pair])
        middle = _ratios(fitted.hazards(rows))
        low, high = np.quantile(_ratios(fitted.hazard_draws(rows, DRAWS)), BOUNDS, axis=0)
        for place, end in enumerate((*CAUSES, ANY)):
            effects.append(TraitEffect(trait, end, float(middle[place]), float(low[place]), float(high[place])))
    return tuple(effects)


def _ratios(hazards: Array) -> Array:
    """Ratios of the hazards of each end and of all. Shapes: hazards (..., C, 2); returns (..., C + 1)."""
    every = np.concatenate([hazards, hazards.sum(axis=-2, keepdims=True)], axis=-2)
    return np.asarray(every[..., 0] / every[..., 1])
