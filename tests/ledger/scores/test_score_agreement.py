"""The scoring rules against an independent library, digit by digit."""

from __future__ import annotations

import numpy as np
import pytest

from ripeness.ledger.scores.brier import brier
from ripeness.ledger.scores.crps import crps_sample
from ripeness.ledger.scores.log import log_score
from ripeness.ledger.scores.ranked_probability import ranked_probability

scoringrules = pytest.importorskip("scoringrules")
TOLERANCE = 1e-12


def cases(outcomes: int, n: int = 500) -> tuple[np.ndarray, np.ndarray]:
    luck = np.random.default_rng(outcomes)
    return luck.dirichlet(np.ones(outcomes), n), luck.integers(0, outcomes, n)


@pytest.mark.parametrize("outcomes", [2, 3, 5, 9])
def test_brier_is_the_sum_of_the_librarys_brier_over_the_outcomes(outcomes: int) -> None:
    given, happened = cases(outcomes)
    theirs = sum(scoringrules.brier_score((happened == k).astype(float), given[:, k]) for k in range(outcomes))
    np.testing.assert_allclose(brier(given, happened), theirs, rtol=0, atol=TOLERANCE)


def test_log_score_is_the_librarys_on_two_outcomes() -> None:
    given, happened = cases(2)
    theirs = scoringrules.log_score((happened == 1).astype(float), given[:, 1])
    np.testing.assert_allclose(log_score(given, happened), theirs, rtol=0, atol=TOLERANCE)


@pytest.mark.parametrize("outcomes", [2, 3, 5, 9])
def test_ranked_score_is_the_librarys_divided_by_the_number_of_cuts(outcomes: int) -> None:
    given, happened = cases(outcomes)
    theirs = scoringrules.rps_score(np.eye(outcomes)[happened], given, onehot=True)
    np.testing.assert_allclose(ranked_probability(given, happened) * (outcomes - 1), theirs, rtol=0, atol=TOLERANCE)


@pytest.mark.parametrize("size", [1, 2, 7, 100])
@pytest.mark.parametrize("estimator", ["nrg", "qd"])
def test_crps_is_the_librarys(size: int, estimator: str) -> None:
    luck = np.random.default_rng(size)
    sample, observed = luck.normal(size=(200, size)), luck.normal(size=200)
    theirs = scoringrules.crps_ensemble(observed, sample, estimator=estimator)
    np.testing.assert_allclose(crps_sample(sample, observed), theirs, rtol=0, atol=TOLERANCE)
