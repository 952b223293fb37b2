"""Decide: a table of actors, edited or pasted in the page, and what every decision rule makes of it."""

from __future__ import annotations

from functools import partial
from html import escape
from typing import Any

from nicegui import events, run, ui

from ripeness.scenario.case import cases_folder
from ripeness.web.actor_sheet import ActorSheetEditor, cell_faults, read_sheet, rows_of_text
from ripeness.web.answer import KeptAnswer
from ripeness.web.answer_panel import AnswerPanel
from ripeness.web.answer_view import show_pictures
from ripeness.web.frame import page_frame
from ripeness.web.job_progress import JobProgress
from ripeness.web.question_body import MOST_TABLES
from ripeness.web.question_controls import QuestionControls
from ripeness.web.question_form import fields_of
from ripeness.web.rule_figure import rule_figure
from ripeness.web.screens import screen
from ripeness.web.services import Services
from ripeness.web.table_question import sheet_as_csv, tables_task
from ripeness.web.task import Task
from ripeness.web.workspace import MOST_TABLE
from ripeness.workbench.verbs import question_of
from ripeness.world.fault import ArgumentFault, Fault
from ripeness.world.text_file import decode
from ripeness.world.workbook import is_workbook

HERE = screen("/decide")
DECIDE: Any = question_of("decide")
SAMPLE = cases_folder() / "actors" / "emission-standards.csv"
EXAMPLE = "Emission standards"
ENDINGS = ".csv,.tsv,.txt,.xlsx"
SOON = 0.6  # seconds without a further change, after which a table is decided
FORM = (
    "One row an actor: influence, and for each issue a position and a salience (how much it cares, 0 to 100). A range "
    "is written as 5 to 10. Type, paste rows from a spreadsheet, or upload a file. The example is the European "
    "Community's decision on emission standards for small cars."
)
BLANK = "actor,influence,position,salience\n,,,\n,,,\n"


class TableEditor:
    """A table with its name: the first, or a further one that can be taken away."""

    def __init__(self, label: str, name: str, text: str, changed: Any) -> None:
        self.label = label
        self.card = ui.element("section").classes("card sheet-card").props(f'aria-label="{label}"')
        with self.card:
            with ui.row().classes("form"):
                self.name = ui.input("Name of this table", value=name).props(
                    "dense outlined stack-label hide-bottom-space"
                )
                self.name.classes("wide")
                self.acts = ui.row()
            self.sheet = ActorSheetEditor(text, label, changed)
            with ui.row().classes("take"):
                ui.button("Add an issue", icon="add", on_click=self._add_issue).props("flat dense")
        self.name.on_value_change(lambda _: changed())

    def _add_issue(self) -> None:
        heading = rows_of_text(self.sheet.text)[:1]
        issues = sum("position" in cell.lower() for cell in (heading[0] if heading else [])) + 1
        names = [f"position issue {issues}", f"salience issue {issues}"]
        ui.run_javascript(f"actorSheet.addIssue({self.sheet.grid.html_id!r}, {names!r})")


class DecidePage:
    """The tables, how they are decided, and the answer, which follows every change."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self.summaries: dict[str, dict[str, Any]] = {}  # of each table's text, what a picture needs
        ui.html(f'<p class="quiet prose">{FORM}</p>', sanitize=False)
        self.first = TableEditor("Table of actors", EXAMPLE, SAMPLE.read_text(encoding="utf-8"), self.look)
        self.further: list[TableEditor] = []
        self.place = ui.column().style("width: 100%")
        self._build_acts()
        self.form = QuestionControls(fields_of(DECIDE, None))
        with ui.element("details").classes("fold"):
            ui.html("Which rules, who leads, which quota", sanitize=False, tag="summary")
            with ui.row().classes("form"):
                self.form.build_usual()
            self.form.build_others()
        self.fault = ui.html("", sanitize=False).props('role="alert"')
        self.uploaded = False  # whether a file has taken the place of the example
        self.progress = JobProgress(services.jobs, self._answered)
        self.panel = AnswerPanel(lambda: (self.task(keep=False),), lambda: None, self._lay_out, live=True)
        self.form.on_change(self.look)
        self.waiting = ui.timer(SOON, self._decide, active=False, once=False)
        self.look()

    def _build_acts(self) -> None:
        with self.first.acts:
            uploader = (
                ui.upload(auto_upload=True, multiple=True, max_file_size=MOST_TABLE, on_upload=self._upload)
                .props(f'accept="{ENDINGS}"')
                .classes("hidden")
            )
            ui.button("Upload", icon="upload", on_click=lambda: uploader.run_method("pickFiles")).props("flat dense")
            empty = partial(self._fill, "My actors", BLANK)
            ui.button("Empty table", icon="grid_on", on_click=empty).props('flat dense data-act="empty"')
            example = partial(self._fill, EXAMPLE, SAMPLE.read_text(encoding="utf-8"))
            ui.button("Example", icon="school", on_click=example).props("flat dense")
            ui.button("Add another judge's table", icon="add", on_click=self.add_table).props(
                'flat dense data-act="add"'
            )

    def add_table(self, *, name: str = "", text: str = "") -> None:
        """Put a further table below the others: what is given, or a copy of the first to be changed."""
        if len(self.further) == MOST_TABLES:
            ui.notify(f"At most {MOST_TABLES + 1} tables are compared at once.", type="warning")
            return
        number = len(self.further) + 2
        with self.place:
            editor = TableEditor(
                f"Table {number}", name or f"{self.first.name.value} {number}", text or self.first.sheet.text, self.look
            )
            with editor.acts:
                ui.button("Take away", icon="delete", on_click=partial(self._remove, editor)).props("flat dense")
        self.further.append(editor)
        self.look()

    def editors(self) -> tuple[TableEditor, ...]:
        """All tables, the first one first."""
        return (self.first, *self.further)

    def task(self, *, keep: bool = True) -> Task:
        """The question that the tables and the fields put; the tables are kept in the workspace unless `keep` is false.

        Raises: Fault for a name that could lead elsewhere, or a value that cannot be.
        """
        texts = {str(editor.name.value or "").strip(): editor.sheet.text for editor in self.editors()}
        ask = partial(DECIDE, **self.form.values())
        try:
            return tables_task(self.services.workspace, texts, len(self.editors()), ask, keep=keep)
        except ArgumentFault as fault:
            raise fault.named(self.form.labels()) from None

    def look(self) -> None:
        """A table or a field was changed: decide it, once nothing has changed for a moment."""
        if hasattr(self, "waiting"):
            self.waiting.deactivate()
            self.waiting.activate()
            self.panel.look()

    def ask(self) -> None:
        """Keep the tables in the workspace, and let every rule decide them."""
        self.progress.watch(self.services.begin(self.task().on_page(HERE.path, HERE.name, "quick")))

    async def _decide(self) -> None:
        """Read every table; mark what is wrong in its cells, or decide them."""
        self.waiting.deactivate()
        if self.panel.place.is_deleted:
            return
        sound = True
        for editor in self.editors():
            sound &= await self._check(editor)
        self.fault.content = ""
        if not sound:
            return
        try:
            self.ask()
        except Fault as fault:
            self.fault.content = f'<p class="fault">{escape(fault.message)}</p>'

    async def _check(self, editor: TableEditor) -> bool:
        """Whether a table can be read; what is wrong is said at its cells."""
        text = editor.sheet.text
        try:
            if text not in self.summaries:
                read = partial(self.services.workers.read, read_sheet, text)
                self.summaries[text] = await run.io_bound(read) or {}
        except Fault as fault:
            if not editor.card.is_deleted:
                editor.sheet.mark(cell_faults(fault, text))
            return False
        if not editor.card.is_deleted:
            editor.sheet.mark(())
        return True

    def _answered(self, answer: KeptAnswer) -> None:
        self.panel.show(answer)

    def _lay_out(self, answer: KeptAnswer) -> None:
        """The sentence, one picture an issue, and the numbers on demand."""
        ui.html(f'<p class="sentence">{escape(answer.sentence)}</p>', sanitize=False)
        warnings = "".join(f'<p class="told">{escape(text)}</p>' for text in answer.facts.get("warnings", ()))
        if warnings:
            ui.html(warnings, sanitize=False)
        sheet = self.summaries.get(self.first.sheet.text)
        issues = answer.facts.get("issues", ())
        uncertain = any(rule["low"] < rule["high"] for issue in issues for rule in issue["rules"])
        figures = "".join(rule_figure(issue, sheet, uncertain=uncertain) for issue in issues)
        if figures:
            ui.html(figures, sanitize=False).classes("rule-figures")
        show_pictures(answer)
        with ui.element("details").classes("fold"):
            ui.html("All numbers, and what each rule says", sanitize=False, tag="summary")
            ui.html("".join(answer.blocks), sanitize=False).classes("tables")

    def _fill(self, name: str, text: str) -> None:
        """Put a table in the place of the first."""
        self.first.name.value = name
        self.first.sheet.fill(text)
        self.look()

    def _remove(self, editor: TableEditor) -> None:
        self.further.remove(editor)
        editor.card.delete()
        self.look()

    async def _upload(self, event: events.UploadEventArguments) -> None:
        """The first file takes the place of the example; further ones stand below it."""
        raw = await event.file.read()
        name = event.file.name.rpartition("/")[2]
        try:
            if is_workbook(name):
                text = await run.io_bound(partial(self.services.workers.read, sheet_as_csv, raw, name)) or ""
            else:
                text = decode(raw, name).text
        except Fault as fault:
            self.fault.content = f'<p class="fault">{escape(str(fault))}</p>'
            return
        stem = name.rpartition(".")[0] or name
        if self.uploaded:
            self.add_table(name=stem, text=text)
        else:
            self.uploaded = True
            self._fill(stem, text)


def register(services: Services) -> None:
    """Put the page at its address."""

    @ui.page(HERE.path)
    def decide() -> None:
        with page_frame(HERE):
            DecidePage(services)
