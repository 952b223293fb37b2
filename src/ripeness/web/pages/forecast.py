"""The outlook: how a war may end and by when, at what price, in the view of one analyst's version."""

from __future__ import annotations

from html import escape

from nicegui import ui

from ripeness.show.table_html import plain_html
from ripeness.web.address import page_address
from ripeness.web.answer import KeptAnswer
from ripeness.web.answer_form import CARD
from ripeness.web.answer_view import show_pictures
from ripeness.web.frame import notify_faults
from ripeness.web.job_progress import JobProgress
from ripeness.web.kept_runs import keep_task
from ripeness.web.question_page import QuestionPage, page
from ripeness.web.screens import Screen, screen
from ripeness.web.services import Services
from ripeness.web.track_forecast import track_button
from ripeness.web.workspace import Subject

FIRST = "outlook"  # the picture that answers
WHAT_IF_OUTCOMES = ("frozen", "fighting")  # besides the usual one, classes that a what-if knows by the same name


class OutlookPage(QuestionPage):
    """One forecast, month by month, and a way to keep its simulations."""

    draws = 4_000
    offers_years = True

    def __init__(self, services: Services, screen: Screen, subject: Subject) -> None:
        self.keeping = JobProgress(services.jobs, lambda _: ui.notify("kept under Kept", type="positive"))
        super().__init__(services, screen, subject)

    def lay_out(self, answer: KeptAnswer) -> None:
        """What past wars, the model and analysts' versions say in one picture; then the course of the war."""
        ui.html(f'<p class="sentence">{plain_html(answer.facts["outlook"]["sentence"])}</p>', sanitize=False)
        show_pictures(answer, (FIRST,))
        ui.html(f"<p>{plain_html(answer.facts['change'])}</p>{self._ways_on(answer)}", sanitize=False)
        show_pictures(answer, tuple(name for name in answer.pictures if name not in {FIRST, CARD}))
        ui.html(answer.blocks[-1], sanitize=False).classes("tables")
        ui.html(f'<p class="quiet">{escape(str(answer.facts["note"]))}</p>', sanitize=False)
        with ui.row().classes("take"):
            ui.button(
                "Keep these simulations", icon="inventory_2", on_click=notify_faults(lambda: self._keep(answer))
            ).props('flat data-act="keep"')
            track_button(self.services, answer)

    def _ways_on(self, answer: KeptAnswer) -> str:
        """Links to what one asks next, each about the same day."""
        case = {"case": self.subject.case, "coding": self.subject.coding}
        by, month = str(self.form.values().get("by") or ""), int(answer.facts["outlook"]["month"])
        lead = answer.facts["outlook"]["lead"]
        outcome = lead if lead in WHAT_IF_OUTCOMES else ""
        ways = {
            "Who stands in the way": page_address("/ripe", case),
            "What would change it most": page_address("/what-matters", case | {"outcome": outcome, "by": by}),
            "Try a change": page_address("/what-if", case | {"outcome": outcome, "month": f"{month}"}),
            "How far analysts differ, and why": page_address("/disagree", {"case": self.subject.case, "by": by}),
        }
        links = "".join(f'<a class="chip" href="{escape(way, quote=True)}">{name}</a>' for name, way in ways.items())
        return f'<nav class="ways-on" aria-label="Read on">{links}</nav>'

    def _keep(self, answer: KeptAnswer) -> None:
        self.keeping.watch(self.services.begin(keep_task(self.services, answer)))


def register(services: Services) -> None:
    """Put the page at its address."""
    page(services, screen("/forecast"), OutlookPage)
