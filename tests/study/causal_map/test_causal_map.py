"""The causal map: signs, loops, and links that carry what they carry."""

from __future__ import annotations

import pytest
from twins import twins, war

from ripeness.ensemble.design import Design
from ripeness.ensemble.run import run
from ripeness.scenario.read import read_text
from ripeness.scenario.template import TEMPLATES, template
from ripeness.show.charts.map_geometry import PLACES
from ripeness.study.causal_map.arrows import Arrow, causal_arrows
from ripeness.study.causal_map.causal_map import causal_map
from ripeness.study.causal_map.loops import causal_loops, cycles
from ripeness.study.target import read_target
from ripeness.war.prepare import prepare
from ripeness.world.pathway_names import NAMES

HORIZON, DRAWS = 12, 400
PRESSED = {"polities.north.factions.leader.responds": {"reform": {"pressure": 0.5}, "effort": {"pressure": 0.4}}}
PRESSED |= {"laws.settle": 0, "laws.power_crackdown": 0.5, "laws.power_walk": 0}
PRESSED["polities.north.factions.business.traits.obstruction"] = 0.8
PRESSED["polities.north.factions.business.positions.effort"] = 0.2


@pytest.fixture(scope="module")
def pressed():
    scenario = war(twins(), PRESSED)
    aim = read_target("victory:north", ["north", "south"], HORIZON, HORIZON)
    fight = lambda cuts, watch: run(scenario, Design(DRAWS, kept=0, horizon=HORIZON), cuts=cuts, watch=watch)
    return causal_map(prepare(scenario, HORIZON), scenario, aim, fight, DRAWS)


def test_every_link_of_the_model_is_cut_once(pressed):
    assert sorted(cut.link for cut in pressed.measured.cuts) == sorted(NAMES)


def test_links_that_the_scenario_does_not_use_carry_nothing(pressed):
    unused = {"aid->munitions", "sanctions->economy", "rents->positions", "rearmament->terms", "war->power"}
    assert unused <= set(pressed.idle)
    for cut in pressed.measured.cuts:
        if cut.idle:
            assert cut.moved == cut.change == cut.error == 0


def test_links_that_it_uses_carry_something(pressed):
    for link in ("pressure->positions", "effort->strength", "obstruction->effort"):
        cut = next(one for one in pressed.measured.cuts if one.link == link)
        assert not cut.idle
        assert any(abs(value) > 0 for value in cut.means.values())


def test_pressure_reform_effort_and_front_make_the_essays_loop(pressed):
    nodes = ("effort", "strength", "front", "pressure", "reform", "power of those whom reform hits")
    loop = next(one for one in pressed.loops if one.polity == "north" and one.nodes == nodes)
    assert not loop.reinforcing  # losing brings pressure, pressure reform, reform effort, and effort the front back
    assert {"pressure->positions", "reform->power", "obstruction->effort"} <= set(loop.links)


def test_responses_draw_arrows_only_where_they_are_stated():
    found = {(arrow.polity, arrow.cause, arrow.effect) for arrow in causal_arrows(war(twins(), PRESSED))}
    assert ("north", "pressure", "reform") in found
    assert ("south", "pressure", "reform") not in found


def test_the_sign_of_a_response_is_the_sign_of_the_arrow():
    changes = {"polities.north.factions.people.responds": {"effort": {"weariness": -0.3}}}
    found = {(arrow.polity, arrow.cause, arrow.effect): arrow for arrow in causal_arrows(war(twins(), changes))}
    assert found["north", "weariness", "effort"].sign == -1


def test_a_loop_with_an_even_number_of_falling_arrows_reinforces():
    chain = [Arrow("n", "a", "b", -1, "x"), Arrow("n", "b", "c", -1, "y"), Arrow("n", "c", "a", 1)]
    (one,) = causal_loops(chain, {"x": 0.2, "y": 0.1})
    assert one.reinforcing
    assert one.carries == 0.1
    (other,) = causal_loops([*chain[:2], Arrow("n", "c", "a", -1)], {})
    assert not other.reinforcing


def test_every_cycle_is_found_once():
    pairs = [("a", "b"), ("b", "c"), ("c", "a"), ("b", "a"), ("c", "d")]
    found = [tuple(arrow.cause for arrow in cycle) for cycle in cycles([Arrow("n", a, b, 1) for a, b in pairs])]
    assert sorted(found) == [("a", "b"), ("a", "b", "c")]


@pytest.mark.parametrize("name", TEMPLATES)
def test_everything_in_the_picture_has_a_place_of_its_own(name):
    arrows = causal_arrows(read_text(template(name)).scenario)
    shown = {thing for arrow in arrows for thing in (arrow.cause, arrow.effect)}
    assert shown <= PLACES.keys()
