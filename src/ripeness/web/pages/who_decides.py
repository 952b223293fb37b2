"""Who decides: power over time, weights of the readings, and the evidence, any item of which can be unticked."""

from __future__ import annotations

from html import escape
from typing import Any

from nicegui import ui

from ripeness.web.answer import Answer
from ripeness.web.ask import Ask, Asked
from ripeness.web.frame import lines
from ripeness.web.house import House
from ripeness.web.pictures import shown
from ripeness.web.screens import screen
from ripeness.web.showing import picture_address
from ripeness.web.study import Study, page, whole
from ripeness.web.who import USUAL, ask_infer

TONES = {"C": "up", "I": "down"}  # a mark that speaks for a reading, or against it


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
        for name in (f"power-{key}", f"readings-{key}") if name in answer.pictures
    )  # fmt: skip
    ui.html(found, sanitize=False).classes("gallery")
    ui.html(f'<p class="quiet">{escape(str(answer.facts["ranked"][key]))}</p>', sanitize=False)
    rows = [row for row in answer.facts["matrix"] if row["polity"] == key]
    without = {row["name"]: row for row in answer.facts["knock_out"] if row["polity"] == key and row["what"] == "item"}
    if rows:
        ui.html("<h2>The evidence: untick an item to see the answer without it</h2>", sanitize=False)
        _matrix(answer, key, rows, without)


def _matrix(answer: Answer, key: str, rows: list[dict[str, Any]], without: dict[str, Any]) -> None:
    """One item a line, the most telling first; several unticked ones are told one by one."""
    said = ui.html("", sanitize=False).props('role="status" aria-live="polite"')
    out: list[str] = []

    def tick(item: str, *, on: bool) -> None:
        out.remove(item) if on and item in out else out.append(item)
        said.set_content("".join(_without(answer, key, without[one]) for one in out if one in without))

    with ui.element("div").classes("panel items"):
        for row in sorted(rows, key=lambda one: -one["diagnosticity"]):
            with ui.row().classes("item"):
                ui.checkbox(value=True, on_change=lambda e, item=row["item"]: tick(item, on=e.value)).props(
                    f'dense aria-label="{escape(row["item"], quote=True)}"'
                )
                marks = "".join(
                    f'<span class="m m{TONES.get(cell["mark"][:1], "flat")}" title="{escape(cell["reading"], quote=True)}: '
                    f'{cell["log_ratio"]:+.2f}">{escape(cell["mark"] or "·")}</span>' for cell in row["cells"]
                )  # fmt: skip
                doubt = " possibly planted" if row["planted"] else " puzzling" if row["puzzling"] else ""
                ui.html(
                    f'<b>{escape(row["item"])}</b> <span class="quiet">{escape(row["date"])} · {escape(str(row["issue"]))} · '
                    f'{escape(row["grade"])}{doubt}</span><span class="marksrow">{marks}</span>', sanitize=False,
                )  # fmt: skip
    readings = ", ".join(escape(cell["reading"]) for cell in rows[0]["cells"]) if rows else ""
    ui.html(f'<p class="quiet">Marks from left to right: {readings}. CC and C speak for a reading, I and II against it.</p>',
            sanitize=False)  # fmt: skip


def _without(answer: Answer, key: str, row: dict[str, Any]) -> str:
    names = answer.facts["names"]
    who = names.get(f"{key}/{row['moved']}", row["moved"])
    turns = f" Then '{escape(str(row['leads']))}' leads." if row["turns"] else ""
    return (
        f'<p class="told">Without <b>{escape(row["name"])}</b>: power of {escape(str(who))} {row["by"]:+.1%}.{turns}</p>'
    )


def register(house: House) -> None:
    """Put the page at its address."""
    page(house, screen("/who-decides"), _Who)
