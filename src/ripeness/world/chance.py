"""Luck by name: Philox4x32-10, a random number for each (seed, draw, month, stage, id), whatever the order of asking.

Source: Salmon, Moraes, Dror and Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3", SC11.
"""

from __future__ import annotations

import hashlib

import numpy as np
from numpy.typing import NDArray

from ripeness.world.compiled import compiled, runtime_int

MASK = np.uint64(0xFFFFFFFF)
HALF_WORD = np.uint64(32)
MULTIPLIER_A, MULTIPLIER_B = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)  # Salmon et al. 2011, table 2
WEYL_A, WEYL_B = np.uint64(0x9E3779B9), np.uint64(0xBB67AE85)
ROUNDS = 10
TO_UNIT = 2.0**-32
CENTRE = 2.0**-33  # the middle of a cell: neither 0 nor 1 is ever hit

# Stages: the third word of the key.
INPUT, FIGHT, FACTION, END, EVENT, DECISION, SAMPLE = (runtime_int(stage) for stage in range(1, 8))
TRUCE = runtime_int(8)
ALLY = runtime_int(9)


def stable_id(name: str) -> int:
    """Turn a key such as 'russia/military' into the 32-bit id under which its luck is drawn.

    >>> stable_id("a/army") == stable_id("a/army") != stable_id("a/navy")
    True
    """
    return int.from_bytes(hashlib.blake2s(name.encode(), digest_size=4).digest(), "little")


@compiled
def uniforms(seed: int, draws: NDArray[np.uint64], month: int, stage: int, key: int, out: NDArray[np.float64]) -> None:
    """Fill four rows with independent uniform numbers in (0, 1), one column a draw.

    Shapes: draws (R,); out (4, R).
    """
    low = np.uint64(seed) & MASK
    high = (np.uint64(seed) >> HALF_WORD) & MASK
    for r in range(draws.shape[0]):
        a, b = draws[r] & MASK, np.uint64(month) & MASK
        c, d = np.uint64(stage) & MASK, np.uint64(key) & MASK
        x, y = low, high
        for _ in range(ROUNDS):
            p, q = a * MULTIPLIER_A, c * MULTIPLIER_B
            a, b = ((q >> HALF_WORD) ^ b ^ x) & MASK, q & MASK
            c, d = ((p >> HALF_WORD) ^ d ^ y) & MASK, p & MASK
            x, y = (x + WEYL_A) & MASK, (y + WEYL_B) & MASK
        out[0, r] = np.float64(a) * TO_UNIT + CENTRE
        out[1, r] = np.float64(b) * TO_UNIT + CENTRE
        out[2, r] = np.float64(c) * TO_UNIT + CENTRE
        out[3, r] = np.float64(d) * TO_UNIT + CENTRE


@compiled
def uniform_rows(
    seed: int, draws: NDArray[np.uint64], month: int, stage: int, keys: NDArray[np.int64], out: NDArray[np.float64]
) -> None:
    """Fill one row for each key with uniform numbers in (0, 1). Shapes: draws (R,); keys (K,); out (K, R), written."""
    four = np.empty((4, draws.shape[0]))
    for k in range(keys.shape[0]):
        uniforms(seed, draws, month, stage, keys[k], four)
        copy_row(four[0], out[k])


@compiled
def copy_row(row: NDArray[np.float64], out: NDArray[np.float64]) -> None:
    """Copy one row of numbers to another. Shapes: (R,); out written."""
    for r in range(out.shape[0]):
        out[r] = row[r]


@compiled
def zero_noise(noise: NDArray[np.float64]) -> None:
    """Switch chance off: two rows of no surprise, two of nothing happening. Shapes: noise (4, R), written."""
    for r in range(noise.shape[1]):
        noise[0, r] = 0.0
        noise[1, r] = 0.0
        noise[2, r] = 1.0
        noise[3, r] = 1.0
