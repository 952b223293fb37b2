"""What if: sliders for uncertain numbers and links to cut; the difference is shown while one drags."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from html import escape
from time import perf_counter
from typing import TYPE_CHECKING, Any

from nicegui import run, ui

from ripeness.scenario.read import read_scenario
from ripeness.study.wording import wording
from ripeness.web.answer_panel import OFTEN, AnswerPanel, question_line
from ripeness.web.answer_view import show_answer
from ripeness.web.ask import Asked, Task
from ripeness.web.beside import beside
from ripeness.web.frame import notify_faults, show_fault
from ripeness.web.job_progress import JobProgress
from ripeness.web.screens import Screen, screen
from ripeness.web.services import Services
from ripeness.web.studies import ask_whatif
from ripeness.web.study import page
from ripeness.web.workspace import Subject
from ripeness.world.fault import Fault

if TYPE_CHECKING:
    from ripeness.study.whatif import WhatIf

MOST_SHOWN = 24  # sliders at once; the search finds the others
STEPS = 100  # of a slider between the ends of a number's interval
FULL = 20_000  # draws of the full answer
FIRST = ("talks.", "stake.", ".conduct.", ".resources.", ".factions.", "laws.")  # what most people ask about first
WORTH = 0.0005  # a share of the runs below which nothing has moved


class _WhatIf:
    """The page: sliders and links on one side, the difference on the other."""

    def __init__(self, services: Services, here: Screen, subject: Subject, cut: str = "") -> None:
        self.services, self.here, self.subject = services, here, subject
        self.changes: dict[str, float] = {}
        self.cuts = {cut} if cut else set()
        self.running, self.stale = False, False
        self.numbers: dict[str, tuple[float, float, float, str]] = {}
        self.named: dict[str, str] = {}
        self.fighting: tuple[str, ...] = ()
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
                        "unelevated no-caps"
                    )
                    ui.button("Back to the file", icon="restart_alt", on_click=self._reset).props("flat no-caps")
        own = services.workspace.is_own(subject)
        self.current = AnswerPanel(lambda: (self._ask(),), self._full, show_answer, watch=own)
        self.working = JobProgress(services.jobs, self.current.show)
        self.read = ""  # a mark of the scenario that the sliders were made from
        ui.timer(OFTEN, self._look, active=own)
        ui.timer(0.05, self._begin, once=True)

    def _controls(self) -> None:
        self.search = ui.input("Find a number", on_change=lambda _: self._sliders()).props("dense outlined clearable")
        self.search.style("width: 100%")
        self.list = ui.element("div").classes("numbers")
        with ui.expansion("Links to cut", icon="content_cut", value=bool(self.cuts)).style("width: 100%"):
            self.links = ui.row()

    async def _begin(self) -> None:
        from ripeness.workbench.whatif import links, numbers

        coding = self.subject.coding or None
        try:
            source = self.services.workspace.source(self.subject)
            read = self.services.workers.read
            scenario = await run.io_bound(read, read_scenario, source, coding)
            self.numbers = await run.io_bound(read, numbers, source, coding) or {}
            if scenario is None:
                return
            self.named = {path: wording(scenario, path) for path in self.numbers}
            self.fighting = tuple(
                f"polities.{key}." for key, one in scenario.polities.items() if one.role == "belligerent"
            )
            self._sliders()
            with self.links:
                for link in links():
                    ui.checkbox(
                        link.replace("->", " → "),
                        value=link in self.cuts,
                        on_change=lambda e, link=link: self._cut(link, on=e.value),
                    ).props("dense")
            self.read = self._asked().mark()
        except Fault as fault:
            self.difference.clear()
            with self.difference:
                show_fault(fault)
            return
        self._soon()

    def _sliders(self) -> None:
        """The numbers that are found, the most asked first; those already moved stay."""
        wanted = str(self.search.value or "").lower().split()
        movable = {path: one for path, one in self.numbers.items() if one[0] < one[2]}
        found = [path for path in movable if all(word in f"{path} {self.named[path]}".lower() for word in wanted)]
        found.sort(key=self._rank)
        self.list.clear()
        with self.list:
            for path in found[:MOST_SHOWN]:
                self._slider(path)
            if len(found) > MOST_SHOWN:
                ui.label(f"{len(found) - MOST_SHOWN:,} more: type a part of the name").classes("quiet")

    def _rank(self, path: str) -> tuple[object, ...]:
        """What was moved first, then what most people ask about,
        the two who fight before those who stand behind them.
        """
        patron = path.startswith("polities.") and not path.startswith(self.fighting)
        return path not in self.changes, [part not in path for part in FIRST], patron, path

    def _slider(self, path: str) -> None:
        low, middle, high, unit = self.numbers[path]
        with ui.element("div").classes("number"):
            shown = ui.html(_named(path, self.named[path], self.changes.get(path, middle), unit), sanitize=False)

            def moved(event: Any) -> None:
                value = float(event.value)
                shown.set_content(_named(path, self.named[path], value, unit))
                self.changes[path] = value
                self._soon()

            step = (high - low) / STEPS
            slider = ui.slider(min=low, max=high, step=step, value=self.changes.get(path, middle), on_change=moved)
            slider.props(f'aria-label="{escape(self.named[path], quote=True)}"')

    def _cut(self, link: str, *, on: bool) -> None:
        self.cuts.add(link) if on else self.cuts.discard(link)
        self._soon()

    def _soon(self) -> None:
        """Ask again; while an answer is on its way only the last wish counts."""
        self.stale = True
        self.difference.classes(add="stale")
        self.current.look()
        if not self.running and self.read:
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
        changes = {path: float(f"{value:.6g}") for path, value in self.changes.items()}
        try:
            question, told = await self.services.workers.slide(
                beside, self._asked(), self.read, changes, tuple(sorted(self.cuts))
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
                ui.html(question_line(question) + _beside(told, perf_counter() - began), sanitize=False)

    def _ask(self) -> Task:
        changes = tuple(sorted((path, f"{value:.6g}") for path, value in self.changes.items()))
        return ask_whatif(replace(self._asked(), changes=changes), tuple(sorted(self.cuts)))

    def _asked(self) -> Asked:
        return Asked(self.services.workspace.source(self.subject), self.subject.case, self.subject.coding, draws=FULL)

    def _full(self) -> None:
        if not self.changes and not self.cuts:
            raise Fault("move a slider or cut a link first")
        self.working.watch(self.services.begin(self._ask()))

    def _look(self) -> None:
        """Say so where the scenario is no longer the one that the sliders were made from."""
        try:
            mark = self._asked().mark()
        except Fault:
            mark = ""
        self.older.set_visibility(bool(self.read) and mark != self.read)

    def _reset(self) -> None:
        ui.navigate.reload()


def _named(path: str, said: str, value: float, unit: str) -> str:
    from ripeness.show.words import number

    return (
        f'<div class="name"><span title="{escape(path, quote=True)}">{escape(said)}</span><b>{number(value)}'
        f" {escape(unit)}</b></div>"
    )


def _beside(told: WhatIf, seconds: float) -> str:
    """The chances as stated and as changed, and how much more."""
    from ripeness.show.palette import outcome_colour
    from ripeness.show.words import outcome

    stated, changed = told.arms[0].outcomes, told.arms[-1].outcomes
    first = next(iter(told.names))
    rows = ["<b></b><b class='n'>stated</b><b class='n'>changed</b><b class='n'>more</b>"]
    for before, after in zip(stated, changed, strict=True):
        colour = outcome_colour(after.outcome, None if after.polity is None else int(after.polity != first))
        more = after.more.mean
        sure = f"{100 * more:+.1f}" if abs(more) >= WORTH else "0"
        style = f"display:inline-block;width:10px;height:10px;border-radius:3px;margin-right:7px;background:{colour}"
        mark = f'<i style="{style}"></i>'
        rows.append(
            f"<span>{mark}{escape(outcome(after.outcome, after.polity, told.names))}</span><span"
            f" class='n'>{before.share.p:.0%}</span><span class='n'>{after.share.p:.0%}</span><b class='n'>{sure}</b>"
        )
    words = told.arms[-1].words or "Nothing is changed yet: move a slider or cut a link."
    return (
        f"<h2>After {told.horizon:g} months</h2><p class='quiet'>{escape(words)}</p><div"
        f" class='shift'>{''.join(rows)}</div><p class='quiet'>Both on the same draws, in {seconds:.1f} s. More:"
        " percentage points.</p>"
    )


def register(services: Services) -> None:
    """Put the page at its address."""
    page(services, screen("/what-if"), _WhatIf, ("cut",))
