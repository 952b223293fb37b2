"""What matters: which numbers move the answer, one by one; how much is chance; what would turn it, and when."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from nicegui import run, ui

from ripeness.show.table_html import plain_html
from ripeness.show.words import month_of
from ripeness.web.answer import KeptAnswer, Picture
from ripeness.web.answer_view import show_answer
from ripeness.web.frame import show_fault
from ripeness.web.jobs import DONE
from ripeness.web.leading_order import LeadingOrder, begin_order, order_of
from ripeness.web.live_chart import LiveChart
from ripeness.web.live_comparison import CONDITIONS
from ripeness.web.question_page import QuestionPage, page
from ripeness.web.questions import PageQuestion, question_about
from ripeness.web.screens import Screen, screen
from ripeness.web.services import Services, has_verb
from ripeness.web.what_if_numbers import WhatIfNumbers, what_if_numbers
from ripeness.web.workspace import Subject
from ripeness.workbench.verbs import question_of
from ripeness.world.calendar import date_after, month_by
from ripeness.world.fault import Fault

if TYPE_CHECKING:
    from ripeness.show.charts.end_to_end_bars import EndToEndBar

TABS = {
    "sense": ("What moves it", "Which uncertain numbers move the chance of an outcome, and how much is chance?"),
    "flip": ("What would turn it", "Which smallest plausible changes make another outcome the likeliest?"),
    "discover": ("When it happens", "In which ranges of the numbers is an outcome frequent?"),
}
SHOWN = 12
LOOK = 1.0  # seconds between two looks at a measurement


class MovesPage(QuestionPage):
    """What moves it: numbers moved one by one from end to end, then how much hangs on chance and on sources."""

    draws = 8_000

    def __init__(self, services: Services, screen: Screen, subject: Subject, verb: str = "") -> None:
        self.order: LeadingOrder | None = None
        self.numbers: WhatIfNumbers | None = None
        self.chart: LiveChart | None = None
        super().__init__(services, screen, subject, verb)
        self.sentence = ui.html("", sanitize=False)
        self.measured = ui.element("div").classes("measured-first")
        self.panel.place.move()  # below what is measured
        with self.measured:
            self.waiting = ui.html(
                '<p class="quiet">It is being measured which numbers move it most.</p>', sanitize=False
            )
        self.watcher = ui.timer(LOOK, self._look, active=False)
        ui.timer(0.05, self._begin, once=True)

    def changed(self) -> None:
        """The bars follow the outcome and the month at once."""
        super().changed()
        self._draw()

    def lay_out(self, answer: KeptAnswer) -> None:
        """How much is chance and what hangs on each source, below the bars; the sentence stands there until they do."""
        self.sentence.set_content(f'<p class="sentence">{plain_html(answer.sentence)}</p>')
        with ui.element("details").classes("more"):
            with ui.element("summary"):
                ui.label("Chance, and what hangs on each source")
            show_answer(answer)

    async def _begin(self) -> None:
        source, coding = self.services.workspace.source(self.subject), self.subject.coding or None
        try:
            self.numbers = await run.io_bound(self.services.workers.read, what_if_numbers, source, coding)
            self.order_job = begin_order(self.services, self._what_if(), self.screen.path, self.subject)
        except Fault as fault:
            with self.measured:
                show_fault(fault)
            return
        self.watcher.active = True
        self._look()

    def _what_if(self) -> PageQuestion:
        values = self.form.values()
        conditions = {name: values[name] for name in CONDITIONS if name in values}
        return question_about(self.services.workspace, question_of("whatif"), self.subject, conditions)

    def _look(self) -> None:
        job = self.order_job
        if job.total and not job.over:
            words = f"It is being measured which numbers move it most, once for this war: {job.share():.0%} done."
            self.waiting.set_content(f'<p class="quiet">{words}</p>')
        if job.over:
            self.watcher.active = False
            if job.state == DONE:
                self.order = order_of(job.answer)
                self._draw()

    def _draw(self) -> None:
        if self.order is None or self.numbers is None or self.measured.is_deleted:
            return
        try:
            values = self.form.values()
        except Fault:  # it is said at its field
            return
        first_day = date.fromisoformat(self.services.summary(self.subject).start)
        words = self._words_of_outcome(values)
        picture = bars_picture(self.order, self.numbers, words, first_day, *self._target(values))
        self.waiting.set_visibility(False)
        self.sentence.set_visibility(False)
        if self.chart is None:
            with self.measured:
                self.chart = LiveChart(picture)
        else:
            self.chart.update(picture)

    def _words_of_outcome(self, values: dict[str, Any]) -> str:
        return self.form.fields["outcome"].choices.get(str(values.get("outcome")), "settlement")

    def _target(self, values: dict[str, Any]) -> tuple[str, float]:
        summary = self.services.summary(self.subject)
        month, by = values.get("month"), values.get("by")
        if by is not None:
            try:
                month = month_by(date.fromisoformat(str(by)), date.fromisoformat(summary.start), summary.months)
            except Fault:  # it is said with the answer
                month = None
        return str(values.get("outcome") or "settlement"), min(24.0, summary.months) if month is None else float(month)


def bars_picture(
    order: LeadingOrder, numbers: WhatIfNumbers, words: str, first_day: date, outcome: str, month: float
) -> Picture:
    """The bars of the numbers that move an outcome most. Units: month in months from the start."""
    from ripeness.show.charts.end_to_end_bars import EndToEndBar, end_to_end_bars

    bars: list[EndToEndBar] = []
    for path in order.leading(outcome, month):
        number, move = numbers.numbers.get(path), order.move(path, outcome, month)
        if number is not None and move is not None and len(bars) < SHOWN:
            ends = f"{number.briefly(number.low)} to {number.briefly(number.high)}"
            bars.append(EndToEndBar(number.words, ends, 100 * move.mean, 100 * move.low, 100 * move.high))
    n_told = sum(not bar.low <= 0 <= bar.high for bar in bars)
    title = (
        f"{bars[0].name} moves the chance of {words} most" if n_told else f"No number alone moves the chance of {words}"
    )
    until = month_of(date_after(first_day, order.nearest(month)))
    subtitle = (
        f"Each number moved alone from the low to the high end of its range, by {until}; "
        f"{order.draws:,} simulations at each end with the same chance events; lines are 90 % errors, pale bars cannot "
        "be told from no effect"
    )
    light, dark = (end_to_end_bars(bars, title, subtitle, dark=is_dark).to_dict() for is_dark in (False, True))
    return Picture(light, dark)


def matters_page(services: Services, screen: Screen, subject: Subject) -> None:
    """Which numbers the answer hangs on, what would turn it, and under which conditions it holds."""
    verbs = [verb for verb in TABS if has_verb(verb)]
    with ui.tabs().props("dense no-caps align=left").classes("tablist") as tabs:
        for verb in verbs:
            ui.tab(verb, TABS[verb][0])
    with ui.tab_panels(tabs, value=verbs[0]).props("animated=false keep-alive"):
        for verb in verbs:
            with ui.tab_panel(verb):
                ui.label(TABS[verb][1]).classes("quiet")
                (MovesPage if verb == "sense" else QuestionPage)(services, screen, subject, verb)


def register(services: Services) -> None:
    """Put the page at its address."""
    page(services, screen("/what-matters"), matters_page)
