"""The report: the whole answer as one page that a reader with only a browser can check; to look at and to take away."""

from __future__ import annotations

from nicegui import ui

from ripeness.web.answer import KeptAnswer
from ripeness.web.ask import Task
from ripeness.web.frame import show_lines
from ripeness.web.screens import screen
from ripeness.web.services import Services
from ripeness.web.studies import ask_report
from ripeness.web.study import Study, page


class _Report(Study):
    hint = "Not written yet. Press Run: a report asks every study, which takes a minute or so."
    usual = 2_000

    def ask(self) -> Task:
        return ask_report(self.asked())

    def lay_out(self, answer: KeptAnswer) -> None:
        at = f"/answers/{answer.id}"
        name = answer.case.rpartition("/")[2]
        with ui.row().classes("take"):
            ui.link("HTML", f"{at}/report.html").props(f'download="{name}.html"')
            ui.link("Markdown", f"{at}/report.md").props(f'download="{name}.md"')
        ui.element("iframe").props(f'src="{at}/report.html" title="Report" sandbox=""').classes("frame")
        show_lines(answer.command, answer.python)


def register(services: Services) -> None:
    """Put the page at its address."""
    page(services, screen("/report"), _Report)
