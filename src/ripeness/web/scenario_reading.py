"""Reading: what is done in a worker with a scenario that somebody wrote; each function takes and gives plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ripeness.scenario.polity_names import PolityNames, polity_names
from ripeness.scenario.read import open_scenario
from ripeness.scenario.restate import restate_numbers
from ripeness.scenario.schema import Scenario
from ripeness.scenario.write import edit_text
from ripeness.web.checked_text import CheckedText, check_text, text_of_opened
from ripeness.workbench.check import numbers_of_file
from ripeness.world.calendar import STEPS
from ripeness.world.fault import Fault


@dataclass(frozen=True, slots=True)
class ScenarioSummary:
    """What a page must know of a scenario before it can ask about it; `decided` are polities of which decisions are on
    record by the start. Units: months from the start.
    """

    title: str
    start: str
    months: float
    polities: PolityNames
    belligerents: tuple[str, ...]
    own_numbers: int
    sources: Mapping[str, str] = field(default_factory=dict)
    decided: tuple[str, ...] = ()

    def sides(self) -> PolityNames:
        """The names of those who fight."""
        return self.polities.only(self.belligerents)


def summarize(source: str | Path, coding: str) -> ScenarioSummary:
    """Read a scenario and say what pages must know of it.

    Raises: Fault where it does not hold together.
    """
    from ripeness.study.who_decides.evidence import collect_evidence

    opened = open_scenario(source, coding or None)
    scenario = opened.scenario
    return ScenarioSummary(
        scenario.title,
        str(scenario.start),
        scenario.horizon * STEPS[scenario.step],
        polity_names(scenario),
        tuple(key for key, polity in scenario.polities.items() if polity.role == "belligerent"),
        len(numbers_of_file(opened)),
        {key: key for key in sorted(scenario.sources)},
        tuple(key for key in polity_names(scenario) if key in collect_evidence(scenario).polities()),
    )


def check_readable(path: Path) -> None:
    """Read a scenario to see whether it can be read.

    Raises: Fault where it does not hold together.
    """
    open_scenario(path)


def open_case(source: str | Path, coding: str) -> CheckedText:
    """A shipped case as it stands.

    Raises: Fault where there is none.
    """
    return text_of_opened(open_scenario(source, coding or None))


def rewrite(scenarios: Path, text: str, name: str, changes: Mapping[str, object], last_sound: Scenario | None) -> str:
    """The text with changes written into it, each number restated from what the text says now, or said before.

    Raises: Fault for a change that cannot be, or a text that never held together.
    """
    checked_text = check_text(scenarios, text, name)
    sound = last_sound if checked_text.opened is None else checked_text.opened.scenario
    if sound is None:
        raise Fault("mend what is marked first")
    return edit_text(text, restate_numbers(sound, dict(changes)))


def marks_of_text(scenarios: Path, text: str, name: str) -> dict[str, Any]:
    """What is wrong with a text, for programs."""
    return check_text(scenarios, text, name).plain()
