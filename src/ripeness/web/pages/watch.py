"""Watch: what can be seen from outside, ranked by what it would tell, and a calendar of when to look."""

from __future__ import annotations

from nicegui import ui

from ripeness.web.aimed import Aimed
from ripeness.web.answer import KeptAnswer
from ripeness.web.screens import screen
from ripeness.web.services import Services
from ripeness.web.study import page


class _Watch(Aimed):
    def lay_out(self, answer: KeptAnswer) -> None:
        text = str(answer.facts["calendar"])
        with ui.row().classes("take"):
            ui.button(
                "Calendar (.ics)",
                icon="event",
                on_click=lambda: ui.download.content(text, f"{answer.case.rpartition('/')[2]}.ics", "text/calendar"),
            ).props('flat data-act="calendar"')
        super().lay_out(answer)


def register(services: Services) -> None:
    """Put the page at its address."""
    page(services, screen("/watch"), _Watch)
