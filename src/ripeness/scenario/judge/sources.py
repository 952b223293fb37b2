"""Sources: each that is cited is listed, and each that is listed is cited."""

from __future__ import annotations

from collections.abc import Iterator

from ripeness.scenario.judge.names import none_such
from ripeness.scenario.place import Node
from ripeness.scenario.schema import Scenario
from ripeness.world.fault import Fault


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


def unknown_sources(scenario: Scenario, tree: Node) -> Iterator[Fault]:
    """Citations of sources that are not listed."""
    for cited in citations(tree):
        if str(cited.content) not in scenario.sources:
            yield Fault(none_such("among the sources", str(cited.content), scenario.sources), cited.place)


def unused_sources(own: Node) -> Iterator[Fault]:
    """Sources that no number, event or observation cites."""
    used = {str(cited.content) for cited in citations(own)}
    for key, child in own.at(["sources"]).map().items():
        if "sources" in own.map() and key not in used:
            yield Fault(f"the source '{key}' is never cited", child.key)
