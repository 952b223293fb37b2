"""Read a scenario: its file and the bases below it, the defaults beneath, and every fault at its place."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from ripeness.scenario.archetypes import fill_defaults
from ripeness.scenario.case import find_scenario_file
from ripeness.scenario.error_messages import faults_from
from ripeness.scenario.layers import empty_entries, merge_layers, overlay, read_layers
from ripeness.scenario.schema import Scenario
from ripeness.scenario.statements import with_stated_starts
from ripeness.scenario.validation import faults_in, warnings_in
from ripeness.scenario.yaml_node import Node
from ripeness.scenario.yaml_tree import read_tree, text_of, tree_of
from ripeness.world.fault import Fault, combined
from ripeness.world.wording import join_words

MOST_CACHED = 16  # scenarios kept as read: a report asks for the same one a dozen times
ACTOR_MODEL_KEYS = ("readings", "sources")  # of a file of hypotheses on who decides, laid over a case


@dataclass(frozen=True, slots=True)
class OpenedScenario:
    """A scenario as read, with what it was read from: `own` is what its files say, `tree` has the defaults, too."""

    scenario: Scenario
    own: Node
    tree: Node
    files: tuple[Path, ...]
    case: str
    warnings: tuple[Fault, ...]


_CACHE: dict[tuple[str, str, str], tuple[tuple[str, ...], OpenedScenario | None]] = {}


def read_scenario(case_or_path: str | Path, coding: str | None = None) -> Scenario:
    """Read a scenario from a shipped case, a folder or a file.

    Raises: Fault, with file, line and column, and the other faults of the file beside the first.
    """
    return open_scenario(case_or_path, coding).scenario


def open_scenario(case_or_path: str | Path, coding: str | None = None) -> OpenedScenario:
    """Read a scenario and keep what it was read from.

    Raises: Fault, with file, line and column, and the other faults of the file beside the first.
    """
    scenario_file = find_scenario_file(case_or_path, coding)
    cache_key = (str(scenario_file.path), scenario_file.coding, scenario_file.case)
    texts, opened = _CACHE.get(cache_key, ((), None))
    if opened is None or texts != _texts(opened.files):
        file_tree, files = read_layers(scenario_file.path)
        if scenario_file.case and len(files) > 1:
            file_tree = file_tree.with_entry("coding", Node(scenario_file.coding, file_tree.place, file_tree.place))
        opened = scenario_from_layers(file_tree, files, scenario_file.case)
        if len(_CACHE) >= MOST_CACHED:
            _CACHE.clear()
        _CACHE[cache_key] = (_texts(files), opened)
    return opened


def _texts(files: tuple[Path, ...]) -> tuple[str, ...]:
    """What the files say now; nothing where one is no longer there."""
    try:
        return tuple(text_of(path) for path in files)
    except Fault:
        return ()


def read_text(text: str, name: str = "scenario.yaml") -> OpenedScenario:
    """Read a scenario that stands in no file, such as one typed into a page; it has no base.

    Raises: Fault, with the given name as its file.
    """
    tree = tree_of(text, name)
    if "base" in tree.map():
        raise Fault("a text on its own has no base; write it out, or save it beside its base", tree.at(["base"]).key)
    return scenario_from_layers(merge_layers([tree]), (), "")


def scenario_from_layers(file_tree: Node, files: tuple[Path, ...], case: str) -> OpenedScenario:
    """A scenario from what its files say, laid over each other already.

    Raises: Fault, with the other faults beside the first.
    """
    tree = fill_defaults(file_tree)
    scenario = _valid(tree)
    with_starts = with_stated_starts(scenario, tree)
    if with_starts is not tree:
        tree, scenario = with_starts, _valid(with_starts)
    faults = faults_in(scenario, file_tree, tree)
    if faults:
        raise combined(faults)
    return OpenedScenario(scenario, file_tree, tree, files, case, tuple(warnings_in(scenario, file_tree, tree)))


def _valid(tree: Node) -> Scenario:
    try:
        return Scenario.model_validate(tree.plain())
    except ValidationError as error:
        raise combined(faults_from(error, tree)) from None


def with_actor_models(opened: OpenedScenario, path: Path) -> OpenedScenario:
    """Lay a file with `readings`, and the `sources` that they cite, over a scenario; one of the same name is replaced.

    Raises: Fault, with file, line and column, for anything else in the file, or a reading that does not fit the case.
    """
    upper = read_tree(path)
    for key, child in upper.map().items():
        if key not in ACTOR_MODEL_KEYS:
            raise Fault(f"a file of readings has {join_words(ACTOR_MODEL_KEYS)}, not '{key[:40]}'", child.key)
    if not upper.map().get("readings", upper).map() or "readings" not in upper.map():
        raise Fault("a file of readings names at least one under 'readings'", upper.place)
    slips = list(empty_entries(upper, opened.own))
    if slips:
        raise combined(slips)
    coding = Node(opened.scenario.coding, opened.own.place, opened.own.place)
    file_tree = overlay(opened.own, upper).with_entry("coding", coding)
    return scenario_from_layers(file_tree, (*opened.files, path), opened.case)
