"""The desk: one scenario being written. Its text is the truth; map and table are views of it that write into it."""

from __future__ import annotations

import asyncio
from dataclasses import asdict
from html import escape
from typing import Any

from nicegui import run, ui

from ripeness.scenario.write import changed
from ripeness.web.actors import Actors
from ripeness.web.house import House
from ripeness.web.typed import Typed, checked
from ripeness.web.workspace import OWN, Subject, mark
from ripeness.world.fault import Fault

PAUSE = 0.4  # seconds without a key before the text is checked and kept as a draft
COLUMNS = (("path", 300), ("value", 100), ("low", 90), ("high", 90), ("unit", 150), ("kind", 100), ("sources", 200),
           ("origin", 100))  # fmt: skip
MOST_STEPS = 200  # changes from the map or the table that can be taken back


class Desk:
    """Editor, faults, map and table of one scenario on one page."""

    def __init__(self, house: House, subject: Subject) -> None:
        self.house, self.subject = house, subject
        self.own = house.workspace.is_own(subject)
        self.name = subject.case.removeprefix(OWN)
        self.stands = house.workspace.text(subject)
        draft = house.workspace.draft(self.name) if self.own else None
        self.opened_with = mark(self.stands)
        self.turn = 0
        self.typed: Typed | None = None
        if draft is not None and draft != self.stands:
            self._say_draft()
        self._build(draft if draft is not None else self.stands)
        self.watch = ui.timer(1.5, self._look_outside, active=self.own)
        ui.timer(0.05, self._begin, once=True)

    def _build(self, text: str) -> None:
        if self.own:
            with ui.row().classes("form"):
                ui.button("Save", icon="save", on_click=self.save).props('unelevated data-act="save"')
                ui.button("Undo", icon="undo", on_click=lambda: self._history("undo")).props("flat")
                ui.button("Redo", icon="redo", on_click=lambda: self._history("redo")).props("flat")
                self.state = ui.label("").classes("state").props('role="status"')
        else:
            self.state = ui.label("").classes("state")
        self.outside = ui.element("div")
        with ui.element("div").classes("desk"):
            with ui.element("div"):
                self.editor = ui.codemirror(
                    text, language="YAML", theme="githubLight", indent="  ", line_wrapping=True,
                    on_change=lambda _: self._soon(), keymap={"Mod-s": lambda _: self.save()},
                )  # fmt: skip
                if not self.own:
                    self.editor.disable()
                self.faults = ui.element("div").props('role="status" aria-live="polite"')
            with ui.element("div"):
                with ui.tabs().classes("tablist").props("dense no-caps align=left") as tabs:
                    ui.tab("map", "Actors")
                    ui.tab("numbers", "All numbers")
                with ui.tab_panels(tabs, value="map").props("animated=false"):
                    with ui.tab_panel("map"):
                        self.actors = Actors(self._change if self.own else None)
                    with ui.tab_panel("numbers"):
                        self._table()

    def _table(self) -> None:
        columns: list[dict[str, Any]] = [
            {"field": name, "headerName": name, "width": width, "filter": True, "sortable": True, "resizable": True}
            for name, width in COLUMNS
        ]
        columns[1]["editable"] = self.own
        columns[0]["pinned"] = "left"
        self.table = ui.aggrid(
            {"columnDefs": columns, "rowData": [], "suppressFieldDotNotation": True}, auto_size_columns=False
        ).classes("grid")
        self.table.on("cellValueChanged", self._edited)

    async def _begin(self) -> None:
        try:
            dark = await ui.run_javascript("matchMedia('(prefers-color-scheme: dark)').matches", timeout=10)
        except TimeoutError:  # a browser this slow reads in the light
            dark = False
        if dark:
            self.editor.theme = "githubDark"
            self.table.classes("ag-theme-dark-mode")
        ui.run_javascript(f"workbench.introduce({self.editor.id})")
        if self.own:
            ui.run_javascript(f"workbench.complete({self.editor.id})")
        await self._check()

    def _soon(self) -> None:
        self.turn += 1
        turn = self.turn

        async def later() -> None:
            await asyncio.sleep(PAUSE)
            if turn == self.turn:
                with self.editor:
                    await self._check()

        asyncio.ensure_future(later())  # noqa: RUF006  (a newer key makes it nothing)

    async def _check(self) -> None:
        """Look at the text as it stands: marks, numbers, actors, and the draft on disk."""
        turn, text = self.turn, self.editor.value
        if self.own and text != self.stands:
            self.house.workspace.keep_draft(self.name, text)
        name = self.name if self.own else ""
        found = await run.io_bound(self._checked, text, name)
        if found is not None and turn == self.turn and not self.editor.is_deleted:
            self._show(found)

    def _checked(self, text: str, name: str) -> Typed:
        if self.own:
            return checked(self.house.workspace, text, name)
        from ripeness.scenario.read import open_scenario

        opened = open_scenario(self.house.workspace.source(self.subject), self.subject.coding or None)
        return Typed((), opened)

    def _show(self, found: Typed) -> None:
        self.typed = found
        count = len(self.editor.value.split("\n"))
        marks = [one for one in found.marks if one.line <= count]
        lines: dict[int, str] = {}
        for one in marks:
            lines[one.line] = (lines[one.line] + "\n" if one.line in lines else "") + one.message
        kinds = {one.line: one.kind for one in reversed(marks)}
        self.editor.decorations[:] = [
            {"kind": "line", "line": line, "class": f"cm-{kind}"} for line, kind in sorted(kinds.items())
        ]
        self.editor.line_tooltips = lines
        self._list(found)
        rows = [asdict(one) for one in found.rows()]
        if rows:
            self.table.options["rowData"] = rows
            self.table.update()
            self.actors.show(found)
        self._state()

    def _list(self, found: Typed) -> None:
        self.faults.clear()
        bad = sum(one.kind == "fault" for one in found.marks)
        said = f"{len(found.rows())} numbers, nothing wrong" if not bad else f"{bad} to mend"
        with self.faults:
            ui.label(said).classes("quiet")
            with ui.element("ul").classes("marks"):
                for one in found.marks:
                    with ui.element("li"):
                        button = ui.element("button").classes(f"mark {one.kind}").props('type="button"')
                        with button:
                            ui.html(f"<b>line {one.line}</b>{escape(one.message)}", sanitize=False)
                        button.on("click", lambda _, line=one.line: self.editor.reveal_line(line))

    def _state(self) -> None:
        if self.own:
            changed_ = self.editor.value != self.stands
            self.state.text = "draft kept, not saved" if changed_ else "saved"

    def _history(self, which: str) -> None:
        ui.run_javascript(
            f"import('nicegui-codemirror').then(code => code.{which}(getElement({self.editor.id}).editor))"
        )

    def _change(self, changes: dict[str, object]) -> None:
        """Write numbers into the text; its comments stay."""
        try:
            self.editor.value = changed(self.editor.value, changes)
        except Fault as fault:
            ui.notify(str(fault), type="negative")

    def _edited(self, event: Any) -> None:
        row = event.args["data"]
        self._change({str(row["path"]): _number(row["value"])})

    def save(self) -> None:
        """Write the text to its file, unless somebody else did meanwhile."""
        if not self.own:
            return
        try:
            there = self.house.workspace.text(self.subject)
            if mark(there) != self.opened_with:
                self._conflict(there)
                return
            self._write(self.editor.value)
        except Fault as fault:
            ui.notify(str(fault), type="negative")

    def _write(self, text: str) -> None:
        self.house.workspace.save(self.name, text)
        self.stands, self.opened_with = text, mark(text)
        self.outside.clear()
        self._state()

    def _look_outside(self) -> None:
        """Say so when the file is no longer the one that was opened here."""
        try:
            there = self.house.workspace.text(self.subject)
        except Fault:
            return
        if mark(there) != self.opened_with and not self.outside.default_slot.children:
            self._conflict(there)

    def _conflict(self, there: str) -> None:
        self.outside.clear()
        with self.outside, ui.row().classes("told").props('role="alert"'):
            ui.label("This file was changed elsewhere since you opened it. Nothing is overwritten.")
            ui.button("Take the other text", on_click=lambda: self._take(there)).props("flat dense")
            ui.button("Write mine over it", on_click=lambda: self._write(self.editor.value)).props("flat dense")

    def _take(self, there: str) -> None:
        self.house.workspace.drop_draft(self.name)
        self.stands, self.opened_with = there, mark(there)
        self.editor.value = there
        self.outside.clear()
        self._soon()

    def _say_draft(self) -> None:
        with ui.row().classes("told").props('role="status"') as said:
            ui.label("This is your draft from before; the file itself is older.")

            def drop() -> None:
                self.house.workspace.drop_draft(self.name)
                self.editor.value = self.stands
                said.delete()
                self._soon()

            ui.button("Go back to the file", on_click=drop).props("flat dense")


def _number(text: Any) -> object:
    try:
        return float(text)
    except (TypeError, ValueError):
        return str(text)
