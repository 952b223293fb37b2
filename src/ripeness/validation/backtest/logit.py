"""A ridge-penalised multinomial logit: the plain model that a simulator has to beat."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
STEPS, CLOSE, FARTHEST = 50, 1e-8, 2.0  # of Newton's method: a smooth convex function of a few weights
STEADY = 1e-6  # outcomes share an intercept that says nothing; this pins it
RIDGE = 2.0  # precision of the slopes' normal prior, in standardised units; intercepts are free


@dataclass(frozen=True, slots=True)
class Logit:
    """A fitted logit. Shapes: centre, spread (D,); weights (K, D + 1), intercepts first."""

    centre: Array
    spread: Array
    weights: Array

    def probabilities(self, features: Array) -> Array:
        """Probabilities of the outcomes. Shapes: features (N, D); returns (N, K)."""
        return _softmax(self.weights, (features - self.centre) / self.spread)


def fit_logit(features: Array, happened: NDArray[np.int64], outcomes: int, ridge: float = RIDGE) -> Logit:
    """Fit by penalised likelihood; features are standardised by the wars fitted on.

    Shapes: features (N, D); happened (N,), the index of the outcome that came true.
    Source: Hoerl and Kennard 1970; le Cessie and van Houwelingen 1992.

    >>> fitted = fit_logit(np.array([[0.], [0.], [1.], [1.]]), np.array([0, 0, 1, 1]), 2)
    >>> bool(fitted.probabilities(np.array([[1.]]))[0, 1] > .6)
    True
    """
    centre, spread = features.mean(axis=0), features.std(axis=0)
    spread = np.where(spread > 0, spread, 1.0)
    columns = np.column_stack([np.ones(len(features)), (features - centre) / spread])
    columns_count = columns.shape[1]
    penalty = np.tile(np.concatenate([[STEADY], np.full(columns_count - 1, ridge)]), outcomes)
    weights, truth = np.zeros((outcomes, columns_count)), np.eye(outcomes)[happened]
    for _ in range(STEPS):
        probabilities = _softmax(weights, columns[:, 1:])
        slope = ((probabilities - truth).T @ columns).ravel() + penalty * weights.ravel()
        spreads = probabilities[:, :, None] * np.eye(outcomes) - probabilities[:, :, None] * probabilities[:, None, :]
        bend = np.einsum("nkl,ni,nj->kilj", spreads, columns, columns).reshape(columns_count * outcomes, -1) + np.diag(
            penalty
        )
        step = np.linalg.solve(bend, slope)
        weights = weights - (step * min(1.0, FARTHEST / max(float(np.abs(step).max()), 1e-12))).reshape(
            outcomes, columns_count
        )
        if np.abs(step).max() < CLOSE:
            break
    return Logit(centre, spread, weights)


def _softmax(weights: Array, scaled: Array) -> Array:
    score = scaled @ weights[:, 1:].T + weights[:, 0]
    score = np.exp(score - score.max(axis=1, keepdims=True))
    return np.asarray(score / score.sum(axis=1, keepdims=True))
