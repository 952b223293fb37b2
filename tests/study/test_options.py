"""Options on the same draws: regret, ties, orders, efficient options, and one's own."""

from __future__ import annotations

import numpy as np
import pytest
from twins import twins, war

from ripeness.ensemble.design import Design
from ripeness.study.options.compare import options
from ripeness.study.options.policy import built_in_policies, read_policy, select_policies
from ripeness.war.prepare import prepare
from ripeness.world.fault import Fault

DESIGN = Design(draws=200, per_point=4, horizon=12, kept=0)
AIMS = [{"name": "hold", "principal": True, "weights": {"share": 1}}, {"name": "spare", "weights": {"deaths": 1}}]


@pytest.fixture(scope="module")
def scenario():
    data = twins()
    data["polities"]["north"]["objectives"] = AIMS[::-1]
    return war(data)


@pytest.fixture(scope="module")
def told(scenario):
    one = prepare(scenario)
    policies = (*built_in_policies(one, scenario, "north", 0), read_policy("again: effort=1", one, "north", 0))
    return options(scenario, "north", policies, DESIGN)


def test_the_best_option_has_no_regret_and_no_other_has_less(told):
    for n, judge in enumerate(told.judges):
        regrets = [one.worth[n].regret for one in told.options]
        assert min(regrets) == 0.0
        assert told.best_for(judge).worth[n].regret == 0.0


def test_the_same_option_asked_twice_brings_the_same_bits(told):
    first, again = told.option("escalate"), told.option("again")
    assert first.outcomes == again.outcomes
    assert first.worth == again.worth


def test_shares_of_being_best_sum_to_one(told):
    for n in range(len(told.judges)):
        assert sum(one.worth[n].best for one in told.options) == pytest.approx(1)


def test_continuing_beside_itself_is_exactly_nothing(told):
    for row in (*told.options[0].outcomes, *told.options[0].measures, *told.options[0].worth):
        assert row.more.mean == row.more.low == row.more.high == 0.0


def test_the_principal_aim_is_ranked_first(told):
    assert told.judges[0].key == "hold"
    assert told.judges[0].principal
    row = [told.option(name).worth[0].mean.mean for name in told.ranked]
    assert row == sorted(row, reverse=True)


def test_an_accepted_demand_makes_a_settlement_likelier_and_saves_lives(told):
    row = next(row for row in told.option("accept").outcomes if row.outcome == "settlement")
    assert row.share.p > 0.5
    assert row.more.low > 0
    lives = next(n for n, judge in enumerate(told.judges) if judge.kind == "people")
    assert told.option("accept").worth[lives].more.low > 0


def test_no_efficient_option_is_beaten_on_every_aim(told):
    rows = [n for n, judge in enumerate(told.judges) if judge.kind in {"objective", "people"}]
    aims = {one.name: np.array([one.worth[n].mean.mean for n in rows]) for one in told.options}
    for one in told.options:
        beaten = any((aims[other] >= aims[one.name]).all() and (aims[other] > aims[one.name]).any() for other in aims)
        assert one.efficient == (not beaten)


def test_an_option_from_a_later_date_leaves_the_months_before_as_they_were(scenario):
    one = prepare(scenario)
    late = read_policy("late: effort=1", one, "north", 12)
    found = options(scenario, "north", (*built_in_policies(one, scenario, "north", 12)[:1], late), DESIGN, first=12)
    assert all(row.more.mean == 0 for row in found.options[1].outcomes)


def test_an_option_that_lowers_restraint_says_that_it_touches_the_law_of_war(scenario):
    one = prepare(scenario)
    assert "law of war" in read_policy("all means: restraint=0", one, "north", 0).note
    for lowering in ("restraint<=.5", "restraint*=.5", "restraint+=-.1"):
        assert "law of war" in read_policy(f"less: {lowering}", one, "north", 0).note
    for raising in ("restraint=1", "restraint*=1.5", "restraint+=.1", "restraint>=.5", "restraint<=1"):
        assert read_policy(f"spare: {raising}", one, "north", 0).note == ""
    assert read_policy("more: effort=1", one, "north", 0).note == ""


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("no colon", "is not 'NAME"),
        ("x: efort=1", "did you mean 'effort'"),
        ("x: effort=7", "0 to 1"),
        ("x: effort is high", "is not 'issue=value'"),
        ("x: effort=high", "is not a number"),
    ],
)
def test_an_option_that_cannot_be_read_says_why(scenario, text, says):
    with pytest.raises(Fault, match=says):
        read_policy(text, prepare(scenario), "north", 0)


def test_an_unknown_polity_or_option_names_the_nearest(scenario):
    with pytest.raises(Fault, match="did you mean 'north'"):
        built_in_policies(prepare(scenario), scenario, "nort", 0)
    with pytest.raises(Fault, match="did you mean 'accept'"):
        select_policies(built_in_policies(prepare(scenario), scenario, "north", 0), ["acept"])


def test_outcomes_that_never_happen_are_named(told):
    never = {row.outcome for one in told.options for row in one.outcomes if row.share.p > 0}
    assert all((kind not in never) or whose is not None for kind, whose in told.never)
    assert told.never
