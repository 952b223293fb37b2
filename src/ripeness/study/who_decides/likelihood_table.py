"""Tables of log likelihoods over outcomes of a rule and sizes of noise, between which values are interpolated."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ripeness.study.who_decides.item import LEAST_NOISE
from ripeness.study.who_decides.parameter_transform import parameter_transform
from ripeness.world.compiled import compiled
from ripeness.world.quantity import Quantity

Array = NDArray[np.float64]
NOISES = 17  # sizes of noise at which chances are tabulated, where noise is unknown
FAR_OUT = 3.5  # standard deviations that the table of noise covers


def noise_places(noise: Array, noises: Array) -> Array:
    """Where sizes of noise lie among those tabulated, evenly spaced in logarithms. Shapes: (N,), (J,); returns (N,)."""
    if len(noises) == 1:
        return np.zeros_like(noise)
    logs = np.log(noises)
    places = (np.log(np.maximum(noise, LEAST_NOISE)) - logs[0]) / (logs[1] - logs[0])
    return np.asarray(np.clip(places, 0, len(logs) - 1))


@compiled
def interpolate_table(tables: Array, mean: Array, noise: Array, out: Array) -> None:
    """Interpolate log likelihoods linearly in their tables.

    Shapes: tables (n, J, M); mean (n, N) from 0 to 1; noise (N,) as a place among the J; out (n, N), written.
    """
    last, last_noise = tables.shape[2] - 1, tables.shape[1] - 1
    for n in range(mean.shape[0]):
        for r in range(mean.shape[1]):
            x, y = mean[n, r] * last, noise[r]
            i, j = min(int(x), last - 1), min(int(y), max(last_noise - 1, 0))
            a, b, k = x - i, y - j, min(j + 1, last_noise)
            low = (1 - a) * tables[n, j, i] + a * tables[n, j, i + 1]
            high = (1 - a) * tables[n, k, i] + a * tables[n, k, i + 1]
            out[n, r] = (1 - b) * low + b * high


def tabulated_noises(noise: Quantity, width: float, *, at_medians: bool) -> Array:
    """Sizes of noise for a table: the one that is known, or a ladder over what is believed."""
    if at_medians or not noise.uncertain:
        return np.array([max(noise.centre, LEAST_NOISE)])
    ends = parameter_transform([noise]).values(np.array([[-FAR_OUT, FAR_OUT]]), width)[0]
    low, high = np.maximum(ends, LEAST_NOISE)
    return np.geomspace(low, max(high, low * 1.01), NOISES)
