"""What must hold between the parts of a scenario: sides, power, names, events, evidence, dates, sources."""

from __future__ import annotations

from itertools import islice

from ripeness.scenario.complaint import MOST_WEIGHED
from ripeness.scenario.judge.dates import dates, late_sources, past_events, stale_sources
from ripeness.scenario.judge.names import names
from ripeness.scenario.judge.power import powers
from ripeness.scenario.judge.sides import factions, issues, sides
from ripeness.scenario.judge.sources import unknown_sources, unused_sources
from ripeness.scenario.judge.told import events, evidence, readings
from ripeness.scenario.place import Node
from ripeness.scenario.schema import Scenario
from ripeness.world.fault import Fault, Place

FAULTS = (names, sides, issues, factions, powers, events, evidence, readings, dates, unknown_sources)


def faults_in(scenario: Scenario, own: Node, tree: Node) -> list[Fault]:
    """Everything that makes a scenario unusable, in the order of the file."""
    del own
    return sorted((fault for find in FAULTS for fault in islice(find(scenario, tree), MOST_WEIGHED)), key=_order)


def warnings_in(scenario: Scenario, own: Node, tree: Node) -> list[Fault]:
    """What an analyst should look at, though it can be run."""
    found = [
        *late_sources(scenario, own),
        *stale_sources(scenario, own),
        *unused_sources(own),
        *past_events(scenario, tree),
    ]
    return sorted(found, key=_order)


def _order(fault: Fault) -> tuple[str, int, int]:
    place = fault.place or Place("")
    return place.file, place.line, place.column
