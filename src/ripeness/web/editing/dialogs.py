"""The dialogs of the guided form: what a number rests on, a new part of the scenario, and a removal."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from nicegui import ui

from ripeness.web.editing.aim_dialog import ask_for_aim
from ripeness.web.editing.basis_dialog import SourceFields
from ripeness.web.editing.draft import Draft, Path
from ripeness.web.editing.edits import Edits, mentions_of, removal_of
from ripeness.web.editing.event_dialog import ask_for_effect, ask_for_event
from ripeness.web.editing.event_effects import change_words, shock_words
from ripeness.web.editing.labels import CHOICES
from ripeness.web.editing.new_parts import new_faction, new_issue, new_side
from ripeness.web.editing.observation_dialog import ask_for_observation
from ripeness.web.editing.preset_dialog import ask_for_supposition
from ripeness.web.editing.preset_edits import CHANGES
from ripeness.web.editing.sources_dialog import ask_for_sources
from ripeness.web.editing.step_actors import faction_kinds
from ripeness.web.editing.step_evidence import observation_words
from ripeness.web.editing.step_wants import BELLIGERENT_ROLES, PATRON_ROLES

Write = Callable[[Edits, str], Awaitable[None]]  # what to write, and what is said of it


def ask_for_new(act: str, draft: Draft, path: Path, side: str, write: Write) -> None:
    """Open the dialog of a button that adds something."""
    if act == "add-faction":
        _ask_for_faction(draft, side, write)
    elif act == "add-issue":
        _ask_for_issue(draft, side, write)
    elif act == "add-side":
        _ask_for_side(draft, write)
    elif act == "add-observation":
        ask_for_observation(draft, write)
    elif act == "add-event":
        ask_for_event(draft, write)
    elif act in {"add-preset", "add-supposed"}:
        ask_for_supposition(draft, path, write)
    elif act in {"add-aim", "add-weight"}:
        ask_for_aim(draft, path, write)
    elif act == "sources":
        ask_for_sources(draft, path, write)
    elif act == "add-effect":
        ask_for_effect(draft, path, write)
    elif act in {"add-source", "edit-source"}:
        _ask_for_source(draft, path if act == "edit-source" else (), write)


def confirm_removal(draft: Draft, path: Path, write: Write) -> None:
    """Ask before something is removed, and say what goes with it."""
    part_name, name = _part_words(draft, path)
    edits, mentions = removal_of(draft, path), mentions_of(draft, path)
    with _dialog(f"Remove the {part_name} “{name}”?") as dialog:
        if path[0] == "sources" and mentions:
            ui.label(f"It is used {mentions} times; what rests on it stays as it is, without this source.")
        elif path[0] == "events" and mentions:
            what_ifs = "a what-if" if mentions == 1 else f"{mentions} what-ifs"
            ui.label(f"What {what_ifs} of this scenario supposes of it goes with it.")
        elif len(edits.removed) > 1:
            ui.label(f"{len(edits.removed) - 1} positions and weights on it go with it.")
        elif mentions:
            ui.label(f"{mentions} other places name it; they are marked then, for you to mend.")
        ui.label("You can undo this afterwards.").classes("quiet")

        async def remove() -> None:
            dialog.close()
            await write(edits, f"The {part_name} “{name}” was removed.")

        _buttons(dialog, "Remove", remove)


def _part_words(draft: Draft, path: Path) -> tuple[str, str]:
    """What kind of part this is, and what it is called."""
    if path[0] == "evidence":
        return "observation", observation_words(draft, path)
    if path[0] == "events" and len(path) > 2:
        is_change = path[2] == "changes"
        words = change_words(draft, draft.text((*path, "path"))) if is_change else shock_words(draft, *path[3:5])
        return "effect on", words
    if path[0] == "presets" and len(path) > CHANGES:
        return "supposition on", change_words(draft, ".".join(path[CHANGES:]))
    part_name = {"polities": "side", "sources": "source", "events": "event", "presets": "what-if"}.get(path[0], "part")
    part_name = (
        {"factions": "faction", "issues": "issue", "objectives": "aim"}.get(path[2], part_name)
        if len(path) == 4
        else part_name
    )
    return part_name, draft.text((*path, "title")) or draft.name(path)


def _dialog(title: str) -> Any:
    dialog = ui.dialog(value=True).props("no-refocus")
    dialog.on("hide", dialog.delete)
    with dialog:
        card = ui.card().classes("g-dialog")
    return _Opened(dialog, card, title)


class _Opened:
    """A dialog that is open, with what is built inside it."""

    def __init__(self, dialog: ui.dialog, card: ui.card, title: str) -> None:
        self.dialog, self.card, self.title = dialog, card, title

    def __enter__(self) -> ui.dialog:
        self.card.__enter__()
        ui.label(self.title).classes("text-h6").props("role=heading aria-level=2")
        return self.dialog

    def __exit__(self, *details: object) -> None:
        self.card.__exit__(*details)


def _buttons(dialog: ui.dialog, words: str, act: Callable[[], Awaitable[None]]) -> None:
    with ui.row():
        ui.button(words, on_click=act).props('unelevated no-caps data-act="confirm"')
        ui.button("Cancel", on_click=dialog.close).props("flat no-caps")


def _named(label: str = "Name") -> ui.input:
    field = ui.input(label, validation={"A name is wanted here": lambda words: bool(str(words or "").strip())})
    field.props("dense outlined autofocus stack-label")
    return field.without_auto_validation()


def _ask_for_faction(draft: Draft, side: str, write: Write) -> None:
    movement = draft.text(("polities", side, "kind")) == "movement"
    kinds = faction_kinds(movement=movement)
    with _dialog(f"A new faction of {draft.name(('polities', side))}") as dialog:
        name = _named()
        kind = ui.select(kinds, value=next(iter(kinds)), label="Kind of faction").props("dense outlined stack-label")
        ui.label("Its kind fills in what it values and risks, until you state that yourself.").classes("quiet")

        async def add() -> None:
            if name.validate():
                dialog.close()
                await write(new_faction(draft, side, str(name.value).strip(), str(kind.value)), "")

        _buttons(dialog, "Add", add)


def _ask_for_issue(draft: Draft, side: str, write: Write) -> None:
    is_patron = draft.text(("polities", side, "role")) == "patron"
    taken = {draft.text(("polities", side, "issues", key, "role")) for key in draft.keys(("polities", side, "issues"))}
    of_side = PATRON_ROLES if is_patron else BELLIGERENT_ROLES
    roles = {"": "nothing: decided and reported"}
    roles |= {key: CHOICES["role"][key] for key in of_side if key not in taken or is_patron}
    sides = {key: draft.name(("polities", key)) for key in draft.belligerents()}
    with _dialog(f"A new issue of {draft.name(('polities', side))}") as dialog:
        name = _named()
        with ui.element("div").classes("g-pair"):
            low = ui.input("0 means", value="none of it").props("dense outlined stack-label")
            high = ui.input("100 means", value="all of it").props("dense outlined stack-label")
        role = ui.select(roles, value="", label="What it moves in the war").props("dense outlined stack-label")
        toward = ui.select(sides, value=next(iter(sides), None), label="Toward").props("dense outlined stack-label")
        toward.set_visibility(is_patron)

        async def add() -> None:
            if name.validate():
                dialog.close()
                ends = str(low.value or "none of it"), str(high.value or "all of it")
                words = str(name.value).strip()
                await write(new_issue(draft, side, words, ends, str(role.value or ""), str(toward.value or "")), "")

        _buttons(dialog, "Add", add)


def _ask_for_side(draft: Draft, write: Write) -> None:
    leading = [key for key in draft.belligerents() if not draft.text(("polities", key, "beside"))]
    parts = {"patron": "helps or presses from outside"}
    parts |= {f"beside:{key}": f"fights beside {draft.name(('polities', key))}" for key in leading}
    with _dialog("A new side") as dialog:
        name = _named()
        part = ui.radio(parts, value="patron")

        async def add() -> None:
            if name.validate():
                dialog.close()
                await write(new_side(draft, str(name.value).strip(), str(part.value)), "")

        _buttons(dialog, "Add", add)


def _ask_for_source(draft: Draft, path: Path, write: Write) -> None:
    with _dialog("Change a source" if path else "A new source") as dialog:
        fields = SourceFields(draft, path)

        async def add() -> None:
            if fields.validate():
                dialog.close()
                await write(Edits({f"sources.{fields.key()}": fields.entry()}), "")

        _buttons(dialog, "Take over" if path else "Add", add)
