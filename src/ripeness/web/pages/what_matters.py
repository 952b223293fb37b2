"""What matters: which numbers the answer hangs on, what would turn it, and under which conditions it holds."""

from __future__ import annotations

from nicegui import ui

from ripeness.web.aimed import Aimed
from ripeness.web.screens import Screen, screen
from ripeness.web.services import Services, has_verb
from ripeness.web.study import page
from ripeness.web.workspace import Subject

ASKED = {
    "sense": ("What moves it", "Which uncertain numbers move the chance of an outcome, and how much is luck?"),
    "flip": ("What would turn it", "Which smallest plausible changes make another outcome the likeliest?"),
    "discover": ("When it happens", "In which ranges of the numbers is an outcome frequent?"),
}


def _of(verb: str) -> type[Aimed]:
    return type(f"_{verb.title()}", (Aimed,), {"verb": verb})


def _matters(services: Services, here: Screen, subject: Subject) -> None:
    verbs = [verb for verb in ASKED if has_verb(verb)]
    with ui.tabs().props("dense no-caps align=left").classes("tablist") as tabs:
        for verb in verbs:
            ui.tab(verb, ASKED[verb][0])
    with ui.tab_panels(tabs, value=verbs[0]).props("animated=false keep-alive"):
        for verb in verbs:
            with ui.tab_panel(verb):
                ui.label(ASKED[verb][1]).classes("quiet")
                _of(verb)(services, here, subject)


def register(services: Services) -> None:
    """Put the page at its address."""
    page(services, screen("/what-matters"), _matters)
