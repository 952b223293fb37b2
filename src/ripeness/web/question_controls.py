"""Controls of a question on a page: the usual fields in a row, the others under "Advanced"; faults stand at fields."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import Any

from nicegui import ui
from nicegui.elements.mixins.validation_element import ValidationElement
from nicegui.elements.mixins.value_element import ValueElement

from ripeness.web.address import value_of_word, word_of
from ripeness.web.form_fields import FormField
from ripeness.world.fault import ArgumentFault, Fault, combined

MOST_AT_A_GLANCE = 12  # choices; among more one searches
MOST_NARROW = 16  # letters of a label that a narrow field shows whole
LOOK = "dense outlined stack-label hide-bottom-space"


class QuestionControls:
    """The controls of a question by the names of its fields."""

    def __init__(self, fields: Iterable[FormField]) -> None:
        self.fields = {field.name: field for field in fields}
        self.controls: dict[str, ValueElement[Any]] = {}
        self.refused: dict[str, str] = {}  # what is wrong with values that do not go together
        self.unread: dict[str, str] = {}  # what is wrong with words of the address, until their field is changed
        self.expansion: ui.expansion | None = None

    def build_usual(self) -> None:
        """Build the usual fields where one stands, in a row."""
        for field in self.fields.values():
            if field.usual:
                control = _control(field)
                control.classes(_width(field))
                if field.hint:
                    control.tooltip(field.hint)
                self.controls[field.name] = control

    def build_others(self) -> None:
        """Build the other fields, folded away until one wants them."""
        folded = [field for field in self.fields.values() if not field.usual]
        if not folded:
            return
        with (
            ui.expansion("Advanced", icon="tune").classes("lines more") as self.expansion,
            ui.element("div").classes("fields"),
        ):
            for field in folded:
                with ui.element("div").classes("entry wide" if field.kind in {"lines", "changes"} else "entry"):
                    self.controls[field.name] = _control(field)
                    if field.hint:
                        ui.html(f'<p class="quiet">{escape(field.hint)}</p>', sanitize=False)
        self.on_change(self._count)
        self._count()

    def on_change(self, look: Callable[[], Any]) -> None:
        """Call this whenever a control changes."""

        def changed(name: str) -> None:
            self.unread.pop(name, None)
            self.refused.clear()
            look()

        for name, control in self.controls.items():
            control.on_value_change(lambda _, name=name: changed(name))

    def values(self) -> dict[str, Any]:
        """What the controls say, by name; what stands at its default, too, but for the month where a day says by when.

        A value that cannot be is marked at its field.

        Raises: Fault for a value that cannot be.
        """
        values, faults = {}, []
        for name, control in self.controls.items():
            try:
                values[name] = self.fields[name].value(control.value)
            except Fault as fault:
                faults.append(fault)
                self.mark(name, fault.message)
            else:
                self.mark(name, self.unread.get(name, self.refused.get(name, "")))
        faults += [Fault(message) for message in self.unread.values()]
        if faults:
            raise combined(faults)
        if values.get("by") is not None and "month" in values:  # both say by when: what was changed counts
            values["month" if values["month"] == self.fields["month"].default else "by"] = None
        return values

    def mark(self, name: str, message: str) -> None:
        """Say at a field what is wrong with it, or that nothing is."""
        control = self.controls.get(name)
        if isinstance(control, ValidationElement):
            label = f"{self.fields[name].label.lower()}: "
            control.error = message.removeprefix(label) or None

    def refuse(self, fault: ArgumentFault) -> Fault:
        """The fault of an argument in the words of the form; it stays marked at its field until the form changes."""
        named = fault.named(self.labels())
        if fault.name in self.controls:
            self.refused[fault.name] = fault.named({**self.labels(), fault.name: "this"}).message
            self.mark(fault.name, self.refused[fault.name])
        return named

    def words(self) -> dict[str, str]:
        """What differs from the defaults, as words of an address; what cannot be stays as it was typed."""
        words = {}
        for name, control in self.controls.items():
            field = self.fields[name]
            try:
                words[name] = word_of(field, field.value(control.value))
            except Fault:
                words[name] = str(control.value)
        return words

    def read_words(self, words: Mapping[str, str]) -> None:
        """Set the controls from words of an address; one that means nothing is marked at its field."""
        for name in self.controls.keys() & words.keys():
            try:
                self.controls[name].value = self.fields[name].content(value_of_word(self.fields[name], words[name]))
            except Fault as fault:
                self.unread[name] = fault.message
                self.mark(name, fault.message)

    def labels(self) -> dict[str, str]:
        """What each field is called in a message about it."""
        return {name: f"'{field.label.lower()}'" for name, field in self.fields.items()}

    def fill(self, values: Mapping[str, Any]) -> None:
        """Set every control: to its value where one is given, to its default where none is."""
        for name, control in self.controls.items():
            field = self.fields[name]
            control.value = field.content(values.get(name, field.default))

    def _count(self) -> None:
        """Say how many of the folded fields differ from their defaults."""
        changed = sum(
            self.controls[field.name].value not in (field.content(field.default), None, "", [])
            for field in self.fields.values()
            if not field.usual
        )
        if self.expansion is not None:
            self.expansion.text = f"Advanced ({changed} set)" if changed else "Advanced"


def _width(field: FormField) -> str:
    """The classes that say how wide a usual field stands in its row; a label is never cut."""
    if field.kind == "day":
        return "day"
    if field.kind in {"whole", "number"}:
        return "narrow" if len(field.label) <= MOST_NARROW else "wide"
    return {"choice": "wide", "switch": "tick"}.get(field.kind, "wide grow")


def _control(field: FormField) -> ValueElement[Any]:
    """The control of a field, at its default."""
    value = field.content(field.default)
    control: Any
    if field.kind == "switch":
        return ui.checkbox(field.label, value=bool(value)).props("dense")
    if field.kind in {"choice", "choices"}:
        several, searched = field.kind == "choices", len(field.choices) > MOST_AT_A_GLANCE
        control = ui.select(dict(field.choices), value=value, label=field.label, multiple=several, with_input=searched)
        control.props(f"{LOOK} options-dense{' use-chips' if several else ''}")
        return control
    if field.kind in {"whole", "number"}:
        is_whole = field.kind == "whole"
        control = ui.number(
            field.label,
            value=value,
            min=field.low,
            max=field.high,
            step=1 if is_whole else None,
            format="%d" if is_whole else "%g",
            placeholder=field.example or None,
        )
    elif field.kind in {"lines", "changes"}:
        control = ui.textarea(field.label, value=value, placeholder=field.example or None).props("autogrow rows=1")
    else:
        control = ui.input(field.label, value=value, placeholder=field.example or None)
        if field.kind == "day":
            control.props("type=date")
    control.props(f"{LOOK} debounce=300")
    return control
