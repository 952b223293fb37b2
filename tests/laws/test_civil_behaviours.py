"""What the field says of wars inside a state, over the shipped ranges of the civil template and of the shipped cases.

No number is tuned: a lever sets what it names, every other number is drawn as in a run, and both arms take the same
parameter samples and random draws. In the civil template signs are strong: more samples move as the theory says than
the opposite way, and the mean by more than its error. In the cases, where fewer things are left open, most samples
cannot be told from no change, and neither samples nor mean may move the other way by more than chance. The laws of each
part stand in test_movements.py, test_ceasefires.py and test_mediators.py.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from ripeness.ensemble.design import Design
from ripeness.ensemble.run import run
from ripeness.scenario.read import read_scenario, read_text
from ripeness.scenario.template import template
from ripeness.study.mechanisms import civil_levers as civil
from ripeness.study.mechanisms import peace_levers as peace
from ripeness.study.mechanisms import war_levers as between
from ripeness.study.mechanisms.lever import LONGER, SHORTER, Lever, lever_context
from ripeness.study.mechanisms.measure import LeverRuns, lever_effect
from ripeness.study.weighted_statistics import estimate_mean
from ripeness.world.outcome import CEASEFIRE, ENDS, FROZEN, SETTLEMENT

SAMPLES, REPLICATIONS = 192, 32
CHANCE = 3.0  # standard errors of a share over the samples that chance does not cross
CASES = ("tigray-2022-08/public", "colombia-2012-08/public")
WARS = ("civil", *(pytest.param(case, marks=pytest.mark.slow) for case in CASES))
VICTORIES = tuple(end.code for end in ENDS if end.outcome == "victory")
AGREED = (SETTLEMENT, CEASEFIRE, FROZEN)
THIRD = """
  league:
    role: belligerent
    beside: front
    kind: movement
    organisation: unified
    factions:
      chiefs: {archetype: political_leadership, power: 0.5 to 0.6, leads: true}
      fighters: {archetype: commanders, power: 0.4 to 0.5}
"""


def civil_text(organisation="coalition", extra=""):
    """The civil template, its movement otherwise organised, or with another polity."""
    text = template("civil").replace("organisation: coalition", f"organisation: {organisation}")
    return text.replace("# Next:", f"{extra}# Next:", 1) if extra else text


def design():
    return Design(SAMPLES * REPLICATIONS, per_point=REPLICATIONS, kept=0)


@cache
def war_of(name):
    """A war as stated, and what its levers read of it."""
    scenario = read_text(template(name)).scenario if name == "civil" else read_scenario(*name.split("/"))
    return LeverRuns(scenario, design()), lever_context(scenario, design())


@cache
def simulated(organisation="coalition", extra=""):
    return run(read_text(civil_text(organisation, extra)).scenario, design())


def moved(name, build):
    """What a lever of the catalogue does in a war; skipped where the war has nothing that it could move."""
    runs, context = war_of(name)
    lever = build(context)
    if not isinstance(lever, Lever):
        pytest.skip(lever)
    return runs.effect(lever), lever, runs


def assert_sign(effect, expected, *, strong=True):
    """Strong: more samples move as expected than not, and the mean by more than its error. Else neither may move the
    other way by more than chance.
    """
    right, wrong = effect.signs.along(expected)
    low, high = sorted((expected * effect.months.low, expected * effect.months.high))
    if strong:
        assert right > wrong
        assert low > 0
    else:
        assert wrong <= right + CHANCE * np.sqrt(max(wrong * (1 - wrong), 1 / SAMPLES) / SAMPLES)
        assert high >= 0


def assert_renews(after, before, expected):
    """Among runs that end by the same agreed end either way, peace is more (1) or less (-1) likely to break."""
    among = (after.code == before.code) & np.isin(before.code, AGREED)
    assert among.sum() > SAMPLES
    gap = after.results["renewal"][among] - before.results["renewal"][among]
    change = estimate_mean(expected * gap, after.point[among], np.ones(among.sum()))
    assert change.low > 0


def test_more_armed_veto_players_make_a_war_longer_and_victories_fewer():
    """Cunningham 2006; the movement's side has a second army that decides for itself."""
    two, three = simulated(), simulated(extra=THIRD)
    assert_sign(lever_effect(three, two), LONGER, strong=False)
    won = [np.isin(ensemble.code, VICTORIES).astype(float) for ensemble in (two, three)]
    assert estimate_mean(won[0] - won[1], two.point, np.ones(len(won[0]))).low > 0


@pytest.mark.parametrize("name", WARS)
def test_a_guarantor_shortens_a_war(name):
    """Walter 2002."""
    effect, _, _ = moved(name, between.guarantee)
    assert_sign(effect, SHORTER, strong=name == "civil")


@pytest.mark.parametrize("name", WARS)
def test_a_guarantor_makes_peace_last(name):
    """Walter 2002; Fortna 2008."""
    _, lever, runs = moved(name, between.guarantee)
    assert_renews(runs.arm(lever.after), runs.arm(lever.before), -1)


@pytest.mark.parametrize("name", WARS)
def test_a_movement_whose_leavers_fight_on_fights_longer(name):
    """Cunningham, Bakke and Seymour 2012."""
    effect, _, _ = moved(name, civil.leavers_fight_on)
    assert_sign(effect, LONGER, strong=name == "civil")


@pytest.mark.parametrize("name", WARS)
def test_a_movement_whose_leavers_fight_on_goes_back_to_war_more_often(name):
    """Rudloff and Findley 2016."""
    _, lever, runs = moved(name, civil.leavers_fight_on)
    assert_renews(runs.arm(lever.after), runs.arm(lever.before), 1)


def test_a_fragmented_movement_fights_longer_than_a_unified_one():
    """Cunningham 2006; Bakke, Cunningham and Seymour 2012."""
    assert_sign(lever_effect(simulated("fragmented"), simulated("unified")), LONGER)


@pytest.mark.parametrize("name", WARS)
def test_what_commanders_and_financiers_earn_lengthens_a_war(name):
    """Fearon 2004; Lujala 2010."""
    effect, _, _ = moved(name, civil.income_from_war)
    assert_sign(effect, LONGER, strong=name == "civil")


@pytest.mark.parametrize("name", CASES)
@pytest.mark.slow
def test_mediators_at_full_effort_make_agreements_likelier_and_victories_rarer(name):
    """Regan and Aydin 2006. How long the war lasts is another matter: ceasefires that they bring about hold off
    victories and low activity, too.
    """
    effect, _, _ = moved(name, peace.efforts_of_mediators)
    assert effect.outcomes["ceasefire"].low > 0
    assert effect.outcomes["settlement"].high >= 0
    assert effect.outcomes["victory"].high < 0


@pytest.mark.parametrize("name", WARS)
def test_ceasefires_are_violated_less_often_where_they_are_watched(name):
    """Fortna 2004."""
    _, lever, runs = moved(name, civil.monitoring)
    rates = []
    for arm in (lever.before, lever.after):
        ensemble = runs.arm(arm)
        rates.append(ensemble.results["truces_broken"].sum() / ensemble.results["truces_begun"].sum())
    assert rates[1] < rates[0]
