"""Who decides: power over time, weights of the readings, and the evidence, any item of which can be unticked."""

from __future__ import annotations

from html import escape

from nicegui import ui

from ripeness.web.answer import Answer
from ripeness.web.ask import Ask, Asked
from ripeness.web.frame import lines
from ripeness.web.house import House
from ripeness.web.matrix import Matrix
from ripeness.web.pictures import shown
from ripeness.web.screens import screen
from ripeness.web.showing import picture_address
from ripeness.web.study import Study, page, whole
from ripeness.web.who import USUAL, ask_infer


class _Who(Study):
    hint = "Not asked yet. Press Run: weighing all evidence under every reading takes half a minute or so."

    def form(self) -> None:
        self.particles = ui.number("Particles", value=USUAL, min=100, max=100_000, step=100, format="%d")
        self.seed = ui.number("Seed", value=1, min=0, step=1, format="%d")
        self.particles.props("dense outlined stack-label").classes("narrow")
        self.seed.props("dense outlined stack-label").classes("slim")

    def ask(self) -> Ask:
        source = self.house.workspace.source(self.subject)
        seed = whole(self.seed.value, "the seed", 0, 2**53)
        asked = Asked(source, self.subject.case, self.subject.coding, seed=seed)
        return ask_infer(asked, particles=whole(self.particles.value, "particles", 100, 100_000))

    def lay_out(self, answer: Answer) -> None:
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
        lines(answer.command, answer.python)


def _polity(answer: Answer, key: str) -> None:
    found = "".join(
        shown(answer.pictures[name], picture_address(answer, name))
        for name in (f"power-{key}", f"readings-{key}")
        if name in answer.pictures
    )
    ui.html(found, sanitize=False).classes("gallery")
    ui.html(f'<p class="quiet lined">{escape(str(answer.facts["ranked"][key]))}</p>', sanitize=False)
    Matrix(answer, key)


def register(house: House) -> None:
    """Put the page at its address."""
    page(house, screen("/who-decides"), _Who)
