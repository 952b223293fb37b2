"""Flips of fitted parameters: a slope is that of the parameter alone, and leaving the likely combinations costs."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from ripeness.scenario.parameter_points import PROVENANCE, ParameterPoints
from ripeness.study.flipping import search
from ripeness.study.flipping.change import ParameterChange

PATHS = ("laws.volatility", "laws.exchange")


def points(correlation, size=4000):
    z = np.random.default_rng(1).standard_normal((2, size))
    second = correlation * z[0] + np.sqrt(1 - correlation**2) * z[1]
    values = np.exp(0.3 * np.array([z[0], second]))
    return ParameterPoints(tuple(path[5:] for path in PATHS), values, np.ones(size), dict.fromkeys(PROVENANCE, "1"))


@pytest.mark.parametrize("correlation", [0.0, 0.6, 0.95])
def test_a_fitted_parameter_moved_alone_counts_by_its_partial_spread(correlation):
    alone, other = ParameterChange(((PATHS[0], 1.0),)), ParameterChange((("laws.patience", 1.0),))
    expected = 1 / np.sqrt(1 - correlation**2)
    assert alone.size_given(points(correlation)) == pytest.approx(expected, rel=0.06)
    assert other.size_given(points(correlation)) == 1.0


def test_moved_along_with_its_companion_it_counts_less_than_against_it():
    fitted = points(0.9)
    along, against = (ParameterChange(((PATHS[0], 1.0), (PATHS[1], way))).size_given(fitted) for way in (1.0, -1.0))
    assert along == pytest.approx(np.sqrt(2 / 1.9), rel=0.05)
    assert against == pytest.approx(np.sqrt(2 / 0.1), rel=0.1)


def test_without_fitted_parameters_the_size_is_the_plain_length():
    change = ParameterChange((("a", 0.6), ("b", -0.8)))
    assert change.size_given(points(0.9)) == pytest.approx(change.size)


def test_a_parameter_that_does_nothing_is_not_blamed_for_its_companion():
    size, fitted = 4000, points(0.9)
    lead = fitted.values[0] + 0.2 * np.random.default_rng(2).standard_normal(size)
    target = SimpleNamespace(name="a", month=2, hits=lambda ensemble: lead)
    made = SimpleNamespace(
        inputs=fitted.values,
        input_names=PATHS,
        point=np.arange(size),
        war=SimpleNamespace(points=fitted, numbers=dict.fromkeys(PATHS)),
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search, "_rival", lambda *_: SimpleNamespace(hits=lambda ensemble: np.zeros(size)))
        slopes = dict(search.margin_slopes(made, target, {"a": 0.1, "b": 0.9}, (), None))
    assert slopes[PATHS[0]] > 0.2
    assert abs(slopes[PATHS[1]]) < 0.05
