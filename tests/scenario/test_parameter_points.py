"""Fitted parameters are drawn together: what a run meets is a point of the shipped file, as often as it weighs."""

from __future__ import annotations

import re

import numpy as np
import pytest

from ripeness.scenario import parameter_points as module
from ripeness.scenario.fingerprint import fingerprint
from ripeness.scenario.input_sample import InputSampler
from ripeness.scenario.model_parameters import default_parameters
from ripeness.scenario.number_paths import replace_numbers
from ripeness.scenario.parameter_points import (
    FILE,
    PROVENANCE,
    ParameterPoints,
    points_label,
    points_of,
    read_points,
    shipped_points,
)
from ripeness.scenario.read import read_text
from ripeness.scenario.template import template
from ripeness.world.fault import Fault

POINTS = shipped_points()
SAMPLES = np.arange(40_000, dtype=np.uint64)
SOURCE = dict.fromkeys(PROVENANCE, "5")


def points_of_values(values, weight, names=("volatility", "exchange")):
    return ParameterPoints(names, np.array(values, dtype=float), np.array(weight, dtype=float), SOURCE)


@pytest.fixture(scope="module")
def drawn():
    numbers = {path: default_parameters()[path[5:]] for path in POINTS.paths}
    return InputSampler(numbers, POINTS).at(1, SAMPLES)


def test_every_draw_is_a_point_of_the_file(drawn):
    rows = {tuple(column) for column in POINTS.values.T}
    assert {tuple(column) for column in drawn.T} <= rows


def test_draws_are_as_correlated_as_the_points(drawn):
    weight = POINTS.weight / POINTS.weight.sum()
    ranks = np.argsort(np.argsort(POINTS.values, axis=1), axis=1).astype(float)
    place = {tuple(column): n for n, column in enumerate(POINTS.values.T)}
    rank_drawn = ranks[:, [place[tuple(column)] for column in drawn.T]]
    stated = np.cov(ranks, aweights=weight)
    sd = np.sqrt(np.diag(stated))
    assert np.abs(np.corrcoef(rank_drawn) - stated / sd / sd[:, None]).max() < 4 / np.sqrt(len(SAMPLES))


def test_points_are_drawn_as_often_as_they_weigh():
    points = points_of_values([[0.1, 0.2, 0.3], [0.7, 0.8, 0.9]], [1, 2, 7])
    paths = {path: default_parameters()[path[5:]] for path in points.paths}
    drawn = InputSampler(paths, points).at(1, SAMPLES)[0]
    assert [(drawn == value).mean() for value in (0.1, 0.2, 0.3)] == pytest.approx([0.1, 0.2, 0.7], abs=0.01)


def test_the_ranges_that_are_shown_are_those_of_the_points():
    quantiles = POINTS.quantiles(np.array([0.05, 0.5, 0.95]))
    for name, row in zip(POINTS.names, quantiles, strict=True):
        number = default_parameters()[name]
        assert number.interval() == pytest.approx(tuple(row), rel=0.06), name
        assert number.kind == "derived", name


def test_the_file_read_again_is_the_same_points():
    assert read_points(POINTS.text(), FILE).digest == POINTS.digest
    assert POINTS.in_order().digest == POINTS.digest, "the shipped points lie along their first principal component"


def test_neighbours_are_alike():
    scores = POINTS.scores()
    apart = np.linalg.norm(np.diff(scores, axis=1), axis=0).mean()
    dealt = scores[:, np.random.default_rng(1).permutation(scores.shape[1])]
    assert apart < 0.97 * np.linalg.norm(np.diff(dealt, axis=1), axis=0).mean()


def test_the_centre_is_a_point_and_near_all_medians():
    centre = POINTS.centre()
    assert any((centre == column).all() for column in POINTS.values.T)
    low, high = POINTS.quantiles(np.array([0.1, 0.9])).T
    assert ((low < centre) & (centre < high)).mean() > 0.8


def test_ties_and_weights_enter_scores_by_their_mass():
    points = points_of_values([[0.1, 0.1, 0.3, 0.3], [0.7, 0.8, 0.8, 0.8]], [1, 1, 1, 1])
    assert points.scores()[0] == pytest.approx([-0.6745, -0.6745, 0.6745, 0.6745], abs=1e-4)
    assert points.correlation()[0, 1] == pytest.approx(1 / np.sqrt(3), abs=1e-9)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda text: text.replace("# seed: 5\n", ""), "do not say their seed"),
        (lambda text: text.replace("volatility", "volatile"), "not a parameter"),
        (lambda text: text.replace("\n1,0.1", "\n1,-0.1"), "it can be"),
        (lambda text: text.replace("\n1,0.1", "\n0,0.1"), "above 0"),
        (lambda text: text.replace("\n1,0.1", "\n1,nan"), "finite"),
        (lambda text: text.replace("\n1,0.1", "\n1,x"), "no points"),
        (lambda text: text.replace("\n1,0.1,0.7", "\n1,0.1"), "a cell for each parameter"),
        (lambda text: "\n".join(text.splitlines()[:6]), "there are none"),
    ],
)
def test_a_damaged_file_is_refused(change, message):
    text = points_of_values([[0.1, 0.2], [0.7, 0.8]], [1, 1]).text()
    assert read_points(text, "points.csv").names == ("volatility", "exchange")
    with pytest.raises(Fault, match=re.escape(message)):
        read_points(change(text), "points.csv")


def test_other_points_make_another_scenario_unless_it_states_all_fitted_parameters(monkeypatch):
    scenario = read_text(template("minimal")).scenario
    states_all = replace_numbers(scenario, {path: str(POINTS.centre()[n]) for n, path in enumerate(POINTS.paths)})
    before = fingerprint(scenario), fingerprint(states_all), points_label(scenario)
    moved = ParameterPoints(POINTS.names, POINTS.values[:, :-1], POINTS.weight[:-1], POINTS.provenance)
    monkeypatch.setattr(module, "shipped_points", lambda file: moved)
    module._without.cache_clear()
    try:
        assert fingerprint(scenario) != before[0]
        assert points_label(scenario) != before[2]
        assert fingerprint(states_all) == before[1]
        assert points_label(states_all) == ""
    finally:
        monkeypatch.undo()
        module._without.cache_clear()


def test_a_parameter_that_a_scenario_states_is_no_longer_among_its_points():
    first, *others = POINTS.names
    scenario = replace_numbers(read_text(template("minimal")).scenario, {f"laws.{first}": str(POINTS.centre()[0])})
    assert points_of(scenario).names == tuple(others)
