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
CODINGS = ("public", "revisionist", "throne")
START = date(1945, 5, 1)
BOTH = ("japan", "united-states")
THE_REFERENCE = ("polities", "japan", "resources", "quality")  # one by definition


def own(coding: str) -> dict[str, Any]:
    """What the files of a coding say themselves, without archetype defaults."""
    return read_layers(find_scenario_file(CASE, coding).path)[0].plain()


def numbers(tree: object, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], object]]:
    """Every number in a tree, with its path."""
    if isinstance(tree, dict):
        if "value" in tree or FAMILIES.keys() & tree.keys():
            yield path, tree
            return
        for key, child in tree.items():
            yield from numbers(child, (*path, str(key)))
    elif isinstance(tree, list):
        for index, child in enumerate(tree):
            yield from numbers(child, (*path, str(index)))
    elif isinstance(tree, (int, float)) and not isinstance(tree, bool) and path not in {("format",), ("horizon",)}:
        yield path, tree


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


def test_the_two_codings_differ_on_which_event_moves_the_court_more() -> None:
    def moved(coding: str, event: str) -> float:
        path = "polities.japan.factions.court.positions.terms"
        return sum(
            change["add"]["value"] for change in own(coding)["events"][event]["changes"] if change["path"] == path
        )

    assert moved("revisionist", "soviet-entry") < moved("revisionist", "new-weapon") < 0
    assert moved("public", "new-weapon") < moved("public", "soviet-entry") < 0
