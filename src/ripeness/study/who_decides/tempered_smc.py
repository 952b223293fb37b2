"""Tempered sequential Monte Carlo from prior to posterior, with the log evidence.

Particles start as draws of independent standard normal numbers and feel the likelihood step by step: raised to powers
that grow from 0 to 1, each step as large as half of the effective sample allows. At each step particles are resampled
and moved by a Metropolis walk that leaves the present target as it is. The evidence is the product of the mean
weights.

Sources: Del Moral, Doucet and Jasra 2006; moves as in Rudolf and Sprungk 2018 (generalised Crank-Nicolson).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ripeness.study.who_decides.particle_moves import (
    correction,
    mean_correlation,
    multiply_triangle,
    row_products,
    standardised,
    take_accepted,
)
from ripeness.world.arithmetic import normal_block
from ripeness.world.chance import SAMPLE, stable_id, uniforms

Array = NDArray[np.float64]
Likelihood = Callable[[Array], Array]
HALF = 0.5
BISECTIONS = 40
GOAL = 0.4  # share of moves accepted that mixes some unknowns well (Roberts and Rosenthal 2001: .23 to .57)
FORGOTTEN = 0.15  # mean correlation with its beginning at which a particle has moved enough
SWEEPS, LAST_SWEEPS = 30, 40
WIDER = 1.15  # the walk's normal is a little wider than the particles: a proposal with thin tails gets stuck
LEAST_STEP = 0.03
TINIEST = 1e-6  # variance of a direction
IMPOSSIBLE = -1e300


@dataclass(frozen=True, slots=True)
class TemperedSample:
    """Particles after all evidence, equal in weight; `ancestors` is the effective number of first particles behind
    them.

    Shapes: unknowns (D, N); log_likelihood, ancestor (N,).
    """

    unknowns: Array
    log_likelihood: Array
    log_evidence: float
    ancestor: NDArray[np.intp]
    steps: int

    @property
    def ancestors(self) -> float:
        """How many first particles the final ones descend from, counted by their shares; N where nothing was learnt."""
        share = np.bincount(self.ancestor) / len(self.ancestor)
        return float(1 / (share**2).sum())


@dataclass(frozen=True, slots=True)
class FittedNormal:
    """The normal that is fitted to some particles.

    Shapes: middle (D, 1); root (D, D), a lower triangle whose product with its transpose is the covariance; back, its
    inverse.
    """

    middle: Array
    root: Array
    back: Array


@dataclass(slots=True)
class NamedDraws:
    """Counter-based random numbers, keyed by seed, name, particle, step and unknown."""

    seed: int
    label: str
    particles: NDArray[np.uint64]
    step: int = 0

    def normals(self, rows: int) -> Array:
        """Standard normal numbers of the next step. Shapes: returns (rows, N)."""
        uniform = np.empty((4 * -(-rows // 4), len(self.particles)))
        for block in range(0, rows, 4):
            key = stable_id(f"{self.label}/{block}")
            uniforms(self.seed, self.particles, self.step, SAMPLE, key, uniform[block : block + 4])
        self.step += 1
        flat = uniform[:rows].reshape(-1)
        normals = np.empty_like(flat)
        normal_block(flat, normals, np.empty_like(flat))
        return normals.reshape(rows, -1)

    def shares(self) -> Array:
        """Uniform numbers of the next step. Shapes: returns (N,)."""
        uniform = np.empty((4, len(self.particles)))
        uniforms(self.seed, self.particles, self.step, SAMPLE, stable_id(f"{self.label}/accept"), uniform)
        self.step += 1
        return uniform[0]


def tempered_smc(
    log_likelihood: Likelihood,
    unknowns: int,
    *,
    particles: int = 1000,
    seed: int = 1,
    label: str = "",
    evidence_only: bool = False,
) -> TemperedSample:
    """Sample a standard normal prior times a likelihood, and estimate the log evidence.

    With `evidence_only` the particles are not moved after the last step, and serve for nothing else.

    Shapes: log_likelihood maps (D, N) to (N,). Where there is nothing unknown, the answer is exact.
    Source: Del Moral, Doucet and Jasra 2006, J. R. Statist. Soc. B 68, sections 3.3 and 3.4.

    >>> found = tempered_smc(lambda u: -0.5 * (u[0] - 1.0) ** 2, 1, particles=2000)
    >>> bool(abs(found.log_evidence - (-0.25 - 0.5 * np.log(2))) < .05), bool(abs(found.unknowns.mean() - .5) < .06)
    (True, True)
    """
    draws = NamedDraws(seed, label, np.arange(particles, dtype=np.uint64))
    if unknowns == 0:
        exact = _finite(log_likelihood(np.empty((0, particles))))
        return TemperedSample(np.empty((0, particles)), exact, float(exact[0]), np.arange(particles), 0)
    u = draws.normals(unknowns)
    log_likelihoods, ancestor = _finite(log_likelihood(u)), np.arange(particles)
    exponent, log_evidence, steps, stride = 0.0, 0.0, 0, 1.0
    while exponent < 1.0:
        new_exponent = next_exponent(log_likelihoods, exponent)
        weight = (new_exponent - exponent) * log_likelihoods
        top = weight.max()
        log_evidence += log_mean_exp(weight)
        picked = resample_systematically(np.exp(weight - top), float(draws.shares()[0]))
        # `take` keeps rows together in memory; u[:, chosen] would lay columns together and slow every loop after it.
        u, log_likelihoods, ancestor, exponent = (
            u.take(picked, axis=1),
            log_likelihoods[picked],
            ancestor[picked],
            new_exponent,
        )
        if exponent < 1.0 or not evidence_only:
            u, log_likelihoods, stride = _move(log_likelihood, u, log_likelihoods, exponent, draws, stride)
        steps += 1
    return TemperedSample(u, log_likelihoods, log_evidence, ancestor, steps)


def _finite(values: Array) -> Array:
    return np.where(np.isfinite(values), values, IMPOSSIBLE)


def log_mean_exp(logs: Array) -> float:
    """The logarithm of the mean of some numbers, from their logarithms.

    >>> round(log_mean_exp(np.log(np.array([1.0, 3.0]))), 6)
    0.693147
    """
    top = logs.max()
    return float(top + np.log(np.exp(logs - top).mean()))


def effective_size(weight: Array) -> float:
    """The effective number of draws behind weights."""
    return float(weight.sum() ** 2 / (weight**2).sum())


def next_exponent(log_likelihoods: Array, exponent: float, enough: float | None = None) -> float:
    """The next power of the likelihood: as far as enough of the particles stay effective, half of them by default."""
    best = log_likelihoods.max()
    enough = HALF * len(log_likelihoods) if enough is None else enough

    def remaining_size(power: float) -> float:
        return effective_size(np.exp((power - exponent) * (log_likelihoods - best)))

    if remaining_size(1.0) >= enough:
        return 1.0
    low, high = exponent, 1.0
    for _ in range(BISECTIONS):
        middle = HALF * (low + high)
        low, high = (middle, high) if remaining_size(middle) >= enough else (low, middle)
    return max(low, np.nextafter(exponent, 1.0))


def resample_systematically(weight: Array, offset: float, n_picked: int | None = None) -> NDArray[np.intp]:
    """Choose particles in proportion to their weights, by evenly spaced pointers. Shapes: weight (N,); returns
    (many,).
    """
    n_picked = len(weight) if n_picked is None else n_picked
    ladder = np.cumsum(weight / weight.sum())
    ladder[-1] = 1.0
    return np.searchsorted(ladder, (np.arange(n_picked) + offset) / n_picked).astype(np.intp)


def _move(
    log_likelihood: Likelihood, u: Array, log_likelihoods: Array, exponent: float, draws: NamedDraws, stride: float
) -> tuple[Array, Array, float]:
    """Move particles by Metropolis steps until they are decorrelated from their start, at most so many times.

    1. Each half of the particles is seen from the other half's mean m, in units of its covariance: v = L^-1 (u - m).
       A normal fitted to the very particles that it moves would fit them too well, and drive them outwards.
    2. Proposal: v' = sqrt(1 - stride^2) v + stride * noise, which leaves that normal as it is.
    3. Accepted by target over normal; the stride follows the share that is accepted.
    """
    half = u.shape[1] // 2
    shapes = _fit_normal(u[:, half:]), _fit_normal(u[:, :half])
    v, begin = _by_halves(_inward, shapes, u), standardised(u)
    for sweep in range(LAST_SWEEPS if exponent >= 1.0 else SWEEPS):
        proposal_v = np.sqrt(1 - stride**2) * v + stride * draws.normals(len(u))
        proposal = _by_halves(_outward, shapes, proposal_v)
        proposal_log = _finite(log_likelihood(proposal))
        gain = exponent * (proposal_log - log_likelihoods) + HALF * correction(u, proposal, v, proposal_v)
        accepted = np.log(draws.shares()) < gain
        take_accepted(accepted, proposal, u)
        take_accepted(accepted, proposal_v, v)
        log_likelihoods = np.where(accepted, proposal_log, log_likelihoods)
        stride = float(np.clip(stride * np.exp(accepted.mean() - GOAL), LEAST_STEP, 1.0))
        if sweep > 1 and mean_correlation(begin, u) < FORGOTTEN:
            break
    return u, log_likelihoods, stride


def _by_halves(
    transform: Callable[[FittedNormal, Array], Array], shapes: tuple[FittedNormal, FittedNormal], x: Array
) -> Array:
    """Transform each half of the particles by the normal fitted to the other half."""
    half = x.shape[1] // 2
    return np.concatenate([transform(shapes[0], x[:, :half]), transform(shapes[1], x[:, half:])], axis=1)


def _inward(shape: FittedNormal, u: Array) -> Array:
    return multiply_triangle(shape.back, u - shape.middle)


def _outward(shape: FittedNormal, v: Array) -> Array:
    return np.asarray(shape.middle + multiply_triangle(shape.root, np.ascontiguousarray(v)))


def _fit_normal(u: Array) -> FittedNormal:
    """Mean of some particles and a root of their covariance, freed of what is mere noise of few particles.

    Beliefs were standard normal and evidence narrows few directions. Sample variances within the band that so many
    particles show of a standard normal, (1 +- sqrt(D / N))^2, count as 1; those beyond it are freed of their bias.
    Source: Donoho, Gavish and Johnstone 2018, Ann. Stat. 46, section 1.
    """
    middle = u.mean(axis=1, keepdims=True)
    ratio = len(u) / u.shape[1]
    variances, directions = np.linalg.eigh(row_products(u - middle) / u.shape[1])
    cleaned = _debiased(np.maximum(variances, TINIEST), ratio)
    root = np.linalg.cholesky(WIDER * (directions * cleaned) @ directions.T)
    return FittedNormal(middle, root, np.asarray(np.linalg.inv(root), dtype=np.float64))


def _debiased(variances: Array, ratio: float) -> Array:
    """Variances behind sample variances, where all but some are 1. Shapes: (D,); returns (D,)."""
    edge = np.sqrt(min(ratio, 1.0))
    half = HALF * (variances + 1 - ratio)
    root = np.sqrt(np.maximum(half**2 - variances, 0.0))
    lower, upper = np.maximum(half - root, TINIEST), half + root
    return np.where(variances < (1 - edge) ** 2, lower, np.where(variances > (1 + edge) ** 2, upper, 1.0))
