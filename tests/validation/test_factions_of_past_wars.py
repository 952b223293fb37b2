"""Factions of past wars: at a gap of nought they are alike, at one they differ as archetypes do, partners apart."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from ripeness.scenario.number_paths import scenario_numbers
from ripeness.validation.calibrate.prior import parameter_prior, shares
from ripeness.validation.calibrate.simulated_wars import overrides, simulate_kind
from ripeness.validation.history.coding import gap_numbers, scenario_of
from ripeness.validation.history.factions import faction_overrides

KIND = (True, "personal, 1 partner", "accountable")
RUNS = 64


@pytest.fixture
def overrides_at():
    """What the factions of some runs are set to at one gap, leader's weight and slope."""

    def work(gap: float, weight: float = 0.4, slope: float = 0.0):
        values = {"hawk_dove_gap": gap, "leader_weight": weight, "leader_weight_slope": slope}
        full = {name: np.full(RUNS, value) for name, value in values.items()}
        return faction_overrides(KIND, full, lambda name: shares(name, 7, 0, RUNS))

    return work


def test_every_path_is_a_number_of_the_scenario(overrides_at):
    assert set(overrides_at(0.5)) <= set(dict(scenario_numbers(scenario_of(KIND))))


def test_without_a_gap_the_factions_of_a_polity_are_alike_and_a_partner_is_another_country(overrides_at):
    values = overrides_at(0.0)
    for number in gap_numbers():
        own = [values[f"polities.first.factions.{faction}.{number}"] for faction in ("leader", "military", "public")]
        for one, other in pairwise(own):
            np.testing.assert_allclose(one, other, rtol=1e-9)
        partner = values[f"polities.first.factions.partner1.{number}"]
        assert np.mean(partner != own[0]) > 0.9
        assert not np.allclose(own[0], values[f"polities.second.factions.leader.{number}"])


def test_at_a_gap_of_one_typical_factions_are_those_of_the_archetypes(overrides_at):
    factions = scenario_of(KIND).polities["first"].factions
    country = scenario_of(KIND).polities["first"].country.traits
    values = overrides_at(1.0)
    for name in ("stake_value", "casualty_aversion", "exposure"):
        for key in ("military", "public", "elite"):
            told = (
                values[f"polities.first.factions.{key}.traits.{name}"]
                / overrides_at(0.0)[f"polities.first.factions.{key}.traits.{name}"]
            )
            wanted = getattr(factions[key].traits, name).centre / getattr(country, name).centre
            np.testing.assert_allclose(told, wanted, rtol=1e-9)


@pytest.mark.parametrize("gap", [0.0, 0.5, 1.2, 3.0])
def test_numbers_stay_within_their_bounds(overrides_at, gap: float):
    numbers = dict(scenario_numbers(scenario_of(KIND)))
    for path, values in overrides_at(gap).items():
        assert (values >= numbers[path].low).all(), path
        assert (values <= numbers[path].high).all(), path


def test_a_slope_of_nought_gives_all_leaders_one_weight_and_a_positive_one_more_to_the_personal(overrides_at):
    first, second = "polities.first.conduct.leader_weight", "polities.second.conduct.leader_weight"
    plain, sloped = overrides_at(0.4), overrides_at(0.4, slope=0.5)
    np.testing.assert_allclose(plain[first], 0.4)
    np.testing.assert_allclose(plain[second], 0.4)
    assert (sloped[first] > 0.4).all()
    assert (sloped[second] < 0.4).all()


def test_where_each_side_is_one_person_no_coefficient_of_factions_reaches_the_war():
    prior = parameter_prior()
    values = prior.values(prior.draw(3, 0, 4))
    assert not any("factions" in path or "leader_weight" in path for path in overrides(KIND, values, 2, 1, "unitary"))
    moved = values | {name: values[name][::-1] for name in ("hawk_dove_gap", "leader_weight", "leader_weight_slope")}
    plain, other = (simulate_kind(KIND, given, 8, 1, "unitary") for given in (values, moved))
    np.testing.assert_array_equal(plain.months, other.months)


def test_hawks_and_doves_further_apart_change_the_wars_of_divided_polities():
    prior = parameter_prior()
    values = prior.values(np.zeros((1, len(prior.names))))
    wars = [simulate_kind(KIND, values | {"hawk_dove_gap": np.array([gap])}, 400, 1) for gap in (0.0, 1.0)]
    assert np.mean(wars[0].months != wars[1].months) > 0.25
