"""Decide: an actor table, typed or uploaded, and what every decision rule makes of it."""

from __future__ import annotations

from typing import Any

from nicegui import events, ui

from ripeness.scenario.case import cases_folder
from ripeness.web.answer_panel import AnswerPanel
from ripeness.web.answer_view import show_answer
from ripeness.web.frame import notify_faults, page_frame
from ripeness.web.job_progress import JobProgress
from ripeness.web.question_form import QuestionControls, fields_of
from ripeness.web.screens import screen
from ripeness.web.services import Services
from ripeness.web.table_question import table_task
from ripeness.web.task import Task
from ripeness.web.workspace import MOST_TABLE
from ripeness.workbench.verbs import question_of
from ripeness.world.fault import ArgumentFault
from ripeness.world.text_file import decode

HERE = screen("/decide")
DECIDE: Any = question_of("decide")
SAMPLE = cases_folder() / "actors" / "emission-standards.csv"
FORM = (
    "Each line is an actor: its name, its influence, and for each issue its position and its salience (0 to 100). "
    "Write a range as 5 to 10. Tables in the format of KTAB are read, too."
)


class DecidePage:
    """The table, how it is decided, and the answer."""

    def __init__(self, services: Services) -> None:
        self.services = services
        ui.html(f'<p class="quiet">{FORM}</p>', sanitize=False)
        self.text = ui.textarea("Actor table", value=SAMPLE.read_text(encoding="utf-8")).props(
            "outlined autogrow input-class=typed"
        )
        self.text.style("width: 100%; margin-bottom: 14px")
        self.form = QuestionControls(fields_of(DECIDE, None))
        with ui.row().classes("form"):
            self.name = ui.input("Name", value=SAMPLE.stem).props("dense outlined stack-label").classes("wide")
            self.form.build_usual()
            ui.button("Run", icon="play_arrow", on_click=notify_faults(self.run)).props('unelevated data-act="run"')
            uploader = (
                ui.upload(auto_upload=True, max_file_size=MOST_TABLE, on_upload=self._upload)
                .props('accept=".csv,.tsv,.txt"')
                .classes("hidden")
            )
            ui.button("Upload", icon="upload", on_click=lambda: uploader.run_method("pickFiles")).props("flat")
        self.form.build_others()
        self.panel = AnswerPanel(lambda: (self.task(),), self.run, show_answer)
        self.form.on_change(self.panel.look)
        for control in (self.text, self.name):
            control.on_value_change(lambda _: self.panel.look())
        self.progress = JobProgress(services.jobs, self.panel.show)

    def task(self) -> Task:
        """The question that the table and the fields put.

        Raises: Fault for a name that could lead elsewhere, or a value that cannot be.
        """
        path = self.services.workspace.table(str(self.name.value or ""))
        try:
            question = DECIDE(path, **self.form.values())
        except ArgumentFault as fault:
            raise fault.named(self.form.labels()) from None
        return table_task(question, str(self.text.value or ""))

    def run(self) -> None:
        """Keep the table in the workspace, and let every rule decide it."""
        task = self.task()
        self.services.workspace.keep_table(str(self.name.value or ""), str(self.text.value or ""))
        self.progress.watch(self.services.begin(task))

    async def _upload(self, event: events.UploadEventArguments) -> None:
        raw = await event.file.read()

        def take() -> None:
            name = event.file.name.rpartition("/")[2]
            self.text.value = decode(raw, name).text
            self.name.value = name.removesuffix(".csv").removesuffix(".tsv").removesuffix(".txt")

        notify_faults(take)()


def register(services: Services) -> None:
    """Put the page at its address."""

    @ui.page(HERE.path)
    def decide() -> None:
        with page_frame(HERE):
            DecidePage(services)
