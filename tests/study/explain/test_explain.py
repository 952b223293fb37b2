"""Steps from the base rate to a war's number."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import ripeness
from ripeness.ensemble.design import Design
from ripeness.scenario.default_scenario import default_scenario
from ripeness.scenario.one_leader import with_one_leader
from ripeness.scenario.read import read_scenario, read_text
from ripeness.scenario.template import template
from ripeness.show.explain_tables import step_table
from ripeness.study.explain import variants
from ripeness.study.explain.answer import explain_outcome
from ripeness.study.explain.arm import ConditionedArm, Duration, difference, simulate_conditioned
from ripeness.study.explain.groups import GROUPS, scenario_with_groups
from ripeness.study.explain.variants import WarVariants
from ripeness.study.record.kind_counts import kind_shares, shipped_kind_counts
from ripeness.study.target import Target

CASE = "ukraine-2023-03"
SETTLED = Target("settlement", None, 12.0, (5,))
DRAWS = 128


def explained(scenario, **settings):
    """Steps with few draws."""
    settings = {"duration": Duration(), **settings}
    return explain_outcome(scenario, Design(draws=DRAWS, horizon=12, kept=0), SETTLED, **settings)


def arm(scenario, draws=DRAWS, seed=1):
    """One arm with few draws."""
    design = Design(draws=draws, seed=seed, horizon=12, kept=0)
    return simulate_conditioned(scenario, design, month=12.0, codes=(5,), duration=Duration())


@pytest.fixture(scope="module")
def answer():
    """The steps of a shipped case."""
    return ripeness.explain(CASE, draws=DRAWS, month=12)


def test_the_steps_sum_to_the_number_exactly(answer):
    first, *others = answer.value.steps
    assert first.p + sum(step.moved.mean for step in others) == pytest.approx(others[-1].p, abs=1e-12)
    for before, step in zip(answer.value.steps, others, strict=False):
        assert step.moved.mean == pytest.approx(step.p - before.p, abs=1e-12)


def test_the_record_comes_first_then_the_model_then_the_groups(answer):
    keys = [step.key for step in answer.value.steps]
    assert keys[:4] == ["kind", "lasted", "traits", "unknown"]
    assert keys[4:11] == [group.key for group in GROUPS]


def test_a_group_put_in_first_or_last_agrees_with_the_ends_of_the_order(answer):
    power, rest = answer.value.step("power"), answer.value.step("rest")
    assert power.put_first == power.moved
    assert rest.put_last == rest.moved


def test_steps_in_one_order_alone_are_the_same_steps_from_a_third_of_the_arms(answer):
    alone = ripeness.explain(CASE, draws=DRAWS, month=12, in_order_only=True)
    for step, full in zip(alone.value.steps, answer.value.steps, strict=True):
        assert step == replace(full, put_first=None, put_last=None)
    assert 2 * alone.value.arms < answer.value.arms
    assert "last" not in [column.name for column in step_table(alone.value).columns]
    assert "last" in [column.name for column in step_table(answer.value).columns]


def test_a_war_that_states_nothing_is_moved_by_nothing():
    steps = explained(default_scenario(read_scenario(CASE))).steps
    assert all(step.moved == step.put_first == step.put_last for step in steps[1:])
    assert {step.moved.mean for step in steps[1:]} == {0.0}
    assert all(step.moved.low == step.moved.high == 0 for step in steps[1:])


def test_the_model_s_number_is_that_of_the_war_as_stated(answer):
    assert answer.value.step("rest").p == arm(read_scenario(CASE)).p


def test_arms_share_draws_so_that_their_difference_is_known_better_than_each():
    stated = read_text(template("minimal")).scenario
    before, after = (arm(scenario_with_groups(stated, groups)) for groups in (("power",), ("power", "terms")))
    moved = difference(after, before)
    apart = np.hypot(*(1.645 * np.sqrt((side.influence**2).sum()) for side in (before, after)))
    assert 0 < moved.high - moved.low < 1.4 * apart  # of independent arms: twice `apart`


def test_the_stated_error_is_the_scatter_between_seeds():
    stated = read_scenario(CASE)
    wars = [scenario_with_groups(stated, groups) for groups in ((), ("terms",))]
    moves = []
    for seed in range(8):
        before, after = (arm(war, 128, seed) for war in wars)
        moves.append(difference(after, before))
    scatter = 1.645 * np.std([move.mean for move in moves], ddof=1)
    told = np.mean([(move.high - move.low) / 2 for move in moves])
    assert 0.5 < scatter / told < 2


def test_arms_of_different_length_are_compared_by_the_number_of_the_sample():
    longer, shorter = ConditionedArm(0.5, np.array([0.1, -0.1, 0.0]), 3), ConditionedArm(0.5, np.array([0.1, -0.1]), 2)
    assert difference(longer, shorter).low == 0


def test_the_same_question_has_the_same_answer(answer):
    assert ripeness.explain(CASE, draws=DRAWS, month=12).to_json() == answer.to_json()


def test_one_leader_a_side_is_explained_as_one_leader():
    war = read_text(template("minimal")).scenario
    leaders = explained(war, one_leader=True)
    assert leaders.one_leader
    assert leaders.steps[-1].p == arm(with_one_leader(war)).p != arm(war).p


def test_evidence_is_a_step_of_its_own():
    given = ripeness.explain(CASE, draws=32, month=6, evidence=True)
    keys = [step.key for step in given.value.steps]
    assert keys.index("evidence") == keys.index("rest") + 1


def test_a_later_day_of_forecast_counts_more_months(answer):
    later = ripeness.explain(CASE, draws=32, month=6, as_of="2023-09-15")
    assert later.value.months_fought == pytest.approx(answer.value.months_fought + 6, abs=0.1)


def test_the_months_fought_can_be_left_out():
    ignored = ripeness.explain(CASE, draws=32, month=6, ignore_duration=True)
    assert ignored.value.months_fought == 0
    assert ignored.value.step("lasted").p == ignored.value.step("kind").p


def test_an_arm_in_which_no_war_lasts_is_put_in_with_the_next(monkeypatch):
    seldom = {"power", "terms"}

    def some_arms(self, groups, name):
        stands_alone = name.endswith("alone") or name.startswith("all but")
        return None if groups and groups[-1] in seldom and not stands_alone else ConditionedArm(0.5, np.zeros(1), 1)

    monkeypatch.setattr(WarVariants, "with_groups", some_arms)
    keys = [step.key for step in explained(read_scenario(CASE)).steps]
    assert keys == ["unknown", "power+costs", "terms+commitment", "patrons", "deciders", "rest"]


def test_an_arm_of_few_wars_is_said_and_not_used(monkeypatch):
    monkeypatch.setattr(variants, "simulate_conditioned", lambda *_, **__: ConditionedArm(0.5, np.zeros(1), 1, 0.1, 4))
    arms = WarVariants(
        read_scenario(CASE), Design(draws=DRAWS), SETTLED, Duration(), one_leader=False, progress=None, parts=1
    )
    assert arms.with_groups(["power"], "power alone") is None
    assert "power alone 4" in arms.warnings[0]


def test_without_a_kind_there_is_no_record(tmp_path):
    path = tmp_path / "war.yaml"
    path.write_text(f"base: {CASE}\nconflict: ~\n")
    steps = ripeness.explain(path, draws=32, month=6).value.steps
    assert {step.basis for step in steps} == {"model"}


@pytest.mark.parametrize("kind", ["interstate", "intrastate", "internationalised"])
def test_counts_by_kind_are_probabilities_and_condition_as_survival_does(kind):
    whole, rest = kind_shares(kind, 0.0, [10.0, 16.0]), kind_shares(kind, 10.0, [6.0])
    assert whole.p.sum(axis=0) == pytest.approx(1)
    assert rest.p[3, 0] == pytest.approx(whole.p[3, 1] / whole.p[3, 0])
    assert (whole.low <= whole.p).all()
    assert (whole.p <= whole.high).all()


def test_as_many_conflicts_ended_as_had_begun_and_not_gone_on():
    for counts in shipped_kind_counts().values():
        assert counts.ended.sum() <= counts.lasted[0] + counts.lasted.sum()
        assert (counts.months > 0).all()
