"""Cite a scenario: its bibliography, and every number with its range, kind, sources and their grades."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ripeness.scenario.archetypes import is_default
from ripeness.scenario.form_paths import path_steps
from ripeness.scenario.model_parameters import parameter_sources
from ripeness.scenario.number_paths import scenario_numbers
from ripeness.scenario.parameter_points import points_file, shipped_points
from ripeness.scenario.parameters_in_use import parameters_in_use
from ripeness.scenario.read import OpenedScenario, open_scenario
from ripeness.scenario.schema import Scenario, SourceForm
from ripeness.scenario.validation.references import citations
from ripeness.store.cells import to_csv
from ripeness.workbench.notebook import Notebook
from ripeness.world.quantity import Quantity
from ripeness.world.source import Source
from ripeness.world.wording import end_sentence

if TYPE_CHECKING:
    from ripeness.show.table import Layout


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a scenario as a row: low to high is its 90 % interval, equal where it counts as exact."""

    path: str
    value: float
    low: float
    high: float
    unit: str
    kind: str
    sources: tuple[str, ...]
    grades: tuple[str, ...]
    origin: str
    note: str


@dataclass(frozen=True, slots=True)
class Work:
    """An entry of the bibliography; `cited` counts the places that rest on it."""

    id: str
    author: str
    published: str
    title: str
    publisher: str
    address: str
    grade: str
    grade_in_words: str
    cited: int

    def __str__(self) -> str:
        """The entry on one line."""
        year = f" {self.published[:4]}" if self.published else ""
        closing = ", ".join(part for part in (self.publisher, self.address) if part)
        sentences = (f"{self.author}{year}", self.title, closing)
        return " ".join((*(end_sentence(part) for part in sentences if part), f"[{self.grade}]"))


@dataclass(frozen=True, slots=True)
class Cited(Notebook):
    """Bibliography and numbers of a scenario, its defaults and the laws of the model included."""

    title: str
    case: str
    coding: str
    bibliography: tuple[Work, ...]
    numbers: tuple[Number, ...]

    def __repr__(self) -> str:
        """One line: the title, and how much is cited."""
        return f"Cited({self.title!r}: {len(self.numbers)} numbers, {len(self.bibliography)} sources)"

    def plain(self) -> dict[str, Any]:
        """The same as plain values, for JSON."""
        return asdict(self)

    def csv(self) -> str:
        """The numbers as comma-separated values; a cell that a spreadsheet would run as a formula is quoted."""
        return to_csv(self.rows())

    def layout(self) -> Layout:
        """The bibliography, then every number."""
        from ripeness.show.cell import decimal_cell, row
        from ripeness.show.table import layout, text_table

        rows = [
            row(
                number.path,
                *(decimal_cell(value, ".4g") for value in (number.value, number.low, number.high)),
                number.unit,
                number.kind,
                " ".join(number.sources),
            )
            for number in self.numbers
        ]
        headings = ("number", "value", "low", "high", "unit", "kind", "sources")
        table = text_table(headings, rows, numeric=("value", "low", "high"))
        return layout(self.title, *(str(work) for work in self.bibliography), table)

    def rows(self) -> Sequence[Mapping[str, Any]]:
        """One row a number."""
        return [
            {
                "path": number.path,
                "value": number.value,
                "low": number.low,
                "high": number.high,
                "unit": number.unit,
                "kind": number.kind,
                "sources": " ".join(number.sources),
                "grades": " ".join(number.grades),
                "origin": number.origin,
                "note": number.note,
            }
            for number in self.numbers
        ]


def cite(case_or_path: str | Path, coding: str | None = None) -> Cited:
    """Say what every number of a scenario rests on.

    Raises: Fault where the scenario cannot be used.

    >>> cite("japan-1945").numbers[-1].origin
    'law of the model'
    """
    opened = open_scenario(case_or_path, coding)
    sources = _sources(opened)
    archetypes_stated = scenario_numbers(opened.scenario)
    numbers = [
        _number(path, quantity, _origin(opened, path), sources)
        for path, quantity in archetypes_stated.items()
        if not path.startswith("laws.")
    ]
    # Every law that the war has a use for, in its place, as stated or as shipped.
    for name, law in parameters_in_use(opened.scenario).items():
        path = f"laws.{name}"
        own_number = archetypes_stated.get(path)
        numbers.append(
            _number(path, law, "law of the model", parameter_sources(), _joint_note(name, opened.scenario))
            if own_number is None
            else _number(path, own_number, _origin(opened, path), sources)
        )
    return Cited(opened.scenario.title, opened.case, opened.scenario.coding, _bibliography(opened), tuple(numbers))


def _sources(opened: OpenedScenario) -> dict[str, Source]:
    return {key: _source(key, form) for key, form in opened.scenario.sources.items()}


def _source(key: str, form: SourceForm) -> Source:
    return Source(key, form.title, form.author, form.published, form.grade, form.publisher, form.address, form.place)


def _origin(opened: OpenedScenario, path: str) -> str:
    return "default" if is_default(opened.tree.at(path_steps(path))) else "scenario"


def _joint_note(name: str, scenario: Scenario) -> str:
    """Of a fitted parameter: that its range is of the points from which it is drawn with the others."""
    points = shipped_points(points_file(scenario))
    if name not in points.names:
        return ""
    worth, record = points.provenance["effective"], points.provenance["record"]
    return (
        f"drawn jointly with {len(points.names) - 1} other fitted parameters from {len(points.weight):,} points "
        f"{points.label}, worth {worth} by simulated likelihood; fitted to {record}"
    )


def _number(path: str, quantity: Quantity, origin: str, sources: Any, note: str = "") -> Number:
    low, centre, high = quantity.interval()
    grades = tuple(sources[key].grade for key in quantity.sources)
    kind, cited, remark = str(quantity.kind), quantity.sources, note or quantity.note
    return Number(path, centre, low, high, quantity.unit, kind, cited, grades, origin, remark)


def _bibliography(opened: OpenedScenario) -> tuple[Work, ...]:
    cited = Counter(str(node.content) for node in citations(opened.tree))
    listed = _sources(opened)
    works = [_work(source, cited[key]) for key, source in listed.items()]
    laws = Counter(key for law in parameters_in_use(opened.scenario).values() for key in law.sources)
    works += [
        _work(source, laws[key]) for key, source in parameter_sources().items() if key not in listed and laws[key]
    ]
    return tuple(sorted(_merged(works), key=lambda work: (work.author.lower(), work.published, work.id)))


def _merged(works: list[Work]) -> list[Work]:
    """The same work under two ids is one entry: scenario, defaults and laws each name their own."""
    entries: dict[tuple[str, str], Work] = {}
    for work in works:
        key = (work.author.casefold(), work.title.casefold())
        if key in entries:
            entry = entries[key]
            ids = entry.id if work.id == entry.id else f"{entry.id} {work.id}"
            published = entry.published or work.published
            work = replace(entry, id=ids, cited=entry.cited + work.cited, published=published)  # noqa: PLW2901
        entries[key] = work
    return list(entries.values())


def _work(source: Source, cited: int) -> Work:
    published = str(source.published) if source.published is not None else ""
    return Work(
        source.id,
        source.author,
        published,
        source.title,
        source.publisher,
        source.address,
        source.grade,
        source.grade_in_words,
        cited,
    )
