"""Reading: what is done in a worker with a scenario that somebody wrote; each function takes and gives plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ripeness.scenario.read import open_scenario
from ripeness.scenario.restate import restated
from ripeness.scenario.schema import Scenario
from ripeness.scenario.write import changed
from ripeness.web.typed import Typed, checked, looked_at
from ripeness.workbench.check import check
from ripeness.world.calendar import STEPS
from ripeness.world.fault import Fault


@dataclass(frozen=True, slots=True)
class Summary:
    """What a page must know of a scenario before it can ask about it. Units: months from the start."""

    title: str
    start: str
    months: float
    polities: Mapping[str, str]
    belligerents: tuple[str, ...]
    own_numbers: int

    def sides(self) -> dict[str, str]:
        """The names of those who fight."""
        return {key: self.polities[key] for key in self.belligerents}


def summarized(source: str | Path, coding: str) -> Summary:
    """Read a scenario and say what pages must know of it.

    Raises: Fault where it does not hold together.
    """
    scenario = open_scenario(source, coding or None).scenario
    report = check(source, coding or None)
    return Summary(
        scenario.title,
        str(scenario.start),
        scenario.horizon * STEPS[scenario.step],
        {key: polity.name or key for key, polity in scenario.polities.items()},
        tuple(key for key, polity in scenario.polities.items() if polity.role == "belligerent"),
        report.numbers - report.defaults,
    )


def readable(path: Path) -> None:
    """Read a scenario to see whether it can be read.

    Raises: Fault where it does not hold together.
    """
    open_scenario(path)


def opened(source: str | Path, coding: str) -> Typed:
    """A shipped case as it stands.

    Raises: Fault where there is none.
    """
    return looked_at(open_scenario(source, coding or None))


def rewritten(scenarios: Path, text: str, name: str, changes: Mapping[str, object], last_sound: Scenario | None) -> str:
    """The text with changes written into it, each number restated from what the text says now, or said before.

    Raises: Fault for a change that cannot be, or a text that never held together.
    """
    checked_text = checked(scenarios, text, name)
    sound = last_sound if checked_text.opened is None else checked_text.opened.scenario
    if sound is None:
        raise Fault("mend what is marked first")
    return changed(text, restated(sound, dict(changes)))


def marks(scenarios: Path, text: str, name: str) -> dict[str, Any]:
    """What is wrong with a text, for programs."""
    return checked(scenarios, text, name).plain()
