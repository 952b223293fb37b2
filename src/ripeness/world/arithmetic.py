"""Exponential, logarithm and normal quantile from + - * / and a square root: same bits compiled and as plain Python.

A library's exp differs between a compiled kernel and numpy in the last digit, and stops the compiler from working on
several draws at once. These do neither. Blocks are contiguous rows of float64, one element a draw.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ripeness.world.compiled import compiled

Row = NDArray[np.float64]

REACH = 40.0  # exp is clipped to exp(-40) .. exp(40): beyond it no probability of a war differs
SQUARINGS = 1.0 / 256.0  # exp(x) is exp(x / 256) squared 8 times
E2, E3, E4, E5, E6, E7, E8 = 1 / 2, 1 / 6, 1 / 24, 1 / 120, 1 / 720, 1 / 5040, 1 / 40320  # Taylor: 1 / n!

FRACTION_BITS = 52  # IEEE 754 double: 52 bits of fraction below the exponent
FRACTION = 0x000FFFFFFFFFFFFF  # mask of the fraction
ONE_BITS = 0x3FF0000000000000  # the bits of 1.0
SHIFT_BITS = 0x4330000000000000  # the bits of 2**52: an integer put below them reads as 2**52 + integer
SHIFT = 4503599627370496.0 + 1023.0  # 2**52 and the exponent's bias
ROOT_TWO = 1.4142135623730951
LOG_TWO = 0.6931471805599453
A3, A5, A7, A9, A11, A13, A15, A17 = 2 / 3, 2 / 5, 2 / 7, 2 / 9, 2 / 11, 2 / 13, 2 / 15, 2 / 17  # series of 2 atanh

# The quantile is (u - 1/2) times a function of w = -log(4 u (1 - u)), as in Giles 2012: near the centre a polynomial
# in w, in the tails one in sqrt(w). Degree 10 each, least maximal error, fitted to the exact quantile for u > 1e-17.
TAIL = 7.0  # w where the tails begin: u below 2.3e-4
HALF = 1.0 / 3.5
C10, C9, C8, C7 = 0.000417331710794555, -0.000529139284546176, -0.00211579230299869, 0.0061322351205821
C6, C5, C4, C3 = -0.00212581457222004, -0.0235685978932416, 0.0673358039731024, -0.0583496717868238
C2, C1, C0 = -0.232737749809166, 2.32992873557755, 4.9294674731479
MIDDLE, SPREAD = 4.4228756555322954, 1.0 / 1.7771243444677047  # the tails' sqrt(w), mapped to -1 .. 1
T10, T9, T8, T7 = 0.000719205139173864, -0.00164087571929027, 0.000900200876046213, -4.55702744730745e-05
T6, T5, T4, T3 = 0.000991568391025982, -0.0025876920141477, 0.00470693180663818, -0.00755840335924297
T2, T1, T0 = 0.00385760379153676, 5.07760607426957, 12.068452919037


@compiled
def exp(x: float) -> float:
    """e to the power x, for x clipped to -40 .. 40; relative error below 5e-11, below 1e-13 for x within 15 of 0.

    >>> round(exp(1.0), 9)
    2.718281828
    """
    x = -REACH if x < -REACH else x
    x = REACH if x > REACH else x
    t = x * SQUARINGS
    y = 1.0 + t * (1.0 + t * (E2 + t * (E3 + t * (E4 + t * (E5 + t * (E6 + t * (E7 + t * E8)))))))
    y = y * y
    y = y * y
    y = y * y
    y = y * y
    y = y * y
    y = y * y
    y = y * y
    return y * y


@compiled
def logistic(x: float) -> float:
    """The share whose log-odds are x; logistic(0) is exactly 1/2.

    >>> logistic(0.0)
    0.5
    """
    return 1.0 / (1.0 + exp(-x))


@compiled
def log_block(x: Row, out: Row, scratch: Row) -> None:
    """Write the natural logarithm of each x into out; absolute error below 1e-13.

    Assumes that x is positive, finite and not denormal. `out` may be x itself; `scratch` is a third row.

    Shapes: x, out and scratch (R,), contiguous.

    >>> x, out = np.array([1.0, 2.0]), np.empty(2)
    >>> log_block(x, out, np.empty(2)); out.round(12)
    array([0.        , 0.69314718])
    """
    bits = x.view(np.int64)
    fraction = out.view(np.int64)
    exponent = scratch.view(np.int64)
    for r in range(x.shape[0]):
        word = bits[r]
        exponent[r] = (word >> FRACTION_BITS) | SHIFT_BITS
        fraction[r] = (word & FRACTION) | ONE_BITS
    for r in range(x.shape[0]):
        m = out[r]
        e = scratch[r] - SHIFT
        large = m > ROOT_TWO
        e = e + 1.0 if large else e
        m = m * 0.5 if large else m
        s = (m - 1.0) / (m + 1.0)
        q = s * s
        series = A3 + q * (A5 + q * (A7 + q * (A9 + q * (A11 + q * (A13 + q * (A15 + q * A17))))))
        out[r] = e * LOG_TWO + (2.0 * s + s * q * series)


@compiled
def normal_block(u: Row, out: Row, scratch: Row) -> None:
    """Write the standard normal quantile of each share u into out; absolute error below 1e-7.

    Odd about 1/2: the quantile of 1 - u is minus that of u. `out` must not be u; `scratch` is a third row.

    Shapes: u, out and scratch (R,), contiguous. Units: 1e-17 < u < 1.
    Source: form of Giles 2012, Approximating the erfinv function; coefficients fitted anew.

    >>> u, out = np.array([0.05, 0.5, 0.95]), np.empty(3)
    >>> normal_block(u, out, np.empty(3)); out.round(6)
    array([-1.644854,  0.      ,  1.644854])
    """
    for r in range(u.shape[0]):
        out[r] = 4.0 * (u[r] * (1.0 - u[r]))
    log_block(out, out, scratch)
    for r in range(u.shape[0]):
        w = -out[r]
        w = 0.0 if w < 0.0 else w
        t = w * HALF - 1.0
        centre = C4 + t * (C5 + t * (C6 + t * (C7 + t * (C8 + t * (C9 + t * C10)))))
        centre = C0 + t * (C1 + t * (C2 + t * (C3 + t * centre)))
        s = (np.sqrt(w) - MIDDLE) * SPREAD
        tail = T4 + s * (T5 + s * (T6 + s * (T7 + s * (T8 + s * (T9 + s * T10)))))
        tail = T0 + s * (T1 + s * (T2 + s * (T3 + s * tail)))
        out[r] = (u[r] - 0.5) * (centre if w < TAIL else tail)
