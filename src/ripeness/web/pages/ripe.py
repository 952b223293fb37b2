"""Ripe? Bargaining strips by month, who blocks, and which guarantee opens the zone."""

from __future__ import annotations

from ripeness.web.ask import Task
from ripeness.web.screens import screen
from ripeness.web.services import Services
from ripeness.web.studies import ask_ripe
from ripeness.web.study import Study, page


class _Ripe(Study):
    def ask(self) -> Task:
        return ask_ripe(self.asked())


def register(services: Services) -> None:
    """Put the page at its address."""
    page(services, screen("/ripe"), _Ripe)
