"""The fingerprint of a scenario: where it is the same, the same seed gives the same war, bit for bit."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

from pydantic import BaseModel

from ripeness.scenario.faction_form import FactionStatement
from ripeness.scenario.parameter_points import ParameterPoints, points_of
from ripeness.scenario.parameters_by_kind import parameters_of
from ripeness.scenario.schema import Observation, Scenario
from ripeness.store.json_text import canonical_json
from ripeness.world.quantity import Quantity

# What people read and no war does. Ends of issues, sources, kinds and grades of numbers are words, too.
WORDS = frozenset(
    {"name", "about", "title", "note", "coding", "hindsight", "ends", "source", "sources", "indicators", "presets"}
)
DIGITS = 12  # significant digits: more than any number in a scenario has, fewer than writing and reading can lose


def fingerprint(scenario: Scenario) -> str:
    """The sha256, in hexadecimal, of everything in a scenario that can change a bit of a result.

    Left out: names, titles, notes, the ends of issues, presets, the list of sources, and the kind and sources of
    numbers.
    Included: ids, numbers with intervals, bounds and units, roles, rules, dates, evidence with its grade, readings,
    and the laws in effect, whether the scenario states them or not, with the points of those that are fitted. The
    order of ids counts only where it has a meaning: which belligerent is the first, and the order of evidence.

    >>> from ripeness.scenario.read import read_text
    >>> from ripeness.scenario.template import template
    >>> len(fingerprint(read_text(template("minimal")).scenario))
    64
    """
    laws = dict(parameters_of(scenario)) | scenario.laws
    first = next(key for key, polity in scenario.polities.items() if polity.role == "belligerent")
    content = {"scenario": _content(scenario.model_copy(update={"laws": dict(laws)})), "first": first}
    content["points"] = _content(points_of(scenario))
    content["grades"] = [_grade(scenario, observation) for observation in scenario.evidence]
    content["statements"] = [
        _grade(scenario, statement)
        for polity in scenario.polities.values()
        for faction in polity.factions.values()
        for statement in faction.statements
    ]
    text = canonical_json(content)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def _grade(scenario: Scenario, observation: Observation | FactionStatement) -> list[str]:
    """The grade of an observation or a statement: its own, else those of its sources."""
    cited = (observation.source,) if isinstance(observation.source, str) else observation.source
    return [observation.grade] if observation.grade is not None else [scenario.sources[key].grade for key in cited]


def _content(part: object) -> Any:
    if isinstance(part, Quantity):
        numbers = [_rounded(x) for x in (*part.parameters, part.low, part.high)]
        return [part.family, str(part.scale), part.unit, *numbers]
    if isinstance(part, ParameterPoints):
        return [part.digest if part.names else ""]
    if isinstance(part, BaseModel):
        return {key: _content(getattr(part, key)) for key in type(part).model_fields if key not in WORDS}
    if isinstance(part, dict):
        return {key: _content(child) for key, child in part.items()}
    if isinstance(part, (tuple, list)):
        return [_content(child) for child in part]
    if isinstance(part, float):
        return _rounded(part)
    return part.isoformat() if isinstance(part, date) else part


def _rounded(number: float) -> str:
    return f"{number:.{DIGITS}g}"
