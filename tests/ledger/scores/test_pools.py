"""Pools of forecasts: the two formulas, weights by past scores, skill over the base rate, and a ledger's pool sheet."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

import ripeness
from ripeness.ledger.scores.brier import brier
from ripeness.ledger.scores.pools import linear_pool, log_pool, record_weights
from ripeness.ledger.scores.skill import skill_interval
from ripeness.world.fault import Fault

forecast = ripeness.forecast
GENERATOR = np.random.default_rng(5)
BELIEFS = GENERATOR.dirichlet([1, 1, 1], size=4)
WEIGHTS = np.array([0.1, 0.2, 0.3, 0.4])


def updated(beliefs: np.ndarray, likelihood: np.ndarray) -> np.ndarray:
    posterior = beliefs * likelihood
    return posterior / posterior.sum(axis=-1, keepdims=True)


def test_news_moves_a_logarithmic_pool_as_it_moves_its_members_and_a_linear_one_otherwise():
    likelihood = np.array([0.9, 0.3, 0.1])
    after_news = updated(log_pool(BELIEFS, WEIGHTS), likelihood)
    assert log_pool(updated(BELIEFS, likelihood), WEIGHTS) == pytest.approx(after_news)
    linear_after_news = updated(linear_pool(BELIEFS, WEIGHTS), likelihood)
    assert np.abs(linear_pool(updated(BELIEFS, likelihood), WEIGHTS) - linear_after_news).max() > 0.01


def test_outcomes_may_be_merged_before_or_after_a_linear_pool():
    def merged(table: np.ndarray) -> np.ndarray:
        return np.stack([table[..., 0] + table[..., 1], table[..., 2]], axis=-1)

    assert linear_pool(merged(BELIEFS), WEIGHTS) == pytest.approx(merged(linear_pool(BELIEFS, WEIGHTS)))


@pytest.mark.parametrize("pool", [linear_pool, log_pool])
def test_a_pool_of_those_who_agree_is_what_they_say_and_sums_to_one(pool):
    assert pool([BELIEFS[0]] * 3, [1, 2, 3]) == pytest.approx(BELIEFS[0])
    assert pool(BELIEFS, WEIGHTS).sum() == pytest.approx(1)
    assert pool(BELIEFS, [0, 0, 1, 0]) == pytest.approx(BELIEFS[2])


def test_what_one_member_calls_impossible_is_impossible_in_a_logarithmic_pool_unless_it_has_no_weight():
    table = [[0.0, 1.0], [0.9, 0.1]]
    assert log_pool(table, [1, 1]) == pytest.approx([0, 1])
    assert log_pool(table, [0, 1]) == pytest.approx([0.9, 0.1])
    assert np.isnan(log_pool([[0.0, 1.0], [1.0, 0.0]], [1, 1])).all()
    with pytest.raises(ValueError, match="not all zero"):
        log_pool(table, [0, 0])


def test_without_a_record_all_weigh_alike_and_with_a_long_one_the_better_weighs_more():
    assert record_weights(["a", "b"], []) == {"a": 0.5, "b": 0.5}
    shares = [record_weights(["a", "b"], [{"a": 0.1, "b": 0.3}] * n)["a"] for n in (1, 10, 100, 10_000)]
    assert shares == sorted(shares)
    assert shares[0] == pytest.approx(0.5, abs=0.02)
    assert shares[-1] == pytest.approx(0.75, abs=0.01)  # 1 / .1 against 1 / .3


def test_who_answered_only_hard_questions_loses_nothing_by_that():
    hard, easy = [{"a": 0.9, "b": 0.9}] * 30, [{"b": 0.1, "c": 0.1}] * 30
    weights = record_weights(["a", "b", "c"], hard + easy)
    assert weights == pytest.approx({"a": 1 / 3, "b": 1 / 3, "c": 1 / 3})


def test_the_interval_of_skill_holds_the_truth_in_about_nine_of_ten_samples():
    rng, rate, held = np.random.default_rng(11), 0.3, 0
    own, base = [0.7, 0.3], [0.4, 0.6]
    expected = [(1 - rate) * float(brier(p, 0)) + rate * float(brier(p, 1)) for p in (own, base)]
    truth = 1 - expected[0] / expected[1]
    for _ in range(400):
        happened = (rng.random(40) < rate).astype(int)
        bound = skill_interval(brier([own] * 40, happened).tolist(), brier([base] * 40, happened).tolist())
        held += bound.low <= truth <= bound.high
    assert held / 400 == pytest.approx(0.9, abs=0.06)


def test_skill_of_none_or_one_question_has_no_interval():
    assert skill_interval([], []).n == 0
    assert np.isnan(skill_interval([0.1], [0.2]).low)
    assert skill_interval([0.1], [0.2]).value == pytest.approx(0.5)


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """Twelve questions of 2024, one a month; ten are answered, one of three with yes, which the model foretells."""
    place = tmp_path / "ledger.sqlite"
    for n in range(12):
        month = f"2024-{n + 1:02d}"
        days = {"opens": "2024-01-01", "closes": f"{month}-10", "resolves": f"{month}-20"}
        question = forecast.QuestionDraft(text="Will it?", criteria="c", base_rate={"yes": 0.3}, **days)
        for by, day, yes in (("ana", "02", 0.5), ("model", "03", 0.8 if n % 3 == 0 else 0.1)):
            given = forecast.ForecastDraft({"yes": yes}, made=f"{month}-{day}")
            draft = question if by == "ana" else forecast.QuestionDraft()
            forecast.add(f"q{n}", draft, given, by=by, now=f"{month}-{day}", ledger=place)
        if n < 10:
            outcome = "yes" if n % 3 == 0 else "no"
            settled = {"on": f"{month}-20", "source": "s", "by": "ana", "now": f"{month}-21"}
            forecast.resolve(f"q{n}", outcome=outcome, ledger=place, **settled)
    return place


def test_views_of_a_question_stand_side_by_side_with_their_pools(ledger):
    sheet = forecast.pool("q10", as_of="2024-11-05", ledger=ledger)
    views = {view.name: view for view in sheet.questions[0].views}
    assert [view.kind for view in views.values()] == ["base rate", "forecaster", "forecaster", *["pool"] * 4]
    members = [views[name] for name in ("base rate", "ana", "model")]
    table = [[view.probabilities["yes"], view.probabilities["no"]] for view in members]
    weights = [view.weight for view in members]
    assert sum(weights) == pytest.approx(1)
    assert weights[2] == max(weights)
    assert views["linear pool, weighted"].probabilities["yes"] == pytest.approx(linear_pool(table, weights)[0])
    assert views["logarithmic pool, equal weights"].probabilities["yes"] == pytest.approx(log_pool(table, [1] * 3)[0])
    assert {view.past for view in members} == {10}


def test_a_pool_knows_no_question_that_was_answered_later(ledger):
    early = forecast.pool("q10", as_of="2024-02-05", ledger=ledger)
    assert early.questions[0].views[0].past == 1
    assert len(early.questions[0].views) == 1  # of November's forecasts none was made by then: the base rate alone
    third = forecast.pool("q2", as_of="2024-03-05", ledger=ledger).questions[0]
    assert {view.past for view in third.views if view.weight is not None} == {2}


def test_scores_are_those_of_the_closing_day_and_skill_is_over_the_base_rate(ledger):
    scores = {score.name: score for score in forecast.pool(as_of="2024-12-31", ledger=ledger).scores}
    assert scores["base rate"].skill.value == 0
    outcomes = [int(n % 3 != 0) for n in range(10)]
    own = [float(brier([0.8, 0.2] if n % 3 == 0 else [0.1, 0.9], outcomes[n])) for n in range(10)]
    base = [float(brier([0.3, 0.7], outcome)) for outcome in outcomes]
    assert scores["model"].brier.value == pytest.approx(np.mean(own))
    assert scores["model"].skill.value == pytest.approx(1 - sum(own) / sum(base))
    assert scores["model"].skill.low > 0 > scores["ana"].skill.low
    assert scores["linear pool, weighted"].brier.value < scores["linear pool, equal weights"].brier.value
    assert scores["model"].skill.n == 10


def test_only_the_named_members_are_pooled_and_an_unknown_one_is_a_fault(ledger):
    views = forecast.pool("q10", as_of="2024-11-05", members=("ana", "model"), ledger=ledger).questions[0].views
    assert [view.name for view in views if view.weight is not None] == ["ana", "model"]
    with pytest.raises(Fault, match="did you mean 'model'"):
        forecast.pool("q10", as_of="2024-11-05", members=("modell",), ledger=ledger)
    with pytest.raises(Fault, match="no question 'q99'"):
        forecast.pool("q99", as_of=date(2024, 11, 5), ledger=ledger)
