"""Held out: forecasts of conflicts by what other conflicts teach, or earlier years."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ripeness.study.progress import Progress
from ripeness.study.record.hazards import TERMS, prior_spreads
from ripeness.validation.conflicts.exposure import Exposure
from ripeness.validation.conflicts.fitting import exposure_table, fit_hazards
from ripeness.validation.conflicts.landmarks import (
    TABLE_MONTHS,
    Landmarks,
    landmarks,
    model_forecasts,
    table_forecasts,
)
from ripeness.validation.conflicts.life_table import life_table

Array = NDArray[np.float64]
BLOCK = 5  # years that are forecast from all before them
LEAST_ENDS = 40  # ends that teach before anything is forecast


@dataclass(frozen=True, slots=True, eq=False)
class ConflictForecasts:
    """Forecasts of the same landmarks by the hazards, by the same without other parties, and by the life table.

    Shapes: each (L, ends, months ahead).
    """

    landmarks: Landmarks
    hazards: Array
    without_parties: Array
    table: Array


def without_parties() -> Array:
    """Spreads of the priors that hold other parties at no effect."""
    spreads = prior_spreads()
    spreads[TERMS.index("parties")] = 0.0
    return spreads


def leave_one_out(record: Exposure, progress: Progress | None = None) -> ConflictForecasts:
    """Forecast each conflict that was in the Uppsala record from all others."""
    chosen = landmarks(record)
    chosen = chosen.chosen(np.char.startswith(chosen.conflict, "ucdp:"))
    conflicts = np.unique(chosen.conflict)
    folds = [(chosen.conflict == name, record.spell_conflict != name) for name in conflicts]
    return _forecast(record, chosen, folds, progress)


def forward_in_time(record: Exposure, progress: Progress | None = None) -> ConflictForecasts:
    """Forecast each block of years from all that had happened before it."""
    chosen = landmarks(record)
    chosen = chosen.chosen(np.char.startswith(chosen.conflict, "ucdp:"))
    years = chosen.rows["year"]
    folds = []
    for first in range(int(years.min(initial=0)), int(years.max(initial=0)) + 1, BLOCK):
        before = record.spells["year"] < first
        block = (years >= first) & (years < first + BLOCK)
        if block.any() and (record.spells["cause"][before] >= 0).sum() >= LEAST_ENDS:
            folds.append((block, before))
    forecast = np.any([block for block, _ in folds], axis=0) if folds else np.zeros(len(years), dtype=bool)
    return _forecast(record, chosen.chosen(forecast), [(block[forecast], before) for block, before in folds], progress)


def _forecast(
    record: Exposure,
    chosen: Landmarks,
    folds: list[tuple[NDArray[np.bool_], NDArray[np.bool_]]],
    progress: Progress | None,
) -> ConflictForecasts:
    """Fit on each fold's spells and forecast its landmarks."""
    table = exposure_table(record)
    shape = (len(chosen.rows), 5, 7)
    hazards, without, by_kind = np.full(shape, np.nan), np.full(shape, np.nan), np.full(shape, np.nan)
    spreads = without_parties()
    for done, (out, teaches) in enumerate(folds, 1):
        part, totals = chosen.chosen(out), table.totals(teaches)
        hazards[out] = model_forecasts(fit_hazards(table.rows, *totals), part)
        without[out] = model_forecasts(fit_hazards(table.rows, *totals, spreads), part)
        by_kind[out] = table_forecasts(life_table(record.spells[teaches], TABLE_MONTHS), part)
        if progress is not None:
            progress(done, len(folds))
    return ConflictForecasts(chosen, hazards, without, by_kind)
