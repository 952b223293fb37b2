"""Prior: what is uncertain before the record has spoken, on a scale on which every number is standard normal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ripeness.validation.history.coding import coefficients, controls, fitted_laws
from ripeness.world.chance import INPUT, stable_id, uniforms
from ripeness.world.quantity import Quantity

Array = NDArray[np.float64]
FARTHEST = 4.0  # standard deviations beyond which a number is not tried


@dataclass(frozen=True, slots=True)
class ParameterPrior:
    """The numbers that the record is asked about: the coding's coefficients, the parameters, the controls."""

    numbers: Mapping[str, Quantity]
    controls: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Their names in a fixed order."""
        return tuple(self.numbers)

    def values(self, scores: Array) -> dict[str, Array]:
        """Numbers in their own units from standard normal scores. Shapes: scores (N, D); each returned (N,)."""
        from scipy.special import ndtr

        shares = ndtr(np.clip(scores, -FARTHEST, FARTHEST))
        return {
            name: number.quantile(np.ascontiguousarray(shares[:, d]))
            for d, (name, number) in enumerate(self.numbers.items())
        }

    def draw(self, seed: int, first: int, points: int) -> Array:
        """Standard normal scores for some points, keyed by their numbers. Shapes: returns (points, D)."""
        return np.column_stack([normals(f"prior/{name}", seed, first, points) for name in self.names])


def parameter_prior() -> ParameterPrior:
    """The prior of the shipped coding.

    >>> parameter_prior().values(np.zeros((1, len(parameter_prior().names))))["rearm_mean"].round(2).tolist()
    [0.15]
    """
    return ParameterPrior(dict(coefficients()) | dict(fitted_laws()), controls())


def normals(key: str, seed: int, first: int, count: int) -> Array:
    """Standard normal random numbers under a name. Shapes: returns (count,)."""
    from scipy.special import ndtri

    return np.asarray(ndtri(shares(key, seed, first, count)))


def shares(key: str, seed: int, first: int, count: int) -> Array:
    """Uniform random numbers under a name. Shapes: returns (count,)."""
    rows = np.empty((4, count))
    uniforms(seed, np.arange(first, first + count, dtype=np.uint64), 0, INPUT, stable_id(key), rows)
    return np.asarray(rows[0])
