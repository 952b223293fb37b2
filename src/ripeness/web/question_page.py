"""A page that asks one declared question: its form, the job, the answer; a subclass says how the answer is laid out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from fastapi import Request
from nicegui import run, ui

from ripeness.web.answer import KeptAnswer
from ripeness.web.answer_panel import AnswerPanel, first_askable
from ripeness.web.answer_view import show_answer
from ripeness.web.form_fields import FormField
from ripeness.web.frame import case_picker, notify_faults, page_frame, show_fault, subject_of
from ripeness.web.job_progress import JobProgress
from ripeness.web.question_form import QuestionControls, fields_of
from ripeness.web.questions import PageQuestion, question_about
from ripeness.web.screens import Screen
from ripeness.web.services import Services
from ripeness.web.task import Task
from ripeness.web.workers import PATIENCE
from ripeness.web.workspace import Subject
from ripeness.workbench.question import Verb
from ripeness.workbench.verbs import declared_verbs, question_of
from ripeness.world.fault import ArgumentFault, Fault

MOST_EARLIER = 20  # earlier answers that are looked through for one that a page can ask


class QuestionPage:
    """The usual page of a question. A subclass may say which, begin with other values, and add to the answer."""

    hint = "Not asked yet. Press Run; it takes some seconds."
    draws = 4_000  # with which the page begins: a first answer soon

    def __init__(self, services: Services, screen: Screen, subject: Subject, verb: str = "") -> None:
        self.services, self.subject = services, subject
        self.verb = question_of(verb or screen.verb)
        self.form = QuestionControls(self.fields())
        with ui.row().classes("form"):
            self.form.build_usual()
            ui.button("Run", icon="play_arrow", on_click=notify_faults(self.run)).props(
                'unelevated no-caps data-act="run"'
            )
            self.build_buttons()
        self.form.build_others()
        self.progress = JobProgress(services.jobs, self.answered)
        is_own = services.workspace.is_own(subject)
        self.panel = AnswerPanel(lambda: (self.task(),), self.run, self.lay_out, watch=is_own)
        self.form.on_change(self.panel.look)
        answer = first_askable(self.form, self.earlier(), self.task)
        if answer is not None:
            self.panel.show(answer)
        else:
            self.panel.hint(self.hint)

    def fields(self) -> Sequence[FormField]:
        """The fields of the form."""
        return fields_of(self.verb, self.services.summary(self.subject), {"draws": self.draws})

    def build_buttons(self) -> None:
        """What stands next to the button that asks."""

    def earlier(self) -> list[KeptAnswer]:
        """Answers that were given before, the newest first."""
        answers = self.services.answers(self.verb.verb, self.subject.case, self.subject.coding)
        return answers[:MOST_EARLIER]

    def page_question(self) -> PageQuestion:
        """The question that the form puts.

        Raises: Fault for a value that cannot be.
        """
        return asked_by_form(self.services, self.verb, self.subject, self.form)

    def task(self) -> Task:
        """The work that answers it.

        Raises: Fault for a value that cannot be.
        """
        return self.page_question().task()

    def run(self) -> None:
        """Put the question in line and follow it."""
        self.panel.wait()
        self.progress.watch(self.services.begin(self.task()))

    def answered(self, answer: KeptAnswer) -> None:
        """Show an answer in place of the one before."""
        self.panel.show(answer)

    def lay_out(self, answer: KeptAnswer) -> None:
        """The answer from top to bottom."""
        show_answer(answer)


def asked_by_form(services: Services, verb: type[Verb[Any]], subject: Subject, form: QuestionControls) -> PageQuestion:
    """The question that a form puts about a case.

    Raises: Fault that names the field, for a value that cannot be.
    """
    try:
        return question_about(services.workspace, verb, subject, form.values())
    except ArgumentFault as fault:
        raise fault.named(form.labels()) from None


def page(services: Services, screen: Screen, build: Callable[..., Any], extra: tuple[str, ...] = ()) -> None:
    """Put a page about a war at its address; `extra` are further words that its address may carry."""

    @ui.page(screen.path, response_timeout=PATIENCE)
    async def opened(request: Request, case: str = "", coding: str = "") -> None:
        try:
            subject = subject_of(services, case, coding)
            await run.io_bound(services.summary, subject)  # off the loop: a page that needs it then has it at once
        except Fault as fault:
            with page_frame(screen):
                show_fault(fault)
            return
        with page_frame(screen, subject):
            of_all_versions = screen.verb in declared_verbs() and question_of(screen.verb).of_all_versions
            case_picker(services, screen, subject, of_all_versions=of_all_versions)
            if of_all_versions:
                subject = Subject(subject.case)
            words = {name: request.query_params[name] for name in extra if name in request.query_params}
            try:
                build(services, screen, subject, **words)
            except Fault as fault:
                show_fault(fault)
