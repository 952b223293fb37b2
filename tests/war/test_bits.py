"""A run is the same bits whatever it is worked on together with, and however the ended ones are cleared away."""

from __future__ import annotations

import numpy as np
import pytest

from ripeness.scenario.input_sample import sample_inputs
from ripeness.scenario.read import read_text
from ripeness.scenario.template import template
from ripeness.war import simulate as simulation
from ripeness.war.conditions import Conditions
from ripeness.war.prepare import prepare
from ripeness.war.state import BLOCK
from ripeness.world.pathway_names import NAMES

RUNS, HORIZON = 200, 18


@pytest.fixture(scope="module")
def war():
    return prepare(read_text(template("full")).scenario, HORIZON)


def fight(war, first, last):
    draws = np.arange(first, last, dtype=np.uint64)
    return simulation.simulate(
        war, sample_inputs(war.numbers, 1, draws), draws, Conditions(1, np.ones(len(NAMES))), kept=last - first
    )


@pytest.fixture(scope="module")
def together(war):
    return fight(war, 0, RUNS)


@pytest.mark.parametrize(("first", "last"), [(0, 1), (0, 37), (37, 150), (150, RUNS)])
def test_a_run_does_not_depend_on_those_beside_it(war, together, first, last):
    part = fight(war, first, last)
    for whole, some in ((together.results, part.results), (together.album, part.album)):
        assert list(whole) == list(some)
        for name in whole:
            assert np.array_equal(whole[name][..., first:last], some[name], equal_nan=True), name


def test_runs_that_ended_keep_what_they_ended_with(war, together):
    """Whoever ends is set aside at once; simulated one by one, nobody has to give way to anybody."""
    ended = np.flatnonzero(together.results["code"] > 0)
    assert 0 < len(ended) < RUNS
    for run in ended[:5]:
        alone = fight(war, int(run), int(run) + 1)
        for name, values in together.results.items():
            assert np.array_equal(values[..., run : run + 1], alone.results[name], equal_nan=True), name


def test_several_blocks_give_what_each_gives_by_itself(war):
    both = fight(war, 0, BLOCK + 30)
    for first, last in ((0, 25), (BLOCK - 10, BLOCK + 30)):
        part = fight(war, first, last)
        for name, values in both.results.items():
            assert np.array_equal(values[..., first:last], part.results[name], equal_nan=True), name


def test_months_fought_unseen_are_the_months_that_somebody_looks_at(war, together):
    draws = np.arange(RUNS, dtype=np.uint64)
    unseen = simulation.simulate(war, sample_inputs(war.numbers, 1, draws), draws, Conditions(1, np.ones(len(NAMES))))
    for name, values in together.results.items():
        assert np.array_equal(values, unseen.results[name], equal_nan=True), name


def test_rules_called_from_outside_the_months_decide_as_those_inside_do(war, together, monkeypatch):
    monkeypatch.setattr(type(war), "compiled", False)
    again = fight(war, 0, RUNS)
    for whole, some in ((together.results, again.results), (together.album, again.album)):
        for name in whole:
            assert np.array_equal(whole[name], some[name], equal_nan=True), name


@pytest.mark.parametrize("rule", ["nash_bargaining", "challenge-scholz-table2"])
def test_a_rule_that_is_not_compiled_into_the_months_decides_each_of_them(rule):
    scenario = read_text(template("full")).scenario
    first = next(polity for polity in scenario.polities.values() if polity.role == "belligerent")
    issue = next(key for key, one in first.issues.items() if one.role == "effort")
    first.issues[issue] = first.issues[issue].model_copy(update={"rule": rule})
    changed = prepare(scenario, 6)
    draws = np.arange(64, dtype=np.uint64)
    other = simulation.simulate(
        changed, sample_inputs(changed.numbers, 1, draws), draws, Conditions(1, np.ones(len(NAMES))), kept=8
    )
    assert not changed.compiled
    assert np.nanstd(other.album[f"{changed.sides[0].key}.effort"][1]) > 0
