"""Presets: each sets numbers that the scenario can have, or cuts links that the model has."""

from __future__ import annotations

from collections.abc import Iterator

from ripeness.scenario.number_paths import find_number_field
from ripeness.scenario.schema import Preset, Scenario
from ripeness.scenario.yaml_node import Node
from ripeness.world.fault import Fault
from ripeness.world.pathway_names import NAMES
from ripeness.world.wording import unknown_name


def preset_faults(scenario: Scenario, tree: Node) -> Iterator[Fault]:
    """Presets that change nothing, name what is not there, set what cannot be, or are called alike."""
    keys_by_name: dict[str, str] = {}
    for key, preset in scenario.presets.items():
        node = tree.at(["presets", key])
        if not preset.changes and not preset.cuts:
            yield Fault(f"the preset '{key}' needs 'changes' (path: number) or 'cuts' (causal links)", node.key)
        other = keys_by_name.setdefault(preset.name, key)
        if other != key:
            yield Fault(f"the preset '{other}' is called '{preset.name}', too", node.at(["name"]).place)
        yield from _change_faults(scenario, preset, node)
        for index, cut in enumerate(preset.cuts):
            if cut not in NAMES:
                yield Fault(unknown_name("a causal link", cut, NAMES), node.at(["cuts", index]).place)


def _change_faults(scenario: Scenario, preset: Preset, node: Node) -> Iterator[Fault]:
    for path, number in preset.changes.items():
        place = node.at(["changes", path])
        try:
            field = find_number_field(scenario, path)
        except Fault as fault:
            yield Fault(fault.message, place.key)
            continue
        try:
            field.read(number)
        except Fault as fault:
            yield Fault(fault.message, place.place)
