"""A page about one outcome by one month: the usual form with the outcome and the month beside it."""

from __future__ import annotations

from nicegui import ui

from ripeness.web.answer import KeptAnswer
from ripeness.web.ask import Task
from ripeness.web.screens import Screen
from ripeness.web.services import Services
from ripeness.web.studies import ask_aimed, outcomes, usual_month
from ripeness.web.study import Study, earlier
from ripeness.web.workspace import Subject

FIRST = "settlement"


class Aimed(Study):
    """A study of an outcome; `verb` says which."""

    verb = ""

    def __init__(self, services: Services, here: Screen, subject: Subject) -> None:
        self.verb = self.verb or here.verb
        super().__init__(services, here, subject)

    def earlier(self) -> list[KeptAnswer]:
        """Answers of this verb that were given before."""
        return earlier(self.services, self.verb, self.subject)

    def form(self) -> None:
        """The fields of the question: the outcome and the month before the usual ones."""
        summary = self.services.summary(self.subject)
        self.outcome = (
            ui.select(outcomes(summary.sides()), value=FIRST, label="Outcome")
            .props("dense outlined stack-label")
            .classes("wide")
        )
        last = summary.months
        usual = usual_month(self.verb, last)
        self.month = ui.number("By month", value=usual, min=1, max=last, placeholder=f"{usual:g}", format="%g")
        self.month.props("dense outlined stack-label").classes("slim")
        super().form()

    def ask(self) -> Task:
        """The question itself."""
        month = None if self.month.value is None else float(self.month.value)
        return ask_aimed(self.verb, self.asked(), str(self.outcome.value), month)
