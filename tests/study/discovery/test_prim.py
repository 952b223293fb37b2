"""Boxes: peeling and pasting find what is there, as ema-workbench does, and admit what could be chance."""

from __future__ import annotations

import warnings
from itertools import pairwise

import numpy as np
import pytest

from ripeness.study.discovery.prim import quasi_p, trajectory, trials_at_a_point


@pytest.fixture(scope="module")
def corner():
    """Cases in one corner of two of five numbers, a few missing and a few strays."""
    rng = np.random.default_rng(5)
    inputs = rng.uniform(size=(5, 1200))
    inside = (inputs[0] > 0.6) & (inputs[2] < 0.4)
    cases = (np.where(inside, 0.92, 0.03) > rng.uniform(size=1200)).astype(float)
    return inputs, cases


def best(steps):
    return max(steps, key=lambda step: step.coverage - step.mass)


def test_the_corner_is_found_with_its_limits(corner):
    step = best(trajectory(*corner))
    assert step.box.low[0] == pytest.approx(0.6, abs=0.05)
    assert step.box.high[2] == pytest.approx(0.4, abs=0.05)
    assert step.density > 0.8
    assert step.coverage > 0.75


def test_every_peel_keeps_fewer_points_and_is_denser(corner):
    steps = trajectory(*corner)
    peels = steps[: int(np.argmin([step.points for step in steps])) + 1]
    assert all(later.points < earlier.points for earlier, later in pairwise(peels))
    assert all(later.density > earlier.density for earlier, later in pairwise(peels))


def test_what_decides_is_never_chance_and_what_does_not_mostly_is(corner):
    inputs, cases = corner
    step = best(trajectory(inputs, cases))
    assert quasi_p(step, 0, inputs, cases) < 1e-6
    assert quasi_p(step, 2, inputs, cases) < 1e-6
    idle = [row for row in step.box.restricted if row not in {0, 2}]
    assert all(quasi_p(step, int(row), inputs, cases) > 0.05 for row in idle)


def test_quasi_p_is_the_binomial_tail_of_bryant_and_lempert(corner):
    from scipy.stats import binomtest

    inputs, cases = corner
    step = best(trajectory(inputs, cases))
    free = step.box.with_limit(0, 0, -np.inf).with_limit(0, 1, np.inf).holds(inputs)
    hits = round(step.density * step.points)
    known = binomtest(hits, step.points, cases[free].mean(), alternative="greater").pvalue
    assert quasi_p(step, 0, inputs, cases) == pytest.approx(known, rel=1e-6)


def test_a_point_of_several_runs_counts_for_more_than_one_trial():
    rng = np.random.default_rng(1)
    assert trials_at_a_point((rng.uniform(size=4000) < 0.3).astype(float)) == pytest.approx(1, abs=0.01)
    assert trials_at_a_point(rng.binomial(8, 0.3, size=4000) / 8) == pytest.approx(8, rel=0.1)


def test_equal_values_are_peeled_together():
    inputs = np.array([np.repeat([0.0, 1.0], 200)])
    step = trajectory(inputs, inputs[0].copy())[-1]
    assert step.points == 200
    assert step.density == 1


def test_boxes_agree_with_ema_workbench(corner):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        prim = pytest.importorskip("ema_workbench.analysis.prim")
    import pandas as pd

    inputs, cases = corner
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        names = list("abcde")
        theirs = prim.Prim(pd.DataFrame(inputs.T, columns=names), cases.astype(bool), threshold=0.5).find_box()
    path = theirs.peeling_trajectory
    own = trajectory(inputs, cases)
    for mass in (0.6, 0.4, 0.25, 0.16):
        near = path.iloc[(path.mass - mass).abs().argmin()]
        mine = min(own, key=lambda step: abs(step.mass - near.mass))
        assert mine.coverage == pytest.approx(near.coverage, abs=0.04)
        assert mine.density == pytest.approx(near.density, abs=0.04)
    at = int((path.coverage - path.mass).argmax())
    limits, step = theirs.box_lims[at], best(own)
    assert step.box.low[0] == pytest.approx(limits["a"][0], abs=0.03)
    assert step.box.high[2] == pytest.approx(limits["c"][1], abs=0.03)
