"""Held out: forecasts of conflicts by what other conflicts teach, or earlier years."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ripeness.study.progress import Progress
from ripeness.study.record.classes import ENDS
from ripeness.study.record.coefficients import RecordCoefficients
from ripeness.study.record.hazards import TERMS, prior_spreads
from ripeness.validation.conflicts.exposure import Exposure
from ripeness.validation.conflicts.fitting import exposure_table, fit_hazards
from ripeness.validation.conflicts.landmarks import (
    AHEAD,
    TABLE_MONTHS,
    Landmarks,
    landmarks,
    model_forecasts,
    table_forecasts,
)
from ripeness.validation.conflicts.life_table import LifeTable, life_table

Array = NDArray[np.float64]
BLOCK = 5  # years that are forecast from all before them
LEAST_ENDS = 40  # ends that teach before anything is forecast


@dataclass(frozen=True, slots=True, eq=False)
class ConflictForecasts:
    """Forecasts of the same landmarks by the hazards, by the same without other parties, and by the life table.

    Shapes: each (L, ends, months ahead); None where nothing was fitted.
    """

    landmarks: Landmarks
    hazards: Array
    without_parties: Array | None
    table: Array


def without_parties() -> Array:
    """Spreads of the priors that hold other parties at no effect."""
    spreads = prior_spreads()
    spreads[TERMS.index("parties")] = 0.0
    return spreads


def taught_by(teachers: Exposure, record: Exposure) -> ConflictForecasts:
    """Forecast all conflicts of a record from another one; those that stand in both are left out."""
    chosen = landmarks(record)
    chosen = chosen.chosen(~np.isin(chosen.conflict, teachers.conflict))
    table = exposure_table(teachers)
    totals = table.totals(np.ones(len(table.months), dtype=bool))
    return ConflictForecasts(
        chosen,
        model_forecasts(fit_hazards(table.rows, *totals), chosen),
        model_forecasts(fit_hazards(table.rows, *totals, without_parties()), chosen),
        table_forecasts(life_table(teachers.spells, TABLE_MONTHS), chosen),
    )


def by_shipped(coefficients: RecordCoefficients, table: LifeTable, record: Exposure) -> ConflictForecasts:
    """Forecast the conflicts of a record that the shipped coefficients were not fitted to."""
    chosen = landmarks(record)
    chosen = chosen.chosen(~np.isin(chosen.conflict, sorted(coefficients.conflicts)))
    return ConflictForecasts(chosen, model_forecasts(coefficients.mean, chosen), None, table_forecasts(table, chosen))


def leave_conflicts_out(record: Exposure, progress: Progress | None = None) -> ConflictForecasts:
    """Forecast each conflict that was in the Uppsala record from all others."""
    chosen = landmarks(record)
    chosen = chosen.chosen(np.char.startswith(chosen.conflict, "ucdp:"))
    folds = [(chosen.conflict == name, record.spell_conflict != name) for name in np.unique(chosen.conflict)]
    return _forecast(record, chosen, [fold for fold in folds if _ends(record, fold[1])], progress)


def forward_in_time(record: Exposure, progress: Progress | None = None) -> ConflictForecasts:
    """Forecast each block of years from all that had happened before it."""
    chosen = landmarks(record)
    chosen = chosen.chosen(np.char.startswith(chosen.conflict, "ucdp:"))
    years = chosen.rows["year"]
    folds = []
    for first in range(int(years.min(initial=0)), int(years.max(initial=0)) + 1, BLOCK):
        before = record.spells["year"] < first
        block = (years >= first) & (years < first + BLOCK)
        if block.any() and _ends(record, before) >= LEAST_ENDS:
            folds.append((block, before))
    return _forecast(record, chosen, folds, progress)


def _ends(record: Exposure, teaches: NDArray[np.bool_]) -> int:
    """How many ends some spells teach."""
    return int((record.spells["cause"][teaches] >= 0).sum())


def _forecast(
    record: Exposure,
    chosen: Landmarks,
    folds: list[tuple[NDArray[np.bool_], NDArray[np.bool_]]],
    progress: Progress | None,
) -> ConflictForecasts:
    """Fit on each fold's spells and forecast its landmarks; those of no fold are left out."""
    forecast = np.any([out for out, _ in folds], axis=0) if folds else np.zeros(len(chosen.rows), dtype=bool)
    folds, chosen = [(out[forecast], teaches) for out, teaches in folds], chosen.chosen(forecast)
    table = exposure_table(record)
    shape = (len(chosen.rows), len(ENDS), len(AHEAD))
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
