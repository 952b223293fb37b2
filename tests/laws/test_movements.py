"""Laws of armed movements, over the shipped ranges of the civil template: same parameter samples, same random draws.

Nothing is tuned: a lever sets what it names, and every other number is drawn as in a run. A sign holds where the mean
moves as theory says by more than its error, and more samples move that way than the other; for most levers twice as
many. docs/textbook/movements.md has the figures.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from ripeness.ensemble.design import Design
from ripeness.ensemble.run import run
from ripeness.scenario.number_paths import replace_numbers
from ripeness.scenario.read import read_text
from ripeness.scenario.template import template
from ripeness.study.mechanisms.samples import sample_signs
from ripeness.study.weighted_statistics import estimate_mean
from ripeness.world.outcome import FROZEN, SETTLEMENT

SAMPLES, REPLICATIONS = 192, 64
SAMPLES_RIGHT = 0.15  # share of samples that move as theory says by more than chance
SURE = 1.645  # standard errors of a mean
ARMED = ("command", "bands")
EVERY_FACTION = ("council", "command", "bands", "villages")
SPONSOR = """
  sponsor:
    role: patron
    regime: autocracy
    aid_capacity: 0.3
    issues: {arms: {role: aid, toward: front, ends: [none, all that is asked for]}}
    factions: {cabinet: {archetype: leader}}
"""


def civil(organisation="coalition", extra=""):
    text = template("civil").replace("organisation: coalition", f"organisation: {organisation}")
    return read_text(text.replace("# Next:", f"{extra}# Next:", 1) if extra else text).scenario


def with_trait(scenario, trait, value, factions):
    return replace_numbers(scenario, {f"polities.front.factions.{name}.traits.{trait}": value for name in factions})


@cache
def fights_on(value):
    return simulate(with_trait(civil(), "fights_on", value, EVERY_FACTION))


def simulate(scenario):
    return run(scenario, Design(SAMPLES * REPLICATIONS, per_point=REPLICATIONS, kept=0))


def months(ensemble):
    return ensemble.results["months"]


def assert_longer(after, before, ratio=2.0):
    """Months rise in the mean by more than its error, and in `ratio` times as many samples as they fall in."""
    change = months(after) - months(before)
    assert estimate_mean(change, after.point, np.ones(len(change))).low > 0
    signs = sample_signs(months(after), months(before), REPLICATIONS)
    assert signs.longer >= SAMPLES_RIGHT
    assert signs.longer >= ratio * signs.shorter


def settled_by(ensemble, month):
    return (ensemble.code == SETTLEMENT) & (months(ensemble) <= month)


def test_a_movement_whose_leavers_fight_on_settles_later():
    loyal, split = fights_on(0.001), fights_on(0.999)
    assert_longer(split, loyal)
    for month in (12, 24, 60):
        assert settled_by(split, month).mean() < settled_by(loyal, month).mean()


def test_a_movement_whose_leavers_fight_on_goes_back_to_war_more_often():
    """Among wars that end by the same agreed end either way (Rudloff and Findley 2016)."""
    loyal, split = fights_on(0.001), fights_on(0.999)
    both = (split.code == loyal.code) & np.isin(loyal.code, (SETTLEMENT, FROZEN))
    assert both.sum() > SAMPLES
    gap = split.results["renewal"][both] - loyal.results["renewal"][both]
    assert gap.mean() > SURE * gap.std() / np.sqrt(both.sum())


@pytest.mark.parametrize("looser", ["coalition", "fragmented"])
def test_a_looser_movement_fights_longer_than_a_unified_one(looser):
    """Cunningham 2006; Bakke, Cunningham and Seymour 2012."""
    assert_longer(simulate(civil(looser)), simulate(civil("unified")), ratio=1.0)


def test_factions_leave_a_looser_movement_more_often():
    left = [simulate(civil(name)).results["gone"][4:].mean() for name in ("unified", "coalition", "fragmented")]
    assert left == sorted(left)
    assert left[0] < left[2]


def test_what_commanders_and_militias_earn_from_war_lengthens_it():
    """Lootable income: Fearon 2004; Lujala 2010. From low to high ends of defaults."""
    poor, rich = (simulate(with_trait(civil(), "war_gain", value, ARMED)) for value in (0.001, 0.015))
    assert_longer(rich, poor)


def test_support_for_a_movement_that_is_the_weaker_side_lengthens_the_war():
    """A sponsor's aid in full against none."""
    scenario = civil(extra=SPONSOR)
    path = "polities.sponsor.factions.cabinet.positions.arms"
    none, full = (simulate(replace_numbers(scenario, {path: value})) for value in (0.0, 1.0))
    assert none.results["share"].mean() > 0.5, "the movement holds less than half"
    assert_longer(full, none)
