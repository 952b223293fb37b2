"""Who decides: power over time, weights of the readings, and the evidence, any item of which can be unticked."""

from __future__ import annotations

from html import escape

from nicegui import ui

from ripeness.web.answer import KeptAnswer
from ripeness.web.answer_view import picture_address
from ripeness.web.ask import Asked, Task
from ripeness.web.evidence_matrix import EvidenceMatrix
from ripeness.web.frame import show_lines
from ripeness.web.pictures import picture_html
from ripeness.web.screens import screen
from ripeness.web.services import Services
from ripeness.web.study import Study, page, whole
from ripeness.web.who import USUAL, ask_infer


class _Who(Study):
    hint = "Not asked yet. Press Run: weighing all evidence under every reading takes half a minute or so."

    def form(self) -> None:
        self.particles = ui.number("Particles", value=USUAL, min=100, max=100_000, step=100, format="%d")
        self.seed = ui.number("Seed", value=1, min=0, step=1, format="%d")
        self.particles.props("dense outlined stack-label").classes("narrow")
        self.seed.props("dense outlined stack-label").classes("slim")

    def ask(self) -> Task:
        source = self.services.workspace.source(self.subject)
        seed = whole(self.seed.value, "the seed", 0, 2**53)
        asked = Asked(source, self.subject.case, self.subject.coding, seed=seed)
        return ask_infer(asked, particles=whole(self.particles.value, "particles", 100, 100_000))

    def lay_out(self, answer: KeptAnswer) -> None:
        ui.html(f'<p class="sentence">{escape(answer.sentence)}</p>', sanitize=False)
        polities = list(answer.facts["polities"])
        names = dict(answer.facts["names"])
        with ui.tabs().props("dense no-caps align=left").classes("tablist") as tabs:
            for key in polities:
                ui.tab(key, names.get(key, key))
        with ui.tab_panels(tabs, value=polities[0]).props("animated=false"):
            for key in polities:
                with ui.tab_panel(key):
                    _polity(answer, key)
        with ui.expansion("All tables", icon="table_rows").classes("lines"):
            ui.html("".join(answer.blocks), sanitize=False).classes("tables")
        with ui.row().classes("take"):
            ui.link("JSON", f"/answers/{answer.id}.json").props("download")
        show_lines(answer.command, answer.python)


def _polity(answer: KeptAnswer, key: str) -> None:
    found = "".join(
        picture_html(answer.pictures[name], picture_address(answer, name))
        for name in (f"power-{key}", f"readings-{key}")
        if name in answer.pictures
    )
    ui.html(found, sanitize=False).classes("gallery")
    ui.html(f'<p class="quiet lined">{escape(str(answer.facts["ranked"][key]))}</p>', sanitize=False)
    EvidenceMatrix(answer, key)


def register(services: Services) -> None:
    """Put the page at its address."""
    page(services, screen("/who-decides"), _Who)
