"""A page that asks one study: a form, the job, the answer; what is asked besides the usual is built by the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import Request
from nicegui import run, ui

from ripeness.web.answer import KeptAnswer
from ripeness.web.answer_panel import AnswerPanel, first_askable
from ripeness.web.answer_view import show_answer
from ripeness.web.ask import MOST_DRAWS, Asked, Task
from ripeness.web.frame import case_picker, notify_faults, page_frame, show_fault, subject_of
from ripeness.web.job_progress import JobProgress
from ripeness.web.question import READINGS
from ripeness.web.screens import Screen
from ripeness.web.services import Services
from ripeness.web.workers import PATIENCE
from ripeness.web.workspace import Subject
from ripeness.world.fault import Fault

MOST_EARLIER = 20  # earlier answers that are looked through for one that a page can ask


class Study:
    """The usual page of a study. A subclass says what to ask and may add to the form and to the answer."""

    hint = "Not asked yet. Press Run; it takes some seconds."
    usual = 4_000  # draws: a first answer soon

    def __init__(self, services: Services, here: Screen, subject: Subject) -> None:
        self.services, self.here, self.subject = services, here, subject
        with ui.row().classes("form"):
            self.form()
            ui.button("Run", icon="play_arrow", on_click=notify_faults(self.run)).props(
                'unelevated no-caps data-act="run"'
            )
            self.buttons()
        self.working = JobProgress(services.jobs, self.answered)
        own = services.workspace.is_own(subject)
        self.current = AnswerPanel(lambda: (self.ask(),), self.run, self.lay_out, watch=own)
        self.current.follow(*vars(self).values())
        answer = first_askable(self, self.earlier(), self.ask)
        if answer is not None:
            self.current.show(answer)
        else:
            self.current.hint(self.hint)

    def earlier(self) -> list[KeptAnswer]:
        """Answers that were given before to what this page can ask, the newest first."""
        return earlier(self.services, self.here.verb, self.subject)

    def form(self) -> None:
        """The fields of the question."""
        self.reading = (
            ui.select(READINGS, value="factional", label="Reading").props("dense outlined stack-label").classes("wide")
        )
        self.draws = ui.number("Wars to fight", value=self.usual, min=64, max=MOST_DRAWS, step=1000, format="%d")
        self.seed = ui.number("Seed", value=1, min=0, step=1, format="%d")
        self.draws.props("dense outlined stack-label").classes("narrow")
        self.seed.props("dense outlined stack-label").classes("slim")

    def buttons(self) -> None:
        """What stands beside the button that asks."""

    def asked(self) -> Asked:
        """What the form says.

        Raises: Fault for a number that cannot be.
        """
        draws = whole(self.draws.value, "wars to fight", 1, MOST_DRAWS)
        seed = whole(self.seed.value, "the seed", 0, 2**53)
        source = self.services.workspace.source(self.subject)
        return Asked(source, self.subject.case, self.subject.coding, str(self.reading.value), draws, seed)

    def ask(self) -> Task:
        """The question itself."""
        raise NotImplementedError

    def run(self) -> None:
        """Put the question in line and follow it."""
        self.current.wait()
        self.working.watch(self.services.begin(self.ask()))

    def answered(self, answer: KeptAnswer) -> None:
        """Show an answer in place of the one before."""
        self.current.show(answer)

    def lay_out(self, answer: KeptAnswer) -> None:
        """The answer from top to bottom."""
        show_answer(answer)


def earlier(services: Services, verb: str, subject: Subject) -> list[KeptAnswer]:
    """Answers that were given before about a subject as its file states it, the newest first."""
    answers = services.answers(verb, subject.case, subject.coding)
    return [answer for answer in answers if not answer.question.changes and not answer.facts.get("changes")][
        :MOST_EARLIER
    ]


def page(services: Services, here: Screen, build: Callable[..., Any], taken: tuple[str, ...] = ()) -> None:
    """Put a page about a war at its address; `taken` are further words that its address may carry."""

    @ui.page(here.path, response_timeout=PATIENCE)
    async def opened(request: Request, case: str = "", coding: str = "") -> None:
        try:
            subject = subject_of(services, case, coding)
            await run.io_bound(services.summary, subject)  # beside the loop: a page that needs it then has it at once
        except Fault as fault:
            with page_frame(here):
                show_fault(fault)
            return
        with page_frame(here, subject):
            case_picker(services, here, subject)
            try:
                build(services, here, subject, **_rest(request, taken))
            except Fault as fault:
                show_fault(fault)


def _rest(request: Request, taken: tuple[str, ...]) -> dict[str, str]:
    return {name: request.query_params[name] for name in taken if name in request.query_params}


def whole(value: Any, what: str, least: int, most: int) -> int:
    """A whole number from a field.

    Raises: Fault where it is none, or out of bounds.

    >>> whole(64.0, "wars to fight", 1, 100)
    64
    """
    if value is None or int(value) != value or not least <= value <= most:
        raise Fault(f"{what}: a whole number from {least:,} to {most:,} is wanted here")
    return int(value)
