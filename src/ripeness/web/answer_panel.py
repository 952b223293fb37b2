"""Answers on a page with what they are of: grey once they are out of date, until others have come."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import Any

from nicegui import ui

from ripeness.web.answer import KeptAnswer
from ripeness.web.frame import notify_faults
from ripeness.web.question import QuestionRecord
from ripeness.web.task import Task
from ripeness.world.fault import Fault

OFTEN = 3.0  # seconds between two looks at a scenario that can be changed meanwhile
UNKNOWN = "it was kept by an earlier version, which did not say what it was an answer to"
CONTROLS = "the question was changed"
SCENARIO = "the scenario was changed"


def question_line(question: QuestionRecord) -> str:
    """What an answer is of, as a line of a page."""
    words = "; ".join(question.words())
    return f'<p class="about">{escape(words[:1].upper() + words[1:])}</p>'


def outdated(question: QuestionRecord, now: QuestionRecord) -> str:
    """Why an answer to a question no longer answers it as it is put now; nothing where it does.

    >>> outdated(QuestionRecord("w", scenario="a"), QuestionRecord("w", scenario="b"))
    'the scenario was changed'
    >>> outdated(QuestionRecord("w", scenario="a"), QuestionRecord("w", seed=2, scenario="a"))
    ''
    """
    if not question.scenario:
        return UNKNOWN
    if question.version != now.version:
        return f"version {question.version} of ripeness answered this"
    return SCENARIO if question.scenario != now.scenario else ""


class AnswerPanel:
    """The place of a page's answers: what each answers stands above it; what is out of date is grey and says why.

    `asks` gives the questions that the page puts now, one for each answer; `ask_again` puts them; `lay_out` draws
    answers, and says itself what each answers where there are several. `watch`: the scenario can be changed while
    the page is open. `live`: what is changed is asked again by itself, by who holds the panel; only a fault
    is told. `takes` says how long an answer takes where one asks again by a button; `foot` stands below an answer.
    """

    def __init__(
        self,
        asks: Callable[[], Sequence[Task]],
        ask_again: Callable[[], Any],
        lay_out: Callable[..., None],
        *,
        watch: bool = False,
        live: bool = False,
        takes: str = "",
        foot: Callable[[KeptAnswer], None] | None = None,
    ) -> None:
        self.asks, self.ask_again, self.lay_out, self.live, self.foot = asks, ask_again, lay_out, live, foot
        self.answers: tuple[KeptAnswer, ...] = ()
        self.is_asking = False  # whether a changed scenario was asked about by itself
        self.baseline: tuple[str, ...] = ()  # ids of the questions that the controls put while the answers hold
        with ui.element("div").props('role="status" aria-live="polite"'):
            self.notice = ui.row().classes("told outdated")
        with self.notice:
            self.reason = ui.label("")
            self.again = ui.button(
                f"Answer this ({takes})" if takes else "Answer this", icon="refresh", on_click=notify_faults(ask_again)
            ).props('flat dense data-act="again"')
        self.notice.set_visibility(False)
        self.place = ui.element("div").classes("answer")
        if watch:
            ui.timer(OFTEN, self.look)

    def hint(self, text: str) -> None:
        """Say that nothing was asked yet."""
        with self.place:
            ui.html(f'<p class="quiet">{escape(text)}</p>', sanitize=False)

    def wait(self) -> None:
        """Take the hint away: something was asked."""
        if not self.answers:
            self.place.clear()

    def show(self, *answers: KeptAnswer, as_it_is: bool = False) -> None:
        """Show answers in place of those before. `as_it_is`: one that was opened by its address,
        which no control may ask.
        """
        self.answers, self.is_asking = answers, False
        self.baseline = self._ids() if as_it_is else tuple(answer.id for answer in answers)
        self.place.clear()
        with self.place:
            if len(answers) == 1:
                self.lay_out(answers[0])
                ui.html(question_line(answers[0].question), sanitize=False)
                if self.foot is not None:
                    self.foot(answers[0])
            else:
                self.lay_out(*answers)
        self.look()

    def clear(self) -> None:
        """Show nothing."""
        self.answers = ()
        self.place.clear()
        self.notice.set_visibility(False)

    def look(self) -> None:
        """Turn the answers grey where they are out of date, and say why."""
        if not self.answers or self.place.is_deleted:
            return
        why = self.why()
        if self.live and why == SCENARIO and not self.is_asking:
            self.is_asking = True
            notify_faults(self.ask_again)()
        self.reason.text = f"This is not yet the answer: {why}." if why else ""
        self.notice.set_visibility(bool(why) and not (self.live and why in {CONTROLS, SCENARIO}))
        self.place.classes(add="stale") if why else self.place.classes(remove="stale")

    def why(self) -> str:
        """Why the answers are out of date; nothing where they are not."""
        try:
            asks = self.asks()
        except Fault as fault:
            return fault.message
        if [ask.id for ask in asks] == [answer.id for answer in self.answers]:
            return ""
        reasons = [outdated(answer.question, ask.question) for answer, ask in zip(self.answers, asks, strict=False)]
        return next(filter(None, reasons), "") or (CONTROLS if tuple(ask.id for ask in asks) != self.baseline else "")

    def _ids(self) -> tuple[str, ...]:
        try:
            return tuple(ask.id for ask in self.asks())
        except Fault:
            return ()
