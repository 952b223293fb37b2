"""What age does to a war: terms that have long stood are meant, and of very old wars ten years are asked."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from ripeness.ensemble.design import Design
from ripeness.scenario.armed_polities import principals
from ripeness.scenario.read import read_scenario, read_text
from ripeness.scenario.schema import Scenario
from ripeness.scenario.template import template
from ripeness.study.war_so_far import LONGEST_KNOWN, condition_on_duration
from ripeness.war.opening import open_war
from ripeness.war.prepare import prepare
from ripeness.world.pathway_names import NAMES

CASES = ("tigray-2022-08", "colombia-2012-08")
AGES = (0, 3, 12, 48)  # months for which terms have stood


def stated_before(scenario: Scenario, side: int, months: float | None) -> Scenario:
    """The scenario with the terms of one principal as old as that; without months, as old as the war."""
    key = principals(scenario)[side]
    since = None if months is None else scenario.start - timedelta(days=round(months * 30.4375))
    polity = scenario.polities[key].model_copy(update={"terms_since": since})
    return scenario.model_copy(update={"polities": {**scenario.polities, key: polity}})


def opened(scenario: Scenario) -> list[tuple[np.ndarray, np.ndarray]]:
    """Share of its terms that is stance, and how far factions' reservations lie from stated terms, at the start."""
    war = prepare(scenario)
    situation = open_war(war, war.central()[:, None], np.zeros(1, dtype=np.uint64), np.ones(len(NAMES)))
    return [
        (polity.posture.copy(), np.abs(polity.stated[side.terms] - polity.reservation))
        for side, polity in zip(war.armed[:2], situation.belligerents()[:2], strict=True)
    ]


def of_age(months: int) -> Scenario:
    """The template, whose war began so many months before 2025."""
    month = 2025 * 12 - months
    scenario = read_text(template("minimal")).scenario
    return scenario.model_copy(update={"began": date(month // 12, month % 12 + 1, 1), "start": date(2025, 1, 1)})


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("side", [0, 1])
def test_the_longer_terms_have_stood_the_less_of_them_is_stance_and_the_more_is_meant(case, side):
    scenario = read_scenario(case)
    wars = [opened(stated_before(scenario, side, months))[side] for months in AGES]
    stance = [float(posture[0]) for posture, _ in wars]
    apart = [gap.mean() for _, gap in wars]
    assert stance == sorted(stance, reverse=True)
    assert apart == sorted(apart, reverse=True)
    assert stance[0] > 2 * stance[-1]
    assert apart[-1] < apart[0]


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("side", [0, 1])
def test_terms_stated_on_the_day_of_the_start_are_stance_as_far_as_the_scenario_says(case, side):
    scenario = stated_before(read_scenario(case), side, 0)
    posture, _ = opened(scenario)[side]
    assert posture[0] == pytest.approx(scenario.polities[principals(scenario)[side]].conduct.posture.centre)


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("side", [0, 1])
def test_terms_without_a_day_are_as_old_as_the_war_and_none_is_older(case, side):
    scenario = read_scenario(case)
    undated, of_first_day, of_before = (
        opened(war)[side]
        for war in (
            stated_before(scenario, side, None),
            stated_before(scenario, side, (scenario.start - scenario.began).days / 30.4375),
            stated_before(scenario, side, 1200),
        )
    )
    for dated in (of_first_day, of_before):
        for expected, found in zip(undated, dated, strict=True):
            assert found == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("side", [0, 1])
def test_the_age_of_one_sides_terms_says_nothing_of_what_the_other_bluffs(case, side):
    scenario = read_scenario(case)
    young, old = (opened(stated_before(scenario, side, months))[1 - side] for months in (0, 48))
    assert np.array_equal(young[0], old[0])


def test_the_older_a_war_the_fewer_simulated_ones_last_as_long_until_ten_years_are_asked():
    plan = Design(256, kept=0)
    lasting = [condition_on_duration(of_age(months), plan).lasting for months in (6, 36, 120)]
    assert 1 > lasting[0] > lasting[1] > lasting[2] > 0


def test_of_wars_older_than_ten_years_the_same_is_asked_whatever_their_age():
    plan = Design(256, kept=0)
    ten, eleven, fifty = (condition_on_duration(of_age(months), plan) for months in (120, 132, 600))
    for older in (eleven, fifty):
        assert older.lasting == ten.lasting
        assert np.array_equal(older.past.samples, ten.past.samples)
    assert fifty.fought > 5 * LONGEST_KNOWN - 1


def test_an_answer_says_that_ten_years_are_asked_only_of_wars_that_are_older():
    plan = Design(256, kept=0)
    said = {months: " ".join(condition_on_duration(of_age(months), plan).warnings) for months in (119, 132)}
    assert "no more than 120 are asked" in said[132]
    assert "the war has lasted 132 months" in said[132]
    assert "asked" not in said[119]
