"""The continuous ranked probability score of a sample: for numbers such as a war's length or its dead."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


def crps_sample(sample: ArrayLike, observed: ArrayLike) -> Array:
    """Score a sample of simulated values against the one observed: mean distance to it less half the sample's spread.

    The sample is taken as the forecast itself (its empirical distribution), not as draws from a smoother one.
    With a sample of one it is the absolute error.

    Shapes: sample (..., R); observed (...); returns (...).
    Units: those of the sample; 0 or more, smaller is better.
    Raises: ValueError for an empty sample.
    Source: Gneiting and Raftery 2007, eq. 21.

    >>> float(crps_sample([1.0, 3.0], 2.0))
    0.5
    """
    ordered_sample = np.sort(np.asarray(sample, dtype=np.float64), axis=-1)
    size = ordered_sample.shape[-1]
    if size < 1:
        message = "a sample needs at least one value"
        raise ValueError(message)
    distance = np.mean(np.abs(ordered_sample - np.asarray(observed, dtype=np.float64)[..., None]), axis=-1)
    # Sorted values weigh 2i - R - 1 in the sum of all pairwise distances: R log R work instead of R squared.
    weight = 2.0 * np.arange(1, size + 1) - size - 1.0
    return np.asarray(distance - np.sum(weight * ordered_sample, axis=-1) / size**2)
