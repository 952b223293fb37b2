"""Outline: the parts of a scenario and the fields of each, as its form states them, with what the text says now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from ripeness.scenario.place import Node
from ripeness.scenario.read import Opened
from ripeness.web.completion import part_at, properties_of, resolved
from ripeness.web.typed import Row

ABOVE = ("title", "about", "hindsight", "began", "start", "horizon", "step", "era")
Kind = Literal["text", "number", "choice", "switch"]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a scenario that one fills in at once: where it stands, and what one calls it."""

    path: tuple[str, ...]
    name: str


@dataclass(frozen=True, slots=True)
class Field:
    """One value of a part; `value` is what holds now, `said` what one should know about it."""

    path: str
    name: str
    kind: Kind
    value: str
    about: str
    said: str = ""
    choices: tuple[str, ...] = ()


def parts(opened: Opened) -> list[Part]:
    """Every part of a scenario that a form can show, from the war as a whole to the traits of a faction."""
    scenario_parts = [Part((), "The war"), Part(("stake",), "Stake"), Part(("talks",), "Talks")]
    for key, polity in opened.scenario.polities.items():
        name, path = polity.name or key, ("polities", key)
        scenario_parts.append(Part(path, name))
        scenario_parts += [Part((*path, part), f"{name}: {part}") for part in ("conduct", "resources")]
        for faction_key, faction in polity.factions.items():
            below, label = (*path, "factions", faction_key), f"{name} · {faction.name or faction_key}"
            scenario_parts += [Part(below, label), Part((*below, "traits"), f"{label}: traits")]
    return scenario_parts


def fields(opened: Opened, part: Part, rows: Mapping[str, Row]) -> list[Field]:
    """The fields of a part in the order of the form; `rows` are the numbers of the scenario by path."""
    stated_values = _stated_values(opened, part.path)
    values = []
    for key, form in properties_of(part_at(list(part.path))).items():
        if not part.path and key not in ABOVE:
            continue
        path = ".".join((*part.path, key))
        value = _field(path, key, form, stated_values.get(key), rows.get(path))
        if value is not None:
            values.append(value)
    return values


def _field(path: str, key: str, about: Any, stated: Any, row: Row | None) -> Field | None:
    form, said = resolved(about), str(about.get("description", ""))
    name = key.replace("_", " ")
    if _is_number(form):
        if row is None:
            return None  # the scenario has no such number, and no default for it
        value = f"{row.low:.6g} to {row.high:.6g}" if row.low < row.high else f"{row.value:.6g}"
        sources = f" · {row.sources}" if row.sources else ""
        median = f" · median {row.value:.4g}" if row.low < row.high else ""
        return Field(path, name, "number", value, said, f"{row.unit} · {row.kind}{sources} · {_origin(row)}{median}")
    if form.get("type") == "boolean":
        return Field(path, name, "switch", "yes" if stated is True else "", said)
    if choices := [str(one) for one in form.get("enum", []) if one is not None]:
        return Field(path, name, "choice", "" if stated is None else str(stated), said, choices=tuple(choices))
    if form.get("type") in ("string", "integer", ["string", "integer"]):
        return Field(path, name, "text", "" if stated is None else str(stated), said)
    return None


def _origin(row: Row) -> str:
    return "a default" if row.origin == "default" else "of this scenario"


def _is_number(form: Mapping[str, Any]) -> bool:
    return form.get("type") == ["number", "string", "object"]


def _stated_values(opened: Opened, path: tuple[str, ...]) -> dict[str, Any]:
    """What the files say at a way; nothing where the defaults speak."""
    node: Node | None = opened.own
    for step in path:
        node = node.child(step) if node is not None else None
    if node is None:
        return {}
    plain = node.plain()
    return plain if isinstance(plain, dict) else {}
