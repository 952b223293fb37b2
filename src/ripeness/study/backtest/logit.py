"""A ridge-penalised multinomial logit: the plain model that a simulator has to beat."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
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
    from scipy.optimize import minimize

    centre, spread = features.mean(axis=0), features.std(axis=0)
    spread = np.where(spread > 0, spread, 1.0)
    scaled, truth = (features - centre) / spread, np.eye(outcomes)[happened]

    def loss(flat: Array) -> tuple[float, Array]:
        weights = flat.reshape(outcomes, -1)
        given = _softmax(weights, scaled)
        value = -float(np.log(np.maximum((given * truth).sum(axis=1), 1e-300)).sum()) + ridge / 2 * float((weights[:, 1:] ** 2).sum())
        error = given - truth
        slope = np.column_stack([error.sum(axis=0), error.T @ scaled + ridge * weights[:, 1:]])
        return value, slope.ravel()

    found = minimize(loss, np.zeros(outcomes * (scaled.shape[1] + 1)), jac=True, method="L-BFGS-B")
    return Logit(centre, spread, found.x.reshape(outcomes, -1))


def _softmax(weights: Array, scaled: Array) -> Array:
    score = scaled @ weights[:, 1:].T + weights[:, 0]
    score = np.exp(score - score.max(axis=1, keepdims=True))
    return np.asarray(score / score.sum(axis=1, keepdims=True))
