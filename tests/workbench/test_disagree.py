"""Disagree: versions stand there with the answers that they give alone, and numbers that differ are named."""

from __future__ import annotations

from dataclasses import replace
from math import isnan

import pytest

import ripeness
from ripeness.scenario.number_paths import scenario_numbers
from ripeness.scenario.read import read_scenario
from ripeness.show.judge_words import judges_sentence
from ripeness.workbench.disagree import DisagreeQuestion
from ripeness.workbench.judge_disagreement import judge_disagreement
from ripeness.world.fault import ArgumentFault, Fault

CASE = "ukraine-2023-03"
POWER = "polities.russia.factions.military.power"
POSTURE = "polities.russia.conduct.posture"


@pytest.fixture(scope="module")
def answer():
    return ripeness.disagree(CASE, draws=800, month=12, mixture_draws=200)


def test_each_version_has_the_probability_that_it_has_alone(answer):
    for version in answer.value.versions:
        for reading in ("factional", "unitary"):
            alone = ripeness.run(CASE, coding=version, reading=reading, draws=800, horizon=12)
            chances = {
                (c.outcome, c.polity): c.p for c in answer.value.chances if (c.version, c.reading) == (version, reading)
            }
            for outcome in ("frozen", "fighting"):
                assert chances[outcome, None] == pytest.approx(alone.p(outcome, month=12), abs=1e-12)
            agreed = chances["settlement", None] + chances["ceasefire", None]
            assert agreed == pytest.approx(alone.p("settlement", month=12), abs=1e-12)


def test_a_bar_runs_from_the_lowest_to_the_highest_mark(answer):
    for spread in answer.value.outcomes:
        marks = [
            chance.p
            for chance in answer.value.chances
            if (chance.outcome, chance.polity) == (spread.outcome, spread.polity) and not isnan(chance.p)
        ]
        assert (spread.least, spread.most) == (min(marks), max(marks))


def test_mixtures_of_the_whole_answer_what_the_versions_answer(answer):
    spread = next(spread for spread in answer.value.outcomes if spread.name == "fighting")
    effects = [part.difference for part in spread.split.pairs if (part.first, part.second) == ("public", "ceasefire")]
    public, ceasefire = (
        ripeness.run(CASE, coding=coding, draws=200, horizon=12).p("fighting", month=12)
        for coding in ("public", "ceasefire")
    )
    assert sum(effects) == pytest.approx(ceasefire - public, abs=1e-9)


def test_sentence_tables_picture_and_json_say_the_same(answer):
    assert answer.sentence() in answer.table().replace("\n", " ")
    described = answer.plot().to_dict()["description"]
    assert all(outcome in described for outcome in ("Settled", "Frozen", "Won by one side", "Still going on"))
    plain = answer.plain()
    assert len(plain["chances"]) == len(answer.rows()) == 2 * 3 * 8
    assert plain["main"] == answer.value.main


def test_the_outlook_has_past_wars_model_and_blend_of_the_usual_version_as_a_run_has_them(answer):
    alone = ripeness.run(CASE, draws=800, horizon=12)
    outlook = answer.value.outlook
    assert (outlook.usual, outlook.versions) == ("public", answer.value.versions)
    for row in outlook.rows:
        for view, estimate in (("record", row.record), ("model", row.model), ("blend", row.blend)):
            name = row.outcome if row.outcome != "victory" else None
            if name:
                also = ("ceasefire",) if (name, view) == ("settlement", "model") else ()  # the class holds both
                expected = sum(alone.p(part, month=12, of=view) for part in (name, *also))
                assert estimate.p == pytest.approx(expected, abs=1e-12)
            assert estimate.low <= estimate.p <= estimate.high
        usual = next(mark for mark in row.versions if (mark.version, mark.reading) == ("public", "factional"))
        assert usual.p == row.model.p
    assert sum(row.answer.p for row in outlook.rows) == pytest.approx(1)
    assert len(outlook.rows[0].versions) == 2 * 3


def test_without_past_wars_the_model_answers_and_the_sentence_says_so():
    told = ripeness.disagree(CASE, draws=100, month=6, mixture_draws=0, ignore_record=True)
    assert told.value.outlook.rows[0].blend is None
    assert "no past wars are blended in" in told.sentence()
    assert told.plot().to_dict()["layer"]


def test_an_outcome_that_is_named_is_the_one_that_is_told():
    told = ripeness.disagree(CASE, draws=200, month=6, mixture_draws=0, outcome="frozen")
    assert told.value.main == "frozen"
    assert "frozen front" in told.sentence()
    with pytest.raises(ArgumentFault, match="is none of this war"):
        ripeness.disagree(CASE, draws=64, month=6, mixture_draws=0, outcome="peace")


def test_a_single_file_and_a_month_beyond_the_horizon_are_refused(tmp_path):
    from ripeness.scenario.template import template

    path = tmp_path / "one.yaml"
    path.write_text(template("minimal"), encoding="utf-8")
    with pytest.raises(Fault, match="single file"):
        ripeness.disagree(path, draws=64)
    with pytest.raises(Fault, match="lies outside the forecast"):
        ripeness.disagree(CASE, draws=64, month=600, mixture_draws=0)


def judges_of(path, value):
    """Two judges who agree on three numbers and differ on one."""
    scenario = read_scenario(CASE)
    numbers = scenario_numbers(scenario)
    anna = {name: numbers[name] for name in (POWER, POSTURE, "talks.mediation", "polities.ukraine.conduct.quota")}
    return scenario, {"anna": anna, "ben": anna | {path: replace(numbers[path], family="point", parameters=(value,))}}


@pytest.mark.parametrize(
    ("path", "value", "label"), [(POWER, 0.6, "power"), (POSTURE, 0.99, "bluff in its stated terms")]
)
def test_judges_who_differ_in_one_number_are_told_which(path, value, label):
    scenario, judges = judges_of(path, value)
    disagreement = judge_disagreement(DisagreeQuestion(CASE, mixture_draws=400, month=12), scenario, judges)
    assert [number.key for number in disagreement.numbers] == [path]
    assert label in judges_sentence(disagreement, {})


def test_of_several_numbers_the_one_that_moves_the_answer_leads():
    scenario, judges = judges_of(POSTURE, 0.99)
    ukraine = "polities.ukraine.conduct.posture"
    numbers = scenario_numbers(scenario)
    ben = judges["ben"] | {
        ukraine: replace(numbers[ukraine], family="point", parameters=(0.99,)),
        POWER: replace(numbers[POWER], family="point", parameters=(0.18,)),
    }
    anna = judges["anna"] | {ukraine: numbers[ukraine]}
    question = DisagreeQuestion(CASE, mixture_draws=1_000, month=24, outcome="fighting")
    disagreement = judge_disagreement(question, scenario, {"anna": anna, "ben": ben})
    assert disagreement.clear
    assert {number.key for number in disagreement.leading} <= {POSTURE, ukraine}
    assert disagreement.leading
    assert sum(number.share for number in disagreement.numbers) == pytest.approx(1)
    assert sum(group.share for group in disagreement.groups) == pytest.approx(1)
    assert 0 < disagreement.within < 0.25


def test_one_judge_or_evidence_is_refused():
    scenario, judges = judges_of(POWER, 0.6)
    with pytest.raises(Fault, match="two judges"):
        judge_disagreement(DisagreeQuestion(CASE), scenario, {"anna": judges["anna"]})
    with pytest.raises(Fault, match="without evidence"):
        judge_disagreement(DisagreeQuestion(CASE, evidence=True), scenario, judges)
