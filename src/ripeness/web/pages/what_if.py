"""What if: sliders for uncertain numbers and links to cut; the difference is shown while one drags."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from html import escape
from time import perf_counter
from typing import TYPE_CHECKING, Any

from nicegui import run, ui

from ripeness.scenario.read import read_scenario
from ripeness.study.parameter_labels import parameter_label
from ripeness.web.answer_panel import OFTEN, AnswerPanel, question_line
from ripeness.web.answer_view import show_answer
from ripeness.web.form_fields import FormField
from ripeness.web.frame import notify_faults, show_fault
from ripeness.web.job_progress import JobProgress
from ripeness.web.live_comparison import compare_live
from ripeness.web.question_controls import QuestionControls
from ripeness.web.question_form import fields_of
from ripeness.web.question_page import page
from ripeness.web.questions import PageQuestion, question_about
from ripeness.web.screens import Screen, screen
from ripeness.web.services import Services
from ripeness.web.task import Task
from ripeness.web.workspace import Subject
from ripeness.workbench.verbs import question_of
from ripeness.world.fault import ArgumentFault, Fault

if TYPE_CHECKING:
    from ripeness.study.whatif import WhatIf

MOST_SHOWN = 24  # sliders at once; the search finds the others
STEPS = 100  # of a slider between the ends of a number's interval
FIRST = ("talks.", "stake.", ".conduct.", ".resources.", ".factions.", "laws.")  # what most people ask about first
WORTH = 0.0005  # a share of the runs below which nothing has moved
VERB = question_of("whatif")
ON_PAGE = ("cuts",)  # fields that the page itself asks, as boxes to tick; its sliders are further `changes`


class WhatIfPage:
    """The page: sliders and links on one side, the difference on the other."""

    def __init__(self, services: Services, screen: Screen, subject: Subject, cut: str = "") -> None:  # noqa: ARG002
        self.services, self.subject = services, subject
        self.moved: dict[str, float] = {}
        self.cuts = {cut} if cut else set()
        self.running, self.stale = False, False
        self.numbers: dict[str, tuple[float, float, float, str]] = {}
        self.words: dict[str, str] = {}
        self.belligerents: tuple[str, ...] = ()
        self.form = QuestionControls(self.fields())
        with ui.element("div").classes("split"):
            with ui.element("div").classes("panel"):
                self._controls()
            with ui.element("div").classes("panel sticky").props('role="status" aria-live="polite"'):
                with ui.row().classes("told outdated") as self.older:
                    ui.label("Out of date: the scenario was changed since.")
                    ui.button("Load it again", icon="refresh", on_click=ui.navigate.reload).props("flat dense")
                self.older.set_visibility(False)
                self.difference = ui.element("div")
                with self.difference:
                    ui.label("Setting up the war").classes("quiet")
                    ui.spinner()
                with ui.row().classes("take"):
                    ui.button("Full answer", icon="play_arrow", on_click=notify_faults(self._full)).props(
                        'unelevated no-caps data-act="full"'
                    )
                    ui.button("Back to the file", icon="restart_alt", on_click=self._reset).props("flat no-caps")
        is_own = services.workspace.is_own(subject)
        self.panel = AnswerPanel(lambda: (self._task(),), self._full, show_answer, watch=is_own)
        self.form.on_change(self._soon)
        self.progress = JobProgress(services.jobs, self.panel.show)
        self.mark = ""  # a mark of the scenario that the sliders were made from
        ui.timer(OFTEN, self._look, active=is_own)
        ui.timer(0.05, self._begin, once=True)

    def fields(self) -> Sequence[FormField]:
        """What stands behind "More": all but what the page itself asks."""
        fields = fields_of(VERB, self.services.summary(self.subject))
        return [replace(field, usual=False) for field in fields if field.name not in ON_PAGE]

    def _controls(self) -> None:
        with ui.expansion("Links to cut", icon="content_cut", value=bool(self.cuts)).classes("lines"):
            self.links = ui.row()
        self.form.build_others()
        self.search = ui.input("Find a number", on_change=lambda _: self._sliders()).props("dense outlined clearable")
        self.search.style("width: 100%")
        self.list = ui.element("div").classes("numbers")

    async def _begin(self) -> None:
        from ripeness.workbench.whatif import cuttable_links, settable_numbers

        coding = self.subject.coding or None
        try:
            source = self.services.workspace.source(self.subject)
            read = self.services.workers.read
            scenario = await run.io_bound(read, read_scenario, source, coding)
            self.numbers = await run.io_bound(read, settable_numbers, source, coding) or {}
            if scenario is None:
                return
            self.words = {path: parameter_label(scenario, path) for path in self.numbers}
            self.belligerents = tuple(
                f"polities.{key}." for key, polity in scenario.polities.items() if polity.role == "belligerent"
            )
            self._sliders()
            with self.links:
                for link in cuttable_links():
                    ui.checkbox(
                        link.replace("->", " → "),
                        value=link in self.cuts,
                        on_change=lambda e, link=link: self._cut(link, on=e.value),
                    ).props("dense")
            self.mark = self._conditions().mark()
        except Fault as fault:
            self.difference.clear()
            with self.difference:
                show_fault(fault)
            return
        self._soon()

    def _sliders(self) -> None:
        """The numbers that are found, the most asked first; those already moved stay."""
        words = str(self.search.value or "").lower().split()
        movable = {path: spread for path, spread in self.numbers.items() if spread[0] < spread[2]}
        paths = [path for path in movable if all(word in f"{path} {self.words[path]}".lower() for word in words)]
        paths.sort(key=self._rank)
        self.list.clear()
        with self.list:
            for path in paths[:MOST_SHOWN]:
                self._slider(path)
            if len(paths) > MOST_SHOWN:
                ui.label(f"{len(paths) - MOST_SHOWN:,} more: type a part of the name").classes("quiet")

    def _rank(self, path: str) -> tuple[object, ...]:
        """What was moved first, then what most people ask about,
        the two who fight before those who stand behind them.
        """
        patron = path.startswith("polities.") and not path.startswith(self.belligerents)
        return path not in self.moved, [part not in path for part in FIRST], patron, path

    def _slider(self, path: str) -> None:
        low, middle, high, unit = self.numbers[path]
        with ui.element("div").classes("number"):
            name = ui.html(_number_line(path, self.words[path], self.moved.get(path, middle), unit), sanitize=False)

            def moved(event: Any) -> None:
                value = float(event.value)
                name.set_content(_number_line(path, self.words[path], value, unit))
                self.moved[path] = value
                self._soon()

            step = (high - low) / STEPS
            slider = ui.slider(min=low, max=high, step=step, value=self.moved.get(path, middle), on_change=moved)
            slider.props(f'aria-label="{escape(self.words[path], quote=True)}"')

    def _cut(self, link: str, *, on: bool) -> None:
        self.cuts.add(link) if on else self.cuts.discard(link)
        self._soon()

    def _soon(self) -> None:
        """Ask again; while an answer is on its way only the last wish counts."""
        self.stale = True
        self.difference.classes(add="stale")
        self.panel.look()
        if not self.running and self.mark:
            asyncio.ensure_future(self._catch_up())  # noqa: RUF006  (the page holds itself)

    async def _catch_up(self) -> None:
        self.running = True
        try:
            with self.difference:
                while self.stale and not self.difference.is_deleted:
                    self.stale = False
                    await self._show()
        finally:
            self.running = False

    async def _show(self) -> None:
        began = perf_counter()
        try:
            conditions = self._conditions()
            changes = self._written_changes() | {path: float(f"{value:.6g}") for path, value in self.moved.items()}
            question, comparison = await self.services.workers.slide(
                compare_live, conditions, self.mark, changes, tuple(sorted(self.cuts))
            )
        except Fault as fault:
            self.difference.clear()
            with self.difference:
                show_fault(fault)
            return
        if not self.difference.is_deleted:
            self.difference.clear()
            if not self.stale:
                self.difference.classes(remove="stale")
            with self.difference:
                ui.html(question_line(question) + _difference(comparison, perf_counter() - began), sanitize=False)

    def _task(self) -> Task:
        moved = {path: f"{value:.6g}" for path, value in sorted(self.moved.items())}
        return self._page_question(changes=self._written_changes() | moved, cuts=tuple(sorted(self.cuts))).task()

    def _written_changes(self) -> dict[str, object]:
        """The numbers that are written out behind "More"; a slider that is moved counts more."""
        return dict(self.form.values()["changes"] or {})

    def _conditions(self) -> PageQuestion:
        """The question without what differs in it: under which conditions the war is compared with itself."""
        return self._page_question(changes=None, cuts=(), arms=())

    def _page_question(self, **values: Any) -> PageQuestion:
        """The question that the form puts, with these values.

        Raises: Fault that names the field, for a value that cannot be.
        """
        try:
            return question_about(self.services.workspace, VERB, self.subject, self.form.values() | values)
        except ArgumentFault as fault:
            raise fault.named(self.form.labels()) from None

    def _full(self) -> None:
        if not (self.moved or self.cuts or self._written_changes() or self.form.values()["arms"]):
            raise Fault("move a slider or cut a link first")
        self.progress.watch(self.services.begin(self._task()))

    def _look(self) -> None:
        """Say so where the scenario is no longer the one that the sliders were made from."""
        try:
            mark = self._conditions().mark()
        except Fault:
            mark = ""
        self.older.set_visibility(bool(self.mark) and mark != self.mark)

    def _reset(self) -> None:
        ui.navigate.reload()


def _number_line(path: str, words: str, value: float, unit: str) -> str:
    from ripeness.show.words import number

    return (
        f'<div class="name"><span title="{escape(path, quote=True)}">{escape(words)}</span><b>{number(value)}'
        f" {escape(unit)}</b></div>"
    )


def _difference(comparison: WhatIf, seconds: float) -> str:
    """The chances as stated and as changed, and how much more."""
    from ripeness.show.palette import outcome_colour
    from ripeness.show.words import outcome

    base_rows, changed_rows = comparison.arms[0].outcomes, comparison.arms[-1].outcomes
    first = next(iter(comparison.names))
    rows = ["<b></b><b class='n'>stated</b><b class='n'>changed</b><b class='n'>more</b>"]
    for base, changed in zip(base_rows, changed_rows, strict=True):
        colour = outcome_colour(changed.outcome, None if changed.polity is None else int(changed.polity != first))
        gain = changed.more.mean
        sure = f"{100 * gain:+.1f}" if abs(gain) >= WORTH else "0"
        style = f"display:inline-block;width:10px;height:10px;border-radius:3px;margin-right:7px;background:{colour}"
        mark = f'<i style="{style}"></i>'
        rows.append(
            f"<span>{mark}{escape(outcome(changed.outcome, changed.polity, comparison.names))}</span><span"
            f" class='n'>{base.share.p:.0%}</span><span class='n'>{changed.share.p:.0%}</span><b class='n'>{sure}</b>"
        )
    words = comparison.arms[-1].words or "Nothing is changed yet: move a slider or cut a link."
    return (
        f"<h2>After {comparison.horizon:g} months</h2><p class='quiet'>{escape(words)}</p><div"
        f" class='shift'>{''.join(rows)}</div><p class='quiet'>Both on the same draws, in {seconds:.1f} s. More:"
        " percentage points.</p>"
    )


def register(services: Services) -> None:
    """Put the page at its address."""
    page(services, screen("/what-if"), WhatIfPage, ("cut",))
