"""Settlements: the hazard that they break, by its parts, and whether the wars that settled were ever ripe."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ripeness.ensemble.gather import Ensemble
from ripeness.study.ripeness.moment import FIRST, SECOND
from ripeness.study.ripeness.recorder import RipenessRecorder
from ripeness.study.weighted_statistics import MeanEstimate, ShareEstimate, estimate_mean, estimate_share
from ripeness.world.outcome import SETTLEMENT

Array = NDArray[np.float64]
BOTH = FIRST + SECOND
PARTS = ("base", "rearming", "left out")


@dataclass(frozen=True, slots=True)
class LeftOutFaction:
    """How often a settlement gives a faction less than it would settle for."""

    polity: str
    faction: str
    share: ShareEstimate


@dataclass(frozen=True, slots=True)
class PeaceHazard:
    """Yearly hazard that a settlement breaks and what it adds up from; no parts where no run settles."""

    settled: ShareEstimate
    yearly: MeanEstimate | None
    parts: tuple[tuple[str, MeanEstimate], ...]
    left_out: tuple[LeftOutFaction, ...]


def peace_hazard(ensemble: Ensemble, recorder: RipenessRecorder, weights: Array) -> PeaceHazard:
    """Return the hazard of renewed war after the settlements, by its parts. Shapes: weights (draws,)."""
    hit = ensemble.code == SETTLEMENT
    settled = estimate_share(hit, ensemble.point, weights)
    if not (hit & (weights > 0)).any():
        return PeaceHazard(settled, None, (), ())
    _, group = np.unique(ensemble.point[hit], return_inverse=True)
    grouping = group.astype(np.intp), weights[hit]
    rows = [
        LeftOutFaction(side.key, key, estimate_share(recorder.left_out[n][hit], *grouping))
        for n, (side, key) in enumerate((side, key) for side in ensemble.war.sides[:2] for key in side.faction_keys)
    ]
    return PeaceHazard(
        settled,
        estimate_mean(recorder.parts[:, hit].sum(axis=0), *grouping),
        tuple((name, estimate_mean(row[hit], *grouping)) for name, row in zip(PARTS, recorder.parts, strict=True)),
        tuple(sorted(rows, key=lambda faction: -faction.share.p)),
    )


@dataclass(frozen=True, slots=True)
class RipenessCondition:
    """Ripeness and settlement over whole wars; "ripe" is ripe for both sides in any month from the start to the end.

    `settled`, `ripe`: shares of all runs. `ripe_of_settled`: of the runs that settle, those that were ever ripe.
    `settled_of_ripe`, `settled_of_unripe`: of the runs that were ever ripe, or never, those that settle.
    """

    settled: ShareEstimate
    ripe: ShareEstimate
    ripe_of_settled: ShareEstimate
    settled_of_ripe: ShareEstimate
    settled_of_unripe: ShareEstimate


def ripeness_condition(
    ensemble: Ensemble, recorder: RipenessRecorder, weights: NDArray[np.float64]
) -> RipenessCondition:
    """Count ripeness and settlement over whole wars. Shapes: weights (draws,)."""
    sample_of_run, settled = ensemble.point, ensemble.code == SETTLEMENT
    ripe = ((recorder.run_marks & BOTH) == BOTH).any(axis=0)
    return RipenessCondition(
        estimate_share(settled, sample_of_run, weights),
        estimate_share(ripe, sample_of_run, weights),
        estimate_share(ripe, sample_of_run, weights, settled),
        estimate_share(settled, sample_of_run, weights, ripe),
        estimate_share(settled, sample_of_run, weights, ~ripe),
    )
