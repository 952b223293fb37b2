"""What must hold for every scoring rule, whatever the numbers."""

from __future__ import annotations

from math import inf, isnan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from ripeness.ledger.scores.brier import brier, indicator
from ripeness.ledger.scores.calibration import calibration
from ripeness.ledger.scores.crps import crps_sample
from ripeness.ledger.scores.discrimination import discrimination
from ripeness.ledger.scores.interval import mean_interval, share_interval
from ripeness.ledger.scores.log import log_score
from ripeness.ledger.scores.ranked_probability import ranked_probability
from ripeness.ledger.scores.relative import against_peers, gain

SHARES = some.lists(some.floats(0.01, 1), min_size=3, max_size=6).map(lambda weights: np.array(weights) / sum(weights))


@given(SHARES, some.data())
@pytest.mark.parametrize("rule", [brier, log_score, ranked_probability])
def test_honest_probabilities_expect_the_best_score(rule, belief: np.ndarray, data: some.DataObject) -> None:
    other = data.draw(some.lists(some.floats(0.01, 1), min_size=belief.size, max_size=belief.size))
    said = np.array(other) / sum(other)
    every = np.arange(belief.size)
    honest = belief @ rule(np.broadcast_to(belief, (belief.size, belief.size)), every)
    assert honest <= belief @ rule(np.broadcast_to(said, (belief.size, belief.size)), every) + 1e-12


def test_brier_runs_from_0_to_2_and_ranked_from_0_to_1() -> None:
    sure = np.eye(4)
    assert brier(sure, np.arange(4)).tolist() == [0, 0, 0, 0]
    assert float(brier(sure[0], 3)) == 2
    assert float(ranked_probability(sure[0], 3)) == 1


def test_ranked_score_forgives_a_near_miss_and_brier_does_not() -> None:
    near, far = [0, 1.0, 0], [0, 0, 1.0]
    assert ranked_probability(near, 0) < ranked_probability(far, 0)
    assert brier(near, 0) == brier(far, 0)


def test_calling_impossible_what_happens_costs_infinity() -> None:
    assert float(log_score([0.0, 1.0], 0)) == inf
    assert gain(inf, inf) == 0
    assert gain(inf, 1.0) == -inf


def test_an_outcome_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="index from 0 to 2"):
        indicator(3, 3)
    with pytest.raises(ValueError, match="at least two"):
        ranked_probability([1.0], 0)
    with pytest.raises(ValueError, match="at least one value"):
        crps_sample([], 0.0)


@given(some.lists(some.floats(-1e6, 1e6), min_size=1, max_size=20), some.floats(-1e6, 1e6), some.floats(-100, 100))
def test_crps_moves_with_nothing_when_all_values_shift_alike(sample: list[float], seen: float, shift: float) -> None:
    moved = crps_sample(np.array(sample) + shift, seen + shift)
    assert float(moved) == pytest.approx(float(crps_sample(sample, seen)), abs=1e-6)


def test_calibration_bins_hold_every_probability_once_with_its_edge_below() -> None:
    given, happened = [0.0, 0.1, 0.1, 0.55, 1.0], [0, 0, 1, 1, 1]
    bins = calibration(given, happened)
    assert [(b.low, b.n) for b in bins] == [(0.0, 1), (0.1, 2), (0.5, 1), (0.9, 1)]
    assert bins[1].share.value == 0.5
    assert bins[1].inside is False or bins[1].share.low <= 0.1


def test_calibration_refuses_what_is_no_probability() -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        calibration([1.2], [1])
    with pytest.raises(ValueError, match="2 probabilities for 1"):
        calibration([0.2, 0.3], [1])


def test_wilson_interval_holds_its_level_for_middling_shares() -> None:
    luck = np.random.default_rng(7)
    held = [
        (bound := share_interval(int(hits), 40)).low <= share <= bound.high
        for share in (0.1, 0.3, 0.5)
        for hits in luck.binomial(40, share, 2000)
    ]
    assert 0.87 < np.mean(held) < 0.94


def test_wilson_interval_of_published_example() -> None:
    """Newcombe 1998, Statistics in Medicine 17:857-872, Table I: 81 of 263 at 95 % is .2553 to .3662 by Wilson."""
    ours = share_interval(81, 263, deviations=1.959964)
    assert (round(ours.low, 4), round(ours.high, 4)) == (0.2553, 0.3662)
    assert ours.low < share_interval(81, 263).low < 81 / 263 < share_interval(81, 263).high < ours.high


def test_no_cases_give_no_interval_but_the_whole_line() -> None:
    assert isnan(share_interval(0, 0).value)
    assert isnan(mean_interval([]).value)
    assert isnan(mean_interval([0.3]).low)
    with pytest.raises(ValueError, match="not a share"):
        share_interval(3, 2)


@given(some.lists(some.tuples(some.integers(0, 10), some.booleans()), min_size=1, max_size=40))
def test_discrimination_is_the_share_of_pairs_in_the_right_order(cases: list[tuple[int, bool]]) -> None:
    given, happened = [p / 10 for p, _ in cases], [int(y) for _, y in cases]
    pairs = [
        1.0 if a > b else 0.5 if a == b else 0.0
        for a, y in zip(given, happened, strict=True)
        for b, z in zip(given, happened, strict=True)
        if y == 1 and z == 0
    ]
    found = discrimination(given, happened)
    if not pairs:
        assert isnan(found.value)
        return
    assert found.value == pytest.approx(np.mean(pairs), abs=1e-12)
    assert 0 <= found.low <= found.value <= found.high <= 1


def test_a_perfect_order_of_few_cases_is_still_uncertain() -> None:
    few, many = discrimination([0.9, 0.1], [1, 0]), discrimination([0.9, 0.1] * 50, [1, 0] * 50)
    assert few.value == many.value == 1
    assert few.low < 0.6
    assert many.low > 0.95


@given(some.dictionaries(some.text(min_size=1, max_size=3), some.floats(0, 2), min_size=2, max_size=6))
def test_gains_over_peers_cancel_on_each_question(scores: dict[str, float]) -> None:
    assert sum(against_peers(scores).values()) == pytest.approx(0, abs=1e-9)


def test_a_forecaster_alone_has_no_peers() -> None:
    assert against_peers({"alone": 0.2}) == {}
