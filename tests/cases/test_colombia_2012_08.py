"""The case colombia-2012-08 keeps the rules of fairness: equal factions, equal evidence, sources of the time."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import pytest

from ripeness.scenario.case import cases_folder, find_scenario_file, read_case
from ripeness.scenario.layers import read_layers
from ripeness.scenario.read import open_scenario

CASE = "colombia-2012-08"
VERSIONS = tuple(read_case(cases_folder() / CASE).codings)
SIGNED = date(2012, 8, 26)  # in Havana; made public on the days that followed


def own(version: str) -> dict[str, Any]:
    """What the files of a version say themselves, without archetype defaults."""
    return read_layers(find_scenario_file(CASE, version).path)[0].plain()


def test_three_versions_are_named():
    assert VERSIONS == ("public", "critics", "no-winner")


@pytest.mark.parametrize("version", VERSIONS)
def test_no_source_is_younger_than_the_start(version):
    known = open_scenario(CASE, version).scenario.sources
    published = {key: known[key].published for key in own(version)["sources"]}
    assert [key for key, day in published.items() if day is None or day > SIGNED] == []


def test_the_two_principals_have_seven_factions_five_issues_and_as_many_observations_each():
    tree = own("public")
    items = Counter(item["polity"] for item in tree["evidence"])
    puzzles = Counter(item["polity"] for item in tree["evidence"] if item.get("puzzling"))
    for part, count in (("factions", 7), ("issues", 5), ("objectives", 3)):
        assert {len(tree["polities"][key][part]) for key in ("colombia", "farc")} == {count}
    assert items["colombia"] == items["farc"] == 14
    assert puzzles["colombia"] == puzzles["farc"] == 2


def test_readings_of_the_two_principals_are_as_many():
    readings = Counter(model["polity"] for model in own("public")["readings"].values())
    assert readings["colombia"] == readings["farc"] == 2


def test_what_was_signed_on_the_day_of_the_start_and_published_later_is_not_used():
    scenario = open_scenario(CASE, "public").scenario
    assert "chile" not in scenario.polities
    assert not any("General Agreement" in source.title for source in scenario.sources.values())


@pytest.mark.parametrize("version", ["critics", "no-winner"])
def test_a_view_changes_both_principals_and_judges_what_it_changes(version):
    base, changed = (own(name)["polities"] for name in ("public", version))
    assert {key for key in changed if changed[key] != base[key]} >= {"colombia", "farc"}
    assert open_scenario(CASE, version).scenario.coding == version


def test_terms_are_as_old_as_their_statement_and_not_as_the_war():
    scenario = open_scenario(CASE, "public").scenario
    for key in ("colombia", "farc"):
        assert scenario.polities[key].terms_since.year >= 2011
    assert scenario.began.year == 1964


def test_no_law_is_of_the_case_alone():
    """A movement that began outnumbered lives with that by the law that holds for every war."""
    assert "laws" not in own("public")


@pytest.mark.parametrize("polity", ["colombia", "farc"])
def test_strengths_that_have_changed_little_for_years_are_not_doubled_by_the_call_up_of_two(polity):
    resources = open_scenario(CASE, "public").scenario.polities[polity].resources
    assert 24 * resources.call_up.centre < resources.forces.centre / 2
