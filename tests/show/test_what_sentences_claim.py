"""Sentences claim no more than the runs show: what cannot be told apart is not ranked."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

import ripeness
from ripeness.show import brief as brief_module
from ripeness.show import option_tables, ripe_brief, whatif_tables, words
from ripeness.show.run_brief_tables import class_table, sentence_of_run, versions_line
from ripeness.study.outcome_classes import ClassShares
from ripeness.study.weighted_statistics import MeanEstimate
from ripeness.workbench.run_brief import run_brief

CASE = "japan-1945"


@pytest.fixture(scope="module")
def result():
    return ripeness.run(CASE, draws=240, horizon=6)


@pytest.fixture(scope="module")
def choices():
    return ripeness.options(CASE, "japan", draws=160, horizon=6)


def shares(fighting, settlement):
    """Class shares with an error of three points."""
    p = (settlement, 1 - fighting - settlement, 0.0, fighting)
    return ClassShares(6, p, tuple(x - 0.03 for x in p), tuple(x + 0.03 for x in p))


def test_the_likeliest_outcome_is_named_where_it_is_plain_and_a_tie_where_it_is_not(result):
    brief = result.brief_of_version
    plain = sentence_of_run(replace(brief, blend=shares(0.6, 0.4)), result.names)
    assert "the war most likely still goes on: 60 % (blend of the model and the record of such wars)" in plain
    tie = sentence_of_run(replace(brief, blend=shares(0.51, 0.49)), result.names)
    assert "cannot tell which is likelier, the war going on at 51 % or a settlement or lasting ceasefire at 49 %" in tie


def test_the_sentence_is_the_answer_of_the_blend_and_says_what_is_the_model_s(result):
    assert result.blend
    assert result.sentence() == result.plain()["sentence"]
    assert result.sentence().startswith(sentence_of_run(result.summary, result.names))
    assert "(blend of the model and the record of such wars)" in result.sentence()
    fighting = {row.outcome: row.p for row in result.blend if row.month == result.forecast.months[-1]}["fighting"]
    assert f": {words.percent(fighting)} (blend" in result.sentence()


def test_without_a_blend_the_sentence_is_the_model_s():
    alone = ripeness.run(CASE, draws=64, horizon=6, ignore_record=True)
    assert "blend" not in alone.sentence()
    assert alone.sentence().startswith(sentence_of_run(alone.summary, alone.names))


def test_lives_are_those_lost_up_to_the_horizon_in_the_median_run(result):
    text = result.sentence()
    assert "In the model, " in text
    assert "up to October 1945 the war and what follows it cost" in text
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
    assert "these simulations cannot tell it from" in option_tables.sentence(twin)
    assert "'twin'" in option_tables.sentence(twin)


def test_the_most_telling_indicator_says_of_what_it_tells():
    answer = ripeness.indicators(CASE, month=6, draws=1600)
    assert "about how the war stands on 31 October 1945" in answer.sentence()
    assert "in these simulations" in answer.sentence()


def test_an_arm_that_moves_no_outcome_is_said_to_move_none():
    answer = ripeness.whatif(CASE, {"talks.mediation": 2}, draws=64, horizon=6).value
    still = tuple(replace(one, more=MeanEstimate(0.0, 0.0, 0.0)) for one in answer.arms[1].outcomes)
    measure = replace(answer.arms[1].measures[0], more=MeanEstimate(0.1, 0.0, 0.2))
    arm = replace(answer.arms[1], outcomes=still, measures=(measure,))
    said = whatif_tables.sentence(replace(answer, arms=(answer.arms[0], arm)))
    assert said == "By 31 October 1945 'changed' changes the probability of no outcome."


def test_the_short_table_of_ripeness_keeps_both_sides_however_few_its_rows():
    answer = ripeness.ripe(CASE, draws=64, horizon=6)
    table = ripe_brief.brief(answer.value).tables()[0]
    first = " ".join(str(line.cells[0]) for line in table.rows[: brief_module.LEAST_ROWS])
    assert all(f"ripe for {answer.value.names[key]}" in first for key in answer.value.sides)


@pytest.mark.parametrize(
    ("cases", "row", "claim"),
    [
        (0.0, "shorter past wars", "No past conflict of this kind had lasted as long"),
        (47.0, "wars like this one (47)", "(47): past conflicts that had lasted as long"),
    ],
)
def test_where_no_war_had_lasted_as_long_the_row_of_the_record_is_of_shorter_ones(result, cases, row, claim):
    brief = replace(run_brief(result), record=shares(0.5, 0.3), record_cases=cases)
    table = class_table(brief, {})
    assert table.rows[0].cells[0].text.plain == row
    assert claim in " ".join(note.plain for note in table.notes)


def test_versions_that_read_alike_are_not_said_to_range_from_a_number_to_itself(result):
    brief = replace(run_brief(result), versions={"public": shares(0.5, 0.3), "other": shares(0.5, 0.3)})
    line, *_ = versions_line(brief, result.names)
    assert re.search(r", \d+ in 100", line.plain)
    assert " to " not in line.plain
    (last,) = [row for row in class_table(brief, {}).rows if row.cells[0].text.plain == "2 analysts' versions"]
    assert [cell.text.plain for cell in last.cells[1:]] == ["30", "20", "0", "50"]
