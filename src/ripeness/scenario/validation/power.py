"""Power: shares of influence inside a polity, which together are the whole."""

from __future__ import annotations

from collections.abc import Iterator

from ripeness.scenario.polity_form import PolityForm
from ripeness.scenario.schema import Scenario
from ripeness.scenario.yaml_tree import Node
from ripeness.world.fault import Fault

SLACK = 0.02  # shares of power written with two digits may miss 1 by this much


def power_faults(scenario: Scenario, tree: Node) -> Iterator[Fault]:
    """Powers that are missing, or that cannot sum to 1."""
    for key, polity in scenario.polities.items():
        node = tree.at(["polities", key, "factions"])
        missing = [name for name, faction in polity.factions.items() if faction.power is None]
        for name in missing:
            yield Fault(
                f"the faction '{name}' has no power; state its share of influence in '{key}'", node.at([name]).key
            )
        if polity.factions and not missing:
            yield from _sum(key, polity, node)


def _sum(key: str, polity: PolityForm, node: Node) -> Iterator[Fault]:
    ends = [faction.power.interval() for faction in polity.factions.values() if faction.power is not None]
    low, centre, high = (sum(column) for column in zip(*ends, strict=True))
    if abs(centre - 1) <= SLACK or low - SLACK <= 1 <= high + SLACK:
        return
    side = f"at least {low:.3g}" if low > 1 else f"at most {high:.3g}"
    told = (
        f"they sum to {centre:.3g}" if low == high else f"they sum to {centre:.3g}, and to {side} within their ranges"
    )
    yield Fault(f"the powers of the factions of '{key}' cannot sum to 1: {told}", node.key)
