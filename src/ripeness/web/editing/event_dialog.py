"""A new event, and a new effect of one: what it changes, how, and by how much."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from nicegui import ui

from ripeness.web.editing.draft import Draft, Path
from ripeness.web.editing.edits import Edits
from ripeness.web.editing.event_edits import new_effect, new_event, number_of_effect, usual_ends
from ripeness.web.editing.event_effects import (
    OPERATIONS,
    SHOCK,
    SHOCK_HINTS,
    WHOLE_WAR,
    effect_choices,
    operation_field,
    shock_field,
)
from ripeness.web.editing.fields import figure_words
from ripeness.web.editing.new_parts import new_key
from ripeness.web.editing.number_view import number_view
from ripeness.web.editing.step_events import WHEN, event_name

Write = Callable[[Edits, str], Awaitable[None]]
DENSE = "dense outlined stack-label options-dense"


def ask_for_event(draft: Draft, write: Write) -> None:
    """Ask for the name of an event and how it comes, and write it below the others."""
    dialog = ui.dialog(value=True).props("no-refocus")
    dialog.on("hide", dialog.delete)
    with dialog, ui.card().classes("g-dialog"):
        ui.label("A new event").classes("text-h6").props("role=heading aria-level=2")
        wanted = {"Say what happens": lambda words: bool(str(words or "").strip())}
        name = ui.input("What happens", validation=wanted, placeholder="an election brings a new government")
        name.without_auto_validation().props("dense outlined autofocus stack-label")
        when = ui.radio(WHEN, value="chance")
        day = ui.input("On", value=draft.text(("start",))).props("type=date dense outlined stack-label")
        day.bind_visibility_from(when, "value", value="day")
        ui.label("Its chance, and what it changes, are filled in next.").classes("quiet")

        async def add() -> None:
            if not name.validate():
                return
            dialog.close()
            words = str(name.value).strip()
            key = new_key(words, draft.keys(("events",)), "event")
            await write(Edits(new_event(key, words, str(day.value) if when.value == "day" else "")), "")

        with ui.row():
            ui.button("Add", on_click=add).props('unelevated no-caps data-act="confirm"')
            ui.button("Cancel", on_click=dialog.close).props("flat no-caps")


def ask_for_effect(draft: Draft, event: Path, write: Write) -> None:
    """Ask what an event changes, how and by how much, and write that to it."""
    dialog = ui.dialog(value=True).props("no-refocus")
    dialog.on("hide", dialog.delete)
    with dialog, ui.card().classes("g-dialog"):
        title = f"What does it change? {event_name(draft, event)}"
        ui.label(title).classes("text-h6").props("role=heading aria-level=2")
        fields = _EffectFields(draft)

        async def add() -> None:
            if (edits := fields.edits(event[1])) is not None:
                dialog.close()
                await write(edits, "")

        with ui.row():
            ui.button("Add", on_click=add).props('unelevated no-caps data-act="confirm"')
            ui.button("Cancel", on_click=dialog.close).props("flat no-caps")


class _EffectFields:
    """The fields of an effect; which are shown, and in which unit, hangs on what is changed."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        sides = {key: draft.name(("polities", key)) for key in draft.keys(("polities",))}
        sides |= {WHOLE_WAR: "the war as a whole: talks and guarantees"}
        self.side = ui.select(sides, value=next(iter(sides)), label="Of whom").props(DENSE)
        self.changed = ui.select({}, label="What", with_input=True).props(DENSE)
        self.operation = ui.select(OPERATIONS, value="add", label="How").props(DENSE)
        with ui.element("div").classes("g-pair"):
            self.low, self.high = (ui.number(label).props(DENSE) for label in ("From", "To"))
        self.hint = ui.label("").classes("quiet")
        self.missing = ui.label("Two numbers are wanted here: the least and the most that you hold likely.")
        self.missing.classes("g-fault").props('role="alert"').set_visibility(False)
        self.side.on_value_change(self._of_side)
        self.changed.on_value_change(self._of_change)
        self.operation.on_value_change(self._of_change)
        self._of_side()

    def _of_side(self) -> None:
        choices = effect_choices(self.draft, str(self.side.value))
        first = next((key for key in choices if not key.startswith(f"{SHOCK}.")), next(iter(choices), None))
        self.changed.set_options(choices, value=first)
        self._of_change()

    def _of_change(self) -> None:
        changed, operation = str(self.changed.value or ""), str(self.operation.value)
        is_shock = changed.startswith(f"{SHOCK}.")
        self.operation.set_visibility(not is_shock)
        if not changed:
            return
        low, _, high = usual_ends(self.draft, changed, "add" if is_shock else operation)
        self.low.value, self.high.value = float(figure_words(low)), float(figure_words(high))
        self.hint.text = self._hint(changed, operation, is_shock=is_shock)

    def _hint(self, changed: str, operation: str, *, is_shock: bool) -> str:
        if is_shock:
            target = changed.removeprefix(f"{SHOCK}.")
            view = number_view("", None, shock_field(target))
            return SHOCK_HINTS.get(target, f"In {view.unit}; below 0 it falls." if view.unit else "")
        if operation == "scale":
            return "1 leaves it as it is; 0.5 halves it, 2 doubles it."
        unit = number_view("", None, operation_field(changed, operation)).unit
        path = changed.split(".")
        if path[-2:-1] == ["positions"]:
            low, high = (self.draft.text((*path[:2], "issues", path[-1], "ends", end)) for end in ("0", "1"))
            return f"0 is “{low}”, 100 is “{high}”."
        return f"In {unit}." if unit else ""

    def edits(self, event: str) -> Edits | None:
        """The effect as it is written; none where a number is missing, which is said."""
        self.missing.set_visibility(self.low.value is None or self.high.value is None)
        if self.missing.visible or not self.changed.value:
            return None
        low, high = sorted((float(self.low.value), float(self.high.value)))
        changed, operation = str(self.changed.value), str(self.operation.value)
        operation = "add" if changed.startswith(f"{SHOCK}.") else operation
        number = number_of_effect(changed, operation, (low, (low + high) / 2, high))
        values, items = new_effect(event, str(self.side.value), changed, operation, number)
        return Edits(values, items)
