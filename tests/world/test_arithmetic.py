"""The own exponential, logarithm and normal quantile against the exact ones."""

from __future__ import annotations

import hashlib
import math
import os
import subprocess
import sys
from statistics import NormalDist

import numpy as np
from hypothesis import given
from hypothesis import strategies as some

from ripeness.world.arithmetic import exp, log_block, logistic, normal_block

BITS = """
import hashlib, numpy as np
from ripeness.world.arithmetic import exp, log_block, logistic, normal_block
x = np.linspace(-45, 45, 301)
u = (np.arange(200) + .5) / 200
out, scratch, logs = np.empty(200), np.empty(200), np.empty(200)
normal_block(u, out, scratch)
log_block(u * 1e9, logs, scratch)
numbers = np.array([exp(v) for v in x] + [logistic(v) for v in x] + list(out) + list(logs))
print(hashlib.sha256(numbers.tobytes()).hexdigest())
"""


def quantiles(u: np.ndarray) -> np.ndarray:
    out = np.empty_like(u)
    normal_block(u, out, np.empty_like(u))
    return out


@given(some.floats(-40, 40))
def test_exp_agrees_with_the_exact_one(x: float) -> None:
    assert math.isclose(exp(x), math.exp(x), rel_tol=5e-11)


@given(some.floats(-15, 15))
def test_exp_of_a_moderate_number_is_good_to_thirteen_digits(x: float) -> None:
    assert math.isclose(exp(x), math.exp(x), rel_tol=1e-13)


@given(some.floats(40, 1e300))
def test_exp_is_clipped_and_never_overflows(x: float) -> None:
    assert exp(x) == exp(40.0)
    assert exp(-x) == exp(-40.0)


@given(some.floats(-40, 40))
def test_the_two_shares_of_opposite_log_odds_sum_to_one(x: float) -> None:
    assert math.isclose(logistic(x) + logistic(-x), 1.0, rel_tol=1e-12)
    assert math.isclose(logistic(x), 1 / (1 + math.exp(-x)), rel_tol=1e-10)


def test_a_missing_number_stays_missing() -> None:
    assert math.isnan(exp(math.nan))


@given(some.lists(some.floats(1e-300, 1e300), min_size=1, max_size=40))
def test_log_agrees_with_the_exact_one(numbers: list[float]) -> None:
    x = np.array(numbers)
    out = np.empty_like(x)
    log_block(x, out, np.empty_like(x))
    assert np.allclose(out, [math.log(v) for v in numbers], rtol=1e-14, atol=1e-14)


def test_log_may_write_over_its_own_input() -> None:
    x = np.linspace(0.01, 90.0, 500)
    exact = np.log(x)
    log_block(x, x, np.empty_like(x))
    assert np.abs(x - exact).max() < 1e-14


@given(some.lists(some.floats(1e-12, 1 - 1e-12), min_size=1, max_size=40))
def test_normal_quantile_agrees_with_the_exact_one(shares: list[float]) -> None:
    exact = [NormalDist().inv_cdf(u) for u in shares]
    assert np.abs(quantiles(np.array(shares)) - exact).max() < 2e-7


def test_normal_quantile_is_odd_and_rises_on_every_uniform_of_chance() -> None:
    u = (np.arange(2**14) + 0.5) / 2**14
    ends = np.array([2.0**-24, 3 * 2.0**-24, 1 - 3 * 2.0**-24, 1 - 2.0**-24])
    z = quantiles(u)
    assert np.array_equal(z, -z[::-1])
    assert np.all(np.diff(z) > 0)
    assert np.array_equal(quantiles(ends), -quantiles(1 - ends))
    assert np.abs(quantiles(ends) - [NormalDist().inv_cdf(v) for v in ends]).max() < 1e-7


def test_compiled_and_plain_python_give_the_same_bits() -> None:
    def fingerprint(switch: str) -> str:
        settings = {**os.environ, "NUMBA_DISABLE_JIT": switch}
        run = subprocess.run([sys.executable, "-c", BITS], env=settings, capture_output=True, text=True, check=True)
        return run.stdout.strip()

    assert len(fingerprint("0")) == len(hashlib.sha256().hexdigest())
    assert fingerprint("0") == fingerprint("1")
