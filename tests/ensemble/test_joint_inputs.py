"""A parameter sample takes all fitted parameters from one point; a parameter that is set leaves the others there."""

from __future__ import annotations

import numpy as np
import pytest

from ripeness.ensemble.design import Design
from ripeness.ensemble.inputs import InputMatrix, inputs_of
from ripeness.scenario.number_paths import replace_numbers
from ripeness.scenario.parameter_points import shipped_points
from ripeness.scenario.read import read_scenario
from ripeness.war.prepare import prepare

POINTS = shipped_points()
DESIGN = Design(draws=2400, seed=3, horizon=2, chunk=56)
SAMPLES = np.arange(DESIGN.points, dtype=np.uint64)
FIRST, *OTHERS = POINTS.paths


@pytest.fixture(scope="module")
def scenario():
    return read_scenario("japan-1945")


def fitted(scenario, overrides=None, paths=POINTS.paths):
    war = prepare(scenario, DESIGN.horizon)
    return inputs_of(war, DESIGN.seed, overrides).at(SAMPLES)[[war.row[path] for path in paths]]


def test_a_sample_has_a_point_of_the_file(scenario):
    rows = {tuple(column) for column in POINTS.values.T}
    assert {tuple(column) for column in fitted(scenario).T} <= rows


def test_a_parameter_that_the_scenario_states_takes_its_own_number_and_the_others_stay(scenario):
    middle = float(POINTS.quantiles(np.array([0.5]))[0, 0])
    stated = replace_numbers(scenario, {FIRST: f"{0.9 * middle} to {1.1 * middle}"})
    own = fitted(stated, paths=(FIRST,))[0]
    assert len(np.unique(own)) > 0.9 * len(SAMPLES)
    assert np.mean((own > 0.9 * middle) & (own < 1.1 * middle)) == pytest.approx(0.9, abs=0.06)
    assert np.array_equal(fitted(stated, paths=OTHERS), fitted(scenario, paths=OTHERS))


def test_a_parameter_that_a_study_sets_takes_its_number_and_the_others_stay(scenario):
    by_sample = np.linspace(*POINTS.quantiles(np.array([0.1, 0.9]))[0], len(SAMPLES))
    overrides = {FIRST: by_sample}
    assert np.array_equal(fitted(scenario, overrides, (FIRST,))[0], by_sample)
    assert np.array_equal(fitted(scenario, overrides, OTHERS), fitted(scenario, paths=OTHERS))


def test_every_other_number_is_drawn_as_without_points(scenario):
    """A key of its own: the fitted parameters' draw moves no draw of another number."""
    states_all = replace_numbers(scenario, {path: str(POINTS.centre()[n]) for n, path in enumerate(POINTS.paths)})
    war, other = prepare(scenario, 1), prepare(states_all, 1)
    values, without = (inputs_of(one, DESIGN.seed).at(SAMPLES) for one in (war, other))
    rows = [war.row[path] for path in war.numbers if path not in POINTS.paths]
    assert np.array_equal(values[rows], without[[other.row[path] for path in war.numbers if path not in POINTS.paths]])


def test_one_fitted_parameter_asked_for_alone_is_that_of_the_whole(scenario):
    inputs = inputs_of(prepare(scenario, DESIGN.horizon), DESIGN.seed)
    matrix = InputMatrix(inputs, DESIGN.points)
    every = np.asarray(matrix)
    for path in POINTS.paths:
        row = inputs.names.index(path)
        assert np.array_equal(matrix[row], every[row]), path
        assert np.array_equal(matrix[row, 40:50], every[row, 40:50]), path


def test_chunks_of_any_size_take_the_same_points(scenario):
    inputs = inputs_of(prepare(scenario, DESIGN.horizon), DESIGN.seed)
    whole = inputs.at(SAMPLES)
    for chunk in (16, 56, 1024):
        spans = Design(draws=2400, seed=3, horizon=2, chunk=chunk).spans()
        parts = {int(point): column for span in spans for point, column in _columns(inputs, span.points())}
        assert np.array_equal(np.stack([parts[n] for n in range(len(SAMPLES))], axis=1), whole)


def _columns(inputs, points):
    return zip(points, inputs.at(points).T, strict=True)


def test_the_centre_of_a_war_has_the_central_point(scenario):
    war = prepare(scenario, 1)
    central = war.central()
    assert central[[war.row[path] for path in POINTS.paths]].tolist() == POINTS.centre().tolist()
    assert central[war.row["laws.patience"]] == war.numbers["laws.patience"].centre
