"""By a day: a question by a day is the question by that month, exactly; no day silently meets another month."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta

import numpy as np
import pytest
from typer.testing import CliRunner

import ripeness
from ripeness.main import app
from ripeness.study.target import outcomes_by_name
from ripeness.workbench.outcome_question import OutcomeQuestion
from ripeness.workbench.verbs import declared_verbs, question_of
from ripeness.world.calendar import DAYS_PER_MONTH, date_after, months_between
from ripeness.world.fault import Fault

CASE, START = "japan-1945", date(1945, 6, 1)
ABOUT_AN_OUTCOME = [verb for verb in declared_verbs() if issubclass(question_of(verb), OutcomeQuestion)]
VERBS = [verb for verb in ABOUT_AN_OUTCOME if verb not in ("update", "explain")]  # which have tests of their own


@pytest.fixture(scope="module")
def result():
    return ripeness.run(CASE, draws=800, horizon=12)


def call(*words):
    return CliRunner().invoke(app, list(words))


def test_the_chance_by_a_day_is_the_share_of_wars_that_stand_so_on_it(result):
    start = result.scenario.start
    ensemble = result.ensemble
    for days in (1, 17, 100, 300):
        over = ensemble.months * DAYS_PER_MONTH <= days + 1e-3
        expected = 1 - np.mean(over & (ensemble.code > 0))
        assert result.p("fighting", by=start + timedelta(days=days), of="model") == pytest.approx(expected, abs=1e-12)


def test_a_day_between_two_months_has_a_chance_between_theirs(result):
    start = result.scenario.start
    chances = [result.p("fighting", month=5), result.p("fighting", by=date_after(start, 5.5))]
    chances.append(result.p("fighting", month=6))
    assert chances[0] > chances[1] > chances[2]


def test_the_chances_by_a_day_sum_to_one(result):
    names = ("settlement", "frozen", "fighting")
    owned = [f"{kind}:{key}" for kind in ("victory", "collapse") for key in result.forecast.polities]
    assert sum(result.p(name, by="1945-09-15") for name in (*names, *owned)) == pytest.approx(1)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"by": "1946-07-01"}, "outside the forecast, which runs from"),
        ({"by": "1945-04-30"}, "outside the forecast, which runs from"),
        ({"by": START - timedelta(days=10_000)}, "outside the forecast"),
        ({"by": "1945-09-01", "month": 3}, "give one of them"),
        ({}, "must say by when"),
        ({"month": 13}, "runs to month 12"),
        ({"by": "soon"}, "not a date"),
    ],
)
def test_a_time_that_is_none_of_the_forecast_is_a_fault(result, arguments, words):
    with pytest.raises(Fault, match=words):
        result.p("settlement", **arguments)


def test_the_last_day_of_the_range_that_a_fault_names_is_answered(result):
    with pytest.raises(Fault) as fault:
        result.p("settlement", by="1990-01-01")
    first, last = str(fault.value).split("from ")[1].split(" to ")
    assert 0 <= result.p("settlement", by=first) <= result.p("settlement", by=last)
    with pytest.raises(Fault):
        result.p("settlement", by=date.fromisoformat(last) + timedelta(days=1))


@pytest.mark.parametrize("verb", VERBS)
def test_a_question_by_a_day_is_the_question_by_its_month(verb):
    cheap = {"sense": {"held": 0}, "map": {"links": ["losses->cost"]}, "flip": {"answers": 1}}.get(verb, {})
    ask = {"outcome": "victory:united-states", "draws": 320, "seed": 3, **cheap}
    start = ripeness.run(CASE, draws=8, horizon=1).scenario.start
    day = date_after(start, 6.4)
    by_day = getattr(ripeness, verb)(CASE, by=str(day), **ask)
    by_month = getattr(ripeness, verb)(CASE, month=months_between(start, day), **ask)
    assert by_day.to_csv() == by_month.to_csv()
    assert by_day.plain()["target"]["day"] == str(day)


def test_day_and_month_together_are_a_fault_on_the_command_line():
    outcome = call("sense", CASE, "--month", "6", "--by", "1945-12-01")
    assert outcome.exit_code != 0
    assert "--by says by when, and so does --month" in str(outcome.exception)
    assert "--by says by when, and so does --at" in str(call("run", CASE, "--at", "6", "--by", "1945-12-01").exception)


def test_a_run_by_a_day_ends_its_table_there():
    answer = json.loads(call("run", CASE, "--draws", "64", "--by", "1946-03-01", "--json").stdout)
    months = sorted({row["month"] for row in answer["outcomes"]})
    start = date.fromisoformat(answer["start"])
    assert date_after(start, months[-1]) == date(1946, 3, 1)
    assert months[:-1] == [6.0]


def test_months_count_from_the_day_of_the_forecast_and_a_day_stays_the_same_day():
    later = ripeness.run(CASE, draws=320, horizon=12, as_of="1945-07-15")
    day = date_after(date(1945, 7, 15), 5.5)
    assert later.p("fighting", by=day) == later.p("fighting", month=months_between(date(1945, 7, 15), day))
    with pytest.raises(Fault, match="runs from 1945-07-16 to 1946-07-15"):
        later.p("fighting", by="1945-07-15")
    watched = ripeness.indicators(CASE, draws=320, as_of="1945-07-15", by=day, outcome="frozen")
    assert watched.value.target.month == months_between(date(1945, 7, 15), day)


@pytest.fixture(scope="module")
def anchored():
    return ripeness.run("ukraine-2023-03", draws=800)


def test_a_chance_of_the_blend_lies_between_its_parents_on_any_day(anchored):
    for day in ("2023-07-04", "2024-03-15", "2025-11-01"):
        for name in ("settlement", "frozen", "fighting"):
            model, record = (anchored.p(name, by=day, of=view) for view in ("model", "record"))
            blend = anchored.p(name, by=day)
            assert blend == anchored.p(name, by=day, of="blend")
            assert min(model, record) <= blend <= max(model, record)


@pytest.mark.parametrize("view", ["blend", "model"])
def test_in_every_view_the_outcomes_by_a_day_sum_to_one(anchored, view):
    names = set(outcomes_by_name(anchored.forecast.polities)) - ({"ceasefire"} if view == "blend" else set())
    assert sum(anchored.p(name, by="2024-10-10", of=view) for name in names) == pytest.approx(1)


def test_what_a_view_does_not_say_is_a_fault(anchored, result):
    with pytest.raises(Fault, match="does not say whose victory"):
        anchored.p(f"victory:{anchored.forecast.polities[0]}", month=12, of="record")
    with pytest.raises(Fault, match="agreements and ceasefires together, as settlement"):
        anchored.p("ceasefire", month=12)
    with pytest.raises(Fault, match="did you mean 'blend'"):
        anchored.p("frozen", month=12, of="blnd")
    alone = ripeness.run("ukraine-2023-03", draws=64, ignore_record=True)
    assert alone.p("frozen", month=12) == alone.p("frozen", month=12, of="model")
    with pytest.raises(Fault, match="this run has no blend"):
        alone.p("frozen", month=12, of="blend")


def test_the_first_sentence_of_a_run_by_a_day_is_about_that_day():
    said = call("run", "ukraine-2023-03", "--draws", "200", "--by", "2025-07-01").output
    assert re.search("(On|By) 1 July 2025 .*in percent, by 1 July 2025", " ".join(said.split()))
