"""Check a scenario: does it hold together, how many numbers of which kind does it rest on, and on which sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ripeness.scenario.archetypes import is_default
from ripeness.scenario.council import open_council
from ripeness.scenario.form_paths import path_steps
from ripeness.scenario.number_paths import scenario_numbers
from ripeness.scenario.read import OpenedScenario, open_scenario
from ripeness.scenario.validation.references import citations
from ripeness.store.json_text import plain_value
from ripeness.workbench.notebook import Tabular
from ripeness.world.fault import Fault
from ripeness.world.quantity import Kind

if TYPE_CHECKING:
    from ripeness.scenario.schema import Scenario
    from ripeness.show.table import Layout
    from ripeness.study.ripeness.wedges import Wedges
    from ripeness.world.quantity import Quantity

WEDGE_SAMPLES = 256  # the share of samples with one sign is then known to some 4 points
SEARCHED_SAMPLES = 24  # of them, on which what would close a wedge is searched: a first, rough answer


@dataclass(frozen=True, slots=True)
class SourceUse:
    """A source, its grade, and how many numbers, events and observations rest on it."""

    id: str
    title: str
    grade: str
    cited: int
    default: bool


@dataclass(frozen=True, slots=True)
class CouncilChecked(Tabular):
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

    def layout(self) -> Layout:
        """What the record of the decision rests on."""
        from ripeness.show.check_tables import council_layout

        return council_layout(self)

    def plain(self) -> dict[str, Any]:
        """The same as plain values, for JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Checked(Tabular):
    """What a check found. `kinds` counts the scenario's own numbers; `defaults` are filled in from archetypes.

    `bare` are own numbers without a source, `exact` own numbers without a range; `wedges` says where stated terms
    contradict what traits imply, and `warnings` those of them that matter.
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
    wedges: Wedges

    def __repr__(self) -> str:
        """One line: the title, and what it rests on."""
        own_count = self.numbers - self.defaults
        rests = f"{own_count} numbers of its own, {self.defaults} defaults, {len(self.warnings)} warnings"
        return f"Checked({self.title!r}: {rests})"

    def layout(self) -> Layout:
        """What the scenario rests on."""
        from ripeness.show.check_tables import scenario_layout

        return scenario_layout(self)

    def brief(self) -> Layout:
        """That it holds together, where to look, and what it rests on, on one screen."""
        from ripeness.show.check_tables import scenario_brief

        return scenario_brief(self)

    def plain(self) -> dict[str, Any]:
        """The same as plain values, for JSON."""
        polities = {
            key: {"role": role, "factions": factions, "issues": issues}
            for key, (role, factions, issues) in self.polities.items()
        }
        return asdict(self) | {"polities": polities, "wedges": plain_value(self.wedges)}


def check(case_or_path: str | Path, coding: str | None = None) -> Checked:
    """Check a scenario and count what it rests on.

    Raises: Fault where it cannot be used, with every place at which something is wrong.

    >>> check("japan-1945").kinds["measured"] > 0
    True
    """
    opened = open_scenario(case_or_path, coding)
    scenario = opened.scenario
    numbers = scenario_numbers(scenario)
    own_numbers = numbers_of_file(opened)
    wedges = find_wedges_of(scenario)
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
        warnings=tuple(str(warning) for warning in (*opened.warnings, *_wedge_warnings(opened, wedges))),
        wedges=wedges,
    )


def numbers_of_file(opened: OpenedScenario) -> dict[str, Quantity]:
    """The numbers that a scenario's own files state, by path; all others are defaults."""
    numbers = scenario_numbers(opened.scenario)
    return {path: quantity for path, quantity in numbers.items() if not is_default(opened.tree.at(path_steps(path)))}


def find_wedges_of(scenario: Scenario) -> Wedges:
    """Find where stated terms contradict what traits imply, on few samples: a check is asked for often.

    Neither the months fought nor past conflicts weigh the samples, unlike in `ripe`.
    """
    from ripeness.ensemble.design import Design
    from ripeness.study.ripeness.opening_situation import open_situation, parameter_samples
    from ripeness.study.ripeness.wedges import find_wedges

    war, values = parameter_samples(scenario, Design(draws=WEDGE_SAMPLES, per_point=1))
    return find_wedges(war, values, open_situation(war, values), searched=SEARCHED_SAMPLES)


def _wedge_warnings(opened: OpenedScenario, wedges: Wedges) -> Iterator[Fault]:
    """A warning for each wedge that matters, at the stated number, and one where stated terms decide the zone."""
    from ripeness.show.wedge_words import wedge_warning, zone_warning

    polities = opened.scenario.polities
    names = {key: polity.name or key for key, polity in polities.items()}
    for key, polity in polities.items():
        names |= {f"{key}/{faction}": form.name or faction for faction, form in polity.factions.items()}
    terms = {
        key: next((name for name, issue in polity.issues.items() if issue.role == "terms"), "")
        for key, polity in polities.items()
    }
    if wedges.decide:
        first = max(wedges.demands, key=lambda demand: demand.closes.p).polity
        yield Fault(zone_warning(wedges, names), opened.tree.at(["polities", first, "issues", terms[first]]).key)
    for wedge in wedges.that_matter():
        steps = ["polities", wedge.polity, "factions", wedge.faction, "positions", terms[wedge.polity]]
        yield Fault(wedge_warning(wedge, names), opened.tree.at(steps).place)


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


def _uses(opened: OpenedScenario) -> tuple[SourceUse, ...]:
    cited = Counter(str(node.content) for node in citations(opened.tree))
    own_sources = opened.own.at(["sources"]).map() if "sources" in opened.own.map() else {}
    uses = [
        SourceUse(key, form.title, form.grade, cited[key], key not in own_sources)
        for key, form in opened.scenario.sources.items()
    ]
    return tuple(sorted(uses, key=lambda use: (use.default, -use.cited, use.id)))
