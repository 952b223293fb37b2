"""Ends under the codes of the field: nothing is lost or counted twice, and the record stands beside what it knows."""

from __future__ import annotations

from collections import defaultdict

import pytest

from ripeness.scenario.polity_names import PolityNames, polity_names
from ripeness.scenario.read import open_scenario
from ripeness.show.words import outcome
from ripeness.study.coded_ends import EITHER
from ripeness.study.record.classes import CAUSES
from ripeness.workbench.run import run


@pytest.fixture(scope="module")
def result():
    return run("japan-1945", draws=240, horizon=6)


def test_the_codes_of_a_month_add_up_to_one_where_sums_over_sides_are_left_out(result):
    sums = defaultdict(float)
    for end in result.ends:
        if end.polity != EITHER:
            sums[end.month] += end.p
    assert set(sums) == set(result.forecast.months)
    assert all(total == pytest.approx(1) for total in sums.values())


def test_a_victory_of_either_is_the_sum_over_both(result):
    for month in result.forecast.months:
        victories = {end.polity: end.p for end in result.ends if end.end == "victory" and end.month == month}
        assert victories.pop(EITHER) == pytest.approx(sum(victories.values()))


def test_the_record_stands_beside_every_cause_that_it_tells_of_and_beside_no_side(result):
    told = {end.end for end in result.ends if end.record is not None}
    assert told >= set(CAUSES) - {"ceasefire"}  # a war whose model knows no such end has no row for it
    assert all(end.record is None for end in result.ends if end.polity not in {None, EITHER})


def test_every_end_has_words_in_the_answer(result):
    plain = result.plain()
    assert all(row["words"] for row in (*plain["ends"], *plain["outcomes"]))


def test_a_war_between_states_keeps_its_words_and_one_inside_a_state_has_those_of_the_field():
    between = polity_names(open_scenario("japan-1945").scenario)
    assert not between.civil
    assert outcome("frozen", None, between) == "frozen front"
    inside = PolityNames(
        {"g": "the Cabinet", "m": "the Front"}, civil=True, parties={"g": "government", "m": "movement"}
    )
    assert outcome("settlement", None, inside) == "peace agreement"
    assert outcome("victory", "g", inside) == "victory of the government (the Cabinet)"
    assert outcome("victory", "m", inside, "front") == "victory of the movement (the Front), by the front"
    assert outcome("collapse", "m", inside) == "end of the movement (the Front)"
