"""A page that asks one declared question: its form, the job, the answer; a subclass says how the answer is laid out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from functools import partial
from typing import Any

from fastapi import Request
from nicegui import run, ui

from ripeness.web.address import asked_words, page_address, put
from ripeness.web.answer import KeptAnswer
from ripeness.web.answer_panel import AnswerPanel
from ripeness.web.answer_view import show_answer, take_away
from ripeness.web.form_fields import FormField
from ripeness.web.frame import case_heading, notify_faults, page_frame, show_fault, subject_of
from ripeness.web.job_progress import JobProgress
from ripeness.web.jobs import BackgroundJob
from ripeness.web.question_controls import QuestionControls
from ripeness.web.question_form import fields_of, usual_month
from ripeness.web.questions import PageQuestion, question_about
from ripeness.web.screens import Screen
from ripeness.web.services import Services
from ripeness.web.task import Task
from ripeness.web.workers import PATIENCE
from ripeness.web.workspace import Subject
from ripeness.web.year_ends import YearEnds
from ripeness.workbench.question import Verb
from ripeness.workbench.verbs import declared_verbs, question_of
from ripeness.world.calendar import date_after
from ripeness.world.fault import ArgumentFault, Fault

SOON = 0.35  # seconds without a further change after which a question is asked anew


class QuestionPage:
    """The usual page of a question: asked at once as its address says, and anew at every change where that is quick.

    A subclass may begin with other values, lay the answer out in another way, and add to the controls. What differs
    from the defaults stands in the address of the page, so that a link or a reload gives the same answer.
    """

    hint = ""  # what stands in place of an answer before one is asked
    takes = "some ten seconds"  # how long the answer of a slow page takes
    draws = 4_000  # with which the page begins: a first answer soon
    asks_at_once = True
    offers_years = False  # whether the ends of years stand above the answer, to ask by them

    def __init__(self, services: Services, screen: Screen, subject: Subject, verb: str = "") -> None:
        self.services, self.screen, self.subject = services, screen, subject
        self.verb = question_of(verb or screen.verb)
        self.live = not screen.slow and self.asks_at_once
        self.form = QuestionControls(self.fields())
        self.job: BackgroundJob | None = None
        self.changes = 0
        controls = ui.element("details").classes("controls").props("open")
        with controls:
            with ui.element("summary"):
                ui.label("Change the question")
            with ui.row().classes("form"):
                self.form.build_usual()
                if not self.asks_at_once:
                    ui.button("Answer this", on_click=notify_faults(self.run)).props('unelevated data-act="run"')
                self.build_buttons()
            self.form.build_others()
        self.year_ends = self._year_ends() if self.offers_years else None
        is_own = services.workspace.is_own(subject)
        takes = "" if self.live else self.takes
        self.panel = AnswerPanel(
            lambda: (self.task(),), self.run, self.lay_out, watch=is_own, live=self.live, takes=takes, foot=take_away
        )
        self.progress = JobProgress(services.jobs, self.answered, quiet=self.live)
        self.form.read_words(asked_words())
        self.form.on_change(self.changed)
        if self.year_ends is not None:
            self.year_ends.refresh()
        ui.timer(0.05, notify_faults(self.begin), once=True)

    def begin(self) -> None:
        """Show the answer to what the address asks, and ask for it where there is none yet."""
        try:
            task = self.task()
        except Fault as fault:
            self.panel.hint(fault.message)
            return
        if self.asks_at_once or self.services.has_answer(task):
            self.run()
        else:
            self.panel.hint(self.hint)

    def fields(self) -> Sequence[FormField]:
        """The fields of the form."""
        return fields_of(self.verb, self.services.summary(self.subject), {"draws": self.draws})

    def build_buttons(self) -> None:
        """What stands next to the controls."""

    def _year_ends(self) -> YearEnds:
        summary = self.services.summary(self.subject)
        usual = date_after(date.fromisoformat(summary.start), usual_month(self.verb, summary.months))
        return YearEnds(self.form, summary, usual, notify_faults(self._year_chosen))

    def _year_chosen(self) -> None:
        if not self.live:  # else it is asked by itself
            self.run()

    def changed(self) -> None:
        """Grey the answer, write the address, and ask anew where that is quick."""
        self.panel.look()
        if self.year_ends is not None:
            self.year_ends.refresh()
        put(self.screen.path, self.words())
        self.changes += 1
        if self.live:
            ui.timer(SOON, partial(self._run_unless_changed, self.changes), once=True)

    def words(self) -> dict[str, str]:
        """The words of the page's address."""
        return {"case": self.subject.case, "coding": self.subject.coding} | self.form.words()

    def page_question(self) -> PageQuestion:
        """The question that the form puts.

        Raises: Fault for a value that cannot be.
        """
        return asked_by_form(self.services, self.verb, self.subject, self.form)

    def task(self) -> Task:
        """The work that answers it, with the page that shows it.

        Raises: Fault for a value that cannot be.
        """
        title = f"{self.screen.name}: {self.services.workspace.title(self.subject)}"
        return (
            self.page_question()
            .task()
            .on_page(page_address(self.screen.path, self.words()), title, "quick" if self.live else "long")
        )

    def run(self) -> None:
        """Put the question in line and follow it, in place of one that this page asked before it was changed."""
        task = self.task()
        if self.live and self.job is not None and self.job.id != task.id and not self.job.over:
            self.services.jobs.stop(self.job.id)
        self.panel.wait()
        self.job = self.services.begin(task)
        self.progress.watch(self.job)

    def _run_unless_changed(self, changes: int) -> None:
        if changes == self.changes and not self.panel.place.is_deleted:
            with suppress(Fault):  # it is said at its field
                self.run()

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
        raise form.refuse(fault) from None


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
            case_heading(services, screen, subject, of_all_versions=of_all_versions)
            if of_all_versions:
                subject = Subject(subject.case)
            words = {name: request.query_params[name] for name in extra if name in request.query_params}
            try:
                build(services, screen, subject, **words)
            except Fault as fault:
                show_fault(fault)
