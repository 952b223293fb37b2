"""Emulator: a smooth surface through noisy likelihoods,
so that the search follows the parameters and not the noise of a few hundred runs.

A quadratic is laid through all points; what it leaves is smoothed by a Gaussian process, on a scale on which a
number is the longer the more the quadratic changes with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
RIDGES = (3.0, 30.0, 300.0, 3000.0, 30000.0)  # strengths of the pull to a plain surface that are tried
SQUARES, PRODUCTS = 5.0, 40.0  # squares and products are drawn to zero the more
COUNTED = 0.5  # share of the points that count: the best weigh most
UPWARD = 0.3  # of the prior's own bend of 1/2, how much an upward bend may take away: noise makes some of either sign
MISFIT = 2.0  # by which a quadratic misses a log-likelihood without noise
NUGGET = 0.5  # by which a process does
LENGTHS, SIZES, INFLATED = (3.0, 5.0, 8.0), (15.0, 40.0), (1.0, 1.5)  # of a process that are tried; times its noise
FLATTEST = 0.05  # stretch of a number with which the quadratic does not change
TRIED, HELD = 600, 1200  # best points on which these are compared, and that a process keeps
STRIDE = 0.2  # of a difference of two points, in a walk that is then simulated
EDGE = 3.5  # a number farther out than this is read as if it stood there


@dataclass(frozen=True, slots=True)
class Quadratic:
    """A quadratic function of the scores that bends hardly upwards, so that it runs off nowhere.

    Shapes: slope (D,); bend (D, D).
    """

    level: float
    slope: Array
    bend: Array

    def __call__(self, scores: Array) -> Array:
        """Shapes: scores (N, D), none beyond EDGE; returns (N,)."""
        return np.asarray(self.level + scores @ self.slope + ((scores @ self.bend) * scores).sum(axis=1))


@dataclass(frozen=True, slots=True)
class Process:
    """A Gaussian process with a Matern 5/2 covariance, given what the quadratic left at some points.

    Shapes: stretch (D,), what scores are multiplied by; places (M, D), stretched; pull (M,).
    """

    stretch: Array
    places: Array
    pull: Array

    def __call__(self, scores: Array) -> Array:
        """Shapes: scores (N, D); returns (N,)."""
        return np.asarray(_covariance(scores * self.stretch, self.places) @ self.pull)


class LogLikelihoodSurface(Protocol):
    """A smooth log-likelihood."""

    def total(self, scores: Array) -> Array:
        """Shapes: scores (N, D); returns (N,)."""


@dataclass(frozen=True, slots=True)
class Surface:
    """The log-likelihood of the whole record as a function of the scores.

    `residual` is the root mean square error at points left out, `explained` the share of variance explained there.
    """

    quadratic: Quadratic
    process: Process
    residual: float
    explained: float

    def total(self, scores: Array) -> Array:
        """Shapes: scores (N, D); returns (N,)."""
        clipped = np.clip(scores, -EDGE, EDGE)
        return self.quadratic(clipped) + self.process(clipped)


def fit_surface(scores: Array, total: Array, noise: Array | None = None) -> Surface:
    """Fit a surface; points near the best weigh most, and those with the least noise.

    Shapes: scores (N, D); total (N,), log-likelihoods; noise (N,), their sd by chance.
    Source: Rasmussen and Williams 2006; Gutmann and Corander 2016 for surfaces through noisy likelihoods.
    """
    noise = np.ones(len(total)) if noise is None else noise
    clipped = np.clip(scores, -EDGE, EDGE)
    quadratic = fit_quadratic(clipped, total, noise)
    left = total - quadratic(clipped)
    best = np.argsort(-total, kind="stable")
    gradient = quadratic.slope + 2 * clipped[best[: max(len(best) // 4, 1)]] @ quadratic.bend
    steepness = np.sqrt((gradient**2).mean(axis=0))
    steepness = np.maximum(steepness / max(float(steepness.max()), 1e-12), FLATTEST)
    chosen, tried = best[:TRIED], None
    for length in LENGTHS:
        for size in SIZES:
            for inflated in INFLATED:
                inverse = np.linalg.inv(_gram(clipped[chosen] * steepness / length, noise[chosen], size, inflated))
                error = (inverse @ left[chosen]) / np.diag(inverse)
                loss = float((error**2).mean())
                if tried is None or loss < tried[0]:
                    tried = (loss, length, size, inflated)
    assert tried is not None  # noqa: S101  (LENGTHS, SIZES and INFLATED are not empty)
    loss, length, size, inflated = tried
    kept = best[:HELD]
    places = clipped[kept] * steepness / length
    pull = size**2 * np.linalg.solve(_gram(places, noise[kept], size, inflated), left[kept])
    variance = max(float(total[chosen].var()), 1e-12)
    return Surface(
        quadratic,
        Process(steepness / length, places, np.asarray(pull, dtype=np.float64)),
        float(np.sqrt(loss)),
        1 - loss / variance,
    )


def _covariance(first: Array, second: Array) -> Array:
    """Matern 5/2, of size 1. Shapes: first (N, D), second (M, D); returns (N, M)."""
    squares = (first**2).sum(axis=1)[:, None] + (second**2).sum(axis=1) - 2 * first @ second.T
    distance = np.sqrt(5 * np.maximum(squares, 0.0))
    return np.asarray((1 + distance + distance**2 / 3) * np.exp(-distance))


def _gram(places: Array, noise: Array, size: float, inflated: float) -> Array:
    return size**2 * _covariance(places, places) + np.diag((inflated * noise) ** 2 + NUGGET**2)


def fit_quadratic(clipped: Array, total: Array, noise: Array) -> Quadratic:
    """Fit a quadratic by ridge regression, its strength chosen by leaving each point out.

    Shapes: clipped (N, D); total, noise (N,).
    Source: Allen 1974 for leaving out in closed form.
    """
    weight = importance(total) * MISFIT**2 / (MISFIT**2 + noise**2)
    root = np.sqrt(weight)
    terms = quadratic_terms(clipped) * root[:, None]
    dimensions = clipped.shape[1]
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
        coefficients = inverse @ (terms.T @ target)
        error = (target - terms @ coefficients) / np.maximum(1 - leverage, 0.05)
        loss = float((error**2).sum() / weight.sum())
        if best is None or loss < best[0]:
            best = (loss, coefficients)
    assert best is not None  # noqa: S101  (RIDGES is not empty)
    return Quadratic(*_bent(best[1], dimensions))


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


def sample(surface: LogLikelihoodSurface, count: int, power: float, seed: int, start: Array, steps: int = 300) -> Array:
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


def walk(surface: Surface, start: Array, archive: Array, steps: int, seed: int) -> Array:
    """Some steps of random walks that leave prior times surface as it is, from each of some points.

    Steps are differences of points of an archive, so that they have its shape (ter Braak 2006); there and back they are
    equally likely. Shapes: start (N, D), archive (M, D); returns (N, D).
    """
    generator = np.random.Generator(np.random.Philox(key=seed))
    position = start.copy()
    level = surface.total(position) - 0.5 * (position**2).sum(axis=1)
    for _ in range(steps):
        a, b = generator.integers(0, len(archive), (2, len(start)))
        proposal = position + STRIDE * (archive[a] - archive[b]) + 0.03 * generator.standard_normal(position.shape)
        proposal_level = surface.total(proposal) - 0.5 * (proposal**2).sum(axis=1)
        proposal_level = np.where((np.abs(proposal) <= EDGE).all(axis=1), proposal_level, -np.inf)
        accepted = np.log(generator.random(len(start))) < proposal_level - level
        position, level = np.where(accepted[:, None], proposal, position), np.where(accepted, proposal_level, level)
    return position


def importance(total: Array) -> Array:
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


def quadratic_terms(scores: Array) -> Array:
    """1, the scores, their squares less 1, their products. Shapes: returns (N, Q)."""
    clipped = np.clip(scores, -EDGE, EDGE)
    first, second = np.triu_indices(clipped.shape[1], 1)
    return np.concatenate(
        [np.ones((len(clipped), 1)), clipped, clipped**2 - 1, clipped[:, first] * clipped[:, second]], axis=1
    )
