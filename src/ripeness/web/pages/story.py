"""One war: a single one of the simulated wars, told month by month."""

from __future__ import annotations

from nicegui import ui

from ripeness.web.answer import KeptAnswer
from ripeness.web.answer_view import show_answer
from ripeness.web.ask import MOST_DRAWS, Asked, Task
from ripeness.web.frame import notify_faults
from ripeness.web.question import READINGS
from ripeness.web.screens import screen
from ripeness.web.services import Services
from ripeness.web.single import ask_story
from ripeness.web.study import Study, page, whole


class _Story(Study):
    hint = "Not told yet. Press Run: one of the simulated wars is told, with the same luck that it has in a forecast."

    def form(self) -> None:
        self.draw = ui.number("Which war", value=0, min=0, max=MOST_DRAWS, step=1, format="%d")
        self.reading = (
            ui.select(READINGS, value="factional", label="Reading").props("dense outlined stack-label").classes("wide")
        )
        self.seed = ui.number("Seed", value=1, min=0, step=1, format="%d")
        for one in (self.draw, self.seed):
            one.props("dense outlined stack-label").classes("narrow")

    def ask(self) -> Task:
        source = self.services.workspace.source(self.subject)
        seed = whole(self.seed.value, "the seed", 0, 2**53)
        asked = Asked(source, self.subject.case, self.subject.coding, str(self.reading.value), seed=seed)
        return ask_story(asked, whole(self.draw.value, "which war", 0, MOST_DRAWS))

    def _next(self) -> None:
        self.draw.value = whole(self.draw.value, "which war", 0, MOST_DRAWS - 1) + 1
        self.run()

    def lay_out(self, answer: KeptAnswer) -> None:
        with ui.element("div").classes("panel prose"):
            show_answer(answer)
        ui.button("Another war", icon="skip_next", on_click=notify_faults(self._next)).props('flat data-act="next"')


def register(services: Services) -> None:
    """Put the page at its address."""
    page(services, screen("/story"), _Story)
