"""The sources of an event or an observation: those of the scenario, or a new one with its grade."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from nicegui import ui

from ripeness.web.editing.basis_dialog import NEW, SourceFields, source_words
from ripeness.web.editing.draft import Draft, Path
from ripeness.web.editing.edits import Edits
from ripeness.web.editing.step_evidence import cited_sources


def ask_for_sources(draft: Draft, path: Path, write: Callable[[Edits, str], Awaitable[None]]) -> None:
    """Ask which sources a part cites, and write that to it."""
    titles = {key: source_words(draft, key) for key in draft.keys(("sources",))}
    dialog = ui.dialog(value=True)
    dialog.on("hide", dialog.delete)
    with dialog, ui.card().classes("g-dialog"):
        ui.label("Which sources say so?").classes("text-h6").props("role=heading aria-level=2")
        chosen = ui.select(
            {**titles, NEW: "A new source"},
            value=[key for key in cited_sources(draft, path) if key in titles],
            multiple=True,
            with_input=True,
            label="Sources",
        ).props("dense outlined stack-label use-chips options-dense")
        with ui.element("div").classes("g-new") as place:
            fields = SourceFields(draft)
        place.bind_visibility_from(chosen, "value", backward=lambda keys: NEW in (keys or []))
        missing = ui.label("An observation needs a source.").classes("g-fault").props('role="alert"')
        missing.set_visibility(False)

        async def take() -> None:
            keys = [str(key) for key in chosen.value or [] if key != NEW]
            is_new = NEW in (chosen.value or [])
            missing.set_visibility(path[0] == "evidence" and not keys and not is_new)
            if missing.visible or (is_new and not fields.validate()):
                return
            values: dict[str, object] = {}
            if is_new:
                keys.append(fields.key())
                values[f"sources.{fields.key()}"] = fields.entry()
            if keys or draft.node((*path, "source")) is not None:
                values[".".join((*path, "source"))] = keys or None
            dialog.close()
            await write(Edits(values), "")

        with ui.row():
            ui.button("Take over", on_click=take).props('unelevated no-caps data-act="confirm"')
            ui.button("Cancel", on_click=dialog.close).props("flat no-caps")
