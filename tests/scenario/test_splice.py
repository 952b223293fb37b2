"""Entries are added to and taken out of a scenario's text; every other character stays."""

from __future__ import annotations

import pytest

from ripeness.scenario.splice import append_item, apply_edits, insert_entry, remove_entry
from ripeness.scenario.template import template
from ripeness.scenario.yaml_tree import tree_of

FULL, CIVIL = template("full"), template("civil")
FACTION = {"name": "Owners & heirs: all", "archetype": "business", "power": "0.1 to 0.2"}


def lines_lost(old, new):
    """Lines of the old text that the new one has no longer."""
    left = new.split("\n")
    return [line for line in old.split("\n") if line not in left]


@pytest.mark.parametrize("text", [FULL, CIVIL, template("minimal")])
def test_a_faction_is_added_below_the_others_and_removed_again_to_the_letter(text):
    polity = next(iter(tree_of(text, "x").at(["polities"]).map()))
    path = f"polities.{polity}.factions.heirs"
    added = insert_entry(text, path, FACTION)
    assert lines_lost(text, added) == []
    assert tree_of(added, "x").at(path.split(".")).plain() == FACTION
    assert remove_entry(added, path) == text


def test_an_entry_between_braces_is_added_and_removed_to_the_letter():
    path = "polities.north.factions.army.positions.effort"
    added = insert_entry(CIVIL.replace("army:", "army :"), "polities.government.factions.army.veto", value=True)
    assert "power: 0.3 to 0.4, veto: true}" in added
    added = insert_entry(FULL, path, "0.2 to 0.3")
    assert lines_lost(FULL, added) == []
    assert remove_entry(added, path) == FULL


def test_a_part_that_becomes_empty_goes_with_its_last_entry():
    text = "a:\n  b: {c: 1}  # why\nd: 2\n"
    assert remove_entry(text, "a.b.c") == "d: 2\n"


def test_an_observation_is_appended_and_removed():
    item = {"id": "new", "date": "2024-10-01", "polity": "north", "issue": "effort", "position": 0.5, "source": "press"}
    added = append_item(FULL, "evidence", item)
    assert lines_lost(FULL, added) == []
    assert tree_of(added, "x").at(["evidence", 3]).plain() == item
    assert remove_entry(added, "evidence.3") == FULL
    assert tree_of(append_item(CIVIL, "evidence", item), "x").at(["evidence", 0]).plain() == item


def test_an_observation_of_several_lines_is_removed_whole():
    removed = remove_entry(FULL, "evidence.1")
    assert [item["id"] for item in tree_of(removed, "x").at(["evidence"]).plain()] == ["canal", "toll"]
    assert set(lines_lost(FULL, removed)) <= {
        line for line in FULL.split("\n") if "draft" in line or "none: 0.2" in line
    }


def test_a_value_that_stands_is_changed_in_its_place_and_one_of_a_base_is_taken_out():
    assert apply_edits("a: {bb: 1}  # one", {"a.bb": 2, "a.cc": 3}) == "a: {bb: 2, cc: 3}  # one"
    assert tree_of(apply_edits("base: x\na: {b: 1}\n", {"a.z": None}), "x").at(["a", "z"]).plain() is None


@pytest.mark.parametrize("empty", ["a:\n", "a: {}\n", "a:  # nothing yet\n", "b: 1\n", ""])
def test_a_first_entry_is_added_whatever_stands_there(empty):
    added = insert_entry(empty + "z: 1\n", "a.b.c", "x: y")
    assert tree_of(added, "x").at(["a", "b", "c"]).plain() == "x: y"
    assert ("# nothing yet" in added) == ("# nothing yet" in empty)
