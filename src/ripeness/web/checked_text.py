"""Typed: a scenario while it is being written: what is wrong at which line, and what it rests on so far."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ripeness.scenario.archetypes import is_default
from ripeness.scenario.form_paths import path_steps
from ripeness.scenario.number_paths import scenario_numbers
from ripeness.scenario.read import OpenedScenario, open_scenario, read_text
from ripeness.scenario.yaml_tree import tree_of
from ripeness.web.workspace import base_beside
from ripeness.world.fault import Fault


@dataclass(frozen=True, slots=True)
class LineMark:
    """Something to mend, or to know, at a line of the text."""

    line: int
    column: int
    message: str
    kind: str


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
    """A text as it stands: its marks, and the scenario where it holds together."""

    marks: tuple[LineMark, ...]
    opened: OpenedScenario | None
    numbers: tuple[NumberRow, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether it can be run."""
        return self.opened is not None

    def rows(self) -> list[NumberRow]:
        """Every number with its kind and source."""
        return list(self.numbers)

    def plain(self) -> dict[str, Any]:
        """The same for JSON."""
        return {"sound": self.sound, "marks": [asdict(mark) for mark in self.marks], "numbers": len(self.numbers)}


def text_of_opened(opened: OpenedScenario) -> CheckedText:
    """A scenario that holds together, with what one should know of it."""
    return CheckedText(tuple(_mark(warning, "warning") for warning in opened.warnings), opened, tuple(_rows(opened)))


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
        base = tree.map().get("base")
        opened = read_text(text, "typed") if base is None else _with_base(scenarios, text, name, base)
    except Fault as fault:
        return CheckedText(tuple(_mark(problem, "fault") for problem in (fault, *fault.others)), None)
    return text_of_opened(opened)


def _with_base(folder: Path, text: str, name: str, base: Any) -> OpenedScenario:
    base_name = base.content
    if (folder / base_name).is_symlink() or base_name == f"{name}.yaml":
        raise Fault("'base' names another scenario of this workspace", base.place)
    with tempfile.NamedTemporaryFile("w", dir=folder, prefix=".typed-", suffix=".yaml", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        return open_scenario(Path(file.name))


def _mark(fault: Fault, kind: str) -> LineMark:
    place = fault.place
    is_in_text = place is not None and (place.file == "typed" or Path(place.file).name.startswith(".typed-"))
    if place is None or not is_in_text:
        message = fault.message if place is None else f"{Path(place.file).name}:{place.line}: {fault.message}"
        return LineMark(1, 1, message, kind)
    return LineMark(place.line, place.column, fault.message, kind)
