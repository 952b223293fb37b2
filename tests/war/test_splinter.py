"""A faction that leaves a movement takes its arms along, and may fight on; states are spared."""

from __future__ import annotations

import numpy as np
import pytest

from ripeness.ensemble.design import Design
from ripeness.ensemble.run import run
from ripeness.scenario.read import read_text
from ripeness.scenario.template import template
from ripeness.war.block import new_records
from ripeness.war.combat import take_losses
from ripeness.war.splinter import field_forces, share_refusing, split_off
from ripeness.war.talk import rout

RUNS = 2


def movement(**values):
    return new_records("polities", **({"forces": 10.0, "camp": 1.0, "defection": 1.0, "can_splinter": True} | values))[
        0
    ]


def factions(**values):
    usual = {"arms": [0.5, 0.3, 0.2], "fights_on": 0.4, "splinter_draw": 0.1, "has_left": [0.0, 0.0, 1.0]}
    return new_records("factions", 3, **(usual | values))


@pytest.mark.parametrize(("draw", "apart"), [(0.39, 2.0), (0.41, 0.0)])
def test_who_leaves_takes_its_men_along_and_fights_on_by_its_chance(draw, apart):
    polity, inside = movement(), factions(splinter_draw=draw)
    split_off(polity, inside, RUNS)
    assert np.allclose(polity.forces[:RUNS], 8.0)
    assert np.allclose(polity.splinter_forces[:RUNS], apart)
    assert inside[2].splintered[0] == (apart > 0)


def test_what_stays_is_shared_out_over_those_who_stay_and_nobody_leaves_twice():
    polity, inside = movement(), factions()
    for _ in range(3):
        split_off(polity, inside, RUNS)
    assert np.allclose([faction.arms[0] for faction in inside], [0.625, 0.375, 0.0])
    assert np.allclose(polity.forces[0] + polity.splinter_forces[0], 10.0)
    assert np.allclose(polity.splinter_forces[0], 2.0)


def test_splinters_add_to_the_field_at_a_discount_and_bear_losses_by_numbers():
    polity = movement(forces=8.0, splinter_forces=2.0, expected_deaths=1.0, wounded_ratio=0.0)
    parameters = new_records("parameters", uncoordinated=0.5)[0]
    field_forces(polity, parameters, RUNS)
    assert np.allclose(polity.fielded[:RUNS], 9.0)
    take_losses(polity, new_records("shared", lull=1.0)[0], parameters, 1.0, RUNS)
    assert np.allclose(polity.forces[:RUNS], 7.2)
    assert np.allclose(polity.splinter_forces[:RUNS], 1.8)


@pytest.mark.parametrize(("defection", "expected"), [(0.0, 0.2), (1.0, 0.2 + 0.8 * 0.5 * 0.4), (5.0, 0.2 + 0.8 * 0.5)])
def test_after_a_peace_splinters_fight_on_and_of_those_who_refuse_as_many_as_leave_and_fight(defection, expected):
    """The first faction refuses .6 of the stake; the second, who would have less, accepts."""
    polity = movement(forces=8.0, splinter_forces=2.0, defection=defection)
    inside = factions(arms=[0.5, 0.5, 0.0], reservation=[0.7, 0.5, 0.9], has_left=0.0)
    shared = new_records("shared", terms=0.6)[0]
    share_refusing(polity, inside, shared, RUNS)
    assert np.allclose(polity.splinter_share[:RUNS], expected)


@pytest.mark.parametrize(("is_movement", "falls"), [(True, False), (False, True)])
def test_a_movement_that_began_outnumbered_does_not_fall_for_that_alone(is_movement, falls):
    """Five thousand against a hundred, as at the start: an army of a state would hold no front."""
    first = new_records("camps", forces=100.0, forces_start=100.0)[0]
    second = new_records("camps", forces=5.0, forces_start=5.0, is_movement=is_movement)[0]
    shared = new_records("shared")[0]
    rout(first, second, shared, new_records("parameters", fall=3.0, outnumbered=0.1, barrier=3.5)[0], RUNS)
    assert (shared.hazard[0, 0] > 0) == falls
    second.forces[:RUNS] = 0.25
    rout(first, second, shared, new_records("parameters", fall=3.0, outnumbered=0.1, barrier=3.5)[0], RUNS)
    assert shared.hazard[0, 0] > 0


def test_a_state_keeps_its_forces_and_its_results_say_nothing_of_splinters():
    results = run(read_text(template("minimal")).scenario, Design(64, 1, kept=0)).results
    assert not {"splinter_forces", "splintered"} & results.keys()


def test_a_movement_without_loyalty_falls_apart():
    text = template("civil").replace("organisation: coalition", "organisation: fragmented")
    for name in ("command", "bands"):
        text = text.replace(f"{name}: {{", f"{name}: {{traits: {{loyalty: 0.001, exit_rate: 5, fights_on: 0.999}}, ")
    results = run(read_text(text).scenario, Design(64, 1, kept=0)).results
    left, on = results["gone"][3:], results["splintered"][3:]
    assert left[1:3].mean() > 0.9
    assert on[1:3].mean() > 0.85
    assert not left[0].any(), "who leads stays"
    assert (results["splinter_forces"][1] > 0).mean() > 0.8
    assert not results["splinter_forces"][0].any()


def test_a_movement_in_which_nobody_commands_anybody_fights_and_loses_nobody_to_splinters():
    text = template("civil")
    for archetype in ("political_leadership", "commanders", "militias", "social_base"):
        text = text.replace(f"archetype: {archetype},", f"archetype: {archetype}, traits: {{arms: 0}},")
    results = run(read_text(text).scenario, Design(draws=8, per_point=2, kept=2, horizon=3)).results
    assert np.isfinite(results["deaths"]).all()
    assert not results["splinter_forces"].any()
