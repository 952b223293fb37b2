"""Coefficients of the record: what was fitted to past conflicts, with its covariance, source and date.

The file is `coefficients.json`; `ripeness backtest --record FILE --ship` writes it. It holds no row of any producer:
coefficients, the lower triangle of their covariance, and how many conflicts had lasted how long.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ripeness.study.record.classes import CAUSES
from ripeness.study.record.hazards import CELLS, TERMS
from ripeness.world.fault import Fault

Array = NDArray[np.float64]
FILE = "coefficients.json"
DIGITS = 5  # significant ones in the file


@dataclass(frozen=True, slots=True, eq=False)
class RecordCoefficients:
    """Log hazard ratios of all ends.

    Shapes: mean (len(CAUSES), P), covariance (len(CAUSES), P, P), P = len(TERMS). `lasted` are the months at which
    `at_risk` counts, for each kind, the past conflicts that had lasted so long. `territory`: share of the conflicts
    that were over territory. `conflicts`: identifiers of what was fitted, so that a backtest can say what it has seen.
    """

    mean: Array
    covariance: Array
    territory: float
    lasted: Array
    at_risk: Mapping[str, Array]
    provenance: Mapping[str, str]
    conflicts: frozenset[str]

    def plain(self) -> dict[str, Any]:
        """As plain values, as the file holds them."""
        lower = np.tril_indices(len(TERMS))
        return {
            "provenance": dict(self.provenance),
            "cells": _rounded(CELLS),
            "terms": list(TERMS),
            "territory": float(f"{self.territory:.{DIGITS}g}"),
            "coefficients": {end: _rounded(row) for end, row in zip(CAUSES, self.mean, strict=True)},
            "covariance": {end: _rounded(part[lower]) for end, part in zip(CAUSES, self.covariance, strict=True)},
            "lasted": _rounded(self.lasted),
            "at_risk": {kind: [int(count) for count in counts] for kind, counts in self.at_risk.items()},
            "conflicts": sorted(self.conflicts),
        }

    def hazards(self, rows: Array) -> Array:
        """Hazards a month as fitted. Shapes: rows (K, P); returns (len(CAUSES), K)."""
        return np.asarray(np.exp(self.mean @ rows.T))

    def hazard_draws(self, rows: Array, draws: int, seed: int = 1) -> Array:
        """Hazards from the distribution of the coefficients.

        Log hazards are normal around half of their variance below what was fitted: of a rate that rests on few ends
        the mean is the fitted one, and the middle of its logarithm lies lower by so much (as of a gamma distribution).
        Shapes: rows (K, P); returns (draws, len(CAUSES), K).
        """
        variance = np.einsum("kp,cpq,kq->ck", rows, self.covariance, rows)
        return np.asarray(np.exp(_drawn(self, draws, seed) @ rows.T - variance / 2))


@lru_cache(maxsize=4)
def _drawn(fitted: RecordCoefficients, draws: int, seed: int) -> Array:
    noise = np.random.default_rng(seed).standard_normal((draws, *fitted.mean.shape))
    values, vectors = np.linalg.eigh(fitted.covariance)
    root = vectors * np.sqrt(np.maximum(values, 0.0))[:, None, :]
    drawn: Array = fitted.mean + np.einsum("cpq,dcq->dcp", root, noise)
    drawn.flags.writeable = False
    return drawn


def _rounded(values: Array) -> list[float]:
    return [float(f"{value:.{DIGITS}g}") for value in values]


def read_coefficients(text: str, name: str = FILE) -> RecordCoefficients:
    """Read coefficients from the text of a file.

    Raises: Fault where they do not fit the terms of this version.
    """
    try:
        values = json.loads(text)
        mean = np.array([values["coefficients"][end] for end in CAUSES], dtype=np.float64)
        lower = np.tril_indices(len(TERMS))
        covariance = np.zeros((len(CAUSES), len(TERMS), len(TERMS)))
        for part, end in zip(covariance, CAUSES, strict=True):
            part[lower] = values["covariance"][end]
            part.T[lower] = values["covariance"][end]
        fits = values["terms"] == list(TERMS) and mean.shape == (len(CAUSES), len(TERMS))
        fits = fits and np.allclose(values["cells"], CELLS, rtol=1e-3)
        at_risk = {kind: np.asarray(counts, dtype=np.float64) for kind, counts in values["at_risk"].items()}
        lasted, territory = np.asarray(values["lasted"], dtype=np.float64), float(values["territory"])
        provenance, conflicts = dict(values["provenance"]), frozenset(values["conflicts"])
    except (KeyError, TypeError, ValueError) as error:
        raise Fault(f"{name}: these are no coefficients of the record ({error})") from None
    if not fits:
        raise Fault(f"{name}: its terms are not those of this version; fit them again")
    return RecordCoefficients(mean, covariance, territory, lasted, at_risk, provenance, conflicts)


@cache
def shipped_coefficients() -> RecordCoefficients:
    """The coefficients that come with the program.

    >>> sorted(shipped_coefficients().provenance)
    ['citation', 'conflicts', 'date', 'record']
    """
    return read_coefficients((files("ripeness.study.record") / FILE).read_text(encoding="utf-8"))


def provenance_of(conflicts: Sequence[str], record: str, citation: str, day: str) -> dict[str, str]:
    """What the file says of its origin."""
    return {"record": record, "citation": citation, "conflicts": str(len(conflicts)), "date": day}
