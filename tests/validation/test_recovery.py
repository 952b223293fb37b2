"""Power behind simulated choices is found again: truths drawn from the flat prior, choices by the model of `infer`."""

from __future__ import annotations

import json

import numpy as np
import pytest
from typer.testing import CliRunner

from ripeness.main import app
from ripeness.validation.inference.recovery import recover, say_in_choices, uniform_p_value
from ripeness.validation.inference.simulated_polity import (
    HALF_INTERVAL,
    LEAST_FACTIONS,
    MOST_FACTIONS,
    POLITY,
    RecoveryDesign,
    simulate_polity,
)
from ripeness.world.fault import Fault

POLITIES = 42


@pytest.fixture(scope="module")
def recovery():
    return recover(POLITIES, particles=250)


def test_the_strongest_faction_is_found_about_as_often_as_its_probabilities_say(recovery):
    assert recovery.recovered > 2 * recovery.by_chance
    assert abs(recovery.recovered - recovery.expected) < 3 * recovery.recovered_error + 0.03
    assert recovery.among_two >= recovery.recovered


def test_ninety_percent_intervals_hold_the_truth_nine_times_in_ten(recovery):
    assert 0.85 <= recovery.covered <= 0.95


def test_ranks_of_the_truth_are_uniform(recovery):
    assert min(recovery.uniformity()) > 0.001


def test_a_hundred_choices_on_few_issues_are_covered_too():
    many = recover(12, RecoveryDesign(100, 10), particles=250)
    assert many.covered > 0.75
    assert many.narrowing > 0.2
    assert many.recovered > 2 * many.by_chance


def test_most_say_counts_the_prerogative_of_the_leader(recovery):
    assert recovery.say_recovered >= recovery.say_by_chance - 0.05
    assert abs(recovery.say_recovered - recovery.say_expected) < 0.2
    simulated = simulate_polity(1, RecoveryDesign(2, leader_known=True))
    council, unknowns = simulated.likelihood, simulated.unknowns[:, None]
    say, leader = say_in_choices(council, unknowns)[:, 0], council.council.leader
    share = council.choice_conduct(np.random.default_rng(1).standard_normal((council.unknowns, 2)))[0]
    assert share[0] == share[1] == council.choice_conduct(unknowns)[0][0]
    assert say.sum() == pytest.approx(1)
    assert say[leader] == pytest.approx(share[0] + (1 - share[0]) * simulated.truth[leader])


def test_ranks_that_crowd_are_seen():
    assert uniform_p_value(np.array([30] * 20 + list(range(44)))) < 0.001


def test_a_simulated_polity_repeats_and_has_positions_within_their_intervals():
    first, second = simulate_polity(3), simulate_polity(3)
    assert (first.truth == second.truth).all()
    assert [item.at for item in first.items] == [item.at for item in second.items]
    assert sum(first.truth) == pytest.approx(1)
    for faction in first.scenario.polities[POLITY].factions.values():
        for position in (place for key, place in faction.positions.items() if key.startswith("issue")):
            low, _, high = position.interval()
            assert high - low == pytest.approx(2 * HALF_INTERVAL)


def test_polities_have_three_to_eight_factions_and_any_of_them_leads():
    polities = [simulate_polity(n, RecoveryDesign(2)) for n in range(18)]
    assert {len(polity.truth) for polity in polities} == set(range(LEAST_FACTIONS, MOST_FACTIONS + 1))
    leaders = [
        next(n for n, faction in enumerate(polity.scenario.polities[POLITY].factions.values()) if faction.leads)
        for polity in polities
    ]
    assert len(set(leaders)) > 3


def test_the_command_says_what_was_found_and_refuses_too_few():
    words = ["councils", "recover", "--polities", "8", "--choices", "3", "--particles", "100", "--json"]
    plain = json.loads(CliRunner().invoke(app, words).stdout)
    assert len(plain["polities"]) == 8
    assert 0 <= plain["recovered"] <= 1
    refused = CliRunner().invoke(app, ["councils", "recover", "--polities", "2"])
    assert isinstance(refused.exception, Fault)
    assert str(refused.exception) == "--polities is 2; it can be 8 to 2000"
