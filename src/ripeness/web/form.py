"""The form: one part of a scenario as fields; what is entered is written into the text, and its comments stay."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from html import escape
from typing import Any

from nicegui import ui

from ripeness.web.outline import Field, Part, fields, parts
from ripeness.web.typed import Typed

Change = Callable[[dict[str, object]], Awaitable[None]]
HINT = (
    "A number that you change counts as your judgement: its old source and note go, until you name a source in the"
    " text. One figure moves the whole range with it. Write a new range as 0.2 to 0.4, and a certain number as 0.3 to"
    " 0.3."
)
LONG = 60  # letters from which a text gets a field of several lines


class Form:
    """A choice of the part and its fields; without a way to change the file it is only looked at."""

    def __init__(self, change: Change | None) -> None:
        self.change = change
        self.typed: Typed | None = None
        self.fields: list[Field] = []
        self.parts: dict[str, Part] = {}
        self.part = ui.select([], label="Part", with_input=True, on_change=lambda _: self._fill())
        self.part.props("dense outlined stack-label options-dense").classes("wide").style("width: 100%")
        if change is not None:
            ui.label(HINT).classes("quiet")
        self.place = ui.element("div").classes("fields")

    def show(self, typed: Typed, *, rebuild: bool = False) -> None:
        """Show what the text says now; a field in which one writes is left alone where nothing else changed.

        `rebuild`: where what was entered cannot be, every field is built again.
        """
        self.typed = typed
        self.fields = [] if rebuild else self.fields
        if typed.opened is None:
            return
        self.parts = {".".join(part.way): part for part in parts(typed.opened)}
        selected = self.part.value if self.part.value in self.parts else ""
        names = {key: part.name for key, part in self.parts.items()}
        if names != self.part.options or selected != self.part.value:
            self.part.set_options(names, value=selected)
        self._fill()

    def _fill(self) -> None:
        typed, part = self.typed, self.parts.get(str(self.part.value or ""))
        if typed is None or typed.opened is None or part is None:
            return
        values = fields(typed.opened, part, {row.path: row for row in typed.rows()})
        if values == self.fields:
            return
        self.fields = values
        self.place.clear()
        with self.place:
            for field in values:
                with ui.element("div").classes("entry"):
                    self._entry(field)

    def _entry(self, field: Field) -> None:
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
        hint = " · ".join(part for part in (field.about, field.said) if part)
        if hint:
            ui.html(f'<p class="quiet">{escape(hint)}</p>', sanitize=False)

    async def _enter(self, field: Field, *, value: Any) -> None:
        text = value if isinstance(value, bool) else str(value or "").strip()
        if self.change is None or text == (bool(field.value) if isinstance(text, bool) else field.value):
            return
        if text == "" and field.kind == "number":
            await self.change({field.path: None})
        else:
            await self.change({field.path: _typed_value(text, field)})


def _typed_value(text: Any, field: Field) -> object:
    """What is written: a number as a number, so that it stands in the text without quotes."""
    if isinstance(text, bool):
        return text
    if field.kind == "number" or text.isdecimal():
        try:
            return int(text) if text.isdecimal() else float(text)
        except ValueError:
            return text
    return text or None
