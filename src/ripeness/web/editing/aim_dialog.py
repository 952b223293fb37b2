"""A new aim of a side, and one more thing by which an aim is weighed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from nicegui import ui

from ripeness.web.editing.draft import Draft, Path
from ripeness.web.editing.edits import Edits
from ripeness.web.editing.event_dialog import DENSE
from ripeness.web.editing.step_aims import COMPONENTS

SOME_WEIGHT = {"range": "0.5 to 1", "kind": "judged"}  # until its author says it


def ask_for_aim(draft: Draft, path: Path, write: Callable[[Edits, str], Awaitable[None]]) -> None:
    """Ask what a side wants and by what that is weighed; of an aim that there is, only the latter."""
    is_new = path[-1] == "objectives"
    taken = [] if is_new else draft.keys((*path, "weights"))
    free = {key: words for key, words in COMPONENTS.items() if key not in taken}
    dialog = ui.dialog(value=True).props("no-refocus")
    dialog.on("hide", dialog.delete)
    with dialog, ui.card().classes("g-dialog"):
        title = f"A new aim of {draft.name(path[:2])}" if is_new else "By what else is it weighed?"
        ui.label(title).classes("text-h6").props("role=heading aria-level=2")
        wanted = {"Say what it wants": lambda words: bool(str(words or "").strip())}
        name = ui.input("What it wants", validation=wanted, placeholder="spare the people")
        name.without_auto_validation().props("dense outlined autofocus stack-label")
        name.set_visibility(is_new)
        chosen = ui.select(free, value=next(iter(free)), label="Weighed by").props(DENSE)

        async def add() -> None:
            if is_new and not name.validate():
                return
            dialog.close()
            await write(aim_edits(path, str(chosen.value), str(name.value or "").strip() if is_new else ""), "")

        with ui.row():
            ui.button("Add", on_click=add).props('unelevated no-caps data-act="confirm"')
            ui.button("Cancel", on_click=dialog.close).props("flat no-caps")


def aim_edits(path: Path, component: str, name: str = "") -> Edits:
    """An aim with a name that is added to a side's, or a weight that is added to an aim."""
    if name:
        return Edits({}, ((".".join(path), {"name": name, "weights": {component: SOME_WEIGHT}}),))
    return Edits({".".join((*path, "weights", component)): SOME_WEIGHT})
