"""What a ceasefire does to a war, over shipped ranges and on twins on which it alone is changed."""

from __future__ import annotations

import re

import numpy as np
import pytest
from twins import fight, settled, twins

from ripeness.ensemble.design import Design
from ripeness.ensemble.run import run
from ripeness.scenario.read import read_scenario, read_text
from ripeness.scenario.schema import Ceasefire
from ripeness.scenario.template import template
from ripeness.study.options.policy import built_in_policies
from ripeness.war.prepare import prepare
from ripeness.world.outcome import CEASEFIRE, FROZEN

SHIPPED = ("minimal", "full", "civil", "ukraine-2023-03", "japan-1945")
KINDS = ("local", "humanitarian", "preliminary", "definitive")
NONE_BEGINS = {"truce_local": 0, "truce_humanitarian": 0, "truce_preliminary": 0, "truce_renewed": 0, "written": 0}


def shipped(name):
    """A shipped case or template."""
    return read_scenario(name) if "-" in name else read_text(template(name)).scenario


def with_ceasefire(scenario, kind="preliminary", monitored=0.0):
    """The same war with a ceasefire in force since its start."""
    ceasefire = Ceasefire.model_validate({"kind": kind, "monitored": monitored, "since": str(scenario.start)})
    return scenario.model_copy(update={"ceasefire": ceasefire})


def simulated(scenario, runs=800, **how):
    """An ensemble over shipped ranges, one parameter sample a run."""
    return run(scenario, Design(runs, 1, per_point=1, kept=runs, horizon=24), **how)


def holding(kind="preliminary", monitored=0.0, **laws):
    """Twins in a ceasefire; none begins but that of the start."""
    data = twins()
    data["ceasefire"] = {"kind": kind, "monitored": monitored, "since": data["start"]}
    data["laws"] |= NONE_BEGINS | laws
    return data


@pytest.mark.parametrize("name", SHIPPED)
def test_an_unmonitored_ceasefire_is_violated_more_often(name):
    alone, watched = (simulated(with_ceasefire(shipped(name), monitored=share)) for share in (0.0, 1.0))
    broken = [(e.album["truce"][4] == 0).sum() / np.isfinite(e.album["truce"][4]).sum() for e in (alone, watched)]
    assert broken[0] > broken[1] + 0.08


@pytest.mark.parametrize("name", SHIPPED)
def test_a_ceasefire_lowers_losses(name):
    free, holds = simulated(shipped(name)), simulated(with_ceasefire(shipped(name)))
    first, _ = (side.key for side in free.war.sides[:2])
    lost = [np.nanmean(e.album[f"{first}.fresh"][1:4]) for e in (free, holds)]
    assert lost[1] < 0.8 * lost[0]


@pytest.mark.parametrize("name", SHIPPED)
def test_both_sides_have_more_in_stock_after_a_ceasefire(name):
    free, holds = simulated(shipped(name)), simulated(with_ceasefire(shipped(name), monitored=1.0))
    for side in free.war.sides[:2]:
        stocks = [e.album[f"{side.key}.munitions"][6] for e in (free, holds)]
        both = np.isfinite(stocks[0]) & np.isfinite(stocks[1])
        assert both.sum() > 50
        assert stocks[1][both].mean() > stocks[0][both].mean()


def test_who_rearms_more_is_the_stronger_after_a_ceasefire():
    gains = []
    for kind in ("none", "definitive"):
        data = holding("definitive", truce_definitive_broken=0, truce_lasts=0)
        if kind == "none":
            del data["ceasefire"]
        data["polities"]["north"]["conduct"]["rearm"] = 0.5
        ensemble = fight(data, draws=200, kept=200)
        gains.append(np.nanmedian(ensemble.album["ratio"][12] - ensemble.album["ratio"][1]))
    assert 0.2 < gains[1] - gains[0] < 0.5


def test_rearming_carries_nothing_where_its_pathway_is_disabled():
    data = holding("definitive", truce_definitive_broken=0, truce_lasts=0)
    data["polities"]["north"]["conduct"]["rearm"] = 0.5
    with_it, without = (fight(data, draws=200, kept=200, **how) for how in ({}, {"cuts": ["rearmament->strength"]}))
    strength = [np.nanmedian(e.album["ratio"][12]) for e in (with_it, without)]
    assert strength[0] > strength[1] + 0.2


def test_a_deeper_lull_teaches_less():
    precision = []
    for lull in (0.1, 0.9):
        seen = []

        def watch(step, situation, place, seen=seen):
            if step == 6:
                seen.append(situation.belligerents()[0].precision.mean())

        fight(holding(truce_broken=0, truce_lull=lull), draws=200, watch=watch)
        precision.append(np.mean(seen))
    assert precision[0] < precision[1]


def test_settlement_comes_more_readily_from_a_ceasefire():
    data = {talks: holding(truce_broken=0, truce_talks=talks, truce_lull=1) for talks in (1, 3)}
    shares = {talks: settled(fight(wars, {"talks.misperception": 0.2})).mean() for talks, wars in data.items()}
    assert shares[3] > shares[1] + 0.05


@pytest.mark.parametrize("name", SHIPPED)
def test_settlement_comes_no_less_readily_from_one_over_shipped_ranges(name):
    scenario = shipped(name)
    free, holds = simulated(scenario, 1600), simulated(with_ceasefire(scenario, monitored=1.0), 1600)
    by_half_a_year = [(settled(e) & (e.months <= 6)).mean() for e in (free, holds)]
    assert by_half_a_year[1] >= by_half_a_year[0]


def test_who_gains_by_a_ceasefire_makes_it_break_sooner():
    broken = []
    for rearm in (0, 0.8):
        data = holding()
        data["polities"]["north"]["conduct"]["rearm"] = rearm
        broken.append((fight(data, draws=1000, kept=1000).album["truce"][3] == 0).mean())
    assert broken[1] > broken[0] + 0.05


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_holds_as_long_as_its_numbers_say(kind):
    laws = {"truce_broken": 0.2, "truce_local_broken": 2, "truce_definitive_broken": 0.5, "truce_term": 4}
    laws["truce_age"] = 240
    monthly = {"local": 0.4 + 0.25, "humanitarian": 0.4 + 0.25, "preliminary": 0.2, "definitive": 0.1}[kind]
    pages = fight(holding(kind, truce_lasts=0, settle=0, **laws), draws=4000, kept=4000).album["truce"]
    assert np.mean(pages[2][np.isfinite(pages[2])] > 0) == pytest.approx(np.exp(-2 * monthly), abs=0.03)


def test_a_ceasefire_that_has_held_is_violated_less_often():
    data = holding("preliminary", truce_lasts=0, settle=0, truce_renewed=0, truce_broken=0.2, truce_age=6)
    truces = fight(data, draws=6000, kept=6000).album["truce"]
    held = [np.mean(truces[month + 1][truces[month] > 0] > 0) for month in (0, 6)]
    assert held[0] == pytest.approx(np.exp(-0.2), abs=0.02)
    assert held[1] == pytest.approx(np.exp(-0.2 / (1 + 6 / 6)), abs=0.025)


def test_frozen_fronts_are_lasting_ceasefires_where_all_is_put_into_writing():
    scenario = shipped("minimal")
    ends = {}
    for written in (0, 1):
        laws = scenario.laws | read_text(template("minimal") + f"laws: {{written: {written}}}\n").scenario.laws
        code = run(scenario.model_copy(update={"laws": laws}), Design(1600, kept=0)).code
        ends[written] = (np.mean(code == FROZEN), np.mean(code == CEASEFIRE))
    assert ends[1][0] == 0
    assert ends[1][1] > ends[0][1] + 0.1


def test_without_their_hazards_no_ceasefire_begins():
    data = twins()
    data["laws"] |= NONE_BEGINS | {"freeze": 0.1}
    ensemble = fight(data, draws=500)
    assert not ensemble.results["truces_begun"].any()
    assert not (ensemble.code == CEASEFIRE).any()


def test_events_begin_and_break_ceasefires():
    data = twins()
    data["laws"] |= NONE_BEGINS | {"truce_definitive_broken": 0, "truce_lasts": 0, "settle": 0}
    data["events"] = {
        "stop": {"on": "2021-03-01", "ceasefire": "definitive", "monitored": 0.8},
        "go": {"on": "2021-06-01", "ceasefire": "none"},
    }
    ensemble = fight(data, draws=64, kept=64)
    in_force = np.nanmean(ensemble.album["truce"], axis=1)
    assert list(in_force[:8]) == [0, 0, 0, 4, 4, 4, 0, 0]
    lasted = ensemble.months > 6
    assert lasted.any()
    assert set(ensemble.results["truces_begun"][lasted]) == set(ensemble.results["truces_broken"][lasted]) == {1.0}


def test_a_side_has_the_option_of_a_ceasefire():
    scenario = shipped("minimal")
    war = prepare(scenario)
    policies = {policy.name: policy for policy in built_in_policies(war, scenario, war.sides[0].key, 0)}
    ensemble = simulated(scenario, 64, orders=policies["ceasefire"].orders)
    assert (ensemble.results["truces_begun"] >= 1).all()


@pytest.mark.parametrize("since", ["2019-12-31", "2021-01-02"])
def test_a_ceasefire_is_in_force_since_a_day_of_the_war(since):
    text = template("minimal")
    began = re.search(r"^began: (\S+)", text, re.MULTILINE).group(1)
    wrong = text.replace(f"began: {began}", "began: 2020-01-01")
    wrong = re.sub(r"^start: \S+", "start: 2021-01-01", wrong, flags=re.MULTILINE)
    with pytest.raises(Exception, match="the ceasefire is in force since"):
        read_text(f"{wrong}\nceasefire: {{kind: local, monitored: 0.5, since: {since}}}\n")
