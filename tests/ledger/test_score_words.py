"""What a ledger says in sentences: where a question stands, what a score means, what early means."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from ripeness.ledger.book.docket import Docket, EnteredForecast
from ripeness.ledger.book.entry import ForecastQuestion, RecordedForecast, Resolution
from ripeness.ledger.scores.sheet import sheet
from ripeness.ledger.show.score_words import (
    brier_words,
    certainty_words,
    overall_sentence,
    standing_words,
    views_sentence,
)

QUESTION = ForecastQuestion(
    "truce", "A truce?", "both sign", date(2026, 1, 1), date(2026, 6, 1), date(2026, 7, 1), by="Ana"
)


def docket(*said, resolution=None):
    forecasts = tuple(
        EnteredForecast(
            n, datetime(2026, 1, day, tzinfo=UTC), RecordedForecast("truce", by, datetime(2026, 1, day, tzinfo=UTC), p)
        )
        for n, (by, day, p) in enumerate(said, 2)
    )
    return Docket(QUESTION, 1, forecasts, () if resolution is None else ((9, resolution),))


def say(by, day, yes):
    return by, day, {"yes": yes, "no": 1 - yes}


def test_each_standing_says_what_comes_next():
    outcome = Resolution("truce", "yes", date(2026, 3, 1), "press")
    assert standing_words(docket(), date(2026, 2, 1)) == (
        "Open for forecasts until 1 June 2026; settled on 1 July 2026."
    )
    assert standing_words(docket(), date(2026, 6, 15)).startswith("Closed on 1 June 2026: no more forecasts.")
    assert standing_words(docket(), date(2026, 8, 1)) == "Its date, 1 July 2026, is past: say what happened."
    assert "It is scored after 1 July 2026" in standing_words(docket(resolution=outcome), date(2026, 4, 1))
    assert standing_words(docket(resolution=outcome), date(2026, 8, 1)) == "Settled: yes, known since 1 March 2026."
    withdrawn = replace(outcome, outcome="", annulled=True)
    assert standing_words(docket(resolution=withdrawn), date(2026, 8, 1)).startswith("Withdrawn on 1 March 2026")


def test_a_score_is_told_beside_that_of_equal_chances_of_as_many_outcomes():
    assert brier_words(0.5, 2) == "0.50 Brier: as good as saying 50 % always (0.50)"
    assert brier_words(0.6, 3) == "0.60 Brier: better than calling all 3 outcomes equally likely (0.67)"
    assert brier_words(0.6, 2).startswith("0.60 Brier: worse than")


def test_calling_something_impossible_is_warned_of_and_nothing_else_is():
    assert "“no” cannot happen" in certainty_words([1.0, 0.0], ["yes", "no"])
    assert certainty_words([0.99, 0.01], ["yes", "no"]) == ""


def test_how_far_forecasters_lie_apart_is_told_by_their_last_forecasts():
    said = (say("Ana", 2, 0.2), say("model", 3, 0.1), say("Ana", 4, 0.6))
    assert views_sentence(docket(*said)) == "simulations say 10 % and Ana 60 %: 50 points apart."
    assert views_sentence(docket(say("Ana", 2, 0.2))) == ""


def test_few_questions_are_told_to_be_no_proof_of_skill():
    outcome = Resolution("truce", "no", date(2026, 7, 1), "press")
    scored = sheet([docket(say("Ana", 2, 0.2), resolution=outcome)], date(2026, 8, 1))
    assert overall_sentence(scored) == (
        "1 forecast on one question: Brier score 0.08 on average, 0.42 better than equal chances; one question says "
        "nothing about skill."
    )
    assert overall_sentence(sheet([docket()], date(2026, 8, 1))) == ""
