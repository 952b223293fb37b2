"""Ids: short words without dots, because addresses are made of them and luck is keyed by them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ripeness.scenario.schema import Scenario
from ripeness.scenario.yaml_tree import Node
from ripeness.world.fault import Fault
from ripeness.world.wording import did_you_mean

MOST_NAMED = 14  # names that a hint lists
ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}")


def id_faults(scenario: Scenario, tree: Node) -> Iterator[Fault]:
    """Ids that cannot be part of an address."""
    for path in (["polities"], ["events"], ["readings"], ["sources"]):
        yield from _ids(tree.at(path))
    for key in scenario.polities:
        for part in ("issues", "factions"):
            yield from _ids(tree.at(["polities", key, part]))


def _ids(node: Node) -> Iterator[Fault]:
    for key, child in node.map().items():
        if not ID.fullmatch(key):
            yield Fault(f"'{key[:60]}' cannot be an id; use letters, digits, - and _, at most 60", child.key)


def _some(listed: list[str]) -> str:
    """So many names that a line can hold them."""
    more = f" and {len(listed) - MOST_NAMED} more" if len(listed) > MOST_NAMED else ""
    return ", ".join(listed[:MOST_NAMED]) + more or "none"


def unknown_name(what: str, name: str, known: Iterable[str]) -> str:
    """The words for a name that leads nowhere, with the nearest that does."""
    listed = list(known)
    hint = did_you_mean(name, listed, f"there is {_some(listed)}")
    return f"'{name[:60]}' is not {what}; {hint}"
