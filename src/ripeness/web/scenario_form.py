"""The form of a scenario: its parts, the fields of each with what the text says now, and the controls that change it.

What is entered is written into the text, and its comments stay.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any, Literal

from nicegui import ui

from ripeness.scenario.read import OpenedScenario
from ripeness.scenario.yaml_node import Node
from ripeness.web.checked_text import CheckedText, NumberRow
from ripeness.web.completion import part_at, properties_of, resolved

ABOVE = ("title", "about", "hindsight", "began", "initiator", "start", "horizon", "step", "era")
OF_PATRONS = ("aid_capacity", "sanctions_weight", "trade_weight", "reliability")
SHARED_OUT = "power"  # of a polity: it stands in the place of the powers of its factions
Kind = Literal["text", "number", "choice", "switch"]
Change = Callable[[dict[str, object]], Awaitable[None]]
HINT = (
    "A number that you change counts as your judgement: its old source and note go, until you name a source in the"
    " text. One figure moves the whole range with it. Write a new range as 0.2 to 0.4, and a certain number as 0.3 to"
    " 0.3."
)
LONG = 60  # letters from which a text gets a field of several lines


@dataclass(frozen=True, slots=True)
class FormSection:
    """A part of a scenario that one fills in at once: where it stands, and what one calls it."""

    path: tuple[str, ...]
    name: str


@dataclass(frozen=True, slots=True)
class FieldValue:
    """One value of a part; `value` is what holds now, `details` what one should know about it."""

    path: str
    name: str
    kind: Kind
    value: str
    description: str
    details: str = ""
    choices: tuple[str, ...] = ()


def parts(opened: OpenedScenario) -> list[FormSection]:
    """Every part of a scenario that a form can show, from the war as a whole to the traits of a faction."""
    scenario_parts = [FormSection((), "The war"), FormSection(("conflict",), "Kind of conflict")]
    scenario_parts += [FormSection(("stake",), "Stake"), FormSection(("talks",), "Talks")]
    scenario_parts.append(FormSection(("talks", "power_sharing"), "Talks: power-sharing"))
    scenario_parts.append(FormSection(("ceasefire",), "Ceasefire at the start"))
    for key, polity in opened.scenario.polities.items():
        name, path = polity.name or key, ("polities", key)
        scenario_parts.append(FormSection(path, name))
        scenario_parts += [FormSection((*path, part), f"{name}: {part}") for part in ("conduct", "resources")]
        if polity.role == "patron":
            scenario_parts.append(FormSection((*path, "mediator"), f"{name}: mediator"))
        for faction_key, faction in polity.factions.items():
            below, label = (*path, "factions", faction_key), f"{name} · {faction.name or faction_key}"
            scenario_parts += [FormSection(below, label), FormSection((*below, "traits"), f"{label}: traits")]
    return scenario_parts


def fields(opened: OpenedScenario, part: FormSection, rows: Mapping[str, NumberRow]) -> list[FieldValue]:
    """The fields of a part in the order of the form; `rows` are the numbers of the scenario by path."""
    stated_values = _stated_values(opened, part.path)
    values = []
    polities = opened.scenario.polities
    for key, form in properties_of(part_at(list(part.path))).items():
        if not _is_shown(opened, part, key):
            continue
        path = ".".join((*part.path, key))
        if part.path[-1:] == ("mediator",) and _is_number_by_key(form):
            values += [
                _number(f"{path}.{side}", f"{key} for {polity.name or side}", form, rows.get(f"{path}.{side}"))
                for side, polity in polities.items()
                if polity.role == "belligerent"
            ]
        elif (value := _field(path, key, form, stated_values.get(key), rows.get(path))) is not None:
            values.append(value)
    return values


def _is_shown(opened: OpenedScenario, part: FormSection, key: str) -> bool:
    """Whether a key of a part is one that a form can show: of the war itself only some, of a polity what is its own."""
    if not part.path:
        return key in ABOVE
    if part.path[0] != "polities" or len(part.path) != 2:
        return True
    is_patron = opened.scenario.polities[part.path[1]].role == "patron"
    return key != SHARED_OUT and (is_patron or key not in OF_PATRONS)


def _field(path: str, key: str, form: Any, stated_value: Any, row: NumberRow | None) -> FieldValue | None:
    resolved_form, description = resolved(form), str(form.get("description", ""))
    name = key.replace("_", " ")
    if _is_number(resolved_form):
        return _number(path, name, form, row)
    if resolved_form.get("type") == "boolean":
        return FieldValue(path, name, "switch", "yes" if stated_value is True else "", description)
    if choices := [str(choice) for choice in resolved_form.get("enum", []) if choice is not None]:
        return FieldValue(
            path, name, "choice", "" if stated_value is None else str(stated_value), description, choices=tuple(choices)
        )
    if resolved_form.get("type") in ("string", "integer", ["string", "integer"]):
        return FieldValue(path, name, "text", "" if stated_value is None else str(stated_value), description)
    return None


def _number(path: str, name: str, form: Any, row: NumberRow | None) -> FieldValue:
    """The field of a number; an empty one where the scenario has no such number, and no default for it."""
    description = str(form.get("description", ""))
    if row is None:
        return FieldValue(path, name, "number", "", description, "not stated")
    value = f"{row.low:.6g} to {row.high:.6g}" if row.low < row.high else f"{row.value:.6g}"
    sources = f" · {row.sources}" if row.sources else ""
    median = f" · median {row.value:.4g}" if row.low < row.high else ""
    details = f"{row.unit} · {row.kind}{sources} · {_origin(row)}{median}"
    return FieldValue(path, name, "number", value, description, details)


def _origin(row: NumberRow) -> str:
    return "a default" if row.origin == "default" else "of this scenario"


def _is_number(form: Mapping[str, Any]) -> bool:
    return form.get("type") == ["number", "string", "object"]


def _is_number_by_key(form: Any) -> bool:
    """Whether it is a number for each of several polities."""
    below = resolved(form).get("additionalProperties")
    return isinstance(below, dict) and _is_number(resolved(below))


def _stated_values(opened: OpenedScenario, path: tuple[str, ...]) -> dict[str, Any]:
    """What the files say at a way; nothing where the defaults speak."""
    node: Node | None = opened.own
    for step in path:
        node = node.child(step) if node is not None else None
    if node is None:
        return {}
    plain = node.plain()
    return plain if isinstance(plain, dict) else {}


class ScenarioForm:
    """A choice of the part and its fields; without a way to change the file it is only looked at."""

    def __init__(self, change: Change | None) -> None:
        self.change = change
        self.checked_text: CheckedText | None = None
        self.fields: list[FieldValue] = []
        self.parts: dict[str, FormSection] = {}
        self.part = ui.select([], label="Part", with_input=True, on_change=lambda _: self._fill())
        self.part.props("dense outlined stack-label options-dense").classes("wide").style("width: 100%")
        if change is not None:
            ui.label(HINT).classes("quiet")
        self.place = ui.element("div").classes("fields")

    def show(self, checked_text: CheckedText, *, rebuild: bool = False) -> None:
        """Show what the text says now; a field in which one writes is left alone where nothing else changed.

        `rebuild`: where what was entered cannot be, every field is built again.
        """
        self.checked_text = checked_text
        self.fields = [] if rebuild else self.fields
        if checked_text.opened is None:
            return
        self.parts = {".".join(part.path): part for part in parts(checked_text.opened)}
        selected = self.part.value if self.part.value in self.parts else ""
        names = {key: part.name for key, part in self.parts.items()}
        if names != self.part.options or selected != self.part.value:
            self.part.set_options(names, value=selected)
        self._fill()

    def _fill(self) -> None:
        checked_text, part = self.checked_text, self.parts.get(str(self.part.value or ""))
        if checked_text is None or checked_text.opened is None or part is None:
            return
        values = fields(checked_text.opened, part, {row.path: row for row in checked_text.rows()})
        if values == self.fields:
            return
        self.fields = values
        self.place.clear()
        with self.place:
            for field in values:
                with ui.element("div").classes("entry"):
                    self._entry(field)

    def _entry(self, field: FieldValue) -> None:
        if field.kind == "switch":
            control: Any = ui.checkbox(field.name, value=bool(field.value)).props("dense")
            control.on_value_change(lambda e: self._enter(field, value=e.value))
        elif field.kind == "choice":
            control = ui.select(list(field.choices), value=field.value or None, label=field.name)
            control.on_value_change(lambda e: self._enter(field, value=e.value))
            control.props("dense outlined stack-label options-dense")
        else:
            control = (ui.textarea if len(field.value) > LONG else ui.input)(field.name, value=field.value)
            control.props("dense outlined stack-label autogrow")
            for key in ("blur", "keydown.enter") if len(field.value) <= LONG else ("blur",):
                control.on(key, lambda: self._enter(field, value=control.value))
        if self.change is None:
            control.props("readonly" if field.kind in {"text", "number"} else "disable")
        hint = " · ".join(part for part in (field.description, field.details) if part)
        if hint:
            ui.html(f'<p class="quiet">{escape(hint)}</p>', sanitize=False)

    async def _enter(self, field: FieldValue, *, value: Any) -> None:
        text = value if isinstance(value, bool) else str(value or "").strip()
        if self.change is None or text == (bool(field.value) if isinstance(text, bool) else field.value):
            return
        if text == "" and field.kind == "number":
            await self.change({field.path: None})
        else:
            await self.change({field.path: _typed_value(text, field)})


def _typed_value(text: Any, field: FieldValue) -> object:
    """What is written: a number as a number, so that it stands in the text without quotes."""
    if isinstance(text, bool):
        return text
    if field.kind == "number" or text.isdecimal():
        try:
            return int(text) if text.isdecimal() else float(text)
        except ValueError:
            return text
    return text or None
