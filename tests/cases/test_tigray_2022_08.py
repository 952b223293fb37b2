"""The case tigray-2022-08 keeps the rules of fairness: equal factions, equal evidence, sources of the time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from ripeness.scenario.armed_polities import armed, principals
from ripeness.scenario.case import cases_folder, find_scenario_file, read_case
from ripeness.scenario.layers import read_layers
from ripeness.scenario.read import open_scenario

CASE = "tigray-2022-08"
VERSIONS = tuple(read_case(cases_folder() / CASE).codings)
START = date(2022, 8, 1)
BOTH = ("ethiopia", "tigray")
LATER = ("pretoria", "24 august", "november 2022", "october 2022", "september 2022")  # known to nobody then
WITHOUT_RANGE = {("resources", "output"), ("resources", "quality")}  # an official count, and one by definition


def own(version: str) -> dict[str, Any]:
    """What the files of a version say themselves, without archetype defaults."""
    return read_layers(find_scenario_file(CASE, version).path)[0].plain()


def numbers(tree: object, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    """Every number in a tree, with its path."""
    if isinstance(tree, dict) and "value" in tree and "unit" in tree:
        yield path, tree
    elif isinstance(tree, dict):
        for key, child in tree.items():
            yield from numbers(child, (*path, str(key)))
    elif isinstance(tree, list):
        for index, child in enumerate(tree):
            yield from numbers(child, (*path, str(index)))


def test_two_versions_are_named():
    assert VERSIONS == ("public", "pause")


@pytest.mark.parametrize("version", VERSIONS)
def test_no_source_is_younger_than_the_start_and_none_is_about_what_followed(version):
    cited = own(version)["sources"]
    sources = {key: open_scenario(CASE, version).scenario.sources[key] for key in cited}
    assert [key for key, source in sources.items() if source.published is None or source.published > START] == []
    titles = " ".join(f"{source.title} {source.place}" for source in sources.values()).lower()
    assert [word for word in LATER if word in titles] == []


@pytest.mark.parametrize("version", VERSIONS)
def test_every_number_has_range_unit_kind_and_source(version):
    bare = [
        ".".join(path)
        for path, number in numbers(own(version))
        if not {"kind", "source"} <= number.keys() or ("range" not in number and path[-2:] not in WITHOUT_RANGE)
    ]
    assert bare == []


def test_both_principals_have_as_many_factions_issues_objectives_observations_and_readings():
    tree = own("public")
    for part, count in (("factions", 6), ("issues", 5), ("objectives", 3)):
        assert {len(tree["polities"][key][part]) for key in BOTH} == {count}
    items = Counter(item["polity"] for item in tree["evidence"])
    assert items["ethiopia"] == items["tigray"] == 20
    for marks in (("puzzling",), ("planted",), ("choice", "act")):
        counts = Counter(item["polity"] for item in tree["evidence"] if any(mark in item for mark in marks))
        assert counts["ethiopia"] == counts["tigray"] > 0, marks
    readings = Counter(model["polity"] for model in tree["readings"].values())
    assert readings["ethiopia"] == readings["tigray"] == 2


def test_positions_and_powers_say_why_they_are_as_wide_as_they_are():
    silent = [
        ".".join(path)
        for path, number in numbers(own("public")["polities"])
        if "factions" in path and ("positions" in path or path[-1] == "power") and len(number.get("note", "")) < 10
    ]
    assert silent == []


def test_every_observation_lies_in_the_declared_window():
    tree = own("public")
    opens, closes = (date.fromisoformat(str(tree["window"][end])) for end in ("opens", "closes"))
    assert [
        item["id"] for item in tree["evidence"] if not opens <= date.fromisoformat(str(item["date"])) <= closes
    ] == []


@pytest.mark.parametrize(("version", "kind"), [("public", "preliminary"), ("pause", "humanitarian")])
def test_allies_fight_beside_the_government_and_a_truce_is_in_force(version, kind):
    scenario = open_scenario(CASE, version).scenario
    assert principals(scenario) == BOTH
    assert armed(scenario) == (*BOTH, "amhara", "eritrea")
    assert all(scenario.polities[key].beside == "ethiopia" for key in ("amhara", "eritrea"))
    assert scenario.polities["tigray"].kind == "movement"
    assert scenario.ceasefire is not None
    assert scenario.ceasefire.kind == kind
    assert scenario.ceasefire.since < START


def test_the_other_view_changes_both_principals_alike_and_judges_what_it_changes():
    base, changed = (own(version)["polities"] for version in ("public", "pause"))
    before = {key: dict(numbers(base[key])) for key in base}
    moved = {
        key: {path for path, number in numbers(changed[key]) if number != before[key].get(path)} for key in changed
    }
    assert {key for key, paths in moved.items() if paths} == set(BOTH)
    assert len(moved["ethiopia"]) == len(moved["tigray"]) == 6
    kinds = {number["kind"] for key in BOTH for path, number in numbers(changed[key]) if path in moved[key]}
    assert kinds == {"judged"}


def test_the_other_view_moves_every_number_of_both_principals_the_same_way():
    """From what the public coding says, or from the default where it says nothing."""
    public, pause = (own(version) for version in ("public", "pause"))
    before = {key: open_scenario(CASE, "public").scenario.polities[key] for key in BOTH}
    said = dict(numbers(public["polities"]))
    ways = {}
    for (key, *path), number in numbers(pause["polities"]):
        if key in BOTH and number != said.get((key, *path)):
            place = before[key]
            for name in path:
                place = place[name] if isinstance(place, dict) else getattr(place, name)
            ways.setdefault(path[-1], []).append(number["value"] > place.centre)
    assert {name: len(set(found)) for name, found in ways.items()} == dict.fromkeys(ways, 1)


@pytest.mark.parametrize("polity", ["ethiopia", "tigray", "amhara"])
def test_who_can_be_called_up_in_two_years_is_no_rally_that_goes_on(polity):
    """At full effort, and less than twice those who stand, before any losses."""
    resources = open_scenario(CASE, "public").scenario.polities[polity].resources
    assert 24 * resources.call_up.centre < 2 * resources.forces.centre
