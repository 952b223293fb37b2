"""Hazard surface: hazards of every span and way as smooth functions of the parameters, and the likelihood they give.

The likelihood of counts by a few simulated runs is noisy; the logarithm of each hazard is a smooth function of the
parameters, and all points that were simulated say something on it. So it is the hazards that are emulated, each by a
quadratic, points near the best counting most; the likelihood follows from them, with the error of the emulated hazards
counted in (Craig, Goldstein, Seheult and Smith 1997 for emulators judged by their own error).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ripeness.validation.calibrate.emulator import EDGE, importance, quadratic_terms

Array = NDArray[np.float64]
RIDGE, SQUARES, PRODUCTS = 1.0, 2.0, 8.0  # pull to a plain surface; squares and products are drawn to zero the more
LEAST_HAZARD = 1e-4  # a month: a way that no run of a point ends by is rare, and not impossible
OFFSET = 3e-4  # a month, added to hazards before their logarithm: small ones are known badly by few runs


@dataclass(frozen=True, slots=True)
class Counts:
    """What the record counts, cell by cell. Shapes: months, ended, spread (Q,): months at risk, ends, and by how much
    the variance of the count exceeds a Poisson's.
    """

    months: Array
    ended: Array
    spread: Array

    def log_likelihood(self, hazard: Array) -> Array:
        """Shapes: hazard (P, Q); returns (P,)."""
        safe = np.maximum(hazard, LEAST_HAZARD)
        return np.asarray(((self.ended * np.log(safe) - self.months * safe) / self.spread).sum(axis=1))


@dataclass(frozen=True, slots=True)
class HazardSurface:
    """Emulated hazards. Shapes: coefficients (T, Q), of the logarithms; error (Q,), their sd at points left out."""

    coefficients: Array
    error: Array
    counts: Counts

    def hazards(self, scores: Array) -> Array:
        """Shapes: scores (N, D); returns (N, Q)."""
        log_hazard = quadratic_terms(np.clip(scores, -EDGE, EDGE)) @ self.coefficients
        return np.asarray(np.maximum(np.exp(log_hazard) - OFFSET, LEAST_HAZARD))

    def total(self, scores: Array) -> Array:
        """Log-likelihood of the counts. Shapes: scores (N, D); returns (N,)."""
        return self.counts.log_likelihood(self.hazards(scores))


def fit_hazard_surface(scores: Array, hazards: Array, counts: Counts) -> HazardSurface:
    """Fit quadratics to the logarithms of hazards; points whose hazards are likely count most.

    Shapes: scores (N, D); hazards (N, Q).
    """
    weight = importance(counts.log_likelihood(hazards))
    terms = quadratic_terms(np.clip(scores, -EDGE, EDGE))
    dimensions = scores.shape[1]
    penalty = np.full(terms.shape[1], PRODUCTS)
    penalty[: 1 + 2 * dimensions] = SQUARES
    penalty[: 1 + dimensions] = 1.0
    penalty[0] = 0.0
    rows = terms * weight[:, None]
    inverse = np.linalg.inv(rows.T @ terms + np.diag(RIDGE * penalty + 1e-9))
    target = np.log(hazards + OFFSET)
    coefficients = inverse @ (rows.T @ target)
    leverage = np.einsum("nq,qp,np->n", rows, inverse, terms, optimize=True)
    left_out = (target - terms @ coefficients) / np.maximum(1 - leverage, 0.05)[:, None]
    error = np.sqrt((weight[:, None] * left_out**2).sum(axis=0) / weight.sum())
    return HazardSurface(coefficients, error, counts)
