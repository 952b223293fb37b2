"""A value of a YAML file, and the line and column where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from ripeness.world.fault import Place

NodePath = Sequence[str | int]


@dataclass(frozen=True, slots=True)
class Node:
    """A value of a file and where it stands; `key` is the place of the key that holds it, or its own place.

    `text` is a scalar as the file spells it: the number 5 may stand there as 05.
    """

    content: dict[str, Node] | list[Node] | str | float | bool | None
    place: Place
    key: Place
    text: str = ""

    def plain(self) -> Any:
        """The bare value, without places."""
        if isinstance(self.content, dict):
            return {key: child.plain() for key, child in self.content.items()}
        if isinstance(self.content, list):
            return [child.plain() for child in self.content]
        return self.content

    def at(self, path: NodePath) -> Node:
        """The node at a path; the nearest one above it where the path leads nowhere."""
        node = self
        for step in path:
            child = node.child(step)
            node = node if child is None else child
        return node

    def child(self, step: str | int) -> Node | None:
        """The node under a key or an index, if there is one."""
        if isinstance(self.content, dict):
            return self.content.get(str(step))
        if isinstance(self.content, list) and str(step).isdecimal() and int(step) < len(self.content):
            return self.content[int(step)]
        return None

    def map(self) -> dict[str, Node]:
        """The entries of a mapping; nothing where the node is none."""
        return self.content if isinstance(self.content, dict) else {}

    def items(self) -> list[Node]:
        """The items of a list; nothing where the node is none."""
        return self.content if isinstance(self.content, list) else []

    def with_entry(self, key: str, child: Node) -> Node:
        """The same mapping with one entry set."""
        return replace(self, content={**self.map(), key: child})
