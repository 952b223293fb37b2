"""What a what-if of a scenario can change, in words: its numbers and its presets; read in a worker."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ripeness.scenario.presets import presets_of
from ripeness.scenario.read import read_scenario
from ripeness.scenario.schema import Scenario
from ripeness.study.parameter_labels import parameter_label
from ripeness.web.slider_list import SettableNumber
from ripeness.web.what_if_state import NamedPreset

RECORDS = ("evidence.", "readings.")  # they tell of the war, and move none
OF_THE_STAKE = ("stake.held", ".positions.terms", ".conduct.aim", ".conduct.public_terms", ".conduct.claim")
OF_POWER = (".power", ".conduct.quota", ".conduct.leader_weight")


@dataclass(frozen=True, slots=True)
class WhatIfNumbers:
    """The numbers of a scenario that can be moved, and its presets, by key."""

    numbers: dict[str, SettableNumber]
    presets: dict[str, NamedPreset]


def what_if_numbers(source: str | Path, coding: str | None) -> WhatIfNumbers:
    """Read what can be changed.

    Raises: Fault where the scenario cannot be read.
    """
    from ripeness.workbench.whatif import settable_numbers

    scenario = read_scenario(source, coding)
    numbers = settable_numbers(source, coding)
    presets = {}
    for key, preset in presets_of(scenario).items():
        changes = {path: float(value) for path, value in preset.changes.items() if isinstance(value, int | float)}
        if len(changes) == len(preset.changes):  # a slider stands at one value
            presets[key] = NamedPreset(preset.name, changes, preset.cuts, preset.note)
    of_presets = {path for preset in presets.values() for path in preset.changes}
    words = {
        path: parameter_label(scenario, path)
        for path, (low, _, high, _) in numbers.items()
        if (low < high or path in of_presets) and not path.startswith(RECORDS)
    }
    return WhatIfNumbers(
        {
            path: SettableNumber(
                path, label[:1].upper() + label[1:], *numbers[path], _of(path), _meaning(scenario, path)
            )
            for path, label in words.items()
        },
        presets,
    )


def _of(path: str) -> str:
    """Of what a share is."""
    if path.endswith(OF_THE_STAKE):
        return "of the stake"
    return "of all power" if path.endswith(OF_POWER) else ""


def _meaning(scenario: Scenario, path: str) -> str:
    """What none and all of it mean, of a position on an issue other than terms."""
    steps = path.split(".")
    if steps[0] != "polities" or steps[-2] != "positions" or steps[1] not in scenario.polities:
        return ""
    issue = scenario.polities[steps[1]].issues.get(steps[-1])
    if issue is None or str(issue.role) == "terms":
        return ""
    return f"0 %: {issue.ends[0]}; 100 %: {issue.ends[1]}"
