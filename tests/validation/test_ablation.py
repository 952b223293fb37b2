"""Ablation: two actor models on the same wars, paired, after each number of months, and whose forecasts are used."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pytest

from ripeness.show.terminal import as_text
from ripeness.validation.backtest.ablation import AblationScore, ablation
from ripeness.validation.calibrate.posterior import load, save
from ripeness.validation.history.coding import ACTOR_MODELS, actor_model
from ripeness.validation.history.record import HORIZONS, OUTCOMES
from ripeness.validation.history.wars import read_record
from ripeness.validation.show.backtest_tables import ablation_table
from ripeness.validation.verbs.backtest import backtest

POINTS = 40
FEWEST = 5  # wars that an interval takes


@dataclass(frozen=True)
class Forecaster:
    """A forecaster that gives the true outcome a stated probability and parts the rest evenly."""

    hit: float

    def chances(self, war, months):
        """The outcome of the war, as one row."""
        return np.eye(len(OUTCOMES))[[OUTCOMES.index(war.outcome)]]

    def forecast(self, chances, without):
        """Probabilities of the outcomes."""
        return np.where(chances[0] > 0, self.hit, (1 - self.hit) / 2)


@pytest.fixture
def wars(war_files):
    """Two dozen invented wars."""
    return read_record(*war_files).wars


def test_the_better_actor_model_is_told_at_every_month_with_its_interval(wars):
    rows = ablation(Forecaster(0.8), Forecaster(0.5), wars, HORIZONS, 1)
    assert [row.months_fought for row in rows] == list(HORIZONS)
    for row in rows:
        assert row.factional == pytest.approx(0.2**2 + 2 * 0.1**2)
        assert row.difference == pytest.approx(row.factional - row.unitary)
        if row.n >= FEWEST:
            assert (row.low, row.high) == pytest.approx((row.difference, row.difference))  # the same in every war
            assert row.high < 0
    turned = ablation(Forecaster(0.5), Forecaster(0.8), wars, HORIZONS, 1)
    assert [row.difference for row in turned] == pytest.approx([-row.difference for row in rows])


def test_wars_without_an_outcome_are_not_compared(wars):
    assert ablation(Forecaster(0.8), Forecaster(0.5), [replace(war, outcome="") for war in wars], HORIZONS, 1) == []


@pytest.mark.parametrize(
    ("spans", "verdict"),
    [
        ([(-0.1, 0.1), (-0.2, 0.3)], "Neither is better beyond chance at any month."),
        ([(0.01, 0.1), (0.02, 0.3)], "Unitary polities are better beyond chance after 0 and 1 months."),
        ([(-0.1, -0.01), (-0.2, 0.3)], "Factional polities are better beyond chance after 0 months."),
    ],
)
def test_the_table_says_at_which_months_one_of_them_is_better_beyond_chance(spans, verdict):
    rows = [AblationScore(n, 20, 0.5, 0.5, 0.0, low, high) for n, (low, high) in enumerate(spans)]
    assert verdict in " ".join(as_text(ablation_table(rows), 200).split())


@pytest.mark.parametrize("reading", ACTOR_MODELS)
def test_the_forecasts_are_those_of_the_actor_model_asked_for_and_of_its_laws(war_files, tmp_path, reading):
    posterior = load()
    level = posterior.log_weight[:POINTS] - np.logaddexp.reduce(posterior.log_weight[:POINTS])
    own = replace(posterior, scores=posterior.scores[:POINTS], log_weight=level, wars=posterior.wars[:POINTS])
    save(own, tmp_path / "own.npz")
    flag = {"factional": "laws", "unitary": "unitary_laws"}[reading]
    found = backtest(*war_files, actor_model=reading, runs=1, with_ablation=False, **{flag: tmp_path / "own.npz"})
    assert (found.actor_model, found.plain()["actor_model"]) == (reading, reading)
    assert found.points == POINTS


def test_without_a_word_past_wars_are_forecast_as_their_coding_says(war_files):
    found = backtest(*war_files, runs=1, with_ablation=False)
    assert found.actor_model == actor_model()
