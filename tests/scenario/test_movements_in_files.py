"""Armed movements in scenario files: kinds, organisations, defaults, what check looks at."""

from __future__ import annotations

import pytest

from ripeness.scenario.archetypes import ORGANISATIONS, archetypes
from ripeness.scenario.number_paths import scenario_numbers
from ripeness.scenario.read import read_text
from ripeness.scenario.template import template
from ripeness.scenario.unstated import unstated_numbers
from ripeness.world.fault import Fault

CIVIL = template("civil")


def front(text=CIVIL):
    return read_text(text).scenario.polities["front"]


def replaced(old, new):
    assert old in CIVIL
    return CIVIL.replace(old, new, 1)


def test_a_movement_has_the_defaults_of_its_organisation_and_its_government_those_of_a_war_within_a_state():
    scenario = read_text(CIVIL).scenario
    government, movement = scenario.polities.values()
    alone = read_text(template("minimal")).scenario.polities["north"]
    assert movement.ruled_by == "coalition"
    assert government.ruled_by == "mixed"
    assert movement.resources.forces.centre < government.resources.forces.centre / 4
    assert movement.resources.output.centre < 1 < government.resources.output.centre < alone.resources.output.centre
    assert government.resources.forces.centre < alone.resources.forces.centre
    assert government.conduct.defection is None
    assert all(faction.traits.arms is None for faction in government.factions.values())


@pytest.mark.parametrize(
    ("number", "rising"), [("leader_weight", -1), ("quota", 1), ("defection", 1), ("guarantee", -1)]
)
def test_the_looser_a_movement_the_less_its_leader_decides_and_the_more_readily_factions_leave(number, rising):
    centres = [
        getattr(front(replaced("organisation: coalition", f"organisation: {name}")).conduct, number).centre
        for name in ORGANISATIONS
    ]
    assert centres == sorted(centres, reverse=rising < 0)
    assert len(set(centres)) == len(ORGANISATIONS)


def test_a_movement_without_an_organisation_is_unified_and_a_state_without_a_regime_mixed():
    assert front(replaced("    organisation: coalition", "    # organisation: coalition")).ruled_by == "unified"
    assert (
        read_text(replaced("    regime: mixed", "    # regime: mixed")).scenario.polities["government"].ruled_by
        == "mixed"
    )


@pytest.mark.parametrize("archetype", archetypes())
@pytest.mark.parametrize("organisation", ORGANISATIONS)
def test_every_archetype_fits_into_every_organisation(archetype, organisation):
    text = replaced("archetype: militias", f"archetype: {archetype}").replace("coalition  ", f"{organisation}  ", 1)
    bands = front(text).factions["bands"]
    assert 0 <= bands.traits.fights_on.centre <= 1
    assert bands.traits.arms.centre > 0
    assert bands.public == (archetype in {"public", "social_base"})


def test_arms_and_fighting_on_of_a_state_are_none_unless_its_file_says_so_of_a_faction():
    text = replaced("army: {archetype: military,", "army: {archetype: military, traits: {fights_on: 0.3},")
    factions = read_text(text).scenario.polities["government"].factions
    assert factions["army"].traits.fights_on.centre == 0.3
    assert factions["army"].traits.arms.centre > factions["owners"].traits.arms.centre > 0


def test_the_defaults_of_a_movement_count_as_unstated():
    paths = unstated_numbers(read_text(CIVIL).scenario)
    for name in ("forces", "pool", "munitions", "deaths_so_far"):
        assert f"polities.front.resources.{name}" in paths
        assert f"polities.government.resources.{name}" in paths
    assert "polities.front.factions.bands.traits.optimism" in paths
    assert "polities.front.resources.deaths" not in paths


def test_every_number_of_the_civil_template_that_is_uncertain_by_default_has_a_source():
    scenario = read_text(CIVIL).scenario
    numbers = scenario_numbers(scenario)
    assert all(numbers[path].sources for path in unstated_numbers(scenario) if numbers[path].uncertain)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("organisation: coalition", "regime: mixed", "a movement has no regime; write 'organisation: unified"),
        ("regime: mixed", "organisation: unified", "an organisation is a movement's; this polity is a state"),
        ("organisation: coalition", "organisation: loose", "'loose' cannot stand here"),
        ("kind: movement", "kind: rebels", "it is one of 'state' or 'movement'"),
    ],
)
def test_what_belongs_to_the_other_kind_is_refused_with_what_is_right(old, new, message):
    with pytest.raises(Fault) as caught:
        read_text(replaced(old, new))
    assert message in str(caught.value)


def test_check_looks_at_forces_far_from_those_that_the_other_defaults_go_with():
    many = "resources: {forces: 60 to 140, deaths: 0.03 to 0.09}\n    factions:                         # who"
    text = CIVIL.replace("resources: {deaths: 0.03 to 0.09}\n    factions:                         # who", many)
    assert text != CIVIL
    (warning,) = read_text(text).warnings
    assert "population, pool, call_up and quality" in str(warning)
    assert not read_text(CIVIL).warnings
    near = text.replace("60 to 140", "6 to 14")
    assert not read_text(near).warnings


def test_check_looks_at_a_movement_in_a_war_between_states():
    (warning,) = read_text(replaced("kind: intrastate", "kind: interstate")).warnings
    assert "'front' is a movement" in str(warning)


def test_check_looks_at_more_men_than_a_population_can_arm():
    deaths = "resources: {deaths: 0.03 to 0.09} # its"
    (warning,) = read_text(replaced(deaths, "resources: {population: 48, forces: 100 to 160} # its")).warnings
    assert "'government' has 126 thousand men under arms among 48 thousand people" in str(warning)
    million = "resources: {population: {value: 48, unit: million persons}, forces: 100 to 160} # its"
    assert not read_text(replaced(deaths, million)).warnings


def test_check_looks_at_a_kind_of_war_that_does_not_fit_who_fights():
    (unsaid,) = read_text(replaced("conflict: {kind: intrastate", "# {kind: intrastate")).warnings
    assert "without 'conflict: {kind: intrastate}' it has the parameters of wars between states" in str(unsaid)
    states = template("minimal").replace("kind: interstate", "kind: intrastate", 1)
    (no_movement,) = read_text(states).warnings
    assert "nobody who fights in it is a movement" in str(no_movement)


def test_check_looks_at_a_side_without_any_forces():
    text = CIVIL.replace("resources: {deaths: 0.03 to 0.09}", "resources: {forces: 0}")
    assert [str(warning) for warning in read_text(text).warnings if "are none, not those" in str(warning)]
