"""People and soldiers: numbers of men that do not go with the population that they come from."""

from __future__ import annotations

from collections.abc import Iterator

from ripeness.scenario.archetypes import is_default
from ripeness.scenario.armed_polities import armed
from ripeness.scenario.schema import Scenario
from ripeness.scenario.yaml_node import Node
from ripeness.world.fault import Fault

UNDER_ARMS = 1 / 4  # share of a population beyond which no state has had men under arms


def people_warnings(scenario: Scenario, tree: Node) -> Iterator[Fault]:
    """Forces that are too many for the population, of which one is most likely written in another unit."""
    for key in armed(scenario):
        resources = scenario.polities[key].resources
        if resources is None:
            continue
        node = tree.at(["polities", key, "resources"])
        stated = [name for name in ("population", "forces") if not is_default(node.at([name]))]
        forces, people = resources.forces.centre, resources.population.centre
        if stated and forces > UNDER_ARMS * people:
            yield Fault(
                f"'{key}' has {_thousands(forces)} men under arms among {_thousands(people)} people; a number without "
                "a unit is in thousands here: write 48000, or {value: 48, unit: million persons}",
                node.at([stated[0]]).place,
            )


def _thousands(count: float) -> str:
    """Three digits of a number of persons, in thousands."""
    return f"{float(f'{count:.3g}'):,.10g} thousand"
