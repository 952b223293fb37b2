"""From a saved run to a question: what can be asked, its chance by a day, and the question written out."""

from __future__ import annotations

import json
from datetime import date

import pytest

from ripeness.ledger.exchange.trackable import trackable_run
from ripeness.ledger.verbs import forecast

START = "2026-01-15"


def outcome(kind, p, polity=None, words="", month=12.0):
    return {"outcome": kind, "polity": polity, "how": None, "month": month, "p": p, "words": words}


@pytest.fixture
def saved(tmp_path):
    def save(**more):
        rows = [
            outcome("victory", 0.1, "a", "victory of Arland"),
            outcome("victory", 0.2, "b", "victory of Borland"),
            outcome("settlement", 0.3),
            outcome("fighting", 0.4),
        ]
        blend = [
            {"outcome": kind, "month": 12.0, "p": p, "low": p - 0.1, "high": p + 0.1}
            for kind, p in (("settlement", 0.25), ("frozen", 0.15), ("victory", 0.2), ("fighting", 0.4))
        ]
        document = {"case": "war", "title": "Arland and Borland, January 2026", "start": START, "horizon": 24.0}
        path = tmp_path / "answer.json"
        record = [{**row, "end": "low_activity" if row["outcome"] == "frozen" else row["outcome"]} for row in blend]
        path.write_text(
            json.dumps(document | {"draws": 100, "outcomes": rows, "blend": blend, "record": record} | more)
        )
        return trackable_run(path), path

    return save


def test_classes_are_asked_of_the_blend_with_its_interval_and_sides_of_simulations_alone(saved):
    run, _ = saved()
    outcomes = run.outcomes()
    assert list(outcomes) == ["settlement", "frozen", "victory", "fighting", "victory:a", "victory:b"]
    chance = run.chance(outcomes["settlement"], 12.0)
    assert (chance.p, round(chance.low, 2), round(chance.high, 2)) == (0.25, 0.15, 0.35)
    alone = run.chance(outcomes["victory:b"], 12.0)
    assert (alone.p, alone.low) == (0.2, None)
    assert outcomes["victory:b"].words == "victory of Borland"


def test_without_a_blend_every_outcome_is_one_of_simulations(saved):
    run, _ = saved(blend=[], record=[])
    assert {one.view for one in run.outcomes().values()} == {"model"}
    assert run.chance(run.outcomes()["settlement"], 12.0).p == 0.3


def test_a_question_is_written_out_without_the_month_of_the_outlook(saved):
    run, _ = saved()
    day = date(2027, 12, 31)
    asked = run.text(run.outcomes()["settlement"], day)
    assert asked == (
        "Arland and Borland: will the war have ended in a settlement or a lasting ceasefire by 31 December 2027?"
    )
    assert (
        run.text(run.outcomes()["fighting"], day)
        == "Arland and Borland: will the war still be fought on 31 December 2027?"
    )
    assert "What ends the war first counts" in run.criteria(run.outcomes()["settlement"], day)


def test_the_day_that_is_offered_lies_ahead_and_within_the_outlook(saved):
    run, _ = saved()
    assert run.usual_day(date(2026, 3, 1)) == date(2026, 12, 31)
    assert run.usual_day(date(2026, 12, 1)) == date(2027, 12, 31)
    assert run.usual_day(date(2027, 12, 1)) == run.last_day()  # the end of the next year lies beyond
    assert run.usual_day(run.last_day()) is None


def test_what_is_asked_can_be_filed_with_all_views_of_the_run(saved, tmp_path):
    run, path = saved()
    day, settlement = run.run.on(12.0), run.outcomes()["settlement"]
    question = forecast.Asked(
        run.text(settlement, day), run.criteria(settlement, day), resolves=day, outcomes=("yes", "no")
    )
    ledger = tmp_path / "ledger.sqlite"
    given = forecast.Given(run=path, mapping={"yes": [settlement.key]}, view=settlement.view)
    forecast.add("peace", question, given, by="Ana", now="2026-02-01T12:00:00+00:00", ledger=ledger)
    docket = forecast.listing(today=date(2026, 2, 2), ledger=ledger).dockets[0]
    said = {dated.forecast.by: dated.forecast.probabilities["yes"] for dated in docket.forecasts}
    assert said == {"model": pytest.approx(0.3), "blend": pytest.approx(0.25)}
    assert docket.question.base_rate["yes"] == pytest.approx(0.25)
