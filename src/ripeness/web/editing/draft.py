"""A draft: what a text says so far, value by value, with its names, and its faults at the fields they are about."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from ripeness.scenario.archetypes import is_default
from ripeness.scenario.form_paths import number_field_at
from ripeness.scenario.number_field import NumberField
from ripeness.scenario.yaml_node import Node
from ripeness.web.checked_text import CheckedText, LineMark
from ripeness.web.editing.number_view import NumberView, basis_of, number_view

Path = tuple[str, ...]
MISSING = re.compile(r"'([\w-]+)' is missing from (a scenario)?")
POWERS = re.compile(r".*cannot sum to 1: they sum to ([\d.]+)(?:, and to (at least|at most) ([\d.]+) within.*)?")
OUTSIDE = re.compile(r"(?:\w+: )?(-?[\d.e+]+) is outside what is possible here: (\S+) to (\S+) \(share\)")
OF_EVENTS = (
    (re.compile(r"the event '.*' needs either a date"), "Either a day or a chance is wanted here, and not both."),
    (re.compile(r"a change says one of set"), "By how much it changes is wanted here."),
    (re.compile(r"an entry says who"), "Who enters, on whose side and with what strength is wanted here."),
    (re.compile(r"'before' is .* earlier than 'after'"), "This is before the first day on which it can come."),
    (re.compile(r"the preset '.*' needs 'changes'"), "At least one number that it supposes is wanted here."),
    (re.compile(r"'monitored' is of a ceasefire"), "Only a ceasefire that comes into force is watched."),
)
OF_FILES = re.compile(r"; write '[^']*'( at one of them)?|`ripeness [^`]*`[^;]*")


class Draft:
    """A text as it stands, whether or not it holds together; `editable` where its reader may change it.

    `earlier` holds, by path, what a number rested on before its reader moved it; `unfolded` the folds that are open.
    """

    def __init__(
        self,
        checked_text: CheckedText,
        *,
        editable: bool = True,
        earlier: dict[str, dict[str, Any]] | None = None,
        unfolded: Iterable[str] = (),
    ) -> None:
        self.checked_text, self.editable, self.earlier = checked_text, editable, earlier or {}
        self.unfolded = frozenset(unfolded)
        self.tree, self.file_tree = checked_text.tree, checked_text.file_tree
        self.marks = [(_path_of(mark), mark) for mark in checked_text.marks]

    def to_look_at(self) -> Draft:
        """The same, as one that its reader may not change."""
        return Draft(self.checked_text, editable=False, unfolded=self.unfolded)

    def node(self, path: Path) -> Node | None:
        """What stands at a path, defaults included."""
        node = self.tree
        for step in path:
            node = node.child(step) if node is not None else None
        return node

    def text(self, path: Path, default: str = "") -> str:
        """What stands at a path, as a text."""
        node = self.node(path)
        if node is None or node.content is None or isinstance(node.content, (dict, list)):
            return default
        return node.text or str(node.content)

    def flag(self, path: Path) -> bool:
        """Whether a switch is on."""
        node = self.node(path)
        return node is not None and node.content is True

    def keys(self, path: Path) -> list[str]:
        """The names of the entries at a path."""
        node = self.node(path)
        return list(node.map()) if node is not None else []

    def items(self, path: Path) -> int:
        """How many items a list has."""
        node = self.node(path)
        return len(node.items()) if node is not None else 0

    def is_stated(self, path: Path) -> bool:
        """Whether the scenario says it, not a default."""
        node = self.node(path)
        return node is not None and not is_default(node)

    def name(self, path: Path) -> str:
        """What a side, a faction, an issue or a source is called: its name, or its key in plain letters."""
        return self.text((*path, "name")) or path[-1].replace("-", " ").replace("_", " ").capitalize()

    def belligerents(self) -> list[str]:
        """The keys of those who fight."""
        return [key for key in self.keys(("polities",)) if self.text(("polities", key, "role")) == "belligerent"]

    def number(self, path: Path, admits: NumberField | None = None) -> NumberView | None:
        """The number at a path; none where no number may stand there."""
        field = admits or number_field_at(list(path))
        return None if field is None else number_view(".".join(path), self.node(path), field)

    def faults_at(self, path: Path, *, below: bool = True) -> list[str]:
        """What is wrong with the value at a path; with `below`, with any part of it."""
        return [
            self.in_words(mark)
            for at, mark in self.marks
            if mark.kind == "fault" and (at == path or (below and at[: len(path)] == path))
        ]

    def count_faults(self, paths: Iterable[Path]) -> int:
        """How many faults stand at or below any of these paths."""
        above = tuple(paths)
        return sum(mark.kind == "fault" and any(at[: len(p)] == p for p in above) for at, mark in self.marks)

    def in_words(self, mark: LineMark) -> str:
        """A fault as one says it in a form: names in the place of keys, no word on how a file is written."""
        if powers := POWERS.fullmatch(mark.message):
            within = f", and to {powers[2]} {100 * float(powers[3]):.0f} % within their ranges" if powers[2] else ""
            return f"The shares of power add up to {100 * float(powers[1]):.0f} %{within}; they must make 100 %."
        if outside := OUTSIDE.fullmatch(mark.message):
            value, low, high = (100 * float(figure) for figure in outside.groups())
            return f"{value:g} % is outside what is possible here: {low:g} to {high:g} %."
        if of_event := next((words for said, words in OF_EVENTS if said.match(mark.message)), ""):
            return of_event
        message = MISSING.sub(lambda _: "this is missing: ", mark.message) if MISSING.match(mark.message) else ""
        words = message.removesuffix(": ") or OF_FILES.sub("", mark.message)
        for key in self.keys(("polities",)):
            words = words.replace(f"'{key}'", self.name(("polities", key)))
            for faction in self.keys(("polities", key, "factions")):
                words = words.replace(f"'{faction}'", self.name(("polities", key, "factions", faction)))
        return words[:1].upper() + words[1:]


def judgement() -> dict[str, Any]:
    """What a number rests on that its reader moved."""
    return basis_of("judged")


def _path_of(mark: LineMark) -> Path:
    missing = MISSING.match(mark.message)
    if missing is None:
        return mark.path
    return (missing[1],) if missing[2] else (*mark.path, missing[1])
