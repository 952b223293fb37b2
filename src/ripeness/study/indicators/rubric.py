"""Rubric: from statements and events that can be seen to values of the leading indicators, and what each would mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from ripeness.scenario.polity_names import MOVEMENT
from ripeness.scenario.schema import Scenario
from ripeness.scenario.yaml_tree import tree_of
from ripeness.study.indicators.indicators import BandMeaning, Indicator, RankedIndicators

LEVELS = ("low", "middle", "high")
LEADING = 10  # indicators of which it is said what they look like


@dataclass(frozen=True, slots=True)
class Sight:
    """What one would see of an indicator: the value that it stands for, and the target's probability if it is seen.

    `level` is the third of the simulated wars in which the value lies; `value` is None where only the level is stated.
    Units: month from the day of the forecast; value in the indicator's unit.
    """

    indicator: str
    name: str
    seen: str
    value: float | None
    level: str
    month: float
    p: float


@cache
def rubric() -> Mapping[str, tuple[Mapping[str, Any], ...]]:
    """Statements and events by kind of indicator, as `rubric.yaml` lists them.

    >>> sorted(rubric())[:3], rubric()["fell"][0]["value"]
    (['aid', 'crackdown', 'economy'], 1)
    """
    text = (files("ripeness.study.indicators") / "rubric.yaml").read_text(encoding="utf-8")
    return {kind: tuple(entries) for kind, entries in tree_of(text, "rubric.yaml").plain().items()}


def sights(scenario: Scenario, ranked: RankedIndicators) -> tuple[Sight, ...]:
    """What the leading indicators look like from outside in their best month, the most telling first."""
    listed = []
    for indicator in ranked.indicators[:LEADING]:
        key = indicator.key.partition(".")[0]
        polity = scenario.polities.get(key)
        belligerents = (form.name or name for name, form in scenario.polities.items() if form.role == "belligerent")
        names = {"polity": "" if polity is None else polity.name or key, "first": next(belligerents)}
        is_movement = polity is not None and polity.kind == MOVEMENT
        for entry in rubric().get(indicator.kind, ()):
            band = _band(indicator, entry)
            if band is None:
                continue
            reading = indicator.best.readings[band]
            listed.append(
                Sight(
                    indicator.key,
                    indicator.name,
                    str(entry.get("movement", entry["seen"]) if is_movement else entry["seen"]).format(**names),
                    float(entry["value"]) if "value" in entry else None,
                    _level(band, len(indicator.best.readings)),
                    indicator.best.month,
                    reading.chances[ranked.target.name],
                )
            )
    return tuple(listed)


def _band(indicator: Indicator, entry: Mapping[str, Any]) -> int | None:
    """In which of the bands of the best month a statement lies; None where these wars part in no such bands."""
    readings = indicator.best.readings
    if "level" in entry:
        return {"low": 0, "middle": 1, "high": 2}[entry["level"]] if len(readings) == len(LEVELS) else None
    return next((n for n, band in enumerate(readings) if _holds(band, float(entry["value"]))), None)


def _holds(band: BandMeaning, value: float) -> bool:
    return (band.low is None or value >= band.low) and (band.high is None or value < band.high)


def _level(band: int, bands: int) -> str:
    return LEVELS[band] if bands == len(LEVELS) else (LEVELS[0], LEVELS[-1])[min(band, 1)]
