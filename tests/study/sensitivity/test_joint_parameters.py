"""Parameters that are drawn jointly: one input of a design, one group, and never counted as independent."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
from twins import twins, war

from ripeness.ensemble.design import Design
from ripeness.ensemble.run import run
from ripeness.scenario.parameter_points import FITTED, PROVENANCE, ParameterPoints, shipped_points
from ripeness.study.sensitivity.salib_indices import REST, sobol_indices
from ripeness.study.sensitivity.sample_means import sample_means
from ripeness.study.sensitivity.sense import hold_sources_at_medians, sense
from ripeness.study.sensitivity.variance_shares import decorrelated, variance_shares
from ripeness.study.target import read_target
from ripeness.world.quantity import Quantity

SIZE = 4000
FIRST, SECOND, FREE, IDLE = "laws.volatility", "laws.exchange", "laws.patience", "laws.fall"


def points_on_a_line(noise=0.05):
    """Two parameters that go together: what is known is their difference."""
    draw = np.random.default_rng(1)
    first = draw.uniform(0.1, 1, 500)
    second = np.clip(first + noise * draw.standard_normal(500), 0.01, 2)
    names = tuple(path[5:] for path in (FIRST, SECOND))
    return ParameterPoints(names, np.array([first, second]), np.ones(500), dict.fromkeys(PROVENANCE, "1"))


def test_a_sobol_design_moves_fitted_parameters_together_and_gives_their_share():
    points = points_on_a_line()
    uniform = Quantity("uniform", (0.0, 1.0), 0.0, 1.0, "share")
    numbers = dict.fromkeys((FIRST, SECOND, FREE, IDLE), uniform)
    rows = {tuple(column) for column in points.values.T}

    def simulate(design, overrides):
        assert overrides.keys() == numbers.keys()
        assert set(zip(overrides[FIRST], overrides[SECOND], strict=True)) <= rows
        return SimpleNamespace(
            point=np.arange(design.draws) // design.per_point,
            outcome=np.repeat(overrides[FIRST] + overrides[SECOND] + overrides[FREE], design.per_point),
        )

    target = SimpleNamespace(hits=lambda ensemble: ensemble.outcome)
    design = Design(16, 3, per_point=2)
    found = {
        index.path: index for index in sobol_indices(numbers, (SECOND, FREE), simulate, target, 1024, design, points)
    }
    assert found.keys() == {FITTED, FREE, REST}
    together = points.values.sum(axis=0).var()
    expected = together / (together + 1 / 12)
    for part in ("first", "total"):
        assert getattr(found[FITTED], part) == pytest.approx(expected, abs=0.05)
        assert getattr(found[FREE], part) == pytest.approx(1 - expected, abs=0.05)
        assert getattr(found[REST], part) == pytest.approx(0, abs=0.02)


def test_a_sobol_design_leaves_fitted_parameters_among_all_others_where_none_leads():
    points, uniform = points_on_a_line(), Quantity("uniform", (0.0, 1.0), 0.0, 1.0, "share")

    def simulate(design, overrides):
        return SimpleNamespace(
            point=np.arange(design.draws) // design.per_point, outcome=np.repeat(overrides[FIRST], design.per_point)
        )

    numbers, target = dict.fromkeys((FIRST, FREE), uniform), SimpleNamespace(hits=lambda ensemble: ensemble.outcome)
    found = sobol_indices(numbers, (FREE,), simulate, target, 256, Design(16, 3, per_point=2), points)
    assert [index.path for index in found] == [FREE, REST] or [index.path for index in found] == [REST, FREE]


def test_scores_that_are_decorrelated_stay_near_and_lose_nothing():
    draw = np.random.default_rng(2)
    mixed = np.array([[1, 0.8, 0], [0, 0.6, 0.3], [0, 0, 0.95]]).T @ draw.standard_normal((3, SIZE))
    scores = (mixed - mixed.mean(axis=1, keepdims=True)) / mixed.std(axis=1, keepdims=True)
    apart = decorrelated(scores)
    assert apart @ apart.T / SIZE == pytest.approx(np.eye(3), abs=1e-9)
    assert all(np.corrcoef(a, b)[0, 1] > 0.8 for a, b in zip(scores, apart, strict=True))
    twice = np.array([scores[0], scores[0]])
    assert (decorrelated(twice) ** 2).sum(axis=0).var() == pytest.approx((scores[0] ** 2).var(), rel=1e-6)


def test_what_two_parameters_foretell_together_is_counted_once():
    draw = np.random.default_rng(3)
    z = draw.standard_normal((3, SIZE))
    inputs = np.array([z[0], 0.95 * z[0] + np.sqrt(1 - 0.95**2) * z[1], z[2]])
    p = np.clip(0.5 + 0.06 * (inputs[0] + inputs[1]), 0.01, 0.99)
    hits = draw.binomial(1, np.repeat(p, 8)).astype(float)
    means = sample_means(hits, np.repeat(np.arange(SIZE), 8))
    both = np.array([0, 1])
    jointly, alone = (variance_shares(inputs, means, 1, rows) for rows in (both, None))
    assert jointly.gains.gain[both].sum() / means.decided == pytest.approx(1, abs=0.12)
    assert alone.gains.gain[both].sum() / means.decided > 1.6, "as if independent, their effect is counted twice"


@pytest.fixture(scope="module")
def base():
    """A war that hangs on its front, and so on fitted parameters."""
    return run(war(twins(), {"laws.settle": 0, "laws.surrender": 0}), Design(1200, 1, horizon=24, kept=0))


def test_fitted_parameters_are_one_group_and_are_held_at_the_central_point(base):
    sensitivity = sense(base, read_target("victory:north", ["north", "south"], 24, 24))
    marked = {number.path for number in sensitivity.numbers if number.jointly}
    assert marked
    assert marked <= set(shipped_points().paths)
    for by in ("source", "kind", "grade"):
        assert sum(group.name == FITTED for group in sensitivity.by(by)) == 1
    group = next(group for group in sensitivity.by("source") if group.name == FITTED)
    assert group.numbers == len(marked)
    asked = []

    def again(medians):
        asked.append(dict(medians))
        return base

    hold_sources_at_medians(sensitivity, base, again, 0, (FITTED,))
    assert asked == [dict(zip(base.war.points.paths, base.war.points.centre().tolist(), strict=True))]
