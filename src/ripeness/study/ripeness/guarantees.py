"""Which guarantee opens the zone: the least one at which the median zone opens, for all or against one's breach.

A truce lets the rival rearm, and no paper binds him (Powell 2006); what a guarantee can do is limited to that fear.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ripeness.study.ripeness.opening_trial import Demands, OpeningTrial
from ripeness.study.ripeness.terms_council import NOTHING, zone_is_open
from ripeness.study.weighted_statistics import ShareEstimate, estimate_share

Array = NDArray[np.float64]
HALVINGS = 10  # to a thousandth


@dataclass(frozen=True, slots=True)
class Guarantee:
    """Effect of a guarantee on the zone at the start. `binds` is the polity that it binds, none for both.

    `least` is the least guarantee at which the median zone opens; none when even a full one does not open it. `needed`
    is false where the median zone is open without any.
    """

    binds: str | None
    stated: float
    zone_without: float
    zone_stated: float
    zone_full: float
    least: float | None
    needed: bool
    open_without: ShareEstimate
    open_stated: ShareEstimate
    open_full: ShareEstimate


def try_guarantees(trial: OpeningTrial) -> tuple[Guarantee, ...]:
    """Try guarantees from none to full, for both belligerents and for each alone."""
    sides = trial.war.sides[:2]
    paths = {None: "talks.guarantee"} | {side.key: f"polities.{side.key}.conduct.guarantee" for side in sides}
    return tuple(_try_guarantee(trial, path, key) for key, path in paths.items())


def _try_guarantee(trial: OpeningTrial, path: str, binds: str | None) -> Guarantee:
    """One guarantee, from none to full."""
    stated, without, full = trial.stated_demands(), trial.demands({path: 0.0}), trial.demands({path: 1.0})
    is_needed = trial.zone(without) < -NOTHING
    able = trial.zone(full) >= -NOTHING
    return Guarantee(
        binds,
        trial.median(_stated_guarantee(trial, binds)),
        trial.zone(without),
        trial.zone(stated),
        trial.zone(full),
        _least_guarantee(trial, path) if is_needed and able else None,
        is_needed,
        _open(trial, without),
        _open(trial, stated),
        _open(trial, full),
    )


def _stated_guarantee(trial: OpeningTrial, binds: str | None) -> Array:
    if binds is None:
        return trial.base.shared.guarantee
    return trial.base.principals()[trial.war.side(binds)].guarantee


def _open(trial: OpeningTrial, demands: Demands) -> ShareEstimate:
    """The share of the samples in which the zone is open."""
    samples = np.arange(len(trial.weights))
    return estimate_share(zone_is_open(*demands, trial.war.allowed), samples, trial.weights)


def _least_guarantee(trial: OpeningTrial, path: str) -> float:
    low, high = 0.0, 1.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if trial.zone(trial.demands({path: middle})) >= -NOTHING:
            high = middle
        else:
            low = middle
    return high
