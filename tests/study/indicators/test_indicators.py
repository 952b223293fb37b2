"""Indicators: information is what it is, chance is taken off, and what is seen early counts."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from twins import twins, war

from ripeness.ensemble.design import Design
from ripeness.ensemble.run import run
from ripeness.study.indicators.calendar_dates import CalendarDate, calendar_dates
from ripeness.study.indicators.indicators import indicators
from ripeness.study.indicators.information import information, mutual_information, observation_bands
from ripeness.study.indicators.observables import observation_recorder
from ripeness.study.target import read_target
from ripeness.war.prepare import prepare

HORIZON = 18
UNEVEN = {"laws.hidden": "-0.8 to 0.8", "laws.deadlock": 0.05, "laws.advance": 0.6, "stake.held": "0.4 to 0.6"}
UNEVEN |= {"laws.settle": 0, "laws.surrender": 0}


@pytest.fixture(scope="module")
def seen():
    scenario = war(twins(), UNEVEN | {"events": {"talks": {"on": "2021-06-01", "note": "a meeting"}}})
    book = observation_recorder(prepare(scenario, HORIZON), scenario, 2400, HORIZON)
    ensemble = run(scenario, Design(2400, kept=64, horizon=HORIZON), watch=book)
    aim = read_target("victory:north", ["north", "south"], HORIZON, HORIZON)
    return scenario, ensemble, book, indicators(ensemble, book, aim)


def test_independent_observations_tell_nothing():
    rng = np.random.default_rng(1)
    found = information(rng.integers(0, 3, (500, 4)), rng.integers(0, 5, (500, 4)), np.ones((500, 4)), 1, "x")
    assert found.bits <= found.chance + 0.002


def test_a_noisy_copy_tells_what_shannon_says():
    rng = np.random.default_rng(2)
    truth = rng.integers(0, 2, (5000, 4))
    band = np.where(rng.uniform(size=truth.shape) < 0.1, 1 - truth, truth)
    known = 1 + 0.1 * np.log2(0.1) + 0.9 * np.log2(0.9)
    assert information(band, truth, np.ones(truth.shape), 1, "x").bits == pytest.approx(known, abs=0.01)


def test_runs_that_share_inputs_raise_the_level_of_chance():
    rng = np.random.default_rng(3)
    band, outcome = (np.repeat(rng.integers(0, 3, (200, 1)), 8, axis=1) for _ in range(2))
    together = information(band, outcome, np.ones(band.shape), 1, "x")
    plugged = mutual_information(band, outcome, np.ones(band.shape))
    assert plugged > 0.005
    assert together.bits <= together.chance + 0.002


def test_bands_are_thirds_or_yes_and_no():
    band, cuts = observation_bands(np.append(np.arange(99.0), np.nan))
    assert np.bincount(band[:-1]).tolist() == [33, 33, 33]
    assert band[-1] == -1
    assert len(cuts) == 2
    assert observation_bands(np.array([0.0, 1.0, 1.0]))[1] == (0.5,)
    assert observation_bands(np.zeros(5))[1] == ()


def test_the_front_tells_of_a_war_that_the_front_decides_and_which_way(seen):
    line = next(one for one in seen[3].indicators if one.key == "line")
    assert line.best.bits > 10 * line.best.chance
    low, *_, high = line.best.readings
    assert high.chances["victory:north"] > low.chances["victory:north"]


def test_indicators_stand_in_order_of_what_they_tell(seen):
    bits = [one.best.bits for one in seen[3].indicators]
    assert bits == sorted(bits, reverse=True)
    assert all(one.best.tells for one in seen[3].indicators)


def test_the_media_line_is_watched_on_both_sides(seen):
    keys = {one.key for one in seen[2].observables}
    assert {"north.media", "south.media", "north.losses", "north.protest", "north.fell"} <= keys


def test_what_is_noted_is_what_the_album_shows(seen):
    _, ensemble, book, _ = seen
    row = [one.key for one in book.observables].index("north.media")
    page = book.months.index(6.0)
    album = ensemble.album["north.media"][6]
    known = np.isfinite(album)
    assert known.any()
    assert np.allclose(book.values[row, page, :64][known], album[known], atol=1e-6)


def test_the_chances_of_every_reading_sum_to_one(seen):
    for look in (look for one in seen[3].indicators for look in one.looks):
        assert sum(reading.seen for reading in look.readings) == pytest.approx(1)
        assert all(sum(reading.chances.values()) == pytest.approx(1) for reading in look.readings)


def test_weights_of_one_change_nothing(seen):
    _, ensemble, book, told = seen
    assert indicators(ensemble, book, told.target, np.ones(2400)) == told


def test_dates_hold_the_scenarios_own_and_the_days_to_look(seen):
    scenario, _, _, told = seen
    found = calendar_dates(scenario, told, scenario.start)
    assert CalendarDate("event-talks-on", date(2021, 6, 1), "talks", "a meeting") in found
    assert any(one.id.startswith("watch-") for one in found)
    assert [one.on for one in found] == sorted(one.on for one in found)
