"""The score sheet of a ledger: who counts, what waits, and how forecasts stand against simple answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from math import inf, isnan, log

import pytest

from ripeness.ledger.book.docket import Docket, EnteredForecast
from ripeness.ledger.book.entry import ForecastQuestion, RecordedForecast, Resolution
from ripeness.ledger.scores.sheet import sheet

ASKED = ForecastQuestion(
    "q",
    "Will it?",
    "yes if so",
    date(2026, 1, 1),
    date(2026, 6, 1),
    date(2026, 7, 1),
    topics=("east",),
    base_rate={"yes": 0.25, "no": 0.75},
)
TRUE = Resolution("q", "yes", date(2026, 6, 20), "the news")
AFTER = date(2026, 7, 2)


def said(by: str, yes: float, day: int = 1, recorded: datetime | None = None) -> EnteredForecast:
    made = datetime(2026, 2, day, tzinfo=UTC)
    return EnteredForecast(day, recorded or made, RecordedForecast("q", by, made, {"yes": yes, "no": 1 - yes}))


def docket(*forecasts: EnteredForecast, known: Resolution | None = TRUE, asked: ForecastQuestion = ASKED) -> Docket:
    return Docket(asked, 1, forecasts, () if known is None else ((9, known),))


def test_the_last_forecast_of_each_forecaster_counts_once() -> None:
    found = sheet([docket(said("ana", 0.1), said("ana", 0.5, 2), said("bo", 0.75, 3))], AFTER)
    assert [(one.by, one.brier) for one in found.verdicts] == [("ana", 0.5), ("bo", 0.125)]
    assert found.overall.brier.value == pytest.approx((0.5 + 0.125) / 2)
    assert found.overall.questions == 1
    assert [one.name for one in found.topics] == ["east"]


def test_gains_are_taken_against_uniform_base_rate_earlier_others_and_peers() -> None:
    found = sheet([docket(said("ana", 0.5), said("bo", 0.75, 3))], AFTER)
    ana, bo = found.verdicts
    assert ana.gains.keys() == {"uniform", "base rate", "peers"}
    assert ana.gains["uniform"]["brier"] == 0
    assert bo.gains["base rate"]["brier"] == pytest.approx(2 * 0.75**2 - 2 * 0.25**2)
    assert bo.gains["earlier others"]["log"] == pytest.approx(-log(0.5) + log(0.75))
    assert bo.gains["peers"]["brier"] == -ana.gains["peers"]["brier"] == pytest.approx(0.375)


def test_questions_that_do_not_count_are_named_with_the_reason() -> None:
    late = datetime(2026, 8, 1, tzinfo=UTC)
    cases = {
        "annulled": docket(said("ana", 0.5), known=replace(TRUE, outcome="", annulled=True)),
        "not yet due": docket(said("ana", 0.5), known=None, asked=replace(ASKED, resolves=date(2027, 1, 1))),
        "past its date, no outcome entered": docket(said("ana", 0.5), known=None),
        "answered early, counts after its date": docket(
            said("ana", 0.5), asked=replace(ASKED, resolves=date(2027, 1, 1))
        ),
        "forecast written down too late": docket(said("ana", 0.5, recorded=late)),
        "no forecast in time": docket(said("ana", 0.5), known=replace(TRUE, on=date(2026, 2, 1))),
    }
    for why, one in cases.items():
        found = sheet([one], AFTER)
        assert (found.left_out, found.overall.questions) == ({why: ("q",)}, 0)
    assert sheet([cases["forecast written down too late"]], AFTER, late=True).overall.questions == 1


def test_an_early_answer_counts_once_its_date_is_past() -> None:
    early = docket(said("ana", 0.5), known=replace(TRUE, on=date(2026, 3, 1)))
    assert sheet([early], date(2026, 7, 1)).overall.questions == 0
    assert sheet([early], AFTER).overall.questions == 1


def test_of_two_outcomes_one_enters_calibration_and_of_three_all() -> None:
    three = replace(ASKED, outcomes=("a", "b", "c"), ordered=True, base_rate={})
    shares = {"a": 0.2, "b": 0.3, "c": 0.5}
    ordered = docket(
        EnteredForecast(
            1, datetime(2026, 2, 1, tzinfo=UTC), RecordedForecast("q", "ana", datetime(2026, 2, 1, tzinfo=UTC), shares)
        ),
        known=replace(TRUE, outcome="c"),
        asked=three,
    )
    assert sum(one.n for one in sheet([docket(said("ana", 0.5))], AFTER).calibration) == 1
    found = sheet([ordered], AFTER)
    assert sum(one.n for one in found.calibration) == 3
    assert found.verdicts[0].ranked == pytest.approx((0.2**2 + 0.5**2) / 2)
    assert isnan(sheet([docket(said("ana", 0.5))], AFTER).verdicts[0].ranked)


def test_calling_the_truth_impossible_is_counted_and_breaks_nothing() -> None:
    found = sheet([docket(said("ana", 0.0), said("bo", 0.0, 2), said("cy", 0.5, 3))], AFTER)
    assert found.overall.impossible == 2
    assert found.overall.log.value == inf


def test_filters_choose_topic_and_forecaster_but_peers_stay() -> None:
    both = docket(said("ana", 0.5), said("bo", 0.75, 3))
    found = sheet([both], AFTER, by="ana")
    assert [one.by for one in found.verdicts] == ["ana"]
    assert "peers" in found.verdicts[0].gains
    assert sheet([both], AFTER, topic="west").overall.questions == 0
