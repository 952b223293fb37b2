"""Levers of mechanisms: what they move, at which samples, and that signs are not made by chance."""

from __future__ import annotations

import numpy as np
import pytest

from ripeness.ensemble.design import Design
from ripeness.ensemble.run import run
from ripeness.ensemble.stated import as_stated
from ripeness.scenario.number_paths import replace_numbers
from ripeness.scenario.read import read_scenario, read_text
from ripeness.scenario.template import template
from ripeness.study.mechanisms import faction_levers, war_levers
from ripeness.study.mechanisms.answer import measure_mechanisms
from ripeness.study.mechanisms.catalogue import MECHANISMS
from ripeness.study.mechanisms.lever import Lever, LeverArm, NumberMove, lever_context
from ripeness.study.mechanisms.measure import LeverRuns
from ripeness.study.mechanisms.samples import CHANCE, sample_signs

DESIGN = Design(draws=256, per_point=32, horizon=12, kept=0)


@pytest.fixture(scope="module")
def first_war():
    """The first template."""
    return read_text(template("minimal")).scenario


@pytest.fixture(scope="module")
def measured(first_war):
    """All mechanisms of the first template."""
    return measure_mechanisms(first_war, DESIGN)


def test_the_catalogue_names_27_mechanisms_each_with_levers_or_a_verb():
    assert [mechanism.id for mechanism in MECHANISMS] == [f"M{n}" for n in range(1, 28)]
    assert all(bool(mechanism.levers) != bool(mechanism.verb) for mechanism in MECHANISMS)


def test_every_mechanism_has_a_row_and_those_without_a_number_say_why(measured):
    assert [row.id for row in measured.mechanisms] == [mechanism.id for mechanism in MECHANISMS]
    assert {row.kind for row in measured.mechanisms} == {"lever", "output", "absent"}
    assert all(row.months is not None for row in measured.mechanisms if row.kind == "lever")
    assert all(row.moved for row in measured.mechanisms)


def test_a_war_without_patrons_or_rents_says_so(measured):
    reasons = {row.id: row.moved for row in measured.mechanisms if row.kind == "absent"}
    assert reasons["M20"] == reasons["M21"] == "no patron sends arms"
    assert "rent" in reasons["M6"]


def test_outcomes_of_a_lever_add_up_to_nothing(measured):
    for row in measured.levers:
        if row.kind == "lever":
            moved = row.settlement + row.frozen + row.victory + row.collapse + row.fighting
            assert moved == pytest.approx(0, abs=1e-9)


def test_shares_right_and_wrong_are_those_longer_and_shorter(measured):
    for row in measured.levers:
        if row.expected == "longer":
            assert (row.right, row.wrong) == (row.longer, row.shorter)
        elif row.expected == "shorter":
            assert (row.right, row.wrong) == (row.shorter, row.longer)
        elif row.kind == "lever" and row.expected is None:
            assert row.right is None
            assert row.wrong is None


def test_a_number_is_moved_to_the_same_bits_as_by_a_what_if(first_war):
    arm = LeverRuns(first_war, DESIGN).arm(LeverArm((NumberMove("talks.guarantee", "set", 0.5),)))
    changed = replace_numbers(first_war, {"talks.guarantee": 0.5})
    other = run(changed, DESIGN, stated=as_stated(first_war, DESIGN))
    assert np.array_equal(arm.code, other.code)
    assert np.array_equal(arm.months, other.months)


def test_a_lever_that_moves_nothing_is_idle(first_war):
    effect = LeverRuns(first_war, DESIGN).effect(
        Lever("nothing", LeverArm((NumberMove("laws.leak", "scale", 1.0),)), 1)
    )
    assert effect.idle
    assert (effect.right, effect.wrong, effect.months.mean) == (0.0, 0.0, 0.0)


def test_the_losing_leader_is_moved_only_where_the_front_moves_against_him(first_war):
    context = lever_context(first_war, DESIGN)
    lever = faction_levers.punishment_of_losing_leader(context)
    first, second = lever.after.moves
    assert np.array_equal(first.among, context.advantage < -context.deadlock)
    assert np.array_equal(second.among, context.advantage > context.deadlock)
    drawn = np.full(DESIGN.points, 0.3)
    assert set(first.applied(drawn, 0, 100)[first.among]) <= {1.0}
    assert set(first.applied(drawn, 0, 100)[~first.among]) <= {0.3}


def test_with_one_leader_each_nobody_else_can_decide():
    from ripeness.scenario.one_leader import with_one_leader

    context = lever_context(with_one_leader(read_scenario("japan-1945")), DESIGN)
    assert "one person" in faction_levers.rival_factions(context)
    assert "one person" in faction_levers.quota_for_terms(context)
    assert isinstance(war_levers.guarantee(context), Lever)


def test_chance_takes_a_sample_that_does_not_move_for_longer_about_as_often_as_is_said():
    draws = np.random.default_rng(1).normal(size=(2, 4000 * 16))
    signs = sample_signs(draws[0], draws[1], 16)
    spread = 4 * np.sqrt(CHANCE / 4000)
    assert signs.longer == pytest.approx(CHANCE, abs=spread)
    assert signs.shorter == pytest.approx(CHANCE, abs=spread)


def test_a_sample_with_one_run_has_no_sign_and_a_last_one_with_fewer_is_left_out():
    assert len(sample_signs([1.0, 2.0], [0.0, 0.0], 1).direction) == 0
    assert len(sample_signs(np.ones(10), np.zeros(10), 4).direction) == 2


def test_weighted_runs_count_by_their_weights(first_war):
    """A run that counts twice is as good as two runs; one that does not count is as good as none."""
    after, before = np.array([5.0, 6.0, 9.0, 2.0]), np.array([4.0, 4.0, 4.0, 4.0])
    assert sample_signs(after, before, 4).direction.tolist() == [0]
    assert sample_signs(after, before, 4, [1, 1, 1, 1]).direction.tolist() == [0]
    assert sample_signs([5.0, 6.0, 5.0, -90.0], before, 4, [1, 1, 1, 0]).direction.tolist() == [1]
    weights = np.linspace(0, 2, DESIGN.draws)
    runs = LeverRuns(first_war, DESIGN, weights=weights)
    lever = Lever("guarantee", LeverArm((NumberMove("talks.guarantee", "set", 0.9),)))
    months = runs.arm(lever.after).months - runs.base().months
    assert runs.effect(lever).months.mean == pytest.approx((months * weights).sum() / weights.sum())
