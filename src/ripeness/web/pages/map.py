"""The map: what acts on what, how much each link carries, and a click to cut one."""

from __future__ import annotations

from urllib.parse import urlencode

from nicegui import ui

from ripeness.web.aimed import Aimed
from ripeness.web.answer import KeptAnswer
from ripeness.web.screens import screen
from ripeness.web.services import Services
from ripeness.web.study import page


class _Map(Aimed):
    hint = "Not asked yet. Press Run: the war is fought once for each link, without it."
    usual = 1_000

    def lay_out(self, answer: KeptAnswer) -> None:
        cuts = answer.facts.get("links") or []
        if cuts:
            ui.html("<h2>Cut a link</h2>", sanitize=False)
            with ui.row().classes("cuts"):
                for link in cuts:
                    to = "/what-if?" + urlencode({"case": answer.case, "coding": answer.coding, "cut": link})
                    ui.link(str(link).replace("->", " → "), to).classes("chip")
        super().lay_out(answer)


def register(services: Services) -> None:
    """Put the page at its address."""
    page(services, screen("/map"), _Map)
