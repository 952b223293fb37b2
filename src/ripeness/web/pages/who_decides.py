"""Who decides: who has most say, power before and after, weights of readings, and evidence that can be unticked."""

from __future__ import annotations

from html import escape

from nicegui import ui

from ripeness.show.table_html import plain_html
from ripeness.web.answer import KeptAnswer
from ripeness.web.answer_view import picture_address
from ripeness.web.evidence_matrix import EvidenceMatrix
from ripeness.web.frame import show_lines
from ripeness.web.pictures import picture_html
from ripeness.web.question_page import QuestionPage, page
from ripeness.web.screens import screen
from ripeness.web.services import Services


class WhoDecidesPage(QuestionPage):
    """The usual page, with a tab a polity."""

    hint = "Not asked yet. Press Run: weighing all evidence under every reading takes half a minute or so."

    def lay_out(self, answer: KeptAnswer) -> None:
        """The verdicts, then each polity's pictures and its evidence."""
        ui.html(f'<p class="sentence">{plain_html(answer.sentence)}</p>', sanitize=False)
        polities = list(answer.facts["polities"])
        names = dict(answer.facts["names"])
        with ui.tabs().props("dense no-caps align=left").classes("tablist") as tabs:
            for key in polities:
                ui.tab(key, names.get(key, key))
        with ui.tab_panels(tabs, value=polities[0]).props("animated=false"):
            for key in polities:
                with ui.tab_panel(key):
                    _show_polity(answer, key)
        with ui.expansion("All tables", icon="table_rows").classes("lines"):
            ui.html("".join(answer.blocks), sanitize=False).classes("tables")
        with ui.row().classes("take"):
            ui.link("JSON", f"/answers/{answer.id}.json").props("download")
        show_lines(answer.command, answer.python)


def _show_polity(answer: KeptAnswer, key: str) -> None:
    sentences = "".join(f"<p>{plain_html(str(sentence))}</p>" for sentence in answer.facts["strongest"][key])
    ui.html(sentences, sanitize=False).classes("answers")
    planned = answer.facts.get("plan", {}).get(key, [])
    if planned:
        lines = "".join(f"<p>{plain_html(str(line))}</p>" for line in planned)
        ui.html(f"<h2>What to look for</h2>{lines}", sanitize=False).classes("answers")
    pictures = "".join(
        picture_html(answer.pictures[name], picture_address(answer, name))
        for name in (f"power-{key}", f"time-{key}", f"readings-{key}", f"positions-{key}")
        if name in answer.pictures
    )
    ui.html(pictures, sanitize=False).classes("gallery")
    ui.html(f'<p class="quiet lined">{escape(str(answer.facts["ranked"][key]))}</p>', sanitize=False)
    EvidenceMatrix(answer, key)


def register(services: Services) -> None:
    """Put the page at its address."""
    page(services, screen("/who-decides"), WhoDecidesPage)
