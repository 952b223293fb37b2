"""The causal map: what acts on what, how much each link carries, and at once what cutting a link changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from html import escape
from typing import Any

from nicegui import ui

from ripeness.store.json_text import json_text
from ripeness.study.link_labels import link_label, link_labels
from ripeness.web.answer import KeptAnswer
from ripeness.web.answer_view import show_answer
from ripeness.web.laboratory import BOTH_WAYS, Laboratory
from ripeness.web.live_comparison import CONDITIONS, LiveComparison
from ripeness.web.map_drawing import map_svg
from ripeness.web.question_page import QuestionPage, page
from ripeness.web.questions import PageQuestion, question_about
from ripeness.web.screens import Screen, screen
from ripeness.web.services import Services
from ripeness.web.what_if_state import CUT, WhatIfState, asked_lists, in_link_words
from ripeness.web.workspace import Subject
from ripeness.workbench.verbs import question_of
from ripeness.world.calendar import month_by
from ripeness.world.fault import Fault

LEGEND = (
    '<p class="map-legend"><span><b class="raises">solid</b>: more of the cause raises the effect</span>'
    '<span><b class="lowers">dashed</b>: more of the cause lowers it</span>'
    "<span><b>wide</b>: cutting the link moves much</span></p>"
)


class MapPage(QuestionPage):
    """The map as a laboratory: an arrow that is clicked is cut, and what that changes is told at once."""

    draws = 1_000

    def __init__(self, services: Services, screen: Screen, subject: Subject) -> None:
        self.state = WhatIfState(links=tuple(link_labels()))
        self.state.own_cuts = {link for link in asked_lists(CUT).get(CUT, []) if link in self.state.links}
        self.laboratory: Laboratory | None = None
        super().__init__(services, screen, subject)
        with ui.element("div").classes("lab-below panel"):
            self.laboratory = Laboratory(
                services,
                self.state,
                self._what_if,
                self._target,
                self._show_verdict,
                hint="click an arrow of the map to cut it",
            )
        ui.on("strike", self._strike)
        ui.timer(0.05, self._begin, once=True)

    def lay_out(self, answer: KeptAnswer) -> None:
        """The map with its verdict above, and what was measured below."""
        self.verdict = ui.html("", sanitize=False).classes("verdict").props('role="status" aria-live="polite"')
        self.chips = ui.row().classes("cut-chips")
        facts = answer.facts.get("map")
        if facts:
            ui.html(LEGEND, sanitize=False)
            ui.html(map_svg(facts), sanitize=False).classes("causal-holder")
        with ui.element("details").classes("more"):
            with ui.element("summary"):
                ui.label("How much each link carries, measured by cutting it")
            blocks = tuple(in_link_words(block) for block in answer.blocks)
            show_answer(replace(answer, sentence=in_link_words(answer.sentence), blocks=blocks, pictures={}))
        self._show_cuts()

    def changed(self) -> None:
        """The laboratory asks about the same outcome and month, under the same conditions."""
        super().changed()
        if self.laboratory is not None:
            self.laboratory.soon()

    def words(self) -> dict[str, Any]:
        """The words of the address, the cuts among them."""
        return {**super().words(), CUT: sorted(self.state.own_cuts)}

    def _begin(self) -> None:
        if self.laboratory is not None:
            try:
                self.laboratory.begin()
            except Fault as fault:
                self.laboratory.tell(fault)

    def _what_if(self) -> PageQuestion:
        """The what-if of the same war under the same conditions."""
        values = self.form.values()
        verb = question_of("whatif")
        conditions = {name: values[name] for name in CONDITIONS if name in values}
        return question_about(self.services.workspace, verb, self.subject, conditions)

    def _target(self) -> tuple[str, float | None]:
        try:
            values = self.form.values()
        except Fault:  # it is said at its field
            values = {}
        month, by = values.get("month"), values.get("by")
        if by is not None:
            summary = self.services.summary(self.subject)
            try:
                month = month_by(date.fromisoformat(str(by)), date.fromisoformat(summary.start), summary.months)
            except Fault:  # it is said with the answer
                month = None
        return str(values.get("outcome") or "settlement"), None if month is None else float(month)

    def _strike(self, event: Any) -> None:
        link = str((event.args or {}).get("link", ""))
        if link in self.state.links:
            self._cut(link, on=link not in self.state.own_cuts)

    def _cut(self, link: str, *, on: bool) -> None:
        self.state.cut(link, on=on)
        self._show_cuts()
        self._write()
        if self.laboratory is not None:
            self.laboratory.soon()

    def _write(self) -> None:
        from ripeness.web.address import put

        put(self.screen.path, self.words())

    def _show_cuts(self) -> None:
        """Strike out the arrows, and name what is cut."""
        cuts: Sequence[str] = self.state.cuts
        ui.run_javascript(f"causalMap.show({json_text(list(cuts), indent=None)})")
        if not hasattr(self, "chips") or self.chips.is_deleted:
            return
        self.chips.clear()
        with self.chips:
            for link in cuts:
                chip = ui.button(f"cut: {link_label(link)}", icon="close", color=None)
                chip.on_click(lambda link=link: self._cut(link, on=False))
                chip.props(f'flat dense no-caps aria-label="Mend: {escape(link_label(link), quote=True)}"').classes(
                    "chip"
                )

    def _show_verdict(self, live: LiveComparison) -> None:
        if hasattr(self, "verdict") and not self.verdict.is_deleted:
            self.verdict.set_content(cut_verdict(live))


def cut_verdict(live: LiveComparison) -> str:
    """What the cuts do to the outcome asked about, in a line."""
    from ripeness.show.words import day, outcome, percent
    from ripeness.world.calendar import date_after

    comparison = live.comparison
    base, changed = (
        next(row for row in arm.outcomes if live.outcome in {row.outcome, f"{row.outcome}:{row.polity}"})
        for arm in (comparison.arms[0], comparison.arms[-1])
    )
    name = outcome(base.outcome, base.polity, comparison.names)
    head = (
        f"{escape(name[:1].upper() + name[1:])} by {day(date_after(live.first_day, comparison.horizon))}: "
        f"<b>{percent(base.share.p)}</b> as stated"
    )
    if not live.is_changed:
        return f"{head}. Click an arrow to cut it."
    low, mean, high = (100 * end for end in (changed.more.low, changed.more.mean, changed.more.high))
    difference = BOTH_WAYS if low <= 0 <= high else f"{mean:+.1f} points, {low:+.1f} to {high:+.1f}"
    return f"{head}, <b>{percent(changed.share.p)}</b> with what is cut ({difference})."


def register(services: Services) -> None:
    """Put the page at its address."""
    page(services, screen("/map"), MapPage)
