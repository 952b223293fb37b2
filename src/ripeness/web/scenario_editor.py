"""The desk: one scenario being written. Its text is the truth; map, form and table are views of it that write into it.

The browser alone changes the text: what the server makes of it is offered, and offered anew where one typed on
meanwhile.
"""

from __future__ import annotations

import asyncio
from dataclasses import asdict, replace
from html import escape
from typing import cast
from zlib import adler32

from nicegui import background_tasks, run, ui

from ripeness.store.json_text import json_text
from ripeness.web.actor_map import ActorMap
from ripeness.web.checked_text import CheckedText, LineMark, check_text
from ripeness.web.edited_file import EditedFile, Elsewhere
from ripeness.web.number_table import NumberTable
from ripeness.web.scenario_form import ScenarioForm
from ripeness.web.scenario_reading import open_case, rewrite
from ripeness.web.services import Services
from ripeness.web.workspace import Subject
from ripeness.world.fault import Fault

PAUSE = 0.4  # seconds without a key before the text is checked and kept as a draft
OFTEN = 1.5  # seconds between two looks at what others wrote
TRIES = 20  # offers of a change to a text that is being typed
SLOW = 30.0  # seconds in which a browser must have answered
COLUMNS = (
    ("path", 300),
    ("value", 100),
    ("low", 90),
    ("high", 90),
    ("unit", 150),
    ("kind", 100),
    ("sources", 200),
    ("origin", 100),
)
CHANGED = "This file was changed elsewhere since you opened it. Nothing is overwritten."
BESIDE = "Another tab is writing this scenario, too. Your draft is not kept meanwhile, and nothing is overwritten."


class ScenarioEditor:
    """Editor, faults, map and table of one scenario on one page."""

    def __init__(self, services: Services, subject: Subject) -> None:
        self.services, self.subject = services, subject
        self.paper = EditedFile(services.workspace, subject)
        self.own = self.paper.own
        self.turn = 0
        self.checked_text: CheckedText | None = None
        self.changed_elsewhere: Elsewhere = ""
        self.draft_is_kept = True
        self.draft_notice = ui.element("div")
        if self.paper.draft is not None:
            self._say_draft()
        self._build(self.paper.text)
        ui.timer(OFTEN, self._look_outside, active=self.own)
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
                    text,
                    language="YAML",
                    theme="githubLight",
                    indent="  ",
                    line_wrapping=True,
                    on_change=lambda _: self._soon(),
                    keymap={"Mod-s": lambda _: self.save()},
                )
                if not self.own:
                    self.editor.disable()
                self.faults = ui.element("div").props('role="status" aria-live="polite"')
            with ui.element("div"):
                with ui.tabs().classes("tablist").props("dense no-caps align=left") as tabs:
                    ui.tab("map", "Actors")
                    ui.tab("form", "Form")
                    ui.tab("numbers", "All numbers")
                self.tabs = tabs
                with ui.tab_panels(tabs, value="map").props("animated=false"):
                    with ui.tab_panel("map"):
                        self.actors = ActorMap(self._change if self.own else None)
                    with ui.tab_panel("form"):
                        self.form = ScenarioForm(self._change if self.own else None)
                    with ui.tab_panel("numbers"):
                        self.table = NumberTable(COLUMNS, self._change if self.own else None, pinned=True)
                tabs.on_value_change(lambda _: self.table.grid.update())

    async def _begin(self) -> None:
        name = _literal(self.paper.name)
        try:
            restored = await ui.run_javascript(f"return editor.open({self.editor.id}, {name})", timeout=SLOW)
        except TimeoutError:  # the page is gone
            return
        if restored:
            ui.notify("What you typed while the server was away is here again.", close_button="OK", timeout=10_000)
            self._soon()
        await self._check()

    def _soon(self) -> None:
        self.turn += 1
        turn = self.turn

        async def later() -> None:
            await asyncio.sleep(PAUSE)
            if turn == self.turn and not self.editor.is_deleted:
                with self.editor:
                    await self._check()

        background_tasks.create(later())

    async def _check(self) -> None:
        """Look at the text as it stands: the draft on disk, marks, numbers, actors."""
        turn, text = self.turn, self.editor.value
        if self.own:
            self._keep(text)
        try:
            checked_text = await run.io_bound(self._check_text, text)
        except Fault as fault:  # it takes too long, or all memory
            checked_text = CheckedText((LineMark(1, 1, fault.message, "fault"),), None)
        if checked_text is not None and turn == self.turn and not self.editor.is_deleted:
            self._show(checked_text)

    def _keep(self, text: str) -> None:
        try:
            self.draft_is_kept = self.paper.keep(text)
        except Fault as fault:
            self.draft_is_kept = False
            ui.notify(str(fault), type="negative")
        if self.draft_is_kept:
            ui.run_javascript(f"editor.has({_literal(self.paper.name)}, {adler32(text.encode())})")
        self._look_outside()
        self._state()

    def _check_text(self, text: str) -> CheckedText:
        workers, workspace = self.services.workers, self.services.workspace
        if self.own:
            return cast("CheckedText", workers.read(check_text, workspace.scenarios(), text, self.paper.name))
        return replace(workers.read(open_case, workspace.source(self.subject), self.subject.coding), marks=())

    def _show(self, checked_text: CheckedText) -> None:
        self.checked_text = checked_text if checked_text.opened is not None else self.checked_text
        count = len(self.editor.value.split("\n"))
        marks = [mark for mark in checked_text.marks if mark.line <= count]
        lines: dict[int, str] = {}
        for mark in marks:
            lines[mark.line] = (lines[mark.line] + "\n" if mark.line in lines else "") + mark.message
        kinds = {mark.line: mark.kind for mark in reversed(marks)}
        decorations = [{"kind": "line", "line": line, "class": f"cm-{kind}"} for line, kind in sorted(kinds.items())]
        # Told to the editor itself: a change of its properties would bring the server's text with it, over what is
        # being typed.
        self.editor.run_method("setDecorations", decorations)
        self.editor.run_method("setLineTooltips", lines)
        self._list(checked_text)
        if checked_text.opened is not None:
            self.table.fill([asdict(row) for row in checked_text.rows()], visible=self.tabs.value == "numbers")
            self.actors.show(checked_text)
            self.form.show(checked_text)

    def _list(self, checked_text: CheckedText) -> None:
        self.faults.clear()
        fault_count = sum(mark.kind == "fault" for mark in checked_text.marks)
        summary = f"{len(checked_text.rows())} numbers, nothing wrong" if not fault_count else f"{fault_count} to mend"
        with self.faults:
            ui.label(summary).classes("quiet")
            with ui.element("ul").classes("marks"):
                for mark in checked_text.marks:
                    with ui.element("li"):
                        button = ui.element("button").classes(f"mark {mark.kind}").props('type="button"')
                        with button:
                            ui.html(f"<b>line {mark.line}</b>{escape(mark.message)}", sanitize=False)
                        button.on("click", lambda _, line=mark.line: self.editor.reveal_line(line))

    def _state(self) -> None:
        if self.editor.value == self.paper.stands:
            self.state.text = "saved"
        else:
            self.state.text = "draft kept, not saved" if self.draft_is_kept else "not kept"

    def _history(self, command: str) -> None:
        ui.run_javascript(
            f"import('nicegui-codemirror').then(code => code.{command}(getElement({self.editor.id}).editor))"
        )

    async def _change(self, changes: dict[str, object]) -> None:
        """Write into the text; its comments stay, and so does what is typed meanwhile.
        Numbers become the user's judgement.
        """
        with self.editor:  # the field that was changed may be drawn anew before this is through
            for _ in range(TRIES):
                text = self.editor.value
                try:
                    new_text = await run.io_bound(self._rewritten, text, changes)
                except Fault as fault:
                    ui.notify(str(fault), type="negative")
                    self._show_again()
                    return
                if new_text is None or self.editor.is_deleted or await self._write(new_text, text):
                    return
                await asyncio.sleep(PAUSE)

    def _rewritten(self, text: str, changes: dict[str, object]) -> str:
        """The text with changes written into it, each number restated from what the text says now."""
        scenario = (
            self.checked_text.opened.scenario
            if self.checked_text is not None and self.checked_text.opened is not None
            else None
        )
        scenarios = self.services.workspace.scenarios()
        return str(self.services.workers.read(rewrite, scenarios, text, self.paper.name, changes, scenario))

    def _show_again(self) -> None:
        """Put back what the text says where something was entered that cannot be."""
        if self.checked_text is not None and self.checked_text.opened is not None:
            self.table.refill(visible=self.tabs.value == "numbers")
            self.actors.show(self.checked_text)
            self.form.show(self.checked_text, rebuild=True)

    async def _write(self, text: str, old: str | None = None) -> bool:
        """Offer a text to the editor; it refuses where it no longer holds the `old` one."""
        script = f"return editor.write({self.editor.id}, {_literal(old)}, {_literal(text)})"
        try:
            return bool(await ui.run_javascript(script, timeout=SLOW))
        except TimeoutError:  # the page is gone
            return True

    async def save(self, *, over: bool = False) -> None:
        """Write the text to its file, unless somebody else did meanwhile."""
        if not self.own:
            return
        try:
            saved = await run.io_bound(self.paper.save, self.editor.value, over=over)
        except Fault as fault:
            ui.notify(str(fault), type="negative")
            return
        self._look_outside()
        self._state()
        if saved:
            self.draft_notice.clear()
        else:
            self.state.text = "not saved"

    def _look_outside(self) -> None:
        """Say so when the file, or the draft, is no longer the one that this tab knows."""
        elsewhere = self.paper.elsewhere()
        if elsewhere == self.changed_elsewhere:
            return
        self.changed_elsewhere = elsewhere
        self.outside.clear()
        if not elsewhere:
            return
        with self.outside, ui.row().classes("told").props('role="alert"'):
            ui.label(CHANGED if elsewhere == "file" else BESIDE)
            ui.button("Take the other text", on_click=self._take_other_text).props("flat dense")
            if elsewhere == "file":
                ui.button("Write mine over it", on_click=lambda: self.save(over=True)).props("flat dense")
            else:
                ui.button("Go on with mine", on_click=self._overwrite_other_draft).props("flat dense")

    async def _take_other_text(self) -> None:
        await self._write(self.paper.theirs())
        self._look_outside()
        self._soon()

    def _overwrite_other_draft(self) -> None:
        self.paper.mine(self.editor.value)
        self._keep(self.editor.value)

    def _say_draft(self) -> None:
        with self.draft_notice, ui.row().classes("told").props('role="status"'):
            ui.label("This is your draft from before; the file itself is older.")

            async def drop() -> None:
                await self._write(self.paper.back())
                self.draft_notice.clear()
                self._soon()

            ui.button("Go back to the file", on_click=drop).props("flat dense")


def _literal(text: str | None) -> str:
    """A text as a script of the page has it."""
    return json_text(text, ascii_only=True)
