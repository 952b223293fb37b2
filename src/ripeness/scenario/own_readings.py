"""Own readings: an analyst's hypotheses on who decides or why, in a file of their own that is laid over a case."""

from __future__ import annotations

from pathlib import Path

from ripeness.scenario.empty_entry import empty_entries
from ripeness.scenario.error_messages import combined
from ripeness.scenario.layers import overlay
from ripeness.scenario.read import OpenedScenario, scenario_from_layers
from ripeness.scenario.yaml_tree import Node, read_tree
from ripeness.world.fault import Fault

KEYS = ("readings", "sources")


def with_actor_models(opened: OpenedScenario, path: Path) -> OpenedScenario:
    """Lay a file with `readings`, and the `sources` that they cite, over a scenario; one of the same name is replaced.

    Raises: Fault, with file, line and column, for anything else in the file, or a reading that does not fit the case.
    """
    upper = read_tree(path)
    for key, child in upper.map().items():
        if key not in KEYS:
            raise Fault(f"a file of readings has {' and '.join(KEYS)}, not '{key[:40]}'", child.key)
    if not upper.map().get("readings", upper).map() or "readings" not in upper.map():
        raise Fault("a file of readings names at least one under 'readings'", upper.place)
    slips = list(empty_entries(upper, opened.own))
    if slips:
        raise combined(slips)
    coding = Node(opened.scenario.coding, opened.own.place, opened.own.place)
    own = overlay(opened.own, upper).with_entry("coding", coding)
    return scenario_from_layers(own, (*opened.files, path), opened.case)
