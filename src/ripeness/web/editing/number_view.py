"""A number of a scenario as its field shows it: low, value and high in the unit that one reads, and its basis."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from math import exp, log, log10
from typing import Any

from ripeness.scenario.archetypes import is_default
from ripeness.scenario.number_field import NumberField
from ripeness.scenario.yaml_node import Node
from ripeness.web.editing.labels import unit_in_words
from ripeness.world.fault import Fault
from ripeness.world.quantity import Quantity, Scale
from ripeness.world.units import conversion_factor

ROOM = 4.0  # how many times its ends the track of a number without close bounds reaches
FAR = 1e12  # beyond what any number can be
DIGITS = 6  # significant ones of what is written
CLOSE = 2.0  # bounds no further apart than this are shown whole
PERCENT = {"share", "percent", "%"}
UNSTATED = "index"  # the unit of a number that says none
PER_MONTH = "% a month"
MOST_CHANCE = 99.995  # percent in a month, which is a rate of nearly 10
Ends = tuple[float, float, float]  # low, value, high


class MonthlyChance(NumberField):
    """How often something happens a month, shown as the chance that it happens within a month, in percent."""


@dataclass(frozen=True, slots=True)
class NumberView:
    """A number in the unit in which it is shown; `ends` are low, value and high, none where nothing readable stands.

    `scale` turns what is shown into what is written. `stated`: whether the scenario says it, not a default.
    """

    path: str
    ends: Ends | None
    track: tuple[float, float]
    logarithmic: bool
    unit: str
    scale: float
    written: Mapping[str, Any]
    stated: bool
    text: str = ""
    is_chance: bool = False

    @property
    def kind(self) -> str:
        """How it came about."""
        return str(self.written.get("kind", "assumed"))

    @property
    def sources(self) -> tuple[str, ...]:
        """What it rests on, by the ids of sources."""
        cited = self.written.get("source", ())
        return tuple(cited) if isinstance(cited, list) else (str(cited),) if cited else ()

    @property
    def note(self) -> str:
        """What its author says of it."""
        return str(self.written.get("note", ""))

    def as_written(self, end: float) -> float:
        """What is written for an end that is shown."""
        return _figure(_rate_of(end) if self.is_chance else end * self.scale)

    def at(self, value: float) -> float:
        """Where a value lies on the track, from 0 to 100."""
        low, high = self.track
        if self.logarithmic:
            low, high, value = log10(low), log10(high), log10(max(value, low))
        return round(min(max((value - low) / (high - low or 1) * 100, 0), 100), 2)


def number_view(path: str, node: Node | None, field: NumberField) -> NumberView:
    """The view of what stands at a path, a number that its field admits.

    >>> from ripeness.scenario.yaml_tree import tree_of
    >>> number_view("stake.held", tree_of("{value: 0.3, range: 0.2 to 0.4}", "x"), NumberField("share", 0, 1)).ends
    (20, 30, 40)
    """
    raw = None if node is None else node.plain()
    written = raw if isinstance(raw, dict) else {}
    unit, factor = str(written.get("unit", field.unit)), 1.0
    is_chance = isinstance(field, MonthlyChance)
    try:
        factor = conversion_factor(unit, field.unit)
    except Fault:
        if unit == UNSTATED:
            raw = {key: part for key, part in written.items() if key != "unit"}
        unit = field.unit
    if is_chance:
        unit, factor = field.unit, 1.0
    size = 100.0 if unit == "share" else 1.0
    stated = node is not None and not is_default(node)
    quantity = None if raw is None else _as_far_as_read(raw, field)
    bounds = (field.low / factor * size, field.high / factor * size)
    ends = None if quantity is None else _shown(quantity, size / factor)
    if is_chance:
        bounds, unit = (_chance_of(bounds[0]), _chance_of(bounds[1])), PER_MONTH
        ends = None if quantity is None else _chances_of(quantity)
    track, logarithmic = _track(ends, bounds, field.scale)
    text = "" if quantity is not None or raw is None else _as_text(raw)
    words = unit_in_words(unit)
    return NumberView(path, ends, track, logarithmic, words, 1 / size, written, stated, text, is_chance)


def number_text(view: NumberView, ends: Ends, basis: Mapping[str, Any]) -> dict[str, Any]:
    """What is written for a number with these ends, in the unit that stands there, and what it rests on.

    >>> view = number_view("stake.held", None, NumberField("share", 0, 1))
    >>> number_text(view, (20, 30, 40), {"kind": "judged"})
    {'value': 0.3, 'range': '0.2 to 0.4', 'kind': 'judged'}
    """
    low, value, high = (view.as_written(end) for end in ends)
    low, high = min(low, value), max(high, value)
    entries: dict[str, Any] = {"value": value}
    if low < high:
        entries["range"] = f"{low:.{DIGITS}g} to {high:.{DIGITS}g}" if low >= 0 else [low, high]
    unit = view.written.get("unit")
    unit = "per month" if unit and view.is_chance else unit
    return entries | ({"unit": unit} if unit else {}) | dict(basis)


def basis_of(kind: str, sources: tuple[str, ...] = (), note: str = "") -> dict[str, Any]:
    """What a number rests on, as it is written."""
    return {"kind": kind} | ({"source": list(sources)} if sources else {}) | ({"note": note} if note else {})


def _as_far_as_read(raw: Any, field: NumberField) -> Quantity | None:
    """A number, also one outside of what is possible; none where it is no number."""
    for admits in (field, NumberField(field.unit, -FAR, FAR, field.scale)):
        with suppress(Fault):
            return admits.read(raw)
    return None


def _shown(quantity: Quantity, size: float) -> Ends:
    low, value, high = (_figure(end * size) for end in quantity.interval())
    return low, value, high


def _chances_of(quantity: Quantity) -> Ends:
    low, value, high = (_chance_of(end) for end in quantity.interval())
    return low, value, high


def _chance_of(rate: float) -> float:
    """The chance in percent, within a month, of what happens at a rate.

    >>> _chance_of(0.4), _chance_of(0.004)
    (32.968, 0.399201)
    """
    return _figure(100 * (1 - exp(-max(rate, 0.0))))


def _rate_of(chance: float) -> float:
    return float(f"{-log(1 - min(max(chance, 0.0), MOST_CHANCE) / 100):.{DIGITS - 1}g}")


def _figure(value: float) -> float:
    rounded = float(f"{value:.{DIGITS}g}")
    return int(rounded) if rounded.is_integer() and abs(rounded) < 1e15 else rounded


def _track(ends: Ends | None, bounds: tuple[float, float], scale: Scale) -> tuple[tuple[float, float], bool]:
    """From where to where a number can be moved, and whether by ratios."""
    low, high = bounds
    if high - low <= CLOSE * 100 and (low, high) in {(0, 100), (-100, 100), (0, 1), (-1, 1)}:
        return bounds, False
    if ends is None:
        return (max(low, 0.0), min(high, 10.0)), False
    bottom, value, top = ends
    if scale is Scale.LOG and bottom > 0:
        return (max(bottom / ROOM, low), min(top * ROOM, high)), max(bottom / ROOM, low) > 0
    if scale is Scale.LOG:
        return (low, min(max(top, value, 1e-9) * ROOM / 2, high)), False
    reach = max(top - bottom, abs(value) / 2, 0.5)
    return (max(bottom - reach, low), min(top + reach, high)), False


def _as_text(raw: Any) -> str:
    return ", ".join(f"{key} {value}" for key, value in raw.items()) if isinstance(raw, dict) else str(raw)
