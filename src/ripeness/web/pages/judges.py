"""Ask experts: how several experts are asked about a war, the numbers they are asked for, and a sheet for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from nicegui import ui

from ripeness.show.table_html import plain_html
from ripeness.web.answer import KeptAnswer
from ripeness.web.form_fields import FormField
from ripeness.web.question_page import QuestionPage, page
from ripeness.web.screens import screen
from ripeness.web.services import Services

STEPS = {
    "Name the experts": "Two or more; each works alone and sees nobody else's answers.",
    "Send each a sheet": (
        "A table for any spreadsheet. It asks how much say each faction has, what it wants, how much it cares, and for"
        " the traits that move the outcome most: for each a low, a best and a high value."
    ),
    "Pool what comes back": (
        "The filled-in sheets make an expert's version of the case each, and one of all together, with a measure of"
        " how far they agree. That is done by the program where it is installed: these pages read no files."
    ),
}
FIELDS: Mapping[str, dict[str, Any]] = {
    "judges": {"label": "Experts", "example": "one name a line", "hint": "", "usual": True},
    "polities": {"label": "Only about", "usual": False},
    "traits": {"label": "How many traits to ask for", "usual": False},
    "outcome": {"label": "Outcome that the traits should move", "usual": False},
    "month": {"label": "Outcome by month", "usual": False},
    "draws": {"label": "Simulations", "usual": False},
}


class JudgesPage(QuestionPage):
    """How experts are asked, and what; a sheet for each of them to take away."""

    hint = "No sheets yet: name the experts above. To find the traits that matter takes a quarter of a minute or so."
    asks_at_once = False
    draws = 8_000

    def __init__(self, *arguments: Any, **words: Any) -> None:
        steps = "".join(f"<li><b>{name}.</b> {plain_html(text)}</li>" for name, text in STEPS.items())
        ui.html(f'<ol class="steps">{steps}</ol>', sanitize=False)
        super().__init__(*arguments, **words)

    def fields(self) -> Sequence[FormField]:
        """The fields of the form: the experts' names in front."""
        return [replace(field, **FIELDS.get(field.name, {})) for field in super().fields()]

    def lay_out(self, answer: KeptAnswer) -> None:
        """The sheets to take away, then what they ask for."""
        sheets = dict(answer.facts.get("sheets") or {})
        experts = [str(name) for name in answer.question.controls.get("judges", ())]
        ui.html(f'<p class="sentence">{plain_html(_sentence(answer, experts))}</p>', sanitize=False)
        with ui.row().classes("take"):
            for expert, (name, text) in zip(experts, sheets.items(), strict=False):
                ui.button(
                    f"Sheet for {expert}",
                    icon="download",
                    on_click=partial(ui.download.content, str(text), str(name), "text/csv"),
                ).props('unelevated no-caps data-act="sheet"')
        ui.html("".join(answer.blocks), sanitize=False).classes("tables")


def _sentence(answer: KeptAnswer, experts: Sequence[str]) -> str:
    """How many numbers each expert is asked for, and of which kinds."""
    counted = answer.sentence.rpartition(" are asked for ")[2].partition(";")[0]
    analysts = (
        f"Each of the {len(experts)} experts is" if len(experts) > 1 else "The expert is" if experts else "Experts are"
    )
    return f"{analysts} asked for {counted}."


def register(services: Services) -> None:
    """Put the page at its address."""
    page(services, screen("/judges"), JudgesPage)
