"""The editor of a scenario: a guided form first, the text as a tab. The text is the truth; the form writes into it.

The browser alone changes the text: what the server makes of it is offered, and offered anew where one typed on
meanwhile.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import cast
from zlib import adler32

from nicegui import background_tasks, run, ui

from ripeness.web.checked_text import CheckedText, LineMark, check_text
from ripeness.web.edited_file import EditedFile, Elsewhere
from ripeness.web.editing.edits import Edits, write_edits
from ripeness.web.editing.fault_summary import FaultSummary
from ripeness.web.editing.guided_form import GuidedForm
from ripeness.web.editing.live_strip import LiveStrip
from ripeness.web.editing.save_state import refused_words, saved_words, unread_words, unsaved_words
from ripeness.web.editing.tabbed_panes import TabbedPanes
from ripeness.web.editing.text_exchange import PAUSE, SLOW, SOON, TextExchange, literal
from ripeness.web.number_table import COLUMNS, NumberTable, table_rows
from ripeness.web.scenario_reading import open_case, rewrite
from ripeness.web.screens import link, screen
from ripeness.web.services import Services
from ripeness.web.workspace import Subject
from ripeness.world.fault import Fault

OFTEN = 1.5  # seconds between two looks at what others wrote
TABS = {"guide": "Step by step", "text": "As text", "numbers": "All numbers"}
CHANGED = "This file was changed elsewhere since you opened it. Nothing is overwritten."
BESIDE = "Another tab is writing this scenario, too. Your draft is not kept meanwhile, and nothing is overwritten."


class ScenarioEditor:
    """Guided form, text and table of one scenario on one page, with its faults and a quick forecast on top."""

    def __init__(self, services: Services, subject: Subject) -> None:
        self.services, self.subject = services, subject
        self.paper = EditedFile(services.workspace, subject)
        self.own = self.paper.own
        self.turn = 0
        self.written = 0  # the last entry of the form that stands in the text
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
        with ui.element("div").classes("g-top"):
            self._build_top()
        self.tabs = TabbedPanes(TABS, "Ways to write it", self._opened)
        with self.tabs.panes["guide"]:
            outlook = link(screen("/forecast"), self.subject)
            self.form = GuidedForm(self._write_edits if self.own else None, self._show_line, outlook)
        with self.tabs.panes["text"]:
            self._text_pane(text)
        with self.tabs.panes["numbers"]:
            self.table = NumberTable(COLUMNS, self._change if self.own else None, pinned=True)

    def _build_top(self) -> None:
        """What stays in sight: saving and undoing, what is to be mended, and the quick forecast."""
        with ui.element("div").classes("g-bar"):
            if self.own:
                ui.button("Save", icon="save", on_click=self.save).props('unelevated no-caps data-act="save"')
                ui.button("Undo", icon="undo", on_click=lambda: self._history("undo")).props("flat no-caps")
                ui.button("Redo", icon="redo", on_click=lambda: self._history("redo")).props("flat no-caps")
            self.state = ui.label("").classes("state").props('role="status"' if self.own else "")
        self.outside = ui.element("div")
        self.undo_bar = ui.element("div").props('role="status"')
        self.summary = FaultSummary(lambda path, line: self.form.jump(path) if path else self._show_line(line))
        workspace = self.services.workspace
        self.strip = LiveStrip(self.services.workers, workspace.scenarios(), self.paper.name) if self.own else None

    def _opened(self, key: str) -> None:
        if key == "numbers":
            self.table.grid.update()

    def _text_pane(self, text: str) -> None:
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
        self.exchange = TextExchange(self.editor)
        self.marks = ui.element("div").props('role="status" aria-live="polite"')

    def _show_line(self, line: int) -> None:
        self.tabs.open("text")
        self.editor.reveal_line(line)

    async def _begin(self) -> None:
        name = literal(self.paper.name)
        try:
            restored = await ui.run_javascript(f"return editor.open({self.editor.id}, {name})", timeout=SLOW)
        except TimeoutError:  # the page is gone
            return
        if restored:
            ui.notify("What you typed while the server was away is here again.", close_button="OK", timeout=10_000)
            self._soon()
        await self._check()

    def _soon(self, pause: float = PAUSE) -> None:
        self.turn += 1
        turn = self.turn
        if self.own:
            self._state(is_known=False)

        async def later() -> None:
            await asyncio.sleep(pause)
            if turn == self.turn and not self.editor.is_deleted:
                with self.editor:
                    await self._check()

        background_tasks.create(later())

    async def _check(self) -> None:
        """Look at the text as it stands: the draft on disk, faults, fields, quick forecast."""
        turn, text, seen = self.turn, self.editor.value, self.written
        if self.own:
            self._keep(text)
        try:
            checked_text = await run.io_bound(self._check_text, text)
        except Fault as fault:  # it takes too long, or all memory
            checked_text = CheckedText((LineMark(1, 1, fault.message, "fault"),), None)
        if checked_text is not None and turn == self.turn and not self.editor.is_deleted:
            self._show(checked_text, seen)

    def _keep(self, text: str) -> None:
        try:
            self.draft_is_kept = self.paper.keep(text)
        except Fault as fault:
            self.draft_is_kept = False
            ui.notify(str(fault), type="negative")
        if self.draft_is_kept:
            ui.run_javascript(f"editor.has({literal(self.paper.name)}, {adler32(text.encode())})")
        self._look_outside()
        self._state()

    def _check_text(self, text: str) -> CheckedText:
        workers, workspace = self.services.workers, self.services.workspace
        if self.own:
            return cast("CheckedText", workers.read(check_text, workspace.scenarios(), text, self.paper.name))
        return replace(workers.read(open_case, workspace.source(self.subject), self.subject.coding), marks=())

    def _show(self, checked_text: CheckedText, seen: int) -> None:
        self.checked_text = checked_text if checked_text.opened is not None else self.checked_text
        self._mark_lines(checked_text)
        self.form.show(checked_text, seen)
        self.summary.show(checked_text, self.form.draft)
        if checked_text.opened is not None:
            self.table.fill(table_rows(checked_text), visible=self.tabs.current == "numbers")
        if self.strip is None:
            return
        if checked_text.sound:
            self.strip.follow(self.editor.value, self.paper.stands)
        else:
            self.strip.pause(len(checked_text.faults))

    def _mark_lines(self, checked_text: CheckedText) -> None:
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
        self.marks.clear()
        with self.marks:
            faults = len(checked_text.faults)
            ui.label(f"{faults} to mend" if faults else f"{len(checked_text.rows()):,} numbers, nothing wrong").classes(
                "quiet"
            )

    def _state(self, *, is_known: bool = True) -> None:
        """Say whether the text is in the file, and, once that `is_known`, in its draft."""
        if self.editor.value == self.paper.stands:
            self._say(saved_words(self.services.workspace.path(self.paper.name)), "")
        else:
            self._say(unsaved_words(draft_is_kept=self.draft_is_kept if is_known else None), "g-open")

    def _say(self, words: str, kind: str) -> None:
        self.state.text = words
        self.state.classes(remove="g-open g-bad", add=kind)

    def _history(self, command: str) -> None:
        self.exchange.history(command)
        self.undo_bar.clear()

    async def _write_edits(self, edits: Edits, entry: int, words: str) -> None:
        """Write what was entered in the form into the text; where something is to be undone, say how."""
        read, scenarios = self.services.workers.read, self.services.workspace.scenarios()
        if await self.exchange.change(lambda text: str(read(write_edits, text, edits, scenarios))):
            self.written = max(entry, self.written)
            self._say_undo(words)
        self._soon(SOON)

    async def _change(self, changes: dict[str, object]) -> None:
        """Write numbers of the table into the text, as the user's judgement."""
        scenario = self.checked_text.opened.scenario if self.checked_text and self.checked_text.opened else None
        scenarios, name, read = self.services.workspace.scenarios(), self.paper.name, self.services.workers.read
        if not await self.exchange.change(lambda text: str(read(rewrite, scenarios, text, name, changes, scenario))):
            self.table.refill(visible=self.tabs.current == "numbers")

    def _say_undo(self, words: str) -> None:
        self.undo_bar.clear()
        if not words:
            return
        with self.undo_bar, ui.element("div").classes("g-undo"):
            ui.label(words)
            ui.button("Undo", icon="undo", on_click=lambda: self._history("undo")).props(
                'flat dense no-caps data-act="undo"'
            )

    async def save(self, *, over: bool = False) -> None:
        """Write the text to its file, unless it has faults, or somebody else wrote it meanwhile."""
        if not self.own:
            return
        if unread := await self._unread_entries():
            self._say(unread_words(unread), "g-bad")
            return
        text = self.editor.value
        try:
            checked_text = await run.io_bound(self._check_text, text)
            faults = len(checked_text.faults) if checked_text is not None else 0
            saved = False if faults else await run.io_bound(self.paper.save, text, over=over)
        except Fault as fault:
            self._say("not saved", "g-bad")
            ui.notify(str(fault), type="negative")
            return
        self._look_outside()
        self._state()
        if saved:
            self.draft_notice.clear()
            self._soon(SOON)
        else:
            self._say(refused_words(faults) if faults else "not saved: the file was changed elsewhere", "g-bad")

    async def _unread_entries(self) -> int:
        """How many entries of the form could not be read as numbers, and so are not in the text."""
        try:
            with self.editor:
                return int(await ui.run_javascript("return guide.unread()", timeout=SLOW))
        except TimeoutError:  # the page is gone
            return 0

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
            ui.button("Take the other text", on_click=self._take_other_text).props("flat dense no-caps")
            if elsewhere == "file":
                ui.button("Write mine over it", on_click=lambda: self.save(over=True)).props("flat dense no-caps")
            else:
                ui.button("Go on with mine", on_click=self._overwrite_other_draft).props("flat dense no-caps")

    async def _take_other_text(self) -> None:
        await self.exchange.write(self.paper.theirs())
        self._look_outside()
        self._soon()

    def _overwrite_other_draft(self) -> None:
        self.paper.mine(self.editor.value)
        self._keep(self.editor.value)

    def _say_draft(self) -> None:
        with self.draft_notice, ui.row().classes("told").props('role="status"'):
            ui.label("This is your draft from before; the file itself is older.")

            async def drop() -> None:
                await self.exchange.write(self.paper.back())
                self.draft_notice.clear()
                self._soon()

            ui.button("Go back to the file", on_click=drop).props("flat dense no-caps")
