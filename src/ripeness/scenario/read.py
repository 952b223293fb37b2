"""Read a scenario: its file and the bases below it, the defaults beneath, and every fault at its place."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from ripeness.scenario.archetypes import filled
from ripeness.scenario.case import find
from ripeness.scenario.coding import laid, read_coding
from ripeness.scenario.complaint import complaints, together
from ripeness.scenario.judge import faults_in, warnings_in
from ripeness.scenario.place import Node, text_of, tree_of
from ripeness.scenario.schema import Scenario
from ripeness.world.fault import Fault

MOST_READ = 16  # scenarios kept as read: a report asks for the same one a dozen times


@dataclass(frozen=True, slots=True)
class Opened:
    """A scenario as read, with what it was read from: `own` is what its files say, `tree` has the defaults, too."""

    scenario: Scenario
    own: Node
    tree: Node
    files: tuple[Path, ...]
    case: str
    warnings: tuple[Fault, ...]


_READ: dict[tuple[str, str, str], tuple[tuple[str, ...], Opened | None]] = {}


def read_scenario(case_or_path: str | Path, coding: str | None = None) -> Scenario:
    """Read a scenario from a shipped case, a folder or a file.

    Raises: Fault, with file, line and column, and the other faults of the file beside the first.
    """
    return open_scenario(case_or_path, coding).scenario


def open_scenario(case_or_path: str | Path, coding: str | None = None) -> Opened:
    """Read a scenario and keep what it was read from.

    Raises: Fault, with file, line and column, and the other faults of the file beside the first.
    """
    found = find(case_or_path, coding)
    asked = (str(found.path), found.coding, found.case)
    texts, opened = _READ.get(asked, ((), None))
    if opened is None or texts != _texts(opened.files):
        own, files = read_coding(found.path)
        if found.case and len(files) > 1:
            own = own.with_entry("coding", Node(found.coding, own.place, own.place))
        opened = opened_from(own, files, found.case)
        if len(_READ) >= MOST_READ:
            _READ.clear()
        _READ[asked] = (_texts(files), opened)
    return opened


def _texts(files: tuple[Path, ...]) -> tuple[str, ...]:
    """What the files say now; nothing where one is no longer there."""
    try:
        return tuple(text_of(path) for path in files)
    except Fault:
        return ()


def read_text(text: str, name: str = "scenario.yaml") -> Opened:
    """Read a scenario that stands in no file, such as one typed into a page; it has no base.

    Raises: Fault, with the given name as its file.
    """
    tree = tree_of(text, name)
    if "base" in tree.map():
        raise Fault("a text on its own has no base; write it out, or save it beside its base", tree.at(["base"]).key)
    return opened_from(laid([tree]), (), "")


def opened_from(own: Node, files: tuple[Path, ...], case: str) -> Opened:
    """A scenario from what its files say, laid over each other already.

    Raises: Fault, with the other faults beside the first.
    """
    tree = filled(own)
    try:
        scenario = Scenario.model_validate(tree.plain())
    except ValidationError as error:
        raise together(complaints(error, tree)) from None
    found = faults_in(scenario, own, tree)
    if found:
        raise together(found)
    return Opened(scenario, own, tree, files, case, tuple(warnings_in(scenario, own, tree)))
