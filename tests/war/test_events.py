"""Events: what may change does change, within its bounds, and what is past does not happen again."""

from __future__ import annotations

import numpy as np
import pytest
import yaml

from ripeness.ensemble.design import Design
from ripeness.ensemble.run import run
from ripeness.scenario.number_paths import find_number_field, scenario_numbers
from ripeness.scenario.one_leader import with_one_leader
from ripeness.scenario.read import read_text
from ripeness.scenario.template import template
from ripeness.scenario.validation.events import can_events_change
from ripeness.world.outcome import FRONT_SECOND, SURRENDER_TO_SECOND

RUNS = Design(draws=16, per_point=1, kept=16, horizon=4)


def valley(**event):
    """The full template with one event, a day after the start."""
    data = yaml.safe_load(template("full"))
    east = data["polities"]["east"]
    east["trade_weight"] = 0.002
    east["issues"]["arms"]["rule"] = "quota"
    east["issues"]["grain"] = {"role": "trade", "toward": "north", "ends": ["closed", "open"]}
    data["polities"]["north"]["factions"]["people"] = {"archetype": "public", "power": 0, "positions": {"schools": 0.5}}
    data["polities"]["north"]["conduct"]["rearm"] = 1
    data["events"] = {"turn": {"on": "2025-01-02"} | event}
    return read_text(yaml.safe_dump(data)).scenario


def paths():
    """Every number that an event may change."""
    scenario = valley()
    return [path for path in scenario_numbers(scenario) if can_events_change(scenario, path)]


def told(scenario):
    """Everything that runs show. Shapes: rows of (R,)."""
    ensemble = run(scenario, RUNS)
    kept = [page.reshape(-1, 16) for _, page in sorted(ensemble.album.items())]
    assert all(
        np.isfinite(page).all()
        for name, page in ensemble.results.items()
        if name not in {"renewed_month", "truce_first"}
    )
    return np.concatenate([ensemble.results["code"][None], ensemble.results["renewal"][None], *kept])


def test_events_reach_every_kind_of_number_that_the_form_promises():
    ends = {path.split(".")[-1] for path in paths()}
    assert ends >= {
        "leader_weight",
        "quota",
        "repression",
        "reporting",
        "rearm",
        "guarantee",
        "claim",
        "call_up",
        "production",
        "quality",
        "aid_capacity",
        "sanctions_weight",
        "trade_weight",
        "reliability",
        "mediation",
        "misperception",
        "power",
        "effort",
        "schools",
        "terms",
        "trade_rent",
        "war_gain",
        "loyalty",
    }
    assert "polities.north.factions.palace.positions.terms" not in paths()
    assert "polities.east.conduct.rearm" not in paths()


def one_of_each():
    """One path for each kind of number, where it has something to act on."""
    fitting = [
        path
        for path in paths()
        if path.startswith(("polities.north", "talks", "polities.east")) and ".palace." not in path
    ]
    found = {path.split(".")[-1]: path for path in fitting}
    acting = {
        name: f"polities.north.factions.people.traits.{name}" for name in ("organisation", "distance")
    }  # in the streets
    return (found | acting).values()


@pytest.mark.parametrize("path", one_of_each())
def test_whatever_an_event_may_change_it_moves_and_never_beyond_the_bounds(path):
    bounds = find_number_field(valley(), path)
    low, high, pushed = (
        told(valley(changes=[{"path": path, **change}]))
        for change in ({"set": bounds.low}, {"set": min(bounds.high, 5.0)}, {"scale": -1e6})
    )
    assert not np.array_equal(low, high, equal_nan=True)
    assert np.array_equal(low, pushed, equal_nan=True) or path.endswith(
        ("misperception", "credit", "war_weight")
    )  # negative before


def test_a_dated_event_before_the_start_does_not_happen_again():
    past = valley(on="2024-06-01", shock={"front": {"north": 2}})
    future = valley(on="2030-06-01", shock={"front": {"north": 2}})
    assert np.array_equal(told(past), told(future), equal_nan=True)
    assert not np.array_equal(told(past), told(valley(on="2025-01-01", shock={"front": {"north": 2}})), equal_nan=True)


MOST = {
    "front": 10,
    "weariness": 10,
    "economy": 1,
    "munitions": 1000,
    "forces": 10_000_000,
    "participation": 1,
    "optimism": 10,
}


@pytest.mark.parametrize("what", MOST)
@pytest.mark.parametrize("much", [-1, 1])
def test_a_shock_of_any_size_leaves_numbers_that_are_numbers(what, much):
    assert not np.array_equal(
        told(valley(shock={what: {"south": much * MOST[what]}})),
        told(valley(shock={what: {"south": 0}})),
        equal_nan=True,
    )


def test_an_event_by_hazard_happens_as_often_as_its_hazard_says_and_once_a_run():
    scenario = valley(on=None, hazard=0.1, changes=[{"path": "talks.guarantee", "add": 0.1}])
    ensemble = run(scenario, Design(draws=2000, per_point=1, kept=2000, horizon=6))
    happened, going = ensemble.album["happened"][:, 0], ~np.isnan(ensemble.album["front"])
    began = (np.diff(happened, axis=0) > 0).sum() / (going[1:] & (happened[:-1] == 0)).sum()
    assert began == pytest.approx(1 - np.exp(-0.1), abs=0.01)


def test_an_event_by_hazard_keeps_within_its_days():
    scenario = valley(
        on=None, hazard=10, after="2025-03-02", before="2025-04-02", changes=[{"path": "talks.guarantee", "add": 0.1}]
    )
    happened = run(scenario, RUNS).album["happened"][:, 0]
    assert np.nanmax(happened[:3]) == 0
    assert np.nanmin(happened[4:]) == 1


def test_a_country_as_one_person_is_moved_by_events_too():
    moved = valley(changes=[{"path": "polities.north.factions.army.positions.effort", "add": -0.4}])
    still = valley(changes=[{"path": "polities.north.factions.army.positions.effort", "add": 0}])
    assert not np.array_equal(told(with_one_leader(moved)), told(with_one_leader(still)), equal_nan=True)


def test_a_patron_that_decides_nothing_may_still_enter_the_war_in_both_readings():
    data = yaml.safe_load(template("minimal"))
    data["polities"]["east"] = {"role": "patron", "factions": {"palace": {"archetype": "leader"}}}
    data["events"] = {"entry": {"on": "2025-01-01", "enters": "east", "beside": "south", "strength": 3}}
    joined = read_text(yaml.safe_dump(data)).scenario
    data["events"] = {}
    alone = read_text(yaml.safe_dump(data)).scenario
    won = [
        np.isin(run(one, Design(draws=400, per_point=1, kept=0)).code, (FRONT_SECOND, SURRENDER_TO_SECOND)).mean()
        for one in (joined, with_one_leader(joined), alone)
    ]
    assert min(won[:2]) > won[2] + 0.1
