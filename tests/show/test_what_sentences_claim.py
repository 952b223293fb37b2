"""Sentences claim no more than the runs show: what cannot be told apart is not ranked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

import ripeness
from ripeness.show import option_tables, words

CASE = "japan-1945"
START = date(1945, 5, 1)


@pytest.fixture(scope="module")
def result():
    return ripeness.run(CASE, draws=240, horizon=6)


@pytest.fixture(scope="module")
def choices():
    return ripeness.options(CASE, "japan", draws=160, horizon=6)


def standing(told, shares):
    """The forecast with other shares at its last month, each with an error of three points."""
    last = told.months[-1]
    merged = tuple(
        replace(one, p=shares.get(one.outcome, 0.0) if one.polity is None else 0.0) if one.month == last else one
        for one in told.merged
    )
    return replace(told, merged=tuple(replace(one, mc_low=one.p - 0.03, mc_high=one.p + 0.03) for one in merged))


def test_the_likeliest_outcome_is_named_where_it_is_plain_and_a_tie_where_it_is_not(result):
    plain = words.sentence(standing(result.forecast, {"fighting": 0.6, "settlement": 0.4}), START, {})
    assert "the likeliest is that the war still goes on: 60 runs in 100" in plain
    tie = words.sentence(standing(result.forecast, {"fighting": 0.51, "settlement": 0.49}), START, {})
    assert "these runs cannot tell which is likelier, that the war still goes on: 51 runs in 100" in tie
    assert "or a settlement: 49 runs in 100" in tie


def test_lives_are_those_lost_up_to_the_horizon_in_the_median_run(result):
    text = result.sentence()
    assert "up to then the war and what follows it cost" in text
    assert "lives in the median run (90 % of runs:" in text
    assert "nobody knows" not in text


def test_an_option_that_cannot_be_told_from_the_best_is_named_beside_it(choices):
    told = choices.told
    for judge in told.judges[:2]:
        row = told.judges.index(judge)
        for other in told.ties(judge):
            assert other.worth[row].behind.low <= 0 <= other.worth[row].behind.mean
            assert other.worth[row].regret == pytest.approx(other.worth[row].behind.mean, abs=1e-6)
    twin = replace(told, options=(*told.options, replace(told.best_for(told.judges[0]), name="twin")))
    assert "these runs cannot tell it from" in option_tables.sentence(twin)
    assert "'twin'" in option_tables.sentence(twin)


def test_the_most_telling_indicator_says_of_what_it_tells():
    answer = ripeness.indicators(CASE, month=6, draws=1600)
    assert "about how the war stands in month 6" in answer.sentence()
    assert "in these runs" in answer.sentence()
