"""KTAB's election against its own fixed point, and position exchange against the published starting outcomes."""

from __future__ import annotations

import numpy as np
import pytest

from ripeness.decision.condorcet_votes import beat_by_distance, conditional_shares, markov_shares
from ripeness.decision.exchange import exchange
from ripeness.decision.weighted_mean import weighted_mean

POWER = np.array([0.4, 0.35, 0.25])
CARE = np.array([0.9, 0.5, 0.7])
AT = np.array([0.1, 0.6, 0.9])


def chances(victory: float = 1.0, risk: float = 0.0) -> np.ndarray:
    """The chance that option j beats option k."""
    chance = np.empty((3, 3))
    beat_by_distance(AT, POWER, CARE, AT, victory, risk, chance)
    return chance


@pytest.mark.parametrize("victory", [1.0, 2.0, 4.0, 8.0])
@pytest.mark.parametrize("risk", [0.0, 0.5])
def test_the_chance_to_win_is_the_votes_for_over_all_votes_to_the_victory_law(victory: float, risk: float):
    distance = CARE[:, None] * np.abs(AT[:, None] - AT)
    utility = (1 - distance) * (1 + distance * risk)
    votes = POWER[:, None, None] * (utility[:, :, None] - utility[:, None, :])
    support = np.where(votes > 0, votes, 0).sum(axis=0) ** victory
    both = support + support.T
    expected = np.where(both > 0, support / np.where(both > 0, both, 1), 0.5)
    assert chances(victory, risk) == pytest.approx(expected, abs=1e-14)


def test_the_markov_shares_are_the_fixed_point_of_uniform_challenges():
    chance, share = chances(), np.empty(3)
    markov_shares(chance, share)
    again = (chance * (share[:, None] + share[None, :])).sum(axis=1) / 3
    assert again == pytest.approx(share, abs=1e-15)
    assert share.sum() == pytest.approx(1.0)


def test_the_conditional_shares_are_products_of_chances():
    chance, share = chances(), np.empty(3)
    conditional_shares(chance, share)
    products = np.array([np.prod(np.delete(chance[j], j)) for j in range(3)])
    assert share == pytest.approx(products / products.sum(), abs=1e-15)


def test_before_exchange_the_outcome_is_the_weighted_mean():
    assert weighted_mean([1, 1, 1], np.ones((3, 1)), [[0], [100], [100]]) == pytest.approx([66.6667], abs=5e-5)
    assert weighted_mean([1, 1], np.ones((2, 1)), [[0], [100]]) == [50.0]


def test_an_exchange_gives_both_the_same_gain():
    salience, position = np.array([[0.3, 0.8], [0.6, 0.4], [0.5, 0.5]]), np.array([[0, 1.0], [1, 0.0], [0.5, 0.5]])
    power = [1.0, 2.0, 9.0]
    before, after = weighted_mean(power, salience, position), exchange(power, salience, position)
    gain = (salience * (np.abs(position - before) - np.abs(position - after))).sum(axis=1)
    assert gain[0] > 0.01
    assert gain[0] == pytest.approx(gain[1], abs=1e-12)


def test_without_a_difference_in_salience_nothing_is_exchanged():
    salience, position = np.full((2, 2), 0.5), np.array([[0, 1.0], [1, 0.0]])
    assert exchange([1, 1], salience, position).tolist() == [0.5, 0.5]


def test_an_exchange_that_would_carry_an_outcome_beyond_who_gains_by_it_is_void():
    salience = np.array([[0.5, 0.9], [0.9, 0.5], [0.7, 0.0]])
    near, far = (np.array([[0, 1.0], [second, 0.0], [1, 0.5]]) for second in (0.6, 1.0))
    power = [1.0, 1.0, 1.0]
    assert exchange(power, salience, near).tolist() == weighted_mean(power, salience, near).tolist()
    assert exchange(power, salience, far) != pytest.approx(weighted_mean(power, salience, far), abs=0.01)
