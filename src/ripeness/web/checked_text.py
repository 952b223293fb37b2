"""Typed: a scenario while it is being written: what is wrong at which line and in which field, and what it says so far,
also where it does not hold together yet.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ripeness.scenario.archetypes import fill_defaults, is_default
from ripeness.scenario.form_paths import path_steps
from ripeness.scenario.layers import merge_layers, read_layers
from ripeness.scenario.number_paths import scenario_numbers
from ripeness.scenario.read import OpenedScenario, open_scenario, read_text
from ripeness.scenario.yaml_node import Node
from ripeness.scenario.yaml_tree import tree_of
from ripeness.web.workspace import base_beside
from ripeness.world.fault import Fault


@dataclass(frozen=True, slots=True)
class LineMark:
    """Something to mend, or to know, at a line of the text; `path` leads to the value that it is about."""

    line: int
    column: int
    message: str
    kind: str
    path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NumberRow:
    """A number of the scenario as a row of a table."""

    path: str
    value: float
    low: float
    high: float
    unit: str
    kind: str
    sources: str
    origin: str


@dataclass(frozen=True, slots=True)
class CheckedText:
    """A text as it stands: its marks, and the scenario where it holds together.

    `file_tree` is what its files say and `tree` has the defaults, too, whether or not it holds together; none where it
    cannot be read at all.
    """

    marks: tuple[LineMark, ...]
    opened: OpenedScenario | None
    numbers: tuple[NumberRow, ...] = ()
    file_tree: Node | None = None
    tree: Node | None = None

    @property
    def faults(self) -> tuple[LineMark, ...]:
        """What must be mended before it can be run."""
        return tuple(mark for mark in self.marks if mark.kind == "fault")

    @property
    def sound(self) -> bool:
        """Whether it can be run."""
        return self.opened is not None

    def rows(self) -> list[NumberRow]:
        """Every number with its kind and source."""
        return list(self.numbers)

    def plain(self) -> dict[str, Any]:
        """The same for JSON."""
        marks = [{key: value for key, value in asdict(mark).items() if key != "path"} for mark in self.marks]
        return {"sound": self.sound, "marks": marks, "numbers": len(self.numbers)}


def text_of_opened(opened: OpenedScenario) -> CheckedText:
    """A scenario that holds together, with what one should know of it."""
    paths = _paths_by_place(opened.own)
    marks = tuple(_mark(warning, "warning", paths) for warning in opened.warnings)
    return CheckedText(marks, opened, tuple(_rows(opened)), opened.own, opened.tree)


def _rows(opened: OpenedScenario) -> Iterator[NumberRow]:
    for path, quantity in scenario_numbers(opened.scenario).items():
        low, centre, high = quantity.interval()
        origin = "default" if is_default(opened.tree.at(path_steps(path))) else "scenario"
        yield NumberRow(path, centre, low, high, quantity.unit, str(quantity.kind), ", ".join(quantity.sources), origin)


def check_text(scenarios: Path, text: str, name: str = "") -> CheckedText:
    """Check a text; one that builds on a base is read beside the scenario that it belongs to,
    in the folder of scenarios.
    """
    try:
        base_beside(text)
        tree = tree_of(text, "typed")
    except Fault as fault:
        return CheckedText(tuple(_mark(problem, "fault", {}) for problem in (fault, *fault.others)), None)
    base = tree.map().get("base")
    try:
        opened = read_text(text, "typed") if base is None else _with_base(scenarios, text, name, base)
    except Fault as fault:
        file_tree, filled = _as_far_as_it_goes(scenarios, text, name, tree)
        paths = _paths_by_place(file_tree)
        marks = tuple(_mark(problem, "fault", paths) for problem in (fault, *fault.others))
        return CheckedText(marks, None, (), file_tree, filled)
    return text_of_opened(opened)


def _as_far_as_it_goes(folder: Path, text: str, name: str, tree: Node) -> tuple[Node, Node]:
    """What a text says that does not hold together, without and with its defaults."""
    file_tree = tree
    try:
        base = tree.map().get("base")
        if base is None:
            file_tree = merge_layers([tree])
        else:
            _refuse_itself(folder, name, base)
            with written_beside(folder, text) as path:
                file_tree, _ = read_layers(path)
        return file_tree, fill_defaults(file_tree)
    except Fault:
        return file_tree, file_tree


def _with_base(folder: Path, text: str, name: str, base: Any) -> OpenedScenario:
    _refuse_itself(folder, name, base)
    with written_beside(folder, text) as path:
        return open_scenario(path)


def _refuse_itself(folder: Path, name: str, base: Any) -> None:
    if (folder / base.content).is_symlink() or base.content == f"{name}.yaml":
        raise Fault("'base' names another scenario of this workspace", base.place)


@contextmanager
def written_beside(folder: Path, text: str) -> Iterator[Path]:
    """A file with this text in the folder of scenarios, beside its base, for as long as it is read."""
    with tempfile.NamedTemporaryFile("w", dir=folder, prefix=".typed-", suffix=".yaml", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        yield Path(file.name)


def _paths_by_place(file_tree: Node) -> dict[tuple[int, int], tuple[str, ...]]:
    """Where each value of the typed text stands, and where its key does, which goes before."""
    values: dict[tuple[int, int], tuple[str, ...]] = {}
    keys: dict[tuple[int, int], tuple[str, ...]] = {}
    for path, node in _nodes(file_tree, ()):
        for places, place in ((values, node.place), (keys, node.key)):
            if is_typed(place.file):
                places.setdefault((place.line, place.column), path)
    return values | keys


def _nodes(node: Node, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Node]]:
    for key, child in (*node.map().items(), *((str(index), item) for index, item in enumerate(node.items()))):
        yield (*path, key), child
        yield from _nodes(child, (*path, key))


def is_typed(file: str) -> bool:
    """Whether a place lies in the text that is being written, not in a base below it."""
    return file == "typed" or Path(file).name.startswith(".typed-")


def _mark(fault: Fault, kind: str, paths: dict[tuple[int, int], tuple[str, ...]]) -> LineMark:
    place = fault.place
    if place is None or not is_typed(place.file):
        message = fault.message if place is None else f"{Path(place.file).name}:{place.line}: {fault.message}"
        return LineMark(1, 1, message, kind)
    path = paths.get((place.line, place.column), ())
    return LineMark(place.line, place.column, fault.message, kind, path)
