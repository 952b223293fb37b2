"""Shipping: coefficients of the record for the program, from the files of the producers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ripeness.study.record.coefficients import RecordCoefficients, provenance_of
from ripeness.study.record.hazards import CODES
from ripeness.validation.conflicts import dyads, interstate
from ripeness.validation.conflicts.dyads import Episode
from ripeness.validation.conflicts.exposure import exposure
from ripeness.validation.conflicts.fitting import covariance_of, exposure_table, fit_hazards

# Months at which the file counts how many conflicts had lasted so long.
LASTED = np.unique(
    np.concatenate(
        [[0.0, 0.25], np.arange(1, 25), np.arange(27, 61, 3), np.arange(66, 121, 6), np.arange(132, 901, 12)]
    )
)


def fit_record(episodes: Sequence[Episode], day: str = "") -> RecordCoefficients:
    """Fit hazards to episodes; `day` is the date of the fit that the file tells."""
    record = exposure(episodes)
    table = exposure_table(record)
    mean = fit_hazards(table.rows, *table.totals(np.ones(len(table.months), dtype=bool)))
    spells = record.spells
    at_risk = {
        kind: np.array(
            [int(((spells["entry"] <= m) & (m < spells["exit"]) & (spells["kind"] == code)).sum()) for m in LASTED]
        )
        for kind, code in CODES.items()
    }
    civil = spells["kind"] != CODES["interstate"]
    months = (spells["exit"] - spells["entry"])[civil]
    territory = float(np.average(spells["territory"][civil], weights=months)) if len(months) else 0.5
    conflicts = sorted(set(record.conflict.tolist()))
    provenance = provenance_of(
        conflicts,
        f"{len(record.episodes)} episodes of {len(conflicts)} conflicts, "
        f"{min(e.first.year for e in episodes)} to {max(e.last.year for e in episodes)}",
        f"{dyads.CITATION}; {interstate.CITATION}",
        day,
    )
    return RecordCoefficients(
        mean, covariance_of(table, mean), territory, LASTED, at_risk, provenance, frozenset(conflicts)
    )
