"""The outlook: how a war may end and by when, at what price, in the view of one analyst's version."""

from __future__ import annotations

from nicegui import ui

from ripeness.web.answer import KeptAnswer
from ripeness.web.answer_view import show_answer, strip
from ripeness.web.frame import notify_faults
from ripeness.web.job_progress import JobProgress
from ripeness.web.kept_runs import keep_task
from ripeness.web.question_page import QuestionPage, page
from ripeness.web.screens import Screen, screen
from ripeness.web.services import Services
from ripeness.web.workspace import Subject


class OutlookPage(QuestionPage):
    """One forecast, month by month, and a way to keep its simulations."""

    draws = 4_000

    def __init__(self, services: Services, screen: Screen, subject: Subject) -> None:
        self.keeping = JobProgress(services.jobs, lambda _: ui.notify("kept under Kept", type="positive"))
        super().__init__(services, screen, subject)

    def lay_out(self, answer: KeptAnswer) -> None:
        """The chances at a glance, the answer, and a way to keep the simulations."""
        ui.html(strip(answer), sanitize=False)
        show_answer(answer)
        with ui.row().classes("take"):
            ui.button(
                "Keep these simulations", icon="inventory_2", on_click=notify_faults(lambda: self._keep(answer))
            ).props('flat data-act="keep"')

    def _keep(self, answer: KeptAnswer) -> None:
        self.keeping.watch(self.services.begin(keep_task(self.services, answer)))


def register(services: Services) -> None:
    """Put the page at its address."""
    page(services, screen("/forecast"), OutlookPage)
