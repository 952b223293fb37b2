"""What if: presets, sliders and links to cut; a chart and a table show at once what changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from nicegui import run, ui

from ripeness.study.link_labels import link_labels
from ripeness.web.address import asked_words, put
from ripeness.web.answer_panel import OFTEN, AnswerPanel
from ripeness.web.answer_view import COPY_LINK, show_answer, take_away
from ripeness.web.asked_about import AskedAbout
from ripeness.web.form_fields import FormField
from ripeness.web.frame import notify_faults, show_fault
from ripeness.web.job_progress import JobProgress
from ripeness.web.jobs import DONE, BackgroundJob
from ripeness.web.laboratory import Laboratory
from ripeness.web.leading_order import LeadingOrder, begin_order, order_of
from ripeness.web.live_comparison import LiveComparison
from ripeness.web.question_controls import QuestionControls
from ripeness.web.question_form import fields_of
from ripeness.web.question_page import page
from ripeness.web.questions import PageQuestion, question_about
from ripeness.web.screens import Screen, screen
from ripeness.web.services import Services
from ripeness.web.slider_list import SliderList
from ripeness.web.task import Task
from ripeness.web.what_if_numbers import what_if_numbers
from ripeness.web.what_if_state import CUT, PRESET, SET, WhatIfState, asked_lists
from ripeness.web.workspace import Subject
from ripeness.workbench.verbs import question_of
from ripeness.world.fault import ArgumentFault, Fault

VERB = question_of("whatif")
# Fields that the page itself asks: its presets, sliders, links, and the month by which outcomes count.
ON_PAGE = ("changes", "cuts", "presets", "arms", "by")
LATER = 0.3  # seconds without a further change after which the address is written
LOOK = 1.0  # seconds between two looks at a measurement


class WhatIfPage:
    """The page: what can be changed on one side, the difference on the other."""

    def __init__(self, services: Services, screen: Screen, subject: Subject) -> None:
        self.services, self.screen, self.subject = services, screen, subject
        self.state = WhatIfState(links=tuple(link_labels()))
        self.form = QuestionControls(self.fields())
        self.measuring: BackgroundJob | None = None
        self.order: LeadingOrder | None = None
        self.is_touched = False  # whether a slider was moved since the page was opened
        self.boxes: dict[str, ui.checkbox] = {}
        self.chips: dict[str, ui.button] = {}
        with ui.row().classes("told outdated") as self.older:
            ui.label("The scenario was changed since this page was opened.")
            ui.button("Load it again", icon="refresh", on_click=ui.navigate.reload).props("flat dense")
        self.older.set_visibility(False)
        self.notes = ui.element("div")
        with ui.element("div").classes("split lab"):
            with ui.element("div").classes("panel sticky shown"):
                self.target = AskedAbout(services.summary(subject), self._asked_anew)
                self.laboratory = Laboratory(
                    services, self.state, self._conditions, lambda: self.target.value, self._answered
                )
                ui.html(COPY_LINK, sanitize=False).classes("take")
            with ui.element("div").classes("panel"):
                self._build_controls()
        is_own = services.workspace.is_own(subject)
        self.panel = AnswerPanel(lambda: (self._task(),), self._full, show_answer, watch=is_own, foot=take_away)
        self.progress = JobProgress(services.jobs, self.panel.show)
        self._read_address()
        self.form.on_change(self._soon)
        ui.timer(OFTEN, self._look, active=is_own)
        self.writer = ui.timer(LATER, self._write_address, active=False, once=False)
        self.watcher = ui.timer(LOOK, self._look_at_measurement, active=False)
        ui.timer(0.05, self._begin, once=True)

    def fields(self) -> Sequence[FormField]:
        """What stands under "Advanced": all but what the page itself asks."""
        fields = fields_of(VERB, self.services.summary(self.subject))
        return [replace(field, usual=False) for field in fields if field.name not in ON_PAGE]

    def _build_controls(self) -> None:
        ui.html("<h3>Suppose that</h3>", sanitize=False)
        self.presets = ui.element("div").classes("presets")
        ui.html("<h3>What moves it most</h3>", sanitize=False)
        with ui.row().classes("measuring") as self.measuring_row:
            ui.spinner(size="sm")
            self.measuring_words = ui.label("").classes("quiet")
        self.measuring_row.set_visibility(False)
        self.reorder = ui.button("Order them by what was measured", on_click=self._show_sliders).props("flat dense")
        self.reorder.set_visibility(False)
        self.sliders = SliderList(self.state, self._moved, self._order_words)
        with ui.expansion("Causal links to cut").classes("lines cut-list") as self.cut_list:
            ui.html('<p class="quiet">A link that is cut carries nothing.</p>', sanitize=False)
            with ui.element("div").classes("links"):
                for link, label in sorted(link_labels().items(), key=lambda entry: entry[1]):
                    self.boxes[link] = ui.checkbox(
                        label, on_change=lambda event, link=link: self._cut(link, on=bool(event.value))
                    ).props(f'dense data-link="{link.replace(">", "&gt;")}"')
        self.form.build_others()
        if self.form.expansion is not None:
            with self.form.expansion:
                ui.button("Answer with that many simulations, all measures", on_click=notify_faults(self._full)).props(
                    'flat dense no-caps data-act="full"'
                )
        self.clear = ui.button("Back to as stated", icon="restart_alt", on_click=self._clear).props(
            'flat no-caps data-act="clear"'
        )

    def _read_address(self) -> None:
        words = asked_words()
        self.target.read_words(words)
        self.form.read_words({name: word for name, word in words.items() if name not in {"outcome", "month"}})

    async def _begin(self) -> None:
        source, coding = self.services.workspace.source(self.subject), self.subject.coding or None
        try:
            read = await run.io_bound(self.services.workers.read, what_if_numbers, source, coding)
            if read is None or self.laboratory.box.is_deleted:
                return
            self.numbers, self.state.available = read.numbers, read.presets
            faults = self.state.read_words(asked_lists(PRESET, SET, CUT), self.numbers)
            self._build_presets()
            self._begin_measuring()
            self._show_sliders()
            self._refresh()
            self.laboratory.begin()
            with self.notes:
                for fault in faults:
                    show_fault(fault)
        except Fault as fault:
            self.laboratory.tell(fault)

    def _build_presets(self) -> None:
        with self.presets:
            for key, preset in self.state.available.items():
                chip = ui.button(preset.name, on_click=lambda key=key: self._toggle(key), color=None)
                chip.props(f'flat no-caps dense data-preset="{key}"').classes("preset")
                if preset.note:
                    chip.tooltip(preset.note)
                self.chips[key] = chip

    def _begin_measuring(self) -> None:
        """Have it measured, once for this war, which numbers move it most."""
        self.measuring = begin_order(self.services, self._conditions(), self.screen.path, self.subject)
        self._look_at_measurement()
        self.watcher.active = not self.measuring.over

    def _look_at_measurement(self) -> None:
        job = self.measuring
        if job is None:
            return
        self.measuring_row.set_visibility(not job.over)
        done = f", {100 * job.done // job.total} % done" if job.total else ""
        self.measuring_words.text = f"It is being measured which numbers move it most, once for this war{done}."
        if not job.over:
            return
        self.watcher.active = False
        if job.state == DONE and self.order is None:
            self.order = order_of(job.answer)
            if self.sliders.rows and self.is_touched:
                self.reorder.set_visibility(True)
            elif self.sliders.rows:
                self._show_sliders()

    def _show_sliders(self) -> None:
        self.reorder.set_visibility(False)
        self.sliders.show(self.numbers, self.order, self.target.value)

    def _order_words(self, simulations: str) -> str:
        if not simulations:
            return "Not measured yet: those that most people ask about stand first."
        return (
            f"In the order of what each does alone to the chance of {self.target.outcome_words}, moved from its low to "
            f"its high end ({simulations}, the same chance events; ± is the 90 % error)."
        )

    def _toggle(self, key: str) -> None:
        self.state.toggle_preset(key)
        self._refresh()
        self._soon()

    def _cut(self, link: str, *, on: bool) -> None:
        if on != (link in self.state.cuts):
            self.state.cut(link, on=on)
            self._refresh()
            self._soon()

    def _moved(self) -> None:
        self.is_touched = True
        self._refresh(sliders=False)
        self._soon()

    def _clear(self) -> None:
        self.state.clear()
        self._refresh()
        self._soon()

    def _refresh(self, *, sliders: bool = True) -> None:
        """Show every control where the state has it."""
        for key, chip in self.chips.items():
            is_on = key in self.state.presets
            chip.classes(add="on") if is_on else chip.classes(remove="on")
            chip.props(f'aria-pressed="{"true" if is_on else "false"}"')
        cuts = self.state.cuts
        for link, box in self.boxes.items():
            box.value = link in cuts
        self.cut_list.text = f"Causal links to cut ({len(cuts)} cut)" if cuts else "Causal links to cut"
        if sliders:
            self.sliders.refresh()
        self.clear.set_visibility(self.state.is_changed)

    def _asked_anew(self) -> None:
        if hasattr(self, "laboratory") and self.sliders.rows:
            self._show_sliders()
            self._soon()

    def _answered(self, live: LiveComparison) -> None:
        """The day as of which the war is looked at may be later than its start."""
        self.target.tell(live.first_day)

    def _soon(self) -> None:
        self.laboratory.soon()
        self.panel.look()
        self.writer.active = True

    def _write_address(self) -> None:
        self.writer.active = False
        put(self.screen.path, self._words())

    def _words(self) -> dict[str, str | Sequence[str]]:
        return {
            "case": self.subject.case,
            "coding": self.subject.coding,
            **self.form.words(),
            **self.target.words(),
            **self.state.words(),
        }

    def _task(self) -> Task:
        changes = {path: f"{value:.6g}" for path, value in sorted(self.state.changes.items())}
        return self._page_question(changes=changes, cuts=self.state.cuts).task()

    def _conditions(self) -> PageQuestion:
        """The question without what differs in it: under which conditions the war is compared with itself."""
        return self._page_question(changes=None, cuts=())

    def _page_question(self, **values: Any) -> PageQuestion:
        """The question that the page puts, with these values.

        Raises: Fault that names the field, for a value that cannot be.
        """
        try:
            return question_about(self.services.workspace, VERB, self.subject, self.form.values() | values)
        except ArgumentFault as fault:
            raise self.form.refuse(fault) from None

    def _full(self) -> None:
        if not self.state.is_changed:
            raise Fault("change something first: choose a preset, move a slider or cut a link")
        self.progress.watch(self.services.begin(self._task()))

    def _look(self) -> None:
        """Say so where the scenario is no longer the one that the sliders were made from."""
        try:
            mark = self._conditions().mark()
        except Fault:
            mark = ""
        self.older.set_visibility(bool(self.laboratory.mark) and mark != self.laboratory.mark)


def register(services: Services) -> None:
    """Put the page at its address."""
    page(services, screen("/what-if"), WhatIfPage)
