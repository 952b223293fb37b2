"""Showing: an answer on a page: its sentence, its pictures, its tables, and what to take away."""

from __future__ import annotations

from html import escape

from nicegui import ui

from ripeness.web.answer import Answer
from ripeness.web.frame import lines
from ripeness.web.pictures import shown

WIDE = ("map",)  # verbs whose picture would be a tangle on a phone


def show(answer: Answer, *, tables: bool = True) -> None:
    """An answer from top to bottom."""
    if answer.sentence:
        ui.html(f'<p class="sentence">{escape(answer.sentence)}</p>', sanitize=False)
    pictures(answer)
    if tables and answer.blocks:
        ui.html("".join(answer.blocks), sanitize=False).classes("tables")
    if answer.facts.get("note"):
        ui.html(f'<p class="quiet">{escape(str(answer.facts["note"]))}</p>', sanitize=False)
    with ui.row().classes("take"):
        ui.link("JSON", f"/answers/{answer.id}.json").props("download")
        for name in answer.pictures:
            ui.link(f"{name}.svg", picture_address(answer, name)).props(f'download="{answer.id}-{name}.svg"')
    lines(answer.command, answer.python)


def pictures(answer: Answer, names: tuple[str, ...] = ()) -> None:
    """The pictures of an answer side by side where there is room."""
    chosen = {name: one for name, one in answer.pictures.items() if not names or name in names}
    if chosen:
        found = "".join(
            shown(one, picture_address(answer, name), wide=answer.verb in WIDE) for name, one in chosen.items()
        )
        ui.html(found, sanitize=False).classes("gallery")


def picture_address(answer: Answer, name: str) -> str:
    """Where the picture of an answer is drawn."""
    return f"/answers/{answer.id}/{name}.svg"


def strip(chances: list[dict[str, object]]) -> str:
    """The chances of all outcomes as one bar and its legend: the answer at a glance."""
    said = ", ".join(f"{one['name']} {float(str(one['p'])):.0%}" for one in chances)
    parts = "".join(
        f'<i style="flex-grow:{float(str(one["p"])):.4f};background:{one["colour"]}"></i>'
        for one in chances
        if float(str(one["p"])) > 0
    )
    top = sorted(chances, key=lambda one: -float(str(one["p"])))[:3]
    legend = "".join(
        f'<li><i style="background:{one["colour"]}"></i>{escape(str(one["name"]))}'
        f" <b>{float(str(one['p'])):.0%}</b></li>"
        for one in top
    )
    return (
        f'<div class="strip" role="img" aria-label="{escape(said, quote=True)}">{parts}</div><ul'
        f' class="legend">{legend}</ul>'
    )
