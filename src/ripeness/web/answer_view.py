"""Showing: an answer on a page: its sentence, its pictures, its tables, and what to take away."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from nicegui import ui

from ripeness.show.table_html import plain_html
from ripeness.web.answer import KeptAnswer
from ripeness.web.answer_form import CARD
from ripeness.web.chart_card import chart_card

COPY_LINK = (
    '<button type="button" class="copy-link" data-act="copy-link"><span aria-live="polite">Copy link</span></button>'
)
WIDE = ("map", "plot-outcomes")  # verbs and pictures that would be a tangle on a phone


def show_answer(answer: KeptAnswer, *, tables: bool = True) -> None:
    """An answer from top to bottom."""
    if answer.sentence:
        ui.html(f'<p class="sentence">{plain_html(answer.sentence)}</p>', sanitize=False)
    show_pictures(answer)
    _show_blocks(answer.blocks if tables else ())
    if answer.facts.get("note"):
        ui.html(f'<p class="quiet">{escape(str(answer.facts["note"]))}</p>', sanitize=False)


def take_away(answer: KeptAnswer) -> None:
    """Under an answer: the link to it, its data, and the script that gives it again."""
    with ui.row().classes("take"):
        ui.html(COPY_LINK, sanitize=False)
        ui.link("Data (JSON)", f"/answers/{answer.id}.json").props("download")
        if answer.python:
            ui.link("Python script that gives this again", f"/answers/{answer.id}.py").props("download")


def _show_blocks(blocks: Sequence[str]) -> None:
    if blocks:
        ui.html("".join(blocks), sanitize=False).classes("tables")


def show_pictures(answer: KeptAnswer, names: tuple[str, ...] = ()) -> None:
    """The pictures of an answer side by side where there is room."""
    shown = names or tuple(name for name in answer.pictures if name != CARD)
    selected = {name: picture for name, picture in answer.pictures.items() if name in shown}
    if selected:
        html = "".join(
            chart_card(answer, name, picture, wide=answer.verb in WIDE or name in WIDE)
            for name, picture in selected.items()
        )
        ui.html(html, sanitize=False).classes("gallery")


def picture_address(answer: KeptAnswer, name: str) -> str:
    """Where the picture of an answer is drawn."""
    return f"/answers/{answer.id}/{name}.svg"


def strip(answer: KeptAnswer) -> str:
    """The chances of all outcomes in the model's last month as one bar and its legend."""
    chances: list[dict[str, object]] = list(answer.facts["chances"])
    description = ", ".join(f"{chance['name']} {float(str(chance['p'])):.0%}" for chance in chances)
    parts = "".join(
        f'<i style="flex-grow:{float(str(chance["p"])):.4f};background:{chance["colour"]}"></i>'
        for chance in chances
        if float(str(chance["p"])) > 0
    )
    top = sorted(chances, key=lambda chance: -float(str(chance["p"])))[:3]
    legend = "".join(
        f'<li><i style="background:{chance["colour"]}"></i>{escape(str(chance["name"]))}'
        f" <b>{float(str(chance['p'])):.0%}</b></li>"
        for chance in top
    )
    return (
        f'<div class="strip" role="img" aria-label="{escape(description, quote=True)}">{parts}</div><ul'
        f' class="legend"><li>The model, by month {float(answer.facts["month"]):g}:</li>{legend}</ul>'
    )
