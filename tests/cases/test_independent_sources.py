"""No decision is evidence on a polity whose document also coded that polity's powers or positions.

Evidence is to update powers and positions. Where the same document gave both, it would be counted twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from ripeness.scenario.case import cases_folder, find_scenario_file, read_case, shipped_case_names
from ripeness.scenario.layers import read_layers

VERSIONS = [(name, version) for name in shipped_case_names() for version in read_case(cases_folder() / name).codings]
OF_THE_WAR = {"losses", "line"}  # what these show is no decision
OF_FACTIONS = ("power", "positions", "salience")
OF_CONDUCT = ("leader_weight", "quota")


def sources(tree: object) -> set[str]:
    """Every source that a part of a file cites."""
    if isinstance(tree, dict):
        cited = tree.get("source", ())
        own = {cited} if isinstance(cited, str) else set(cited or ())
        return own.union(*(sources(child) for key, child in tree.items() if key != "source"))
    if isinstance(tree, (list, tuple)):
        return set().union(*(sources(child) for child in tree))
    return set()


def sources_of_coding(tree: dict[str, Any], polity: str) -> set[str]:
    """The sources of who weighs what in a polity and where its factions stand, rival actor models among them."""
    form = tree["polities"][polity]
    coded: list[Any] = [form.get("country", {}).get("positions", {})]
    coded += [form.get("conduct", {}).get(name, {}) for name in OF_CONDUCT]
    coded += [faction.get(name, {}) for faction in form["factions"].values() for name in OF_FACTIONS]
    coded += [model.get("overrides", {}) for model in tree.get("readings", {}).values() if model["polity"] == polity]
    return sources(coded)


def decisions(tree: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The items of evidence that show what a polity decided."""
    yield from (item for item in tree.get("evidence", ()) if item.get("shows") not in OF_THE_WAR)


def shared_sources(tree: dict[str, Any]) -> dict[str, set[str]]:
    """Item of evidence -> sources that also coded its polity, for every decision that has any."""
    shared = {item["id"]: sources(item) & sources_of_coding(tree, item["polity"]) for item in decisions(tree)}
    return {key: cited for key, cited in shared.items() if cited}


@pytest.mark.parametrize(("case", "version"), VERSIONS)
def test_no_decision_shares_a_source_with_the_coding_of_its_polity(case: str, version: str) -> None:
    tree = read_layers(find_scenario_file(case, version).path)[0].plain()
    assert list(decisions(tree))
    assert shared_sources(tree) == {}


def test_a_shared_source_is_found() -> None:
    number = {"value": 0.5, "source": ["speech", "poll"]}
    tree = {
        "polities": {"north": {"factions": {"crown": {"power": number, "positions": {"terms": {"source": "vote"}}}}}},
        "readings": {"fear": {"polity": "north", "overrides": {"x": {"source": ["letter"]}}}},
        "evidence": [
            {"id": "twice", "polity": "north", "issue": "terms", "position": {"source": ["speech"]}, "source": "other"},
            {"id": "vote", "polity": "north", "issue": "terms", "source": "vote"},
            {"id": "model", "polity": "north", "shows": "offer_refused", "source": ["letter"]},
            {"id": "front", "polity": "north", "shows": "line", "source": "speech"},
            {"id": "apart", "polity": "north", "issue": "terms", "source": "newspaper"},
        ],
    }
    assert shared_sources(tree) == {"twice": {"speech"}, "vote": {"vote"}, "model": {"letter"}}
