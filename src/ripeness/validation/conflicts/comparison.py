"""Comparison: the hazards scored beside the life table by kind, with intervals by conflict."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from math import isnan, nan, sqrt

import numpy as np
from numpy.typing import NDArray

from ripeness.ledger.scores.calibration import COARSE
from ripeness.ledger.scores.interval import DEVIATIONS, ScoreInterval
from ripeness.study.record.classes import CAUSES
from ripeness.study.record.hazards import CODES
from ripeness.validation.conflicts.held_out import ConflictForecasts
from ripeness.validation.conflicts.landmarks import AHEAD, FOUGHT, Landmarks, brier_scores, log_scores

Array = NDArray[np.float64]
BRIER_MONTHS = (6.0, 12.0, 24.0, 60.0)
CALIBRATED_MONTHS = (12.0, 24.0, 60.0)
FEWEST = 2  # conflicts for an interval


@dataclass(frozen=True, slots=True)
class RecordScore:
    """Mean scores of the same forecasts by the hazards and by the life table, and hazards less table.

    `part` says of which forecasts. Units: nats, or squared error from 0 to 2; below 0 the hazards are better.
    """

    part: str
    n: int
    conflicts: int
    hazards: float
    table: float
    difference: ScoreInterval


@dataclass(frozen=True, slots=True)
class CalibrationBin:
    """Forecasts that it is over within some months, between two edges: their mean, and the share that was over.

    `low` and `high` bound the share by conflict, 90 %, around the mean that was forecast; the band is never narrower
    than chance alone makes that of forecasts that are right.
    """

    month: float
    least: float
    most: float
    n: int
    mean: float
    share: float
    low: float
    high: float

    @property
    def inside(self) -> bool:
        """Whether the share that was over lies within what the forecasts allow, or too few conflicts allow a band."""
        return isnan(self.low) or self.low <= self.share <= self.high


@dataclass(frozen=True, slots=True)
class RecordComparison:
    """All scores of one way to hold out.

    `parties`: log score without other armed parties less with them, above 0 they help; None where nothing was refitted.
    """

    held_out: str
    n: int
    conflicts: int
    log: RecordScore
    parties: ScoreInterval | None
    brier: tuple[RecordScore, ...]
    by_kind: tuple[RecordScore, ...]
    by_fought: tuple[RecordScore, ...]
    calibration: tuple[CalibrationBin, ...]


def clustered_mean(values: Array, cluster: NDArray[np.str_]) -> ScoreInterval:
    """A mean with its 90 % interval where values of one cluster belong together.

    Shapes: both (N,). Source: Liang and Zeger 1986, with the correction for few clusters.

    >>> bounds = clustered_mean(np.array([1.0, 1.0, 3.0, 3.0]), np.array(["a", "a", "b", "b"]))
    >>> bounds.value, round(bounds.high - bounds.low, 2)
    (2.0, 3.29)
    """
    if not len(values):
        return ScoreInterval(nan, nan, nan, 0)
    middle = float(values.mean())
    _, place = np.unique(cluster, return_inverse=True)
    sums = np.bincount(place, values - middle)
    if len(sums) < FEWEST:
        return ScoreInterval(middle, nan, nan, len(values))
    half = DEVIATIONS * sqrt(float((sums**2).sum()) * len(sums) / (len(sums) - 1)) / len(values)
    return ScoreInterval(middle, middle - half, middle + half, len(values))


def compare_forecasts(held_out: str, forecasts: ConflictForecasts) -> RecordComparison | None:
    """Score forecasts; None where there are none."""
    chosen = forecasts.landmarks
    if not len(chosen.rows):
        return None
    rows, conflict = chosen.rows, chosen.conflict
    hazards, table = log_scores(forecasts.hazards, chosen), log_scores(forecasts.table, chosen)
    parties = None
    if forecasts.without_parties is not None:
        parties = clustered_mean(log_scores(forecasts.without_parties, chosen) - hazards, conflict)

    def score(part: str, which: NDArray[np.bool_], scored: tuple[Array, Array] = (hazards, table)) -> RecordScore:
        ours, theirs = (values[which] for values in scored)
        count = len(np.unique(conflict[which]))
        difference = clustered_mean(ours - theirs, conflict[which])
        return RecordScore(part, len(ours), count, _mean(ours), _mean(theirs), difference)

    def squared(month: float) -> RecordScore:
        scored = tuple(brier_scores(values, chosen, month) for values in (forecasts.hazards, forecasts.table))
        return score(f"{month:g} months", ~np.isnan(scored[0]), (scored[0], scored[1]))

    all_rows = np.ones(len(rows), dtype=bool)
    return RecordComparison(
        held_out,
        len(rows),
        len(np.unique(conflict)),
        score("all", all_rows),
        parties,
        tuple(squared(month) for month in BRIER_MONTHS),
        tuple(_parts(score, rows["kind"], dict(CODES))),
        tuple(_parts(score, rows["fought"], {f"after {fought} months": fought for fought in FOUGHT})),
        tuple(_bin for month in CALIBRATED_MONTHS for _bin in calibration_bins(forecasts.hazards, chosen, month)),
    )


def calibration_bins(forecasts: Array, chosen: Landmarks, month: float) -> list[CalibrationBin]:
    """Forecasts that it is over by a month, all together (from 0 to 1) and bin by bin.

    Shapes: forecasts (L, C + 1, A).
    """
    status = chosen.status(month)
    is_known = status >= 0
    over = 1 - forecasts[is_known, -1, int(np.searchsorted(AHEAD, month))]
    happened = (status[is_known] != len(CAUSES)).astype(np.float64)
    bins = []
    for least, most in ((0.0, 1.0), *pairwise(COARSE)):
        inside = (over >= least) & ((over < most) | (most == 1.0))
        if inside.any():
            gap = clustered_mean(happened[inside] - over[inside], chosen.conflict[is_known][inside])
            mean, chance = float(over[inside].mean()), over[inside] * (1 - over[inside])
            half = max((gap.high - gap.low) / 2, DEVIATIONS * sqrt(float(chance.sum())) / int(inside.sum()))
            share = float(happened[inside].mean())
            low, high = (nan, nan) if isnan(half) else (max(mean - half, 0.0), min(mean + half, 1.0))
            bins.append(CalibrationBin(month, least, most, int(inside.sum()), mean, share, low, high))
    return bins


def _parts(
    score: Callable[[str, NDArray[np.bool_]], RecordScore], values: NDArray[np.generic], names: dict[str, int]
) -> list[RecordScore]:
    return [score(name, values == value) for name, value in names.items() if (values == value).any()]


def _mean(values: Array) -> float:
    return float(values.mean()) if len(values) else nan
