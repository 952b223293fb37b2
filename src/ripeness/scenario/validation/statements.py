"""Statements of factions: on an issue that their polity has, on a day of knowledge, one a day and issue."""

from __future__ import annotations

from collections.abc import Iterator

from ripeness.scenario.polity_form import PolityForm
from ripeness.scenario.schema import Scenario
from ripeness.scenario.yaml_node import Node
from ripeness.world.calendar import months_between
from ripeness.world.fault import Fault
from ripeness.world.wording import unknown_name

EARLIEST = 240.0  # months before the start, at which a position says nothing of the start


def statement_faults(scenario: Scenario, tree: Node) -> Iterator[Fault]:
    """Statements on an unknown issue, far from the start, said twice, or on a country where none can stand."""
    for key, polity in scenario.polities.items():
        for name in polity.factions:
            node = tree.at(["polities", key, "factions", name, "statements"])
            yield from _faults_of_faction(scenario, polity, name, node)


def _faults_of_faction(scenario: Scenario, polity: PolityForm, name: str, node: Node) -> Iterator[Fault]:
    seen: set[tuple[object, ...]] = set()
    for index, statement in enumerate(polity.factions[name].statements):
        place = node.at([index])
        if statement.issue not in polity.issues:
            yield Fault(
                unknown_name("an issue of this polity", statement.issue, polity.issues), place.at(["issue"]).place
            )
        if months_between(statement.date, scenario.start) > EARLIEST:
            yield Fault(
                f"said on {statement.date}, more than {EARLIEST / 12:.0f} years before the start on {scenario.start}: "
                "it tells nothing of the positions then; leave it out, or check the year",
                place.at(["date"]).place,
            )
        content = (statement.date, statement.issue, statement.source, statement.position.interval())
        if content in seen:
            yield Fault(
                f"the same statement of '{name}' on '{statement.issue}' stands a second time; it would count twice",
                place.place,
            )
        seen.add(content)
