"""A new what-if, and one more number that a what-if supposes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from nicegui import ui

from ripeness.web.editing.draft import Draft, Path
from ripeness.web.editing.edits import Edits
from ripeness.web.editing.event_dialog import DENSE
from ripeness.web.editing.event_effects import WHOLE_WAR
from ripeness.web.editing.fields import figure_words
from ripeness.web.editing.new_parts import new_key
from ripeness.web.editing.preset_edits import supposable, suppose, supposed_number


def ask_for_supposition(draft: Draft, preset: Path, write: Callable[[Edits, str], Awaitable[None]]) -> None:
    """Ask for a number and what it is supposed to be; for a name, too, where there is no what-if yet."""
    is_new = len(preset) == 1
    dialog = ui.dialog(value=True).props("no-refocus")
    dialog.on("hide", dialog.delete)
    with dialog, ui.card().classes("g-dialog"):
        title = "A new what-if" if is_new else f"What else does it suppose? {draft.name(preset)}"
        ui.label(title).classes("text-h6").props("role=heading aria-level=2")
        wanted = {"Say what is supposed": lambda words: bool(str(words or "").strip())}
        name = ui.input("What it supposes", validation=wanted, placeholder="outside aid stops")
        name.without_auto_validation().props("dense outlined autofocus stack-label maxlength=80")
        name.set_visibility(is_new)
        fields = _SupposedFields(draft)

        async def add() -> None:
            if (is_new and not name.validate()) or not fields.number.validate():
                return
            dialog.close()
            words, key = str(name.value or "").strip(), preset[-1]
            if is_new:
                key = new_key(words, draft.keys(("presets",)), "what-if")
            values = suppose(draft, ("presets", key), str(fields.changed.value), f"{fields.number.value:g}")
            changes = values[f"presets.{key}.changes"]
            await write(Edits({f"presets.{key}": {"name": words, "changes": changes}} if is_new else values), "")

        with ui.row():
            ui.button("Add", on_click=add).props('unelevated no-caps data-act="confirm"')
            ui.button("Cancel", on_click=dialog.close).props("flat no-caps")


class _SupposedFields:
    """Which number is supposed, and what it is then."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        sides = {key: draft.name(("polities", key)) for key in draft.keys(("polities",))}
        sides |= {WHOLE_WAR: "the war as a whole: talks, guarantees, events"}
        self.side = ui.select(sides, value=next(iter(sides)), label="Of whom").props(DENSE)
        self.changed = ui.select({}, label="What", with_input=True).props(DENSE)
        self.number = ui.number("Is then", validation={"A number is wanted here": lambda value: value is not None})
        self.number.without_auto_validation().props(DENSE)
        self.hint = ui.label("").classes("quiet")
        self.side.on_value_change(self._of_side)
        self.changed.on_value_change(self._of_number)
        self._of_side()

    def _of_side(self) -> None:
        choices = supposable(self.draft, str(self.side.value))
        self.changed.set_options(choices, value=next(iter(choices), None))
        self._of_number()

    def _of_number(self) -> None:
        changed = str(self.changed.value or "")
        view = self.draft.number(tuple(changed.split("."))) if changed else None
        if view is None:
            return
        unit = supposed_number(self.draft, ("presets", ""), changed).unit
        self.hint.text = f"Now {figure_words(view.ends[1])} {view.unit}." if view.ends is not None else ""
        self.hint.text += self._ends_words(changed.split("."))
        if changed.startswith("events."):
            self.hint.text = f"In {unit}; 0: it never happens."
        self.number.value = 0.0

    def _ends_words(self, path: list[str]) -> str:
        if path[-2:-1] != ["positions"]:
            return ""
        low, high = (self.draft.text((*path[:2], "issues", path[-1], "ends", end)) for end in ("0", "1"))
        return f" 0 is “{low}”, 100 is “{high}”."
