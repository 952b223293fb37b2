"""The case japan-1945 keeps the rules of fairness: equal factions, equal evidence, hindsight declared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from ripeness.scenario.case import find_scenario_file
from ripeness.scenario.layers import read_layers
from ripeness.scenario.number_field import FAMILIES
from ripeness.scenario.read import open_scenario

CASE = "japan-1945"
CODINGS = ("public", "orthodox", "revisionist", "throne")
START = date(1945, 5, 1)
BOTH = ("japan", "united-states")
COUNTS = {("format",), ("horizon",), ("conflict", "other_parties")}  # whole by the form: no range can be given
THE_REFERENCE = ("polities", "japan", "resources", "quality")  # one by definition


def own(coding: str) -> dict[str, Any]:
    """What the files of a coding say themselves, without archetype defaults."""
    return read_layers(find_scenario_file(CASE, coding).path)[0].plain()


def numbers(tree: object, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], object]]:
    """Every number in a tree that may be uncertain, with its path; not what a preset supposes."""
    if path == ("presets",):
        return
    if isinstance(tree, dict):
        if "value" in tree or FAMILIES.keys() & tree.keys():
            yield path, tree
            return
        for key, child in tree.items():
            yield from numbers(child, (*path, str(key)))
    elif isinstance(tree, list):
        for index, child in enumerate(tree):
            yield from numbers(child, (*path, str(index)))
    elif isinstance(tree, (int, float)) and not isinstance(tree, bool) and path not in COUNTS:
        yield path, tree


def cited_sources(tree: object) -> set[str]:
    """Ids of all sources that a part of the file cites."""
    if isinstance(tree, dict):
        named = tree.get("source", [])
        cited = {named} if isinstance(named, str) else set(named)
        return cited.union(*map(cited_sources, tree.values()))
    return set().union(*map(cited_sources, tree)) if isinstance(tree, list) else set()


@pytest.mark.parametrize("coding", CODINGS)
def test_every_coding_reads_without_a_warning(coding: str) -> None:
    opened = open_scenario(CASE, coding)
    assert opened.scenario.coding == coding
    assert "hindsight" in opened.scenario.hindsight
    assert not opened.warnings


@pytest.mark.parametrize("coding", CODINGS)
def test_every_number_has_range_unit_kind_and_source(coding: str) -> None:
    bare = [
        ".".join(path)
        for path, number in numbers(own(coding))
        if not isinstance(number, dict)
        or not {"unit", "kind", "source"} <= number.keys()
        or ("range" not in number and path != THE_REFERENCE)
    ]
    assert bare == []


def test_both_belligerents_have_equally_many_factions_issues_observations_and_puzzles() -> None:
    tree = own("public")
    for what in ("factions", "issues"):
        assert len({len(tree["polities"][side][what]) for side in BOTH}) == 1
    for early in (True, False):
        items = [item for item in tree["evidence"] if (date.fromisoformat(item["date"]) <= START) is early]
        seen = Counter(item["polity"] for item in items)
        puzzling = Counter(item["polity"] for item in items if item.get("puzzling"))
        assert seen["japan"] == seen["united-states"] >= 12
        assert puzzling["japan"] == puzzling["united-states"] >= 1


def test_every_observation_lies_in_the_declared_window() -> None:
    tree = own("public")
    opens, closes = (date.fromisoformat(tree["window"][end]) for end in ("opens", "closes"))
    assert [item["id"] for item in tree["evidence"] if not opens <= date.fromisoformat(item["date"]) <= closes] == []


@pytest.mark.parametrize("coding", CODINGS)
def test_codings_agree_on_how_likely_each_event_is_and_on_all_evidence(coding: str) -> None:
    base, tree = own("public"), own(coding)
    assert {key: event["hazard"] for key, event in tree["events"].items()} == {
        key: event["hazard"] for key, event in base["events"].items()
    }
    assert tree["evidence"] == base["evidence"]


def event_effect(coding: str, event: str) -> float:
    """By how much an event moves the throne's terms."""
    path = "polities.japan.factions.court.positions.terms"
    return sum(change["add"]["value"] for change in own(coding)["events"][event]["changes"] if change["path"] == path)


def test_historians_differ_on_which_event_moves_the_court_more() -> None:
    assert event_effect("revisionist", "soviet-entry") < event_effect("revisionist", "new-weapon") < 0
    assert event_effect("orthodox", "new-weapon") < event_effect("orthodox", "soviet-entry") < 0


def test_effects_of_events_in_the_default_rest_on_no_later_historian() -> None:
    later = {"asada-1998", "bix-2000", "butow-1954", "frank-1999", "hasegawa-2005", "hasegawa-2007"}
    cited = {name: cited_sources(event) & later for name, event in own("public")["events"].items()}
    assert {name: keys for name, keys in cited.items() if keys} == {}


def test_every_later_historian_is_marked_as_hindsight() -> None:
    sources = {key: source for coding in CODINGS for key, source in own(coding)["sources"].items()}
    unmarked = [
        key
        for key, source in sources.items()
        if "istorian" in source.get("note", "") and "hindsight" not in source["note"]
    ]
    assert unmarked == []
    assert {"asada-1998", "bix-2000", "butow-1954", "frank-1999", "hasegawa-2005", "hasegawa-2007"} <= {
        key for key, source in sources.items() if "hindsight" in source.get("note", "")
    }


@pytest.mark.parametrize("coding", CODINGS)
def test_every_position_and_power_of_a_faction_says_why_it_is_as_wide_as_it_is(coding: str) -> None:
    silent = [
        ".".join(path)
        for path, number in numbers(own(coding)["polities"])
        if "factions" in path and ("positions" in path or path[-1] == "power")
        if not isinstance(number, dict) or len(number.get("note", "")) < 10
    ]
    assert silent == []


def test_who_sits_in_the_supreme_council_holds_a_veto_unless_the_throne_decides() -> None:
    seats = {"cabinet", "army", "navy", "peace-party"}
    for coding in CODINGS:
        factions = own(coding)["polities"]["japan"]["factions"]
        vetoes = {key for key, faction in factions.items() if faction.get("veto")}
        assert vetoes == (set() if coding == "throne" else seats)
