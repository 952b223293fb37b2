"""What a forecast says follows from its runs."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from ripeness.ensemble.design import Design
from ripeness.ensemble.run import run
from ripeness.scenario.one_leader import with_one_leader
from ripeness.scenario.read import read_scenario, read_text
from ripeness.scenario.template import template
from ripeness.study import monthly_bands as bands
from ripeness.study.dataset import histories, results
from ripeness.study.forecast import forecast, probabilities_by_month, table_months
from ripeness.world.fault import Fault


@pytest.fixture(scope="module")
def ensemble():
    return run(read_text(template("minimal")).scenario, Design(draws=800, horizon=30, kept=200))


@pytest.fixture(scope="module")
def told(ensemble):
    return forecast(ensemble)


def test_the_table_shows_the_usual_months_within_the_horizon_and_the_horizon(told):
    assert told.months == (6, 12, 24, 30)
    assert table_months(60) == (6, 12, 24, 60)
    assert table_months(3) == (3,)


def test_ways_to_a_victory_add_up_to_the_victory(told):
    for whole in told.merged:
        same = (whole.outcome, whole.polity, whole.month)
        parts = [one.p for one in told.outcomes if (one.outcome, one.polity, one.month) == same]
        assert abs(sum(parts) - whole.p) < 1e-12


def test_the_war_can_only_end_once_so_fighting_never_grows_again(ensemble):
    fighting = [one.p for one in probabilities_by_month(ensemble) if one.outcome == "fighting"]
    assert fighting[0] == 1
    assert all(later <= earlier for earlier, later in pairwise(fighting))


def test_the_share_that_ends_is_what_is_no_longer_fighting(told):
    last = next(one for one in told.merged if one.outcome == "fighting" and one.month == 30)
    assert told.duration.ended == pytest.approx(1 - last.p, abs=1e-12)
    assert (told.duration.median is None) == (told.duration.ended < 0.5)


def test_both_ledgers_hold_every_polity_and_every_faction(told):
    assert [one.polity for one in told.aims] == ["north", "south"]
    assert len(told.worth) == 6
    lives = told.lives()
    assert lives.low <= lives.median <= lives.high
    assert {one.polity for one in told.costs} == {"north", "south", None}


def test_gains_weighted_by_how_often_they_happen_come_to_nothing(told):
    for faction in {(one.polity, one.faction) for one in told.gains}:
        total = sum(one.gain * one.runs for one in told.gains if (one.polity, one.faction) == faction)
        assert abs(total) / 800 < 1e-3


def test_the_datasets_carry_units_and_meanings_and_survive_the_file(ensemble, tmp_path):
    for data in (results(ensemble, {"case": "valley"}), histories(ensemble)):
        for name, array in data.data_vars.items():
            assert array.attrs["units"], name
            assert array.attrs["long_name"], name
        data.to_netcdf(tmp_path / "whole.nc", engine="h5netcdf")
        import xarray

        with xarray.open_dataset(tmp_path / "whole.nc", engine="h5netcdf") as again:
            assert set(again.data_vars) == set(data.data_vars)
            name = next(iter(set(data.data_vars) - {"ending"}))
            assert np.array_equal(again[name].values, data[name].values, equal_nan=True)


def test_the_chances_in_the_dataset_sum_to_one_in_every_month(ensemble):
    assert np.allclose(results(ensemble)["p"].sum("outcome"), 1)


def test_bands_hold_their_median_and_shrink_to_the_wars_that_go_on(ensemble):
    front = bands.front_bands(ensemble)
    assert all(band.low <= band.median <= band.high for band in front)
    assert front[0].runs == 200
    assert all(later.runs <= earlier.runs for earlier, later in pairwise(front))
    assert {band.series for band in bands.power_bands(ensemble, "south")} <= {"cabinet", "army", "voters"}


def test_the_unitary_reading_has_one_decider_in_every_polity():
    scenario = with_one_leader(read_scenario("japan-1945"))
    for polity in scenario.polities.values():
        assert list(polity.factions) == ["country"]
        assert polity.conduct.leader_weight.centre == 0
    ensemble = run(scenario, Design(draws=64, horizon=6))
    assert ensemble.album["japan.power"].shape[1] == 1


def test_the_country_keeps_its_own_stated_position_and_else_the_mean_of_its_factions():
    scenario = read_scenario("japan-1945")
    japan = scenario.polities["japan"]
    one = with_one_leader(scenario, ["japan"]).polities["japan"].factions["country"]
    for issue, stated in japan.country.positions.items():
        assert one.positions[issue] == stated
    assert len(with_one_leader(scenario, ["japan"]).polities["united-states"].factions) > 1
    with pytest.raises(Fault, match="no polity 'france'"):
        with_one_leader(scenario, ["france"])
