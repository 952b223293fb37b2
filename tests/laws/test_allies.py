"""Armed allies: camps, separate peace, change of camp, and who fights on after a peace."""

from __future__ import annotations

import copy
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from test_symmetry import simulate
from twins import fight, twins, war

from ripeness.ensemble.design import Design
from ripeness.ensemble.run import run
from ripeness.ensemble.single import single
from ripeness.scenario.armed_polities import armed, principals
from ripeness.scenario.read import read_text
from ripeness.scenario.schema import Scenario
from ripeness.study.dataset import histories, results
from ripeness.study.story import Fact, story
from ripeness.world.outcome import SETTLEMENT, SURRENDER_TO_SECOND
from ripeness.world.way_out import CHANGED_CAMP, FIGHTS_ON, LEFT, SEPARATE_PEACE

THREE_SIDED = Path(__file__).parent / "three_sided.yaml"
ALLY = 2  # place of the first ally
LOYAL = {"realign": 0, "separate_peace": 0}


def with_ally(share=0.5, **changes):
    """Twins of whom the first has given a share of its army and stocks of men to an ally with the same factions."""
    data = twins(**changes)
    north = data["polities"]["north"]
    ally = copy.deepcopy(north) | {"beside": "north"}
    for name in ("population", "forces", "pool", "call_up", "deaths", "deaths_so_far"):
        whole = north["resources"][name]
        north["resources"][name], ally["resources"][name] = whole * (1 - share), whole * share
    data["polities"]["march"] = ally
    return data


def loyal(**changes):
    """The same, with an ally that never leaves its camp by its own will."""
    data = with_ally(**changes)
    data["laws"] |= LOYAL
    return data


def test_principals_come_first_and_allies_by_name_whatever_the_order_of_the_file():
    data = with_ally()
    data["polities"] = {"zeta": copy.deepcopy(data["polities"]["march"]), **data["polities"]}
    scenario = Scenario.model_validate(data)
    assert principals(scenario) == ("north", "south")
    assert armed(scenario) == ("north", "south", "march", "zeta")


def test_the_order_and_the_name_of_allies_change_no_bit():
    data = with_ally()
    data["polities"]["zeta"] = copy.deepcopy(data["polities"]["march"])
    other = copy.deepcopy(data)
    keys = ["zeta", "north", "march", "south"]
    other["polities"] = {key: other["polities"][key] | {"name": f"{key} by another name"} for key in keys}
    here, there = (simulate(each, quiet=False, draws=64) for each in (data, other))
    for name in ("code", "months", "share", "deaths", "way_out", "terms_apart"):
        assert np.array_equal(here.results[name], there.results[name], equal_nan=True), name


def test_with_chance_off_an_army_split_into_principal_and_ally_moves_the_front_as_before():
    whole, split = simulate(twins(stake__held=0.4), quiet=True), simulate(loyal(stake__held=0.4), quiet=True)
    assert np.allclose(whole.album["front"], split.album["front"], atol=0.02)
    camp = split.album["north.deaths"] + split.album["march.deaths"]
    assert np.allclose(camp, whole.album["north.deaths"], rtol=0.02)


def test_losses_of_a_camp_fall_on_its_members_by_forces_times_effort():
    ensemble = simulate(loyal(share=0.25), quiet=True)
    lost = [ensemble.album[f"{key}.deaths"][-1] - ensemble.album[f"{key}.deaths"][0] for key in ("north", "march")]
    assert np.allclose(lost[1] / (lost[0] + lost[1]), 0.25, atol=0.02)


@pytest.mark.parametrize("quality", [1, 0.05])
def test_an_ally_strengthens_its_camp_however_weak_it_is(quality):
    alone, helped = twins(laws__men=0.5), with_ally(laws__men=0.5)
    helped["polities"]["march"]["resources"]["quality"] = quality
    helped["polities"]["north"] = copy.deepcopy(alone["polities"]["north"])
    helped["laws"] |= LOYAL
    here, there = simulate(alone, quiet=True), simulate(helped, quiet=True)
    assert (there.album["ratio"][1] > here.album["ratio"][1]).all()


def meek(data):
    """The ally would settle for next to nothing, its principal for the whole stake alone."""
    for faction in data["polities"]["march"]["factions"].values():
        faction["traits"] |= {"casualty_aversion": 0.01, "optimism": -3}
    for faction in data["polities"]["north"]["factions"].values():
        faction["positions"]["terms"] = 1
    return data


def test_an_ally_that_would_settle_makes_a_separate_peace_and_fights_no_more():
    ensemble = fight(meek(with_ally()), draws=400, kept=400)
    way, month = ensemble.results["way_out"][ALLY], ensemble.results["out_month"][ALLY]
    made = way == SEPARATE_PEACE
    assert made.mean() > 0.3
    assert (ensemble.results["camp"][ALLY][made] == 0).all()
    assert np.isfinite(month[made]).all()
    assert np.isnan(month[way == 0]).all()
    deaths, camp = ensemble.album["march.deaths"], ensemble.album["march.camp"]
    later = np.diff(deaths, axis=0)[camp[:-1] == 0]
    later = later[np.isfinite(later)]
    assert later.size > 0
    assert (later == 0).all()


def test_a_separate_peace_weakens_the_camp_that_is_left():
    data = meek(with_ally())
    left, stayed = fight(data, draws=400, kept=400), fight(data, {"laws.separate_peace": 0}, draws=400, kept=400)
    made = np.flatnonzero(left.results["way_out"][ALLY] == SEPARATE_PEACE)
    before, after = [], []
    for run_ in made:
        month = int(left.results["out_month"][ALLY][run_])
        ratios = left.album["ratio"][month : month + 2, run_], stayed.album["ratio"][month : month + 2, run_]
        if all(np.isfinite(row).all() and len(row) == 2 for row in ratios):
            before.append(ratios[0][0] - ratios[1][0])
            after.append(ratios[0][1] - ratios[1][1])
    assert len(after) > 20
    assert np.allclose(before, 0, atol=1e-6)
    assert (np.array(after) <= 0).all()  # numbers may weigh nothing at the end of their range
    assert np.mean(np.array(after) < 0) > 0.95


def turned(may_change):
    """The ally's factions all want to fight against its camp."""
    data = with_ally()
    data["laws"] |= {"realign": 0.3, "separate_peace": 0}
    ally = data["polities"]["march"]
    ally["issues"]["alignment"] = {"role": "alignment", "ends": ["against", "beside"], "may_change": may_change}
    for faction in ally["factions"].values():
        faction["positions"]["alignment"], faction["salience"]["alignment"] = 0.05, 1
    return data


def test_an_ally_that_decides_against_its_camp_joins_the_other_only_where_it_may():
    stays_out, joins = (fight(turned(may), draws=200).results["way_out"][ALLY] for may in (False, True))
    assert (stays_out == LEFT).mean() > 0.5
    assert not (stays_out == CHANGED_CAMP).any()
    assert (joins == CHANGED_CAMP).mean() > 0.5
    assert not (joins == LEFT).any()


def test_whoever_changes_camp_strengthens_the_other_one():
    ensemble = fight(turned(may_change=True), draws=200, kept=200)
    camp, ratio = ensemble.album["march.camp"], ensemble.album["ratio"]
    changed = np.flatnonzero((camp[1] == 1) & (camp[2] == -1) & np.isfinite(ratio[3]))
    assert len(changed) > 5
    assert (ratio[3][changed] < ratio[2][changed]).all()


def unyielding(data):
    """The ally's factions hold out for the whole stake."""
    for faction in data["polities"]["march"]["factions"].values():
        faction["traits"]["peace_cost"] = 2
    return data


def test_an_ally_that_refuses_the_terms_fights_on_and_the_peace_breaks_sooner():
    ready, firm = fight(loyal(), draws=800), fight(unyielding(loyal()), draws=800)
    renewal = []
    for ensemble, expected in ((ready, 0.0), (firm, 1.0)):
        settled = ensemble.results["code"] == SETTLEMENT
        on = ensemble.results["way_out"][ALLY][settled] == FIGHTS_ON
        assert settled.sum() > 30
        assert abs(on.mean() - expected) < 0.5
        renewal.append(ensemble.results["renewal"][settled].mean())
    assert renewal[1] > renewal[0]


def test_an_ally_that_asks_for_more_keeps_the_surrender_of_its_principal_from_ending_the_war():
    """The principal takes nothing, and its army counts as spent from the start; half of its camp is the ally's."""
    hazards = []
    for giving_up in (("north", "march"), ("north",)):
        data = loyal(polities__north__resources__call_up=0)
        data["laws"] |= {"spent": 1, "surrender": 0.2, "settle": 0}
        for key in giving_up:
            for faction in data["polities"][key]["factions"].values():
                faction["traits"] |= {"casualty_aversion": 0.01, "optimism": -3}
        ended = fight(data, draws=400).results
        hazards.append((ended["code"] == SURRENDER_TO_SECOND).sum() / ended["months"].sum())
    assert hazards[0] > 0.1
    assert hazards[1] == pytest.approx(0.5 * hazards[0], rel=0.25)


def test_who_would_fight_on_makes_the_other_principal_ask_for_more():
    ready, firm = (simulate(data, quiet=True) for data in (loyal(), unyielding(loyal())))
    assert (firm.album["south.reservation"][1] > ready.album["south.reservation"][1]).all()


@pytest.fixture(scope="module")
def three_sided():
    return read_text(THREE_SIDED.read_text()).scenario


def test_more_armed_veto_players_make_war_last_and_victory_rarer(three_sided):
    """Cunningham 2006, over the shipped ranges: an ally with the same factions holds half of the first one's army."""
    split = copy.deepcopy(three_sided.polities["crown"])
    half = split.resources.model_copy(
        update={
            name: replace(number, parameters=tuple(0.5 * value for value in number.parameters))
            for name in ("forces", "pool", "call_up", "population")
            for number in (getattr(split.resources, name),)
        }
    )
    split = split.model_copy(update={"resources": half})
    ally = three_sided.polities["march"].model_copy(update={"resources": half})
    alone = {key: three_sided.polities[key] for key in ("crown", "league")}
    more = {"crown": split, "league": alone["league"], "march": ally}
    months, settled = [], []
    for polities in (alone, more):
        ensemble = run(three_sided.model_copy(update={"polities": polities}), Design(2000, 1, kept=0))
        months.append(ensemble.results["months"])
        settled.append(ensemble.code == SETTLEMENT)
    assert months[1].mean() > months[0].mean()
    assert settled[1].mean() < settled[0].mean()


def test_a_war_of_three_with_a_separate_peace_is_told_to_its_end(three_sided):
    ensemble = run(three_sided, Design(800, 1, kept=0))
    made = np.flatnonzero((ensemble.results["way_out"][ALLY] == SEPARATE_PEACE) & (ensemble.results["months"] > 3))
    told = story(single(three_sided, int(made[0]), Design(800, 1, kept=0)))
    assert told.armed == ("crown", "league", "march")
    assert len(told.closing.deaths) == len(told.armed)
    facts = [part for part in told.parts if isinstance(part, Fact) and part.what == "ally"]
    assert [fact.polity for fact in facts] == ["march"]
    assert facts[0].after == SEPARATE_PEACE


def test_results_and_histories_have_all_belligerents(three_sided):
    ensemble = run(three_sided, Design(64, 1, kept=8))
    data, months = results(ensemble), histories(ensemble)
    assert list(data["belligerent"].values) == ["crown", "league", "march"]
    assert data["way_out"].dims == ("belligerent", "run")
    assert data["value"].dims == ("faction", "run")
    assert months["camp"].dims == ("step", "belligerent", "run")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("    beside: nobody\n", "not a belligerent that fights beside nobody"),
        ("", "exactly two belligerents that fight beside nobody"),
    ],
)
def test_an_ally_names_a_principal(line, words):
    from ripeness.world.fault import Fault

    text = THREE_SIDED.read_text().replace("    beside: crown\n", line)
    with pytest.raises(Fault, match=words):
        read_text(text)


def test_a_war_without_allies_draws_none_of_their_parameters():
    scenario = war(twins())
    names = run(scenario, Design(8, 1, kept=0)).input_names
    assert not {"laws.separate_peace", "laws.realign"} & set(names)
