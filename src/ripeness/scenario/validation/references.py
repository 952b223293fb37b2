"""References: ids that can be part of an address, names that lead somewhere, sources that are listed and cited."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ripeness.scenario.schema import Scenario
from ripeness.scenario.yaml_node import Node
from ripeness.world.fault import Fault
from ripeness.world.wording import did_you_mean

ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}")


def id_faults(scenario: Scenario, tree: Node) -> Iterator[Fault]:
    """Ids that cannot be part of an address."""
    for path in (["polities"], ["events"], ["indicators"], ["readings"], ["presets"], ["sources"]):
        yield from _ids(tree.at(path))
    for key in scenario.polities:
        for part in ("issues", "factions"):
            yield from _ids(tree.at(["polities", key, part]))


def _ids(node: Node) -> Iterator[Fault]:
    for key, child in node.map().items():
        if not ID.fullmatch(key):
            yield Fault(f"'{key[:60]}' cannot be an id; use letters, digits, - and _, at most 60", child.key)


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


def unused_source_warnings(file_tree: Node) -> Iterator[Fault]:
    """Sources of the top file that no number, event or observation cites;
    what it replaces may leave some of a base so.
    """
    cited_ids = {str(cited.content) for cited in citations(file_tree)}
    for key, child in file_tree.at(["sources"]).map().items():
        if "sources" in file_tree.map() and key not in cited_ids and child.key.file == file_tree.place.file:
            yield Fault(f"the source '{key}' is never cited", child.key)
