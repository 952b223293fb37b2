"""KTAB's own example of two issues, by its own reading of votes.

The numbers of the thirteen actors and the two expected outcomes are those of `SOE-Pol-Comp`, an example that the
KAPSARC Toolkit for Behavioral Analysis publishes under the MIT licence (https://github.com/KAPSARC/KTAB), and of the
reference run printed with it in 2017, turn 0.
"""

from __future__ import annotations

import numpy as np
import pytest

from ripeness.decision.condorcet import condorcet

# influence; position and salience on policy; position and salience on competitiveness (0 to 100)
ACTORS = np.array(
    [
        [100.0, 30, 24.0, 20, 48.0],
        [60.2, 45, 44.7, 65, 41.3],
        [35.0, 30, 28.9, 15, 65.1],
        [35.0, 45, 20.6, 45, 49.4],
        [40.0, 50, 44.7, 65, 47.8],
        [20.0, 15, 32.0, 10, 32.0],
        [15.0, 20, 32.0, 15, 32.0],
        [25.0, 60, 43.9, 50, 50.1],
        [20.0, 30, 26.4, 15, 17.6],
        [35.0, 45, 35.9, 40, 46.6],
        [20.0, 50, 44.7, 50, 47.8],
        [20.0, 20, 47.4, 30, 40.6],
        [40.0, 15, 49.0, 60, 46.0],
    ]
)
POWER, POSITION, SALIENCE = ACTORS[:, 0], ACTORS[:, [1, 3]] / 100, ACTORS[:, [2, 4]] / 100


def ktab(power=POWER, salience=SALIENCE, position=POSITION, **settings):
    return condorcet(power, salience, position, variant="condorcet-ktab", **settings)


def test_the_printed_outcomes_of_turn_0_come_out():
    assert (100 * ktab()).round(2).tolist() == [42.91, 41.92]


def test_our_own_reading_of_votes_gives_other_outcomes():
    assert (100 * condorcet(POWER, SALIENCE, POSITION)).round(2).tolist() == [38.22, 38.59]


def test_salience_counts_only_relative_to_an_actor_s_other_issues():
    assert ktab(salience=SALIENCE * np.linspace(0.1, 1, 13)[:, None]) == pytest.approx(ktab(), abs=1e-12)
    assert ktab(salience=SALIENCE[:, ::-1]) != pytest.approx(ktab(), abs=1e-3)


def test_on_one_issue_salience_counts_for_nothing():
    one = ktab(salience=SALIENCE[:, :1], position=POSITION[:, :1])
    assert one == pytest.approx(ktab(salience=np.ones((13, 1)), position=POSITION[:, :1]), abs=1e-12)


def test_the_order_of_actors_changes_nothing():
    turned = slice(None, None, -1)
    assert ktab(POWER[turned], SALIENCE[turned], POSITION[turned]) == pytest.approx(ktab(), abs=1e-12)


def test_equal_camps_leave_risk_out_of_it():
    assert ktab([1, 1], np.ones((2, 2)), [[0.2, 0.3], [0.8, 0.9]]) == pytest.approx([0.5, 0.6], abs=1e-12)


def test_who_does_not_care_about_an_issue_proposes_nothing_on_it():
    salience = np.array([[1, 1], [1, 0], [1, 1.0]])
    for nowhere in (0.0, 0.5, 1.0):
        found = ktab([1, 2, 1], salience, [[0.2, 0.1], [0.5, nowhere], [0.6, 0.3]])
        assert 0.1 <= found[1] <= 0.3
