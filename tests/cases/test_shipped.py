"""Every shipped case: each number in full, each source used, each coding a scenario of its own."""

from __future__ import annotations

import pytest

from ripeness.scenario.archetypes import is_default
from ripeness.scenario.case import cases_folder, read_case, shipped_case_names
from ripeness.scenario.fingerprint import fingerprint
from ripeness.scenario.form_paths import path_steps
from ripeness.scenario.number_paths import scenario_numbers
from ripeness.scenario.read import open_scenario, read_scenario

CODINGS = [(name, coding) for name in shipped_case_names() for coding in read_case(cases_folder() / name).codings]
TOLD = ("evidence", "readings")  # numbers of these carry their source on the item


@pytest.fixture(scope="module", params=CODINGS, ids=["/".join(one) for one in CODINGS])
def opened(request):
    return open_scenario(*request.param)


def own(opened):
    """The numbers that the case itself states, with the node of each."""
    for path, number in scenario_numbers(opened.scenario).items():
        node = opened.tree.at(path_steps(path))
        if not is_default(node) and path.split(".")[0] not in TOLD:
            yield path, number, node


def test_four_cases_are_shipped():
    assert {"colombia-2012-08", "japan-1945", "tigray-2022-08", "ukraine-2023-03"} <= set(shipped_case_names())


def test_every_number_states_its_unit_kind_and_source(opened):
    bare = [path for path, _, node in own(opened) if not {"unit", "kind", "source"} <= node.map().keys()]
    assert bare == []


def test_only_a_reference_or_a_count_is_without_a_range(opened):
    exact = {path: number for path, number, _ in own(opened) if not number.uncertain}
    assert [path for path, number in exact.items() if number.centre not in (0, 1) and number.kind != "measured"] == []
    assert len(exact) <= 10


def test_nothing_is_left_to_look_at(opened):
    assert [str(one) for one in opened.warnings] == []


def test_hindsight_and_the_rule_of_gathering_evidence_are_declared(opened):
    assert opened.scenario.hindsight
    assert opened.scenario.window is not None
    assert opened.scenario.evidence


def test_both_belligerents_have_about_as_many_factions_and_observations(opened):
    sides = {key: one for key, one in opened.scenario.polities.items() if one.role == "belligerent"}
    factions = [len(one.factions) for one in sides.values()]
    seen = [sum(item.polity == key for item in opened.scenario.evidence) for key in sides]
    assert abs(factions[0] - factions[1]) <= 1
    assert abs(seen[0] - seen[1]) <= 0.2 * max(seen)


@pytest.mark.parametrize("name", shipped_case_names())
def test_codings_of_a_case_differ_in_more_than_words(name):
    codings = read_case(cases_folder() / name).codings
    assert len({fingerprint(open_scenario(name, coding).scenario) for coding in codings}) == len(codings)


@pytest.mark.parametrize("case", ["japan-1945", "ukraine-2023-03"])
def test_the_rule_of_the_list_of_evidence_names_the_choices_and_acts_that_are_much_of_it(case):
    scenario = read_scenario(case)
    chosen = [item for item in scenario.evidence if item.choice is not None]
    acts = [item for item in scenario.evidence if item.act is not None]
    assert len(chosen) + len(acts) > len(scenario.evidence) / 4
    assert "choices" in scenario.window.rule
    nouns = {"appointed": "appointments", "dismissed": "dismissals", "arrested": "arrests", "funded": "given"}
    assert all(nouns.get(act, act) in scenario.window.rule for act in {item.act for item in acts})
