"""Sources: the bibliography of a scenario, and what every single number rests on, defaults and laws included."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

from nicegui import run, ui

from ripeness.web.frame import show_fault, show_lines
from ripeness.web.lines import python_line, shell_line
from ripeness.web.number_table import NumberTable
from ripeness.web.question_page import page
from ripeness.web.screens import Screen, screen
from ripeness.web.services import Services
from ripeness.web.workspace import Subject
from ripeness.world.fault import Fault

COLUMNS = (
    ("path", 300),
    ("value", 100),
    ("low", 90),
    ("high", 90),
    ("unit", 150),
    ("kind", 100),
    ("sources", 220),
    ("grades", 90),
    ("origin", 130),
    ("note", 320),
)


class _Sources:
    """The page: works first, the most cited on top, then every number."""

    def __init__(self, services: Services, screen: Screen, subject: Subject) -> None:  # noqa: ARG002  (as every page of a war)
        self.services, self.source = services, services.workspace.source(subject)
        self.subject = subject
        self.place = ui.element("div")
        with self.place:
            ui.label("Reading the sources").classes("quiet")
        show_lines(
            shell_line("cite", self.source, coding=subject.coding),
            python_line("cite", self.source, coding=subject.coding),
        )
        ui.timer(0.05, self._begin, once=True)

    async def _begin(self) -> None:
        from ripeness.workbench.cite import cite

        try:
            citations = await run.io_bound(self.services.workers.read, cite, self.source, self.subject.coding or None)
        except Fault as fault:
            self.place.clear()
            with self.place:
                show_fault(fault)
            return
        if citations is not None and not self.place.is_deleted:
            self.place.clear()
            with self.place:
                self._show(citations)

    def _show(self, citations: Any) -> None:
        summary = (
            f"{len(citations.numbers):,} numbers from {len(citations.bibliography)} sources."
            " Grades go from A1, the best, to F6: cannot be judged."
        )
        ui.html(f'<p class="sentence">{summary}</p>', sanitize=False)
        with ui.row().classes("take"):
            ui.button("All numbers (.csv)", icon="download", on_click=_download(citations, self.subject)).props(
                'flat data-act="csv"'
            )
        works = "".join(f"<li>{escape(str(work))}</li>" for work in citations.bibliography)
        with ui.expansion("Bibliography", icon="menu_book", value=True).classes("lines"):
            ui.html(f'<ol class="works" tabindex="0">{works}</ol>', sanitize=False)
        ui.html("<h2>What every number rests on</h2>", sanitize=False)
        rows = [
            {
                name: " ".join(value) if isinstance(value := getattr(number, name), tuple) else value
                for name, _ in COLUMNS
            }
            for number in citations.numbers
        ]
        NumberTable(COLUMNS).fill(rows, visible=False)


def _download(citations: Any, subject: Subject) -> Callable[[], None]:
    return lambda: ui.download.content(citations.csv(), f"{subject.case.rpartition('/')[2]}-numbers.csv")


def register(services: Services) -> None:
    """Put the page at its address."""
    page(services, screen("/sources"), _Sources)
