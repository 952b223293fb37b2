"""Decide: actor tables, typed or uploaded, and what every decision rule makes of them."""

from __future__ import annotations

from functools import partial
from typing import Any

from nicegui import events, ui

from ripeness.scenario.case import cases_folder
from ripeness.web.answer_panel import AnswerPanel
from ripeness.web.answer_view import show_answer
from ripeness.web.frame import notify_faults, page_frame
from ripeness.web.job_progress import JobProgress
from ripeness.web.question_body import MOST_TABLES
from ripeness.web.question_controls import QuestionControls
from ripeness.web.question_form import fields_of
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
ENDINGS = ".csv,.tsv,.txt,.xlsx"
FORM = (
    "Each line is an actor: its name, its influence, and for each issue its position and its salience (0 to 100). "
    "Write a range as 5 to 10. Tables in the format of KTAB are read, too. Further tables of the same issues and "
    "actors, such as those of other judges, are compared with the first."
)


class TableEditor:
    """An actor table with its name: the first, or a further one that can be taken away."""

    def __init__(self, label: str, name: str, text: str) -> None:
        self.card = ui.column().style("width: 100%")
        with self.card:
            self.text = ui.textarea(label, value=text).props("outlined autogrow input-class=typed")
            self.text.style("width: 100%; margin-bottom: 14px")
            self.row = ui.row().classes("form")
            with self.row:
                self.name = ui.input("Name", value=name).props("dense outlined stack-label").classes("wide")


class DecidePage:
    """The tables, how they are decided, and the answer."""

    def __init__(self, services: Services) -> None:
        self.services = services
        ui.html(f'<p class="quiet">{FORM}</p>', sanitize=False)
        self.first = TableEditor("Actor table", SAMPLE.stem, SAMPLE.read_text(encoding="utf-8"))
        self.further: list[TableEditor] = []
        self.form = QuestionControls(fields_of(DECIDE, None))
        self.place = ui.column().style("width: 100%")
        with ui.row().classes("form"):
            self.form.build_usual()
            ui.button("Run", icon="play_arrow", on_click=notify_faults(self.run)).props('unelevated data-act="run"')
            uploader = (
                ui.upload(auto_upload=True, multiple=True, max_file_size=MOST_TABLE, on_upload=self._upload)
                .props(f'accept="{ENDINGS}"')
                .classes("hidden")
            )
            ui.button("Upload", icon="upload", on_click=lambda: uploader.run_method("pickFiles")).props("flat")
            ui.button("Add a table", icon="add", on_click=notify_faults(self.add_table)).props('flat data-act="add"')
        self.form.build_others()
        self.uploaded = False  # whether a file has taken the place of the sample
        self.panel = AnswerPanel(lambda: (self.task(keep=False),), self.run, show_answer)
        self.form.on_change(self.panel.look)
        self._watch(self.first)
        self.progress = JobProgress(services.jobs, self.panel.show)

    def add_table(self, name: str = "", text: str = "") -> None:
        """Put a further table below the others: what is given, or a copy of the first to be changed.

        Raises: Fault where there are as many as can be compared.
        """
        if len(self.further) == MOST_TABLES:
            raise Fault(f"at most {MOST_TABLES + 1} tables are compared at once")
        number = len(self.further) + 2
        with self.place:
            editor = TableEditor(
                f"Actor table {number}", name or f"{self.first.name.value} {number}", text or str(self.first.text.value)
            )
            with editor.row:
                ui.button("Remove", icon="delete", on_click=partial(self._remove, editor)).props("flat")
        self.further.append(editor)
        self._watch(editor)
        self.panel.look()

    def task(self, *, keep: bool = True) -> Task:
        """The question that the tables and the fields put; the tables are kept in the workspace unless `keep` is false.

        Raises: Fault for a name that could lead elsewhere, or a value that cannot be.
        """
        editors = (self.first, *self.further)
        texts = {str(editor.name.value or ""): str(editor.text.value or "") for editor in editors}
        ask = partial(DECIDE, **self.form.values())
        try:
            return tables_task(self.services.workspace, texts, len(editors), ask, keep=keep)
        except ArgumentFault as fault:
            raise fault.named(self.form.labels()) from None

    def run(self) -> None:
        """Keep the tables in the workspace, and let every rule decide them."""
        self.progress.watch(self.services.begin(self.task()))

    def _watch(self, editor: TableEditor) -> None:
        """Look for the answer whenever the table or its name changes."""
        for control in (editor.text, editor.name):
            control.on_value_change(lambda _: self.panel.look())

    def _remove(self, editor: TableEditor) -> None:
        self.further.remove(editor)
        editor.card.delete()
        self.panel.look()

    async def _upload(self, event: events.UploadEventArguments) -> None:
        """The first file takes the place of the sample; further ones stand below it."""
        raw = await event.file.read()

        def take() -> None:
            name = event.file.name.rpartition("/")[2]
            text = self.services.workers.read(sheet_as_csv, raw, name) if is_workbook(name) else decode(raw, name).text
            stem = name.rpartition(".")[0] or name
            if self.uploaded:
                self.add_table(stem, text)
            else:
                self.first.text.value, self.first.name.value = text, stem
                self.uploaded = True

        notify_faults(take)()


def register(services: Services) -> None:
    """Put the page at its address."""

    @ui.page(HERE.path)
    def decide() -> None:
        with page_frame(HERE):
            DecidePage(services)
