"""The forecast: how a war may end month by month, at what price, under which coding and reading."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

from nicegui import ui

from ripeness.web.answer import KeptAnswer
from ripeness.web.answer_panel import AnswerPanel, fill, question_line
from ripeness.web.answer_view import picture_address, show_answer, strip
from ripeness.web.ask import Task, ask_run
from ripeness.web.differing import ask_keep
from ripeness.web.frame import notify_faults
from ripeness.web.job_progress import JobProgress
from ripeness.web.pictures import picture_html
from ripeness.web.question import READINGS
from ripeness.web.screens import Screen, screen
from ripeness.web.services import Services
from ripeness.web.study import Study, page
from ripeness.web.workspace import Subject


class _Forecast(Study):
    """One forecast, or those of all codings and both readings beside each other."""

    hint = "Not asked yet. Press Run: 20,000 wars take some seconds."
    usual = 20_000

    def __init__(self, services: Services, here: Screen, subject: Subject, answer: str = "") -> None:
        super().__init__(services, here, subject)
        self.all_working = JobProgress(services.jobs, self._all_answered)
        own = services.workspace.is_own(subject)
        self.all = AnswerPanel(self._asks, self._run_all, self._side_by_side, watch=own)
        self.all.follow(*vars(self).values())
        self.keeping = JobProgress(services.jobs, lambda _: ui.notify("kept on the shelf", type="positive"))
        for kept in services.answers("run", subject.case, subject.coding):
            if kept.id == answer:
                fill(self, kept.question)
                self.current.show(kept, as_it_is=True)

    def buttons(self) -> None:
        ui.button("All codings, both readings", icon="view_column", on_click=notify_faults(self._run_all)).props("flat")

    def ask(self) -> Task:
        return ask_run(self.asked())

    def answered(self, answer: KeptAnswer) -> None:
        self.all.clear()
        super().answered(answer)

    def lay_out(self, answer: KeptAnswer) -> None:
        ui.html(strip(list(answer.facts["chances"])), sanitize=False)
        show_answer(answer)
        with ui.row().classes("take"):
            ui.button(
                "Keep the whole run", icon="inventory_2", on_click=notify_faults(lambda: self._keep(answer))
            ).props('flat data-act="keep"')

    def _keep(self, answer: KeptAnswer) -> None:
        self.keeping.watch(self.services.begin(ask_keep(self.services, answer)))

    def _asks(self) -> list[Task]:
        asked = self.asked()
        codings = ("", *self.services.workspace.codings(self.subject)[1:])  # the first is that of no name
        return [ask_run(asked.under(coding, reading)) for coding in codings for reading in READINGS]

    def _run_all(self) -> None:
        self.all_working.watch(*(self.services.begin(ask) for ask in self._asks()))

    def _all_answered(self, *answers: KeptAnswer) -> None:
        self.current.clear()
        self.all.show(*answers)

    def _side_by_side(self, *answers: KeptAnswer) -> None:
        with ui.element("div").classes("beside"):
            for answer in answers:
                with ui.element("section").classes("card"):
                    asked = answer.question
                    name = f"{asked.coding}: {READINGS[asked.reading]}" if asked.coding else READINGS[asked.reading]
                    chances = strip(list(answer.facts["chances"]))
                    ui.html(f"<h2>{escape(name)}</h2>{question_line(asked)}{chances}", sanitize=False)
                    ui.html(
                        picture_html(answer.pictures["outcomes"], picture_address(answer, "outcomes")), sanitize=False
                    )
                    to = {"case": answer.case, "coding": answer.coding, "answer": answer.id}
                    ui.link("in full", "/forecast?" + urlencode(to))


def register(services: Services) -> None:
    """Put the page at its address."""
    page(services, screen("/forecast"), _Forecast, ("answer",))
