"""Means over the replications of each parameter sample, with noise separated from parameter effects."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
ALONE = 1.0 + 1e-9  # effective runs of a sample from which its noise can be estimated


@dataclass(frozen=True, slots=True)
class SampleMeans:
    """Means of an outcome over the replications of each parameter sample.

    `variance` is that of one run's outcome, `noise` the part of the variance of the means that is noise.
    Shapes: mean, weight (N,), weights adding up to N.
    """

    mean: Array
    weight: Array
    p: float
    variance: float
    noise_share: float | None
    noise: float

    @property
    def decided(self) -> float:
        """Variance of the probability over the parameters, noise removed."""
        variance_of_means = float((self.weight * (self.mean - self.p) ** 2).sum() / max(len(self.mean) - 1, 1))
        return max(variance_of_means - self.noise, 0.0)


def sample_means(hits: Array, sample_of_run: NDArray[np.intp], weights: Array | None = None) -> SampleMeans:
    """Average over replications and measure their noise (variance components of a one-way layout).

    `noise_share` is the share of one run's variance that is random; none where no two runs share their inputs, and then
    `decided` counts noise, too.
    Shapes: hits, sample_of_run, weights (R,).
    Source: Cochran 1977, "Sampling techniques", ch. 10; weights enter as effective numbers of runs (Kish 1965).

    >>> found = sample_means(np.array([1., 1., 0., 0.]), np.array([0, 0, 1, 1]))
    >>> found.noise_share, found.p
    (0.0, 0.5)
    """
    weight = np.ones(len(hits)) if weights is None else weights
    total = np.bincount(sample_of_run, weights=weight)
    safe = np.where(total > 0, total, 1.0)
    mean = np.bincount(sample_of_run, weights=weight * hits) / safe
    square = np.bincount(sample_of_run, weights=weight * hits**2) / safe
    effective = total**2 / np.maximum(np.bincount(sample_of_run, weights=weight**2), np.finfo(float).tiny)
    share = total * len(total) / total.sum()
    p = float((share * mean).sum() / len(total))
    variance = float((share * square).sum() / len(total) - p**2)
    several = (effective > ALONE) & (total > 0)
    if not several.any() or variance <= 0:
        return SampleMeans(mean, share, p, variance, None if not several.any() else 0.0, 0.0)
    inside = (square - mean**2)[several] * effective[several] / (effective[several] - 1)
    part = share[several] / share[several].sum()
    noise = float((part * inside / effective[several]).sum())
    return SampleMeans(mean, share, p, variance, min(float((part * inside).sum()) / variance, 1.0), noise)
