"""Emulator: a smooth surface through noisy likelihoods,
so that the search follows the parameters and not the noise of a few hundred runs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
RIDGES = (3.0, 30.0, 300.0, 3000.0, 30000.0)  # strengths of the pull to a plain surface that are tried
SQUARES, PRODUCTS = 5.0, 40.0  # squares and products are drawn to zero the more
COUNTED = 0.5  # share of the points that count: the best weigh most
UPWARD = 0.3  # of the prior's own bend of 1/2, how much an upward bend may take away: noise makes some of either sign
MISFIT = 1.0  # by which a quadratic misses a log-likelihood without noise
EDGE = 3.5  # a number farther out than this is read as if it stood there


@dataclass(frozen=True, slots=True)
class Surface:
    """Log-likelihoods as quadratic functions of the scores; their sum bends hardly upwards, so that it runs off
    nowhere.

    Shapes: weights (Q, W), one column a part of the record; slope (D,) and bend (D, D) of the sum.
    """

    weights: Array
    level: float
    slope: Array
    bend: Array
    residual: float
    explained: float

    def parts(self, scores: Array) -> Array:
        """Each part of the record. Shapes: scores (N, D); returns (N, W)."""
        return np.asarray(_terms(scores) @ self.weights)

    def total(self, scores: Array) -> Array:
        """The whole record. Shapes: returns (N,)."""
        clipped = np.clip(scores, -EDGE, EDGE)
        return np.asarray(self.level + clipped @ self.slope + ((clipped @ self.bend) * clipped).sum(axis=1))


def fit_surface(scores: Array, parts: Array, noise: Array | None = None) -> Surface:
    """Fit by ridge regression, its strength chosen by leaving each point out; points near the best weigh most, and
    those with the least noise.

    Shapes: scores (N, D); parts (N, W), log-likelihoods that add up; noise (N,), the sd of their sums by chance.
    Source: Gutmann and Corander 2016 for surfaces through noisy likelihoods; Allen 1974 for leaving out in closed form.
    """
    total = parts.sum(axis=1)
    weight = _importance(total)
    if noise is not None:
        weight = weight * MISFIT**2 / (MISFIT**2 + noise**2)
    root = np.sqrt(weight)
    terms = _terms(scores) * root[:, None]
    dimensions = scores.shape[1]
    penalty = np.concatenate(
        [
            [0.0],
            np.ones(dimensions),
            np.full(dimensions, SQUARES),
            np.full(terms.shape[1] - 2 * dimensions - 1, PRODUCTS),
        ]
    )
    gram, target = terms.T @ terms, total * root
    best: tuple[float, Array] | None = None
    for ridge in RIDGES:
        inverse = np.linalg.inv(gram + np.diag(ridge * penalty + 1e-9))
        leverage = np.einsum("nq,qp,np->n", terms, inverse, terms, optimize=True)
        error = (target - terms @ (inverse @ (terms.T @ target))) / np.maximum(1 - leverage, 0.05)
        loss = float((error**2).sum() / weight.sum())
        if best is None or loss < best[0]:
            best = (loss, np.asarray(inverse, dtype=np.float64))
    assert best is not None  # noqa: S101  (RIDGES is not empty)
    spread = float(np.average((total - np.average(total, weights=weight)) ** 2, weights=weight))
    weights = best[1] @ (terms.T @ (parts * root[:, None]))
    return Surface(
        weights, *_bent(weights.sum(axis=1), dimensions), float(np.sqrt(best[0])), 1 - best[0] / max(spread, 1e-12)
    )


def _bent(weights: Array, dimensions: int) -> tuple[float, Array, Array]:
    """Level, slope and bend of a quadratic, strong upward bends taken out: noise makes some,
    and walks would run off along them.
    """
    squares, products = weights[1 + dimensions : 1 + 2 * dimensions], weights[1 + 2 * dimensions :]
    bend = np.diag(squares)
    first, second = np.triu_indices(dimensions, 1)
    bend[first, second] = bend[second, first] = products / 2
    values, axes = np.linalg.eigh(bend)
    return float(weights[0] - squares.sum()), weights[1 : 1 + dimensions], (axes * np.minimum(values, UPWARD)) @ axes.T


def sample(surface: Surface, count: int, power: float, seed: int, start: Array, steps: int = 600) -> Array:
    """Scores from prior times surface to a power, by many random walks at once (Metropolis et al. 1953).

    Shapes: start (count, D); returns (count, D).
    """
    generator = np.random.Generator(np.random.Philox(key=seed))
    position = np.clip(start[:count], -EDGE, EDGE)
    level = power * surface.total(position) - 0.5 * (position**2).sum(axis=1)
    stride = 0.3
    for step in range(steps):
        # Pairs of other walks show which way the surface runs (ter Braak 2006); every tenth step goes anywhere.
        a, b = generator.integers(0, count, (2, count))
        scale = 1.0 if step % 10 == 9 else stride
        proposal = position + scale * (position[a] - position[b]) + 0.03 * generator.standard_normal(position.shape)
        proposal_level = power * surface.total(proposal) - 0.5 * (proposal**2).sum(axis=1)
        proposal_level = np.where((np.abs(proposal) <= EDGE).all(axis=1), proposal_level, -np.inf)
        accepted = np.log(generator.random(count)) < proposal_level - level
        position, level = np.where(accepted[:, None], proposal, position), np.where(accepted, proposal_level, level)
        stride *= 1.02 if accepted.mean() > 0.25 else 0.98
    return position


def _importance(total: Array) -> Array:
    """Weights that fall with the distance from the best, so that a set share of the points counts."""
    best = np.sort(total)[-max(len(total) // 50, 1)]
    gap = np.maximum(best - total, 0.0)
    low, high = 1e-3, 1e6
    for _ in range(60):
        middle = np.sqrt(low * high)
        weight = np.exp(-gap / middle)
        if weight.sum() ** 2 / (weight**2).sum() < COUNTED * len(total):
            low = middle
        else:
            high = middle
    return np.asarray(np.exp(-gap / high))


def _terms(scores: Array) -> Array:
    """1, the scores, their squares less 1, their products. Shapes: returns (N, Q)."""
    clipped = np.clip(scores, -EDGE, EDGE)
    first, second = np.triu_indices(clipped.shape[1], 1)
    return np.concatenate(
        [np.ones((len(clipped), 1)), clipped, clipped**2 - 1, clipped[:, first] * clipped[:, second]], axis=1
    )
