"""The war of which nothing is known, and the groups in which statements are put into it."""

from __future__ import annotations

import pytest

from ripeness.scenario.default_scenario import default_scenario
from ripeness.scenario.number_paths import NOT_OF_A_SIDE, scenario_numbers
from ripeness.scenario.read import read_scenario, read_text
from ripeness.scenario.template import template
from ripeness.study.explain.groups import GROUPS, PATRONS, group_of, scenario_with_groups
from ripeness.workbench.run import codings

VERSIONS = [(case, name) for case in ("ukraine-2023-03", "japan-1945") for name in codings(case)]
WARS = [*VERSIONS, ("minimal", None), ("full", None)]
ALL = [group.key for group in GROUPS]


def war(case, coding):
    """A shipped version or a template."""
    return read_scenario(case, coding) if coding else read_text(template(case)).scenario


@pytest.mark.parametrize(("case", "coding"), WARS)
def test_all_groups_together_are_the_war_as_stated(case, coding):
    stated = war(case, coding)
    assert scenario_with_groups(stated, ALL) == stated


@pytest.mark.parametrize(("case", "coding"), WARS)
def test_no_number_of_a_side_is_taken_for_what_says_which_war_it_is(case, coding):
    stated = war(case, coding)
    paths = [path for path in scenario_numbers(stated) if path.split(".")[0] not in NOT_OF_A_SIDE]
    assert paths
    assert [path for path in paths if group_of(stated, tuple(path.split("."))) is None] == []


def test_versions_of_a_case_are_the_same_war_when_nothing_is_known():
    public, essay = (default_scenario(read_scenario("ukraine-2023-03", name)) for name in ("public", "essay"))
    assert public.polities == essay.polities
    assert public.stake == essay.stake


def test_both_sides_are_alike_when_nothing_is_known():
    first, second = default_scenario(read_scenario("ukraine-2023-03")).polities.values()
    assert (first.resources, first.conduct, first.regime) == (second.resources, second.conduct, second.regime)


@pytest.mark.parametrize(("case", "coding"), WARS)
def test_powers_sum_to_one(case, coding):
    for polity in default_scenario(war(case, coding)).polities.values():
        assert sum(faction.power.centre for faction in polity.factions.values()) == pytest.approx(1, abs=0.01)


def test_patrons_and_what_touches_them_come_together():
    full = war("full", None)
    without = scenario_with_groups(full, [key for key in ALL if key != PATRONS])
    assert list(without.polities) == ["north", "south"]
    assert without.events == {}
    assert list(scenario_with_groups(full, [PATRONS]).events) == ["election", "entry"]


def test_a_group_brings_its_own_numbers_and_no_others():
    stated = read_scenario("ukraine-2023-03")
    mixed = scenario_with_groups(stated, ["power"]).polities["russia"]
    assert mixed.resources.forces == stated.polities["russia"].resources.forces
    assert mixed.resources.deaths is None
    assert mixed.conduct == default_scenario(stated).polities["russia"].conduct.model_copy(
        update={"estimate_error": stated.polities["russia"].conduct.estimate_error}
    )
