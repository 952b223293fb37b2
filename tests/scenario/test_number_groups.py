"""Number groups: every number of a war has one, and a hybrid holds exactly what its versions say."""

from __future__ import annotations

import pytest

from ripeness.scenario.fingerprint import fingerprint
from ripeness.scenario.number_groups import (
    GROUPS,
    NOT_OF_THE_WAR,
    STATEMENTS,
    differing_groups,
    hybrid,
    number_group,
    version_content,
)
from ripeness.scenario.number_paths import scenario_numbers
from ripeness.scenario.read import read_scenario

CASES = {"ukraine-2023-03": ("public", "essay", "ceasefire"), "japan-1945": ("public", "orthodox", "throne")}


def print_of_war(scenario):
    return fingerprint(scenario.model_copy(update={"evidence": (), "readings": {}, "window": None}))


@pytest.fixture(scope="module", params=CASES)
def versions(request):
    return {name: read_scenario(request.param, name) for name in CASES[request.param]}


def test_every_number_of_a_war_belongs_to_a_group(versions):
    for path in scenario_numbers(versions["public"]):
        tells_of_the_war = path.split(".")[0] not in NOT_OF_THE_WAR and f".{STATEMENTS}." not in path
        assert (number_group(path) in GROUPS) == tells_of_the_war, path


def test_a_hybrid_of_all_groups_that_differ_is_the_other_version(versions):
    contents = {name: version_content(scenario) for name, scenario in versions.items()}
    for first in versions:
        for second in versions:
            differ = differing_groups({first: contents[first], second: contents[second]})
            source = {group: second if group in differ else first for group in GROUPS}
            assert print_of_war(hybrid(versions, source)) == print_of_war(versions[second])


def test_a_hybrid_moves_no_number_of_another_group(versions):
    names = list(versions)
    for group in GROUPS:
        mixed = hybrid(versions, dict.fromkeys(GROUPS, names[0]) | {group: names[1]})
        before, after = scenario_numbers(versions[names[0]]), scenario_numbers(mixed)
        changed = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
        assert {number_group(path) for path in changed} <= {group}


def test_powers_of_a_polity_with_other_factions_stay_with_its_actors():
    public = read_scenario("ukraine-2023-03")
    russia = public.polities["russia"]
    factions = {key: faction for key, faction in russia.factions.items() if key != "public"}
    fewer = public.model_copy(
        update={"polities": {**public.polities, "russia": russia.model_copy(update={"factions": factions})}}
    )
    versions = {"public": public, "fewer": fewer}
    assert "structure" in differing_groups({name: version_content(version) for name, version in versions.items()})
    mixed = hybrid(versions, dict.fromkeys(GROUPS, "public") | {"structure": "fewer"})
    assert list(mixed.polities["russia"].factions) == list(factions)
    assert mixed.polities["russia"].factions["military"].power == factions["military"].power
