"""Indicators of one's own: each shows one thing that the war has, at a value that it can take."""

from __future__ import annotations

from collections.abc import Iterator

from ripeness.scenario.schema import OwnIndicator, Scenario
from ripeness.scenario.yaml_node import Node
from ripeness.world.fault import Fault
from ripeness.world.wording import unknown_name

OF_THE_WAR = "line"  # the variable that belongs to no polity
IN_THOUSANDS = "losses"  # the variable that is no share


def indicator_faults(scenario: Scenario, tree: Node) -> Iterator[Fault]:
    """Indicators that name an issue or a variable of a polity, and a value within its range."""
    for key, indicator in scenario.indicators.items():
        node = tree.at(["indicators", key])
        if (indicator.issue is None) == (indicator.shows is None):
            yield Fault(f"the indicator '{key}' needs either an 'issue' or what it 'shows', not both", node.key)
            continue
        yield from _polity_faults(scenario, key, indicator, node)
        if indicator.value > 1 and indicator.shows != IN_THOUSANDS:
            yield Fault(
                f"{indicator.value:g} is outside what is possible here: 0 to 1 (share)", node.at(["value"]).place
            )


def _polity_faults(scenario: Scenario, key: str, indicator: OwnIndicator, node: Node) -> Iterator[Fault]:
    if indicator.shows == OF_THE_WAR:
        if indicator.polity is not None:
            yield Fault("the line of the front belongs to no polity; leave 'polity' out", node.at(["polity"]).place)
        return
    if indicator.polity is None:
        yield Fault(f"the indicator '{key}' needs the 'polity' of which it shows something", node.key)
        return
    if indicator.polity not in scenario.polities:
        yield Fault(unknown_name("a polity", indicator.polity, scenario.polities), node.at(["polity"]).place)
        return
    polity = scenario.polities[indicator.polity]
    if indicator.issue is not None and indicator.issue not in polity.issues:
        yield Fault(unknown_name("an issue", indicator.issue, polity.issues), node.at(["issue"]).place)
    if indicator.shows is not None and polity.role != "belligerent":
        yield Fault(
            f"'{indicator.shows}' is shown of a belligerent; of a patron name an 'issue'", node.at(["shows"]).place
        )
