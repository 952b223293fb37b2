"""What a scenario rests on, gathered for its page: every number with its basis by side and topic, sources, and
observations. Work for a worker; it takes and gives plain values.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ripeness.scenario.read import OpenedScenario, open_scenario
from ripeness.study.parameter_labels import parameter_label
from ripeness.web.checked_text import text_of_opened
from ripeness.web.editing.draft import Draft
from ripeness.web.editing.labels import unit_in_words
from ripeness.web.editing.step_evidence import cited_sources, observation_words
from ripeness.workbench.cite import Cited, Number, Work, cite

MODEL = "law of the model"
ORIGINS = {"scenario": "stated here", "default": "defaults", MODEL: "the model"}
TOPICS = {
    "stake": "The stake and the talks",
    "talks": "The stake and the talks",
    "ceasefire": "The stake and the talks",
    "events": "What may happen",
    "indicators": "What may happen",
    "evidence": "What was seen",
    "readings": "Hypotheses on who decides",
    "laws": "Parameters of the model",
}
PARTS = {
    "resources": "what it fights with",
    "conduct": "how it decides and bargains",
    "country": "its interests as one",
    "mediator": "what it brings as a mediator",
}


@dataclass(frozen=True, slots=True)
class BasisRow:
    """A number in words: what it is, its value, how it came about, and what it rests on."""

    name: str
    value: str
    kind: str
    sources: str
    note: str
    origin: str

    @property
    def searched(self) -> str:
        """All its words, in small letters."""
        return f"{self.name} {self.kind} {self.sources} {self.note} {self.origin}".lower()


@dataclass(frozen=True, slots=True)
class SeenRow:
    """An observation in words, with its sources and its grade."""

    date: str
    words: str
    sources: str
    grade: str


@dataclass(frozen=True, slots=True)
class ScenarioBasis:
    """Groups of numbers, sources and observations of a scenario; `counts` is by origin and kind, `own_sources` the ids
    of the scenario's own.
    """

    title: str
    groups: Mapping[str, tuple[BasisRow, ...]]
    works: tuple[Work, ...]
    seen: tuple[SeenRow, ...]
    counts: Mapping[tuple[str, str], int]
    own_sources: frozenset[str]
    csv: str


def scenario_basis(source: str | Path, coding: str) -> ScenarioBasis:
    """Gather what a scenario rests on.

    Raises: Fault where the scenario cannot be used.
    """
    opened, cited = open_scenario(source, coding or None), cite(source, coding or None)
    authors = {key: f"{form.author} {form.grade}" for key, form in opened.scenario.sources.items()}
    for work in cited.bibliography:
        authors |= dict.fromkeys(work.id.split(), f"{work.author} {work.grade}")
    groups: dict[str, list[BasisRow]] = {}
    for number in cited.numbers:
        groups.setdefault(_group(opened, number.path), []).append(_row(opened, number, authors))
    counts = Counter((number.origin, number.kind) for number in cited.numbers)
    ordered = {name: tuple(groups[name]) for name in sorted(groups, key=_rank)}
    own_sources = frozenset(opened.own.at(["sources"]).map()) if "sources" in opened.own.map() else frozenset()
    return ScenarioBasis(
        cited.title, ordered, _works(cited, own_sources), _seen(opened), counts, own_sources, cited.csv()
    )


def _works(cited: Cited, own_sources: frozenset[str]) -> tuple[Work, ...]:
    """Sources of the scenario first, then those of defaults and model; the most used of each on top."""
    return tuple(sorted(cited.bibliography, key=lambda work: (own_sources.isdisjoint(work.id.split()), -work.cited)))


def _rank(group: str) -> tuple[bool, bool, str]:
    return group in set(TOPICS.values()), group == TOPICS["laws"], group


def _group(opened: OpenedScenario, path: str) -> str:
    steps = path.split(".")
    if steps[0] != "polities":
        return TOPICS.get(steps[0], "The stake and the talks")
    polity = opened.scenario.polities[steps[1]]
    name = polity.name or steps[1].replace("-", " ").capitalize()
    if steps[2] == "factions":
        faction = polity.factions[steps[3]]
        return f"{name} · {faction.name or steps[3].replace('-', ' ')}"
    return f"{name} · {PARTS.get(steps[2], 'as a whole')}"


def _row(opened: OpenedScenario, number: Number, authors: Mapping[str, str]) -> BasisRow:
    label = parameter_label(opened.scenario, number.path)
    name = label.partition(": ")[2] if number.path.startswith("polities.") else label
    name = (name or label).removeprefix("law ")
    cited = "; ".join(authors.get(key, key) for key in number.sources)
    value = value_in_words(number.value, number.low, number.high, number.unit)
    return BasisRow(name[:1].upper() + name[1:], value, number.kind, cited, number.note, ORIGINS[number.origin])


def value_in_words(value: float, low: float, high: float, unit: str) -> str:
    """A number with its range, shares in percent.

    >>> value_in_words(0.43, 0.33, 0.53, "share"), value_in_words(6, 6, 6, "months")
    ('43 % (33 to 53)', '6 months')
    """
    size = 100.0 if unit == "share" else 1.0
    figures = [end * size for end in (value, low, high)]
    middle, bottom, top = (f"{end:,.3g}" if abs(end) < 1000 else f"{end:,.0f}" for end in figures)
    spread = f" ({bottom} to {top})" if low < high else ""
    return f"{middle} {unit_in_words(unit)}".strip() + spread


def _seen(opened: OpenedScenario) -> tuple[SeenRow, ...]:
    draft = Draft(text_of_opened(opened), editable=False)
    sources = opened.scenario.sources
    rows = []
    for index, item in enumerate(opened.scenario.evidence):
        path = ("evidence", str(index))
        keys = [key for key in cited_sources(draft, path) if key in sources]
        titles = "; ".join(f"{sources[key].author}: {sources[key].title}" for key in keys)
        grade = item.grade or min((sources[key].grade for key in keys), default="")
        day = f"{item.date.day} {item.date:%B %Y}"
        rows.append((item.date, SeenRow(day, observation_words(draft, path), titles, grade)))
    return tuple(row for _, row in sorted(rows, key=lambda pair: pair[0]))
