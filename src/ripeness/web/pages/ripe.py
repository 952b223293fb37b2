"""Ripe? Bargaining strips by month, who blocks, and which guarantee opens the zone."""

from __future__ import annotations

from ripeness.web.ask import Ask
from ripeness.web.house import House
from ripeness.web.screens import screen
from ripeness.web.studies import ask_ripe
from ripeness.web.study import Study, page


class _Ripe(Study):
    def ask(self) -> Ask:
        return ask_ripe(self.asked())


def register(house: House) -> None:
    """Put the page at its address."""
    page(house, screen("/ripe"), _Ripe)
