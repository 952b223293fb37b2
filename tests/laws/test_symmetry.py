"""Symmetry and neutrality: no side, name or order matters: model, section 5."""

from __future__ import annotations

import copy

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from twins import twins

from ripeness.ensemble.design import Design
from ripeness.ensemble.run import run
from ripeness.scenario.schema import Scenario
from ripeness.world.outcome import ENDS, SETTLEMENT

OPPOSITE = {0: 0, 1: 2, 2: 1, 3: 4, 4: 3, 5: 5, 6: 6, 7: 8, 8: 7, 9: 9}
PATHS = ("demand", "effort", "economy", "forces", "deaths", "weary", "pressure")
share = st.floats(0.05, 0.95)


@st.composite
def wars(draw):
    """Two different sides, with numbers that matter drawn at random."""
    data = twins(talks__mediation=1, stake__held=draw(share))
    data["horizon"] = 24
    for polity in data["polities"].values():
        polity["resources"] |= {
            "quality": draw(st.floats(0.5, 2)),
            "forces": draw(st.floats(100, 1000)),
            "deaths": draw(st.floats(0.5, 8)),
        }
        polity["conduct"] |= {
            "leader_weight": draw(share),
            "leader_share": draw(share),
            "quota": draw(st.floats(0.4, 0.8)),
            "rearm": draw(st.floats(0, 1)),
        }
        polity["regime"] = draw(st.sampled_from(["democracy", "mixed", "autocracy"]))
        for faction in polity["factions"].values():
            faction["traits"] |= {
                "optimism": draw(st.floats(-1, 1)),
                "war_gain": draw(st.floats(0, 0.03)),
                "credit": draw(st.floats(-0.5, 0.5)),
            }
            faction["positions"] = {issue: draw(share) for issue in ("effort", "restraint", "reform")}
            faction["responds"] = {
                "effort": {"pressure": draw(st.floats(-0.3, 0.3)), "weariness": draw(st.floats(-0.5, 0))}
            }
    return data


def simulate(data, *, quiet, draws=8, kept=8):
    """One ensemble of the data as it stands."""
    return run(Scenario.model_validate(data), Design(draws=draws, per_point=1, kept=kept), quiet=quiet)


def swapped(data):
    """The same war told from the other side."""
    other = copy.deepcopy(data)
    other["polities"] = dict(reversed(other["polities"].items()))
    other["stake"]["held"] = 1 - other["stake"]["held"]
    return other


@settings(max_examples=20, deadline=None)
@given(wars())
def test_with_chance_off_swapping_the_sides_changes_nothing(data):
    here, there = simulate(data, quiet=True), simulate(swapped(data), quiet=True)
    assert np.allclose(here.album["front"], -there.album["front"], atol=1e-6)
    for side in data["polities"]:
        for path in PATHS:
            assert np.allclose(
                here.album[f"{side}.{path}"], there.album[f"{side}.{path}"], rtol=1e-6, atol=1e-6, equal_nan=True
            ), path


@settings(max_examples=20, deadline=None)
@given(wars())
def test_with_chance_off_splitting_a_faction_into_two_halves_changes_nothing(data):
    split = copy.deepcopy(data)
    factions = split["polities"]["north"]["factions"]
    half = factions["army"] | {"power": factions["army"]["power"] / 2}
    factions["army"], factions["army-too"] = half, copy.deepcopy(half)
    here, there = simulate(data, quiet=True), simulate(split, quiet=True)
    assert np.allclose(here.album["front"], there.album["front"], atol=1e-6)
    for side in data["polities"]:
        for path in PATHS:
            assert np.allclose(
                here.album[f"{side}.{path}"], there.album[f"{side}.{path}"], rtol=1e-6, atol=1e-6, equal_nan=True
            ), path


@settings(max_examples=10, deadline=None)
@given(wars(), st.randoms(use_true_random=False))
def test_with_chance_on_renaming_and_reordering_change_no_bit(data, random):
    other = copy.deepcopy(data)
    for polity in other["polities"].values():
        keys = list(polity["factions"])
        random.shuffle(keys)
        polity["factions"] = {key: polity["factions"][key] | {"name": f"The {key}, renamed"} for key in keys}
        polity["issues"] = dict(reversed(polity["issues"].items()))
        polity["name"] = "Another name"
    here, there = (simulate(each, quiet=False, draws=64) for each in (data, other))
    for name in ("code", "months", "share", "deaths", "output_lost"):
        assert np.array_equal(here.results[name], there.results[name], equal_nan=True), name


@settings(max_examples=10, deadline=None)
@given(wars())
def test_no_zone_no_deal_whatever_the_war(data):
    found = simulate(data, quiet=False, draws=128, kept=0).results
    assert (found["zone"][found["code"] == SETTLEMENT] >= 0).all()


@pytest.fixture(scope="module")
def uneven():
    """A war with some of everything, and much chance."""
    data = twins(talks__mediation=1, stake__held=0.4, laws={"freeze": 0.02, "removal": 0.01, "hidden": 0})
    for name, strength in (("north", 1.2), ("south", 0.9)):
        data["polities"][name]["resources"]["quality"] = strength
        for faction in data["polities"][name]["factions"].values():
            faction["traits"]["optimism"] = 1.0
    return data


def _frequencies(ensemble, flip):
    code = ensemble.results["code"]
    return np.array([np.mean(code == (OPPOSITE[end.code] if flip else end.code)) for end in ENDS])


@pytest.mark.parametrize("how", ["swap", "split"])
def test_with_chance_on_swap_and_split_change_nothing_in_distribution(uneven, how):
    draws = 8000
    other = swapped(uneven)
    if how == "split":
        other = copy.deepcopy(uneven)
        factions = other["polities"]["north"]["factions"]
        half = factions["army"] | {"power": factions["army"]["power"] / 2}
        factions["army"], factions["army-too"] = half, copy.deepcopy(half)
    here, there = (simulate(each, quiet=False, draws=draws, kept=0) for each in (uneven, other))
    first, second = _frequencies(here, flip=False), _frequencies(there, flip=how == "swap")
    error = np.sqrt((first * (1 - first) + second * (1 - second)) / draws + 1e-6)
    assert (np.abs(first - second) < 4 * error).all()
    months = here.results["months"], there.results["months"]
    assert abs(months[0].mean() - months[1].mean()) < 4 * np.hypot(months[0].std(), months[1].std()) / np.sqrt(draws)
