"""Sources: each that is cited is listed, and each that is listed is cited."""

from __future__ import annotations

from collections.abc import Iterator

from ripeness.scenario.schema import Scenario
from ripeness.scenario.yaml_tree import Node
from ripeness.world.fault import Fault
from ripeness.world.wording import did_you_mean


def citations(node: Node) -> Iterator[Node]:
    """Every id of a source that is cited below a node, where it stands."""
    if isinstance(node.content, dict):
        for key, child in node.content.items():
            if key == "source":
                yield from child.content if isinstance(child.content, list) else [child]
            elif key != "sources":
                yield from citations(child)
    elif isinstance(node.content, list):
        for child in node.content:
            yield from citations(child)


def unknown_source_faults(scenario: Scenario, tree: Node) -> Iterator[Fault]:
    """Citations of sources that are not listed."""
    for cited in citations(tree):
        name = str(cited.content)
        if name not in scenario.sources:
            hint = did_you_mean(name, scenario.sources, "list it under 'sources' with title, author and grade")
            yield Fault(f"'{name[:60]}' is not among the sources; {hint}", cited.place)


def unused_source_warnings(own: Node) -> Iterator[Fault]:
    """Sources of the top file that no number, event or observation cites;
    what it replaces may leave some of a base so.
    """
    used = {str(cited.content) for cited in citations(own)}
    for key, child in own.at(["sources"]).map().items():
        if "sources" in own.map() and key not in used and child.key.file == own.place.file:
            yield Fault(f"the source '{key}' is never cited", child.key)
