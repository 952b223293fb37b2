"""Options: what a polity could do, what each option brings to whom, and which is best for whom."""

from __future__ import annotations

from nicegui import ui

from ripeness.web.ask import Task
from ripeness.web.screens import screen
from ripeness.web.services import Services
from ripeness.web.studies import ask_options
from ripeness.web.study import Study, page

MOST_OWN = 10  # options of one's own in one question


class _Options(Study):
    usual = 2_000

    def form(self) -> None:
        polities = dict(self.services.summary(self.subject).polities)
        self.polity = ui.select(polities, value=next(iter(polities)), label="Whose options").props(
            "dense outlined stack-label"
        )
        self.polity.classes("wide")
        super().form()
        self.own = ui.input("Own options, e.g. offer a third: offer=.67; another: effort=1").props(
            "dense outlined stack-label"
        )
        self.own.classes("wide grow")

    def ask(self) -> Task:
        own = tuple(part.strip() for part in str(self.own.value or "").split(";") if part.strip())[:MOST_OWN]
        return ask_options(self.asked(), str(self.polity.value), own)


def register(services: Services) -> None:
    """Put the page at its address."""
    page(services, screen("/options"), _Options)
