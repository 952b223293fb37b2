"""Choices between courses: a run follows the leader or the pivot, as often as the leader share says."""

from __future__ import annotations

import numpy as np
import pytest
import yaml

from ripeness.decision.rule import FOLLOWS
from ripeness.ensemble.design import Design
from ripeness.ensemble.run import run
from ripeness.scenario.read import read_text
from ripeness.scenario.template import template
from ripeness.war.agenda import rule_of
from ripeness.war.conditions import Conditions
from ripeness.war.opening import open_war
from ripeness.war.prepare import prepare
from ripeness.war.simulate import simulate
from ripeness.world.fault import Fault
from ripeness.world.pathway_names import NAMES

RUNS = 2000
CHOICE = {"ends": ["stay", "go"], "choice": True}


def full():
    """The full template as plain data, without its events."""
    data = yaml.safe_load(template("full"))
    data.pop("events", None)
    return data


def valley(share, **issues):
    """The full template, its northern leader for going and all others for staying."""
    data = full()
    north = data["polities"]["north"]
    north["issues"] |= {"dam": CHOICE} | issues
    north["conduct"]["leader_share"] = share
    for faction in north["factions"].values():
        faction["power"] = 0.1 if faction.get("leads") else 0.45  # so that the leader never becomes the pivot
        faction.setdefault("positions", {})["dam"] = 0.9 if faction.get("leads") else 0.1
        faction.setdefault("salience", {})["dam"] = 0.5
    return read_text(yaml.safe_dump(data)).scenario


def decided(scenario, seed=1):
    """What the north decides on its dam at the start. Shapes: (RUNS,)."""
    war = prepare(scenario)
    side = war.sides[war.side("north")]
    drawn = np.repeat(war.central()[:, None], 1, axis=1)
    ids = np.arange(RUNS, dtype=np.uint64)
    situation = open_war(war, drawn, ids, np.ones(len(NAMES)), point=np.zeros(RUNS, dtype=np.intp), seed=seed)
    return situation.sides[war.side("north")].decided[side.issue_keys.index("dam")].copy()


@pytest.mark.parametrize("share", [0.2, 0.7])
def test_choices_follow_the_leader_as_often_as_the_leader_share_says(share):
    outcome = decided(valley(share))
    assert set(outcome.round(9)) == {0.1, 0.9}
    assert (outcome > 0.5).mean() == pytest.approx(share, abs=0.03)


def test_another_seed_draws_anew_and_the_same_seed_the_same():
    scenario = valley(0.5)
    assert np.array_equal(decided(scenario, 3), decided(scenario, 3))
    assert not np.array_equal(decided(scenario, 3), decided(scenario, 4))


def test_without_chance_a_choice_follows_whom_it_is_likelier_to_follow():
    assert set(decided(valley(0.4), None).round(9)) == {0.1}
    assert set(decided(valley(0.6), None).round(9)) == {0.9}


def test_a_run_follows_the_same_one_in_all_its_months():
    history = {}

    def watch(number, situation, place):
        side, polity = war.sides[war.side("north")], situation.sides[war.side("north")]
        issue = side.issue_keys.index("dam")
        for n, run_id in enumerate(place):
            history.setdefault(int(run_id), set()).add(bool(polity.settings[FOLLOWS, n]))
            where = polity.position[issue, side.leader, n] if polity.settings[FOLLOWS, n] else 0.1
            assert polity.decided[issue, n] == pytest.approx(where)

    war = prepare(valley(0.5))
    ids, points = np.arange(64, dtype=np.uint64), np.zeros(64, dtype=np.intp)
    simulate(war, war.central()[:, None], ids, Conditions(2, np.ones(len(NAMES))), watch=watch, point=points)
    assert {len(values) for values in history.values()} == {1}
    assert len({next(iter(values)) for values in history.values()}) == 2


def test_a_choice_has_the_rule_for_choices_and_other_issues_keep_theirs():
    issues = valley(0.5).polities["north"].issues
    rules = {key: rule_of(issue) for key, issue in issues.items()}
    assert rules["dam"] == "pivot_or_leader"
    assert rules["terms"] == "quota"
    assert rules["effort"] == "weighted_mean"
    assert rule_of(issues["dam"].model_copy(update={"rule": "weighted_mean"})) == "weighted_mean"


def test_terms_of_peace_cannot_be_a_choice():
    data = full()
    terms = next(i for i in data["polities"]["north"]["issues"].values() if i.get("role") == "terms")
    terms["choice"] = True
    with pytest.raises(Fault, match="terms of peace are settled by degrees"):
        read_text(yaml.safe_dump(data))


def test_an_issue_that_is_no_choice_does_not_read_the_leader_share():
    plain = Design(draws=64, per_point=1, kept=0, horizon=12)
    data = full()
    results = []
    for share in (0.05, 0.95):
        data["polities"]["north"]["conduct"]["leader_share"] = share
        results.append(run(read_text(yaml.safe_dump(data)).scenario, plain).results)
    for name, values in results[0].items():
        assert np.array_equal(values, results[1][name], equal_nan=True), name


def test_the_setting_is_a_row_of_its_own():
    assert FOLLOWS == 6
