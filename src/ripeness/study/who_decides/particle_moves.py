"""Loops over particles of the sampler: products, corrections of a proposal, moves and what they forget."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ripeness.world.compiled import compiled

Array = NDArray[np.float64]
TINIEST_LENGTH = 1e-300


@compiled
def multiply_triangle(root: Array, v: Array) -> Array:
    """Multiply a lower triangle by particles; threads of a linear algebra library would compete for the processor.

    Shapes: root (D, D), v (D, N); returns (D, N).
    """
    product = np.zeros_like(v)
    for i in range(v.shape[0]):
        for j in range(i + 1):
            for n in range(v.shape[1]):
                product[i, n] += root[i, j] * v[j, n]
    return product


@compiled
def correction(u: Array, proposal: Array, v: Array, proposal_v: Array) -> Array:
    """Squares of where particles are less those of where they would be, by u, and the reverse by v.

    Shapes: all (D, N); returns (N,).
    """
    total = np.zeros(u.shape[1])
    for i in range(u.shape[0]):
        for n in range(u.shape[1]):
            total[n] += u[i, n] ** 2 - proposal[i, n] ** 2 + proposal_v[i, n] ** 2 - v[i, n] ** 2
    return total


@compiled
def take_accepted(accepted: NDArray[np.bool_], proposal: Array, u: Array) -> None:
    """Move the particles whose proposal was accepted, in place. Shapes: accepted (N,), proposal and u (D, N)."""
    for i in range(u.shape[0]):
        for n in range(u.shape[1]):
            moved, stayed = proposal[i, n], u[i, n]
            u[i, n] = moved if accepted[n] else stayed


@compiled
def row_products(rows: Array) -> Array:
    """Sums of products of rows. Shapes: rows (D, N); returns (D, D)."""
    product = np.zeros((rows.shape[0], rows.shape[0]))
    for i in range(rows.shape[0]):
        for j in range(i + 1):
            total = (rows[i] * rows[j]).sum()
            product[i, j] = total
            product[j, i] = total
    return product


def mean_correlation(begin: Array, u: Array) -> float:
    """The mean over rows of the correlation between where particles were and where they are.

    Shapes: (D, N) each; begin is centred, and its rows of length one.
    """
    centred = u - u.mean(axis=1, keepdims=True)
    length = np.maximum(np.sqrt(np.einsum("dn,dn->d", centred, centred)), TINIEST_LENGTH)
    return float((np.einsum("dn,dn->d", begin, centred) / length).mean())


def standardised(u: Array) -> Array:
    """Rows less their mean, of length one. Shapes: u (D, N)."""
    centred = u - u.mean(axis=1, keepdims=True)
    return np.asarray(centred / np.maximum(np.sqrt((centred**2).sum(axis=1, keepdims=True)), TINIEST_LENGTH))
