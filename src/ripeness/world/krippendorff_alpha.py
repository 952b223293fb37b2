"""Krippendorff's alpha: how far coders agree beyond what chance would give, for nominal, ordinal and interval data.

1 is agreement in everything, 0 as much as coders who draw from the same values at random, below 0 less than that.
Sources: Krippendorff 2004, ch. 11; Krippendorff 2011, "Computing Krippendorff's alpha-reliability".
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Metric = Literal["nominal", "ordinal", "interval"]


def krippendorff_alpha(codes: Array, metric: Metric) -> float:
    """Alpha of a table of codes; nan where no unit has two codes, or all codes are alike.

    Shapes: codes (coders, units), nan where a coder left a unit out; nominal codes are any numbers.

    >>> round(krippendorff_alpha(np.array([[0, 1, 1, 0], [0, 1, 0, 0]], dtype=float), "nominal"), 3)
    0.533
    """
    values = np.unique(codes[~np.isnan(codes)])
    return float(alpha_of_coincidences(unit_coincidences(codes, values).sum(axis=0), values, metric))


def unit_coincidences(codes: Array, values: Array) -> Array:
    """How often two values meet in each unit, each pair of coders counted both ways over one less than the coders.

    Shapes: codes (coders, units), values (C,); returns (units, C, C). A unit with one code has no pairs.
    """
    counts = (codes[:, :, None] == values).sum(axis=0).astype(float)  # (units, C)
    coders = counts.sum(axis=1)
    pairs = counts[:, :, None] * counts[:, None, :] - counts[:, :, None] * np.eye(len(values))
    return np.asarray(pairs / np.maximum(coders - 1, 1)[:, None, None])


def alpha_of_coincidences(coincidences: Array, values: Array, metric: Metric) -> Array:
    """Alpha of matrices of coincidences: one less observed over expected disagreement; nan where none is expected.

    Shapes: coincidences (..., C, C), values (C,) in order; returns (...).
    """
    margins = coincidences.sum(axis=-1)
    distance = squared_distance(margins, values, metric)
    total = margins.sum(axis=-1)
    observed = (coincidences * distance).sum(axis=(-2, -1))
    expected = (margins[..., :, None] * margins[..., None, :] * distance).sum(axis=(-2, -1))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(expected > 0, 1 - (total - 1) * observed / expected, np.nan)


def squared_distance(margins: Array, values: Array, metric: Metric) -> Array:
    """How far apart two values count, squared. Shapes: margins (..., C), values (C,); returns (..., C, C) or (C, C).

    Ordinal values lie as far apart as the codes between them, with half of the codes at either end.
    """
    if metric == "nominal":
        return np.asarray(1 - np.eye(len(values)))
    if metric == "interval":
        return np.asarray((values[:, None] - values) ** 2)
    rank = margins.cumsum(axis=-1) - margins / 2
    return np.asarray((rank[..., :, None] - rank[..., None, :]) ** 2)
