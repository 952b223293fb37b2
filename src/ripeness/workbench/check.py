"""Check a scenario: does it hold together, how many numbers of which kind does it rest on, and on which sources."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ripeness.scenario.address import quantities
from ripeness.scenario.anatomy import steps
from ripeness.scenario.archetypes import is_default
from ripeness.scenario.council import open_council
from ripeness.scenario.judge.sources import citations
from ripeness.scenario.read import Opened, open_scenario
from ripeness.world.quantity import Kind


@dataclass(frozen=True, slots=True)
class SourceUse:
    """A source, its grade, and how many numbers, events and observations rest on it."""

    id: str
    title: str
    grade: str
    cited: int
    default: bool


@dataclass(frozen=True, slots=True)
class CouncilChecked:
    """A decision of a council that keeps the rules of coding, and what it rests on."""

    id: str
    body: str
    members: int
    said: int
    bases: dict[str, int]
    sources: dict[str, str]
    warnings: tuple[str, ...] = ()

    def __repr__(self) -> str:
        """One line: the decision, and what it rests on."""
        return f"CouncilChecked({self.id}: {self.members} members, {self.said} sayings, {len(self.sources)} sources)"

    def plain(self) -> dict[str, Any]:
        """The same as plain values, for JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found. `kinds` counts the scenario's own numbers; `defaults` are filled in from archetypes.

    `bare` are own numbers without a source, `exact` own numbers without a range.
    """

    title: str
    case: str
    coding: str
    files: tuple[str, ...]
    polities: dict[str, tuple[str, int, int]]
    began: str
    start: str
    events: int
    observations: int
    numbers: int
    kinds: dict[str, int]
    defaults: int
    exact: tuple[str, ...]
    bare: tuple[str, ...]
    sources: tuple[SourceUse, ...]
    warnings: tuple[str, ...]

    def __repr__(self) -> str:
        """One line: the title, and what it rests on."""
        own_count = self.numbers - self.defaults
        rests = f"{own_count} numbers of its own, {self.defaults} defaults, {len(self.warnings)} warnings"
        return f"Checked({self.title!r}: {rests})"

    def plain(self) -> dict[str, Any]:
        """The same as plain values, for JSON."""
        polities = {
            key: {"role": role, "factions": factions, "issues": issues}
            for key, (role, factions, issues) in self.polities.items()
        }
        return asdict(self) | {"polities": polities}


def check(case_or_path: str | Path, coding: str | None = None) -> Checked:
    """Check a scenario and count what it rests on.

    Raises: Fault where it cannot be used, with every place at which something is wrong.

    >>> check("japan-1945").kinds["measured"] > 0
    True
    """
    opened = open_scenario(case_or_path, coding)
    scenario = opened.scenario
    numbers = quantities(scenario)
    own_numbers = {path: quantity for path, quantity in numbers.items() if not is_default(opened.tree.at(steps(path)))}
    kinds = Counter(str(quantity.kind) for quantity in own_numbers.values())
    return Checked(
        title=scenario.title,
        case=opened.case,
        coding=scenario.coding,
        files=tuple(str(path) for path in opened.files),
        polities={
            key: (quantity.role, len(quantity.factions), len(quantity.issues))
            for key, quantity in scenario.polities.items()
        },
        began=str(scenario.began),
        start=str(scenario.start),
        events=len(scenario.events),
        observations=len(scenario.evidence),
        numbers=len(numbers),
        kinds={str(kind): kinds[str(kind)] for kind in Kind},
        defaults=len(numbers) - len(own_numbers),
        exact=tuple(path for path, quantity in own_numbers.items() if not quantity.uncertain),
        bare=tuple(
            path for path, quantity in own_numbers.items() if not quantity.sources and not path.startswith("evidence.")
        ),
        sources=_uses(opened),
        warnings=tuple(str(quantity) for quantity in opened.warnings),
    )


def check_council(path: str | Path) -> CouncilChecked:
    """Check a decision of a council and count what it rests on.

    Raises: Fault where it breaks a rule of coding, with every place at which it does.
    """
    council, doubts = open_council(path)
    bases = Counter(member.basis for member in council.members)
    sayings = sum(len(member.said) for member in council.members)
    sources = {source.title: source.grade for source in council.sources}
    warnings = tuple(str(doubt) for doubt in doubts)
    return CouncilChecked(council.id, council.body, len(council.members), sayings, dict(bases), sources, warnings)


def _uses(opened: Opened) -> tuple[SourceUse, ...]:
    cited = Counter(str(node.content) for node in citations(opened.tree))
    own_sources = opened.own.at(["sources"]).map() if "sources" in opened.own.map() else {}
    uses = [
        SourceUse(key, form.title, form.grade, cited[key], key not in own_sources)
        for key, form in opened.scenario.sources.items()
    ]
    return tuple(sorted(uses, key=lambda use: (use.default, -use.cited, use.id)))
