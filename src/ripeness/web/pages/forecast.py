"""The forecast: how a war may end month by month, at what price, under which coding and reading."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

from nicegui import ui

from ripeness.web.answer import KeptAnswer
from ripeness.web.answer_panel import AnswerPanel, question_line
from ripeness.web.answer_view import picture_address, show_answer, strip
from ripeness.web.frame import notify_faults
from ripeness.web.job_progress import JobProgress
from ripeness.web.kept_runs import keep_task
from ripeness.web.pictures import picture_html
from ripeness.web.question import READINGS
from ripeness.web.question_page import QuestionPage, page
from ripeness.web.questions import question_about
from ripeness.web.screens import Screen, screen
from ripeness.web.services import Services
from ripeness.web.task import Task
from ripeness.web.track_forecast import track_button
from ripeness.web.workspace import Subject


class ForecastPage(QuestionPage):
    """One forecast, or those of all codings and both readings side by side."""

    hint = "Not asked yet. Press Run: 20,000 wars take some seconds."
    draws = 20_000

    def __init__(self, services: Services, screen: Screen, subject: Subject, answer: str = "") -> None:
        super().__init__(services, screen, subject)
        self.every_progress = JobProgress(services.jobs, self._show_every)
        is_own = services.workspace.is_own(subject)
        self.every = AnswerPanel(self._every_task, self._run_every, self._side_by_side, watch=is_own)
        self.form.on_change(self.every.look)
        self.keeping = JobProgress(services.jobs, lambda _: ui.notify("kept on the shelf", type="positive"))
        for earlier in services.answers("run", subject.case, subject.coding):
            if earlier.id == answer:
                self.form.fill(earlier.question.controls)
                self.panel.show(earlier, as_it_is=True)

    def build_buttons(self) -> None:
        """A button for all codings and readings at once."""
        ui.button("All codings, both readings", icon="view_column", on_click=notify_faults(self._run_every)).props(
            "flat"
        )

    def answered(self, answer: KeptAnswer) -> None:
        """One forecast takes the place of those side by side."""
        self.every.clear()
        super().answered(answer)

    def lay_out(self, answer: KeptAnswer) -> None:
        """The chances at a glance, the answer, and a way to keep the run."""
        ui.html(strip(answer), sanitize=False)
        show_answer(answer)
        with ui.row().classes("take"):
            ui.button(
                "Keep the whole run", icon="inventory_2", on_click=notify_faults(lambda: self._keep(answer))
            ).props('flat data-act="keep"')
            track_button(self.services, answer)

    def _keep(self, answer: KeptAnswer) -> None:
        self.keeping.watch(self.services.begin(keep_task(self.services, answer)))

    def _every_task(self) -> list[Task]:
        """The question of the form under every coding and reading."""
        values, workspace = self.form.values(), self.services.workspace
        codings = ("", *workspace.codings(self.subject)[1:])  # the first is that of no name
        return [
            question_about(
                workspace, self.verb, Subject(self.subject.case, coding), {**values, "reading": reading}
            ).task()
            for coding in codings
            for reading in READINGS
        ]

    def _run_every(self) -> None:
        self.every_progress.watch(*(self.services.begin(task) for task in self._every_task()))

    def _show_every(self, *answers: KeptAnswer) -> None:
        self.panel.clear()
        self.every.show(*answers)

    def _side_by_side(self, *answers: KeptAnswer) -> None:
        with ui.element("div").classes("beside"):
            for answer in answers:
                with ui.element("section").classes("card"):
                    record = answer.question
                    reading = READINGS[record.reading]
                    name = f"{record.coding}: {reading}" if record.coding else reading
                    chances = strip(answer)
                    ui.html(f"<h2>{escape(name)}</h2>{question_line(record)}{chances}", sanitize=False)
                    picture = picture_html(answer.pictures["outcomes"], picture_address(answer, "outcomes"))
                    ui.html(picture, sanitize=False)
                    to = {"case": answer.case, "coding": answer.coding, "answer": answer.id}
                    ui.link("in full", "/forecast?" + urlencode(to))


def register(services: Services) -> None:
    """Put the page at its address."""
    page(services, screen("/forecast"), ForecastPage, ("answer",))
