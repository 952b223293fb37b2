"""Bounded: a share of a variance that lies between 0 and 1 by construction, and so does its interval."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
TAILS = (0.05, 0.95)


def bounded_shares(part: Array, total: float, part_again: Array, total_again: Array) -> tuple[Array, Array, Array]:
    """Shares of parts in a whole, and their 90 % intervals.

    A variance of which luck has been taken off can come out below zero, and a part of it above the whole, where few
    points are there to tell. Part and rest are variances, of which neither can be negative: each is estimated as zero
    where it comes out below, in the answer and in every resample alike, and the share is part / (part + rest). Where
    resamples leave neither of both, a share is anything from 0 to 1, and the interval says so.

    Shapes: part (K,); part_again (K, B), total_again (B,), from resampled points; returns three (K,).

    >>> share, low, high = bounded_shares(np.array([.5, 3.]), 2., np.array([[.4, .6], [3., 3.]]), np.array([2., 2.]))
    >>> share.tolist(), high.round(3).tolist()
    ([0.25, 1.0], [0.295, 1.0])
    """
    remainder = total - part
    # A resample repeats points, so that its mean is off by a known amount; only how it varies is of use.
    remainder_again = total_again - part_again
    shifted = np.maximum(part[:, None] + part_again - part_again.mean(axis=1, keepdims=True), 0.0)
    shifted_remainder = np.maximum(
        remainder[:, None] + remainder_again - remainder_again.mean(axis=1, keepdims=True), 0.0
    )
    share = _share(np.maximum(part, 0.0), np.maximum(remainder, 0.0), 0.0)
    low = np.quantile(_share(shifted, shifted_remainder, 0.0), TAILS[0], axis=1)
    high = np.quantile(_share(shifted, shifted_remainder, 1.0), TAILS[1], axis=1)
    return share, np.minimum(low, share), np.maximum(high, share)


def _share(part: Array, remainder: Array, default: float) -> Array:
    """Part of both together; `default` where neither is there."""
    total = part + remainder
    return np.asarray(np.where(total > 0, part / np.where(total > 0, total, 1.0), default))
