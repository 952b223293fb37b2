"""Pages of questions whose form comes whole from the declaration; each says only how its answer is laid out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from nicegui import ui

from ripeness.web.answer import KeptAnswer
from ripeness.web.answer_view import show_answer
from ripeness.web.frame import notify_faults
from ripeness.web.question_page import QuestionPage, page
from ripeness.web.screens import page_module, screens
from ripeness.web.services import Services
from ripeness.web.track_forecast import track_button


class OptionsPage(QuestionPage):
    """What a polity could do, what each option brings to whom, and which is best for whom."""

    draws = 2_000

    def lay_out(self, answer: KeptAnswer) -> None:
        """The options, best first; then what each is worth to whom, and the rest."""
        show_answer(replace(answer, pictures={}, blocks=answer.blocks[:-1], facts={}))
        show_answer(replace(answer, sentence="", blocks=answer.blocks[-1:]))


class WatchPage(QuestionPage):
    """What can be seen from outside, ranked by what it would tell, and a calendar of when to look."""

    def lay_out(self, answer: KeptAnswer) -> None:
        """The calendar to take away, above the answer."""
        text = str(answer.facts["calendar"])
        with ui.row().classes("take"):
            ui.button(
                "Put it into a calendar",
                icon="event",
                on_click=lambda: ui.download.content(text, f"{answer.case.rpartition('/')[2]}.ics", "text/calendar"),
            ).props('flat data-act="calendar"')
        super().lay_out(answer)


class DisagreePage(QuestionPage):
    """How far versions of a case lie apart: all are simulated under both actor models, then mixtures of them."""

    draws = 2_000
    offers_years = True

    def lay_out(self, answer: KeptAnswer) -> None:
        """The answer, and a way to keep it as a forecast."""
        show_answer(answer)
        with ui.row().classes("take"):
            track_button(self.services, answer)


class ReportPage(QuestionPage):
    """The whole answer as one page that a reader with only a browser can check; to look at and to take away."""

    takes = "a minute or less"
    draws = 2_000

    def lay_out(self, answer: KeptAnswer) -> None:
        """The report in a frame, and its files."""
        at = f"/answers/{answer.id}"
        name = answer.case.rpartition("/")[2]
        with ui.row().classes("take"):
            ui.link("Download the report", f"{at}/report.html").props(f'download="{name}.html"')
            ui.link("as plain text (Markdown)", f"{at}/report.md").props(f'download="{name}.md"')
            ui.link("open it alone", f"{at}/report.html").props('target="_blank"')
        ui.element("iframe").props(f'src="{at}/report.html" title="Report" sandbox=""').classes("frame")


class StoryPage(QuestionPage):
    """A single one of the simulated wars, told month by month."""

    def lay_out(self, answer: KeptAnswer) -> None:
        """The story, and a way to the next."""
        with ui.element("div").classes("panel prose"):
            show_answer(answer)
        ui.button("Another simulation", icon="skip_next", on_click=notify_faults(self._next)).props(
            'flat data-act="next"'
        )

    def _next(self) -> None:
        self.form.controls["draw"].value = self.form.values()["draw"] + 1


BUILDERS: dict[str, Callable[..., Any]] = {
    "/story": StoryPage,
    "/disagree": DisagreePage,
    "/options": OptionsPage,
    "/watch": WatchPage,
    "/report": ReportPage,
}


def register(services: Services) -> None:
    """Put every page that has no file of its own at its address."""
    for screen in screens():
        if page_module(screen) == __name__:
            page(services, screen, BUILDERS.get(screen.path, QuestionPage))
