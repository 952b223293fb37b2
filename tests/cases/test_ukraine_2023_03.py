"""The case ukraine-2023-03 keeps the rules of fairness: equal factions, equal evidence, sources of the time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from ripeness.scenario.archetypes import fill_defaults
from ripeness.scenario.case import find_scenario_file
from ripeness.scenario.layers import read_layers
from ripeness.scenario.number_field import FAMILIES
from ripeness.scenario.schema import Scenario

CASE = "ukraine-2023-03"
CODINGS = ("public", "essay", "ceasefire")
COUNTS = {("format",), ("horizon",), ("conflict", "other_parties")}  # whole by the form: no range can be given
EXACT = {"output"}  # official counts of no dispute may stand without a range


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


@pytest.mark.parametrize("coding", CODINGS)
def test_every_coding_reads(coding: str) -> None:
    scenario = Scenario.model_validate(fill_defaults(read_layers(find_scenario_file(CASE, coding).path)[0]).plain())
    assert scenario.coding == coding
    assert scenario.hindsight


@pytest.mark.parametrize("coding", CODINGS)
def test_every_number_has_range_unit_kind_and_source(coding: str) -> None:
    bare = [
        ".".join(path)
        for path, number in numbers(own(coding))
        if not isinstance(number, dict)
        or not {"unit", "kind", "source"} <= number.keys()
        or ("range" not in number and path[-1] not in EXACT)
    ]
    assert bare == []


@pytest.mark.parametrize("coding", CODINGS)
def test_no_source_of_a_coding_is_younger_than_its_start(coding: str) -> None:
    tree = own(coding)
    start = date.fromisoformat(str(tree["start"]))
    late = [key for key, source in tree["sources"].items() if date.fromisoformat(str(source["published"])) > start]
    assert late == []


def test_both_belligerents_have_equally_many_factions_and_observations() -> None:
    tree = own("public")
    items = Counter(item["polity"] for item in tree["evidence"])
    puzzles = Counter(item["polity"] for item in tree["evidence"] if item.get("puzzling"))
    assert len(tree["polities"]["russia"]["factions"]) == len(tree["polities"]["ukraine"]["factions"]) == 6
    assert items["russia"] == items["ukraine"] >= 10
    assert puzzles["russia"] == puzzles["ukraine"]


def test_every_observation_lies_in_the_declared_window() -> None:
    tree = own("public")
    opens, closes = (date.fromisoformat(str(tree["window"][end])) for end in ("opens", "closes"))
    outside = [item["id"] for item in tree["evidence"] if not opens <= date.fromisoformat(str(item["date"])) <= closes]
    assert outside == []


def test_numbers_that_the_essay_changes_are_judged_and_cite_the_essay_alone() -> None:
    base, changed = (dict(numbers(own(coding)["polities"], ())) for coding in ("public", "essay"))
    for path, number in changed.items():
        if number != base.get(path):
            assert isinstance(number, dict)
            assert number["kind"] == "judged", path
            assert set(number["source"]) <= {"essay", "essay-contested"}, path
