"""Mediators, power-sharing and disarmament over shipped ranges: in both templates of states and in the civil one.

Every number is drawn as in a run; the arms of a comparison share parameter samples and random draws. A mediator here
works at full effort and arrives in full, so that what is compared is what it brings.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from ripeness.ensemble.design import Design
from ripeness.ensemble.run import run
from ripeness.scenario.read import read_text
from ripeness.scenario.template import template
from ripeness.scenario.yaml_tree import tree_of
from ripeness.store.json_text import json_text
from ripeness.world.outcome import ENDS, SETTLEMENT

WARS = ("minimal", "full", "civil")
DESIGN = Design(8_000, per_point=4, kept=0)
SURE = 2.0  # standard errors of a mean of paired differences, by parameter sample, that chance does not cross


def mediator(effort=1, aid=None, **brings):
    """A patron of one faction that decides how hard it works for a peace; `aid` goes to one side."""
    faction = {
        "archetype": "leader",
        "power": 1,
        "leads": True,
        "positions": {"peace": effort},
        "responds": {"peace": {"weariness": 0}},
    }
    patron = {
        "role": "patron",
        "reliability": 1,
        "mediator": {"information": 0, "cost": 0} | brings,
        "issues": {"peace": {"role": "mediation", "ends": ["stays out", "does all it can"]}},
        "factions": {"office": faction},
    }
    if aid is not None:
        patron |= {"aid_capacity": 0}  # that it leans to a side counts, not what it sends
        patron["issues"]["arms"] = {"role": "aid", "toward": aid, "ends": ["none", "all"]}
        faction["positions"]["arms"] = 1
    return patron


@cache
def stated(war):
    """The template, and its two sides."""
    text = template(war)
    scenario = tree_of(text, war).plain()
    return text, tuple(key for key, polity in scenario["polities"].items() if polity["role"] == "belligerent")


def results(war, *patrons, **talks):
    """Results of the template's war with more patrons, and with more said of its talks."""
    text, _ = stated(war)
    scenario = tree_of(text, war).plain()
    scenario["polities"] |= {f"mediator{n}": patron for n, patron in enumerate(patrons)}
    scenario["talks"] = scenario.get("talks", {}) | talks
    return run(read_text(json_text(scenario)).scenario, DESIGN).results


def longer(after, before, name="months"):
    """Mean difference of a result, and its standard error by parameter sample."""
    difference = (after[name] - before[name]).reshape(-1, DESIGN.per_point).mean(axis=1)
    return difference.mean(), difference.std() / np.sqrt(difference.size)


def is_shorter(after, before):
    mean, error = longer(after, before)
    return mean < -SURE * error


def renewal(found):
    """Mean yearly hazard of renewed war after a settlement."""
    return found["renewal"][found["code"] == SETTLEMENT].mean()


@pytest.mark.parametrize("war", WARS)
def test_a_mediator_who_stays_out_changes_nothing_to_the_last_bit(war):
    sides = stated(war)[1]
    offers = {"guarantee": 1, "monitoring": 1, "payments": {sides[0]: 0.1}, "penalties": {sides[1]: 0.01}}
    without, out = results(war), results(war, mediator(0, **offers | {"information": 1}))
    for name, values in without.items():
        assert np.array_equal(values, out[name], equal_nan=True), name


@pytest.mark.parametrize("war", WARS)
def test_walter_a_guarantor_shortens_and_makes_peace_last(war):
    bare, bound = results(war, mediator()), results(war, mediator(guarantee=1, monitoring=1))
    assert is_shorter(bound, bare)
    assert renewal(bound) < 0.8 * renewal(bare)


@pytest.mark.parametrize("war", WARS)
def test_a_guarantee_alone_shortens(war):
    assert is_shorter(results(war, mediator(guarantee=1)), results(war, mediator()))


@pytest.mark.parametrize("war", WARS)
def test_who_mediates_shortens_by_being_there_and_by_what_it_presses(war):
    sides, bare = stated(war)[1], results(war, mediator())
    assert is_shorter(bare, results(war))
    assert is_shorter(results(war, mediator(penalties=dict.fromkeys(sides, 0.005))), bare)


@pytest.mark.parametrize("war", WARS)
def test_what_a_mediator_tells_shortens_a_war_between_states(war):
    """Kydd 2006. In the civil template it makes no difference that could be told from none."""
    told, bare = results(war, mediator(information=1)), results(war, mediator())
    mean, error = longer(told, bare)
    assert mean < (SURE if war == "civil" else -SURE) * error


@pytest.mark.parametrize("war", WARS)
def test_payments_for_a_peace_make_settlements_likelier(war):
    """They shorten less surely: of the line that is held nobody is paid, so that fewer wars freeze."""
    bare, paid = results(war, mediator()), results(war, mediator(payments=dict.fromkeys(stated(war)[1], 0.05)))
    assert (paid["code"] == SETTLEMENT).mean() > (bare["code"] == SETTLEMENT).mean() + 0.02
    mean, error = longer(paid, bare)
    assert mean < SURE * error


@pytest.mark.parametrize("war", WARS)
def test_fortna_fewer_ceasefires_are_violated_and_fewer_wars_renewed_where_somebody_watches(war):
    bare, watched = results(war, mediator()), results(war, mediator(monitoring=1))
    broken = [found["truces_broken"].sum() / found["truces_begun"].sum() for found in (bare, watched)]
    assert broken[1] < 0.95 * broken[0]
    assert renewal(watched) < 0.7 * renewal(bare)


@pytest.mark.parametrize("war", WARS)
def test_two_mediators_help_more_than_one_and_rivals_of_different_sides_no_more_than_one(war):
    first, second = stated(war)[1]
    brings = {"information": 0.5, "guarantee": 0.5}
    one = results(war, mediator(aid=first, **brings))
    both = results(war, mediator(aid=first, **brings), mediator(aid=first, **brings))
    rivals = results(war, mediator(aid=first, **brings), mediator(aid=second, **brings))
    assert longer(both, one)[0] < 0
    mean, error = longer(rivals, one)
    assert mean > SURE * error


def test_walter_a_movement_that_would_disarm_fights_longer_unless_peace_is_guaranteed():
    for guarantee, lengthens in ((0, True), (1, False)):
        armed, disarmed = (results("civil", guarantee=guarantee, disarmament=share) for share in (0, 1))
        mean, error = longer(disarmed, armed)
        assert (mean > SURE * error) == lengthens
        assert not is_shorter(disarmed, armed) or guarantee
    assert renewal(disarmed) < 0.9 * renewal(armed)


@pytest.mark.parametrize("dimension", ["political", "military", "territorial"])
def test_hartzell_and_hoddie_peace_that_shares_power_in_one_dimension_more_lasts_longer(dimension):
    others = dict.fromkeys({"political", "military", "territorial"} - {dimension}, 0)
    alone, shared = (results("civil", guarantee=0.5, power_sharing=others | {dimension: share}) for share in (0, 1))
    assert renewal(shared) < 0.9 * renewal(alone)


def test_offices_and_one_army_shorten():
    bare = results("civil", guarantee=0)
    assert is_shorter(results("civil", guarantee=0, power_sharing={"political": 1}), bare)
    assert longer(results("civil", guarantee=0, power_sharing={"military": 1}), bare)[0] < 0


def test_autonomy_makes_an_indivisible_stake_divisible():
    text, _ = stated("civil")
    settled = []
    for share in (0, 1):
        scenario = tree_of(text, "civil").plain()
        scenario["stake"]["allowed"] = [0.3, 1.0]
        scenario["talks"] = {"power_sharing": {"territorial": share}}
        found = run(read_text(json_text(scenario)).scenario, DESIGN).results
        settled.append((found["code"] == SETTLEMENT).sum())
    assert settled[1] > settled[0]


def test_offices_bring_more_settlements_and_no_more_victories():
    """What a side would sign for offices it does not give up without them."""
    victories = [end.code for end in ENDS if end.outcome == "victory"]
    bare, offices = results("civil", guarantee=0), results("civil", guarantee=0, power_sharing={"political": 1})
    for codes, sign in ((victories, -1), ([SETTLEMENT], 1)):
        shares = [{"ends": np.isin(found["code"], codes).astype(float)} for found in (offices, bare)]
        mean, error = longer(*shares, "ends")
        assert sign * mean > -error
    assert mean > SURE * error
