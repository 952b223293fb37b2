"""Laboratory: a war with changes beside the war as stated, drawn and told anew while somebody changes it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING

from nicegui import ui

from ripeness.show.table_html import data_cell, heading_cell, page_table, table_row
from ripeness.web.answer_panel import question_line
from ripeness.web.frame import show_fault
from ripeness.web.live_chart import LiveChart
from ripeness.web.live_comparison import LiveComparison, compare_live
from ripeness.web.questions import PageQuestion
from ripeness.web.services import Services
from ripeness.web.what_if_state import WhatIfState
from ripeness.world.fault import Fault

if TYPE_CHECKING:
    from ripeness.study.arms import OutcomeComparison
    from ripeness.study.whatif import WhatIf

BOTH_WAYS = "cannot be told from no change"


class Laboratory:
    """The place where the difference is shown. `page_question` gives the conditions under which the war is compared
    with itself, `target` the outcome and the month asked about; `then` is called with every answer.
    """

    def __init__(
        self,
        services: Services,
        state: WhatIfState,
        page_question: Callable[[], PageQuestion],
        target: Callable[[], tuple[str, float | None]],
        then: Callable[[LiveComparison], None] | None = None,
        *,
        hint: str = "choose a preset, move a slider or cut a link",
    ) -> None:
        self.services, self.state = services, state
        self.page_question, self.target, self.then = page_question, target, then
        self.hint = hint
        self.running, self.stale = False, False
        self.mark = ""  # of the scenario that is compared; nothing is computed before it is known
        self.chart: LiveChart | None = None
        with ui.element("div").classes("laboratory").props('role="status" aria-live="polite"') as self.box:
            self.faults = ui.element("div")
            self.drawing = ui.element("div")
            self.table = ui.html("", sanitize=False)
            with self.drawing:
                ui.html(
                    '<p class="quiet">Setting up the war: a moment.</p><div class="placeholder"></div>', sanitize=False
                )

    def begin(self) -> None:
        """Take the scenario as it stands now, and compute.

        Raises: Fault where it cannot be read.
        """
        self.mark = self.page_question().mark()
        self.soon()

    def soon(self) -> None:
        """Compute anew; while an answer is on its way only the last wish counts."""
        self.stale = True
        if self.mark and not self.box.is_deleted:
            self.box.classes(add="stale")
            if not self.running:
                asyncio.ensure_future(self._catch_up())  # noqa: RUF006  (the page holds itself)

    def tell(self, *faults: Fault) -> None:
        """Say what is wrong, or that nothing is."""
        self.faults.clear()
        with self.faults:
            for fault in faults:
                show_fault(fault)

    async def _catch_up(self) -> None:
        self.running = True
        try:
            while self.stale and not self.box.is_deleted:
                self.stale = False
                await self._show()
        finally:
            self.running = False

    async def _show(self) -> None:
        outcome, month = self.target()
        try:
            live: LiveComparison = await self.services.workers.slide(
                compare_live, self.page_question(), self.mark, self.state.changes, self.state.cuts, outcome, month
            )
        except Fault as fault:
            if not self.box.is_deleted:
                self.tell(fault)
            return
        if self.box.is_deleted:
            return
        if self.faults.default_slot.children and not self.stale:
            self.tell()
        if not self.stale:
            self.box.classes(remove="stale")
        if self.chart is None:
            self.drawing.clear()
            with self.drawing:
                self.chart = LiveChart(live.picture)
        else:
            self.chart.update(live.picture)
        self.table.set_content(difference_table(live, self.hint) + question_line(live.question))
        if self.then is not None:
            self.then(live)


def difference_table(live: LiveComparison, hint: str) -> str:
    """A row an outcome: as stated, as changed, and the difference with its error."""
    from ripeness.show.palette import outcome_colour
    from ripeness.show.words import day, outcome, percent
    from ripeness.world.calendar import date_after

    comparison: WhatIf = live.comparison
    first = next(iter(comparison.names))
    base_rows, changed_rows = comparison.arms[0].outcomes, comparison.arms[-1].outcomes
    rows = []
    for base, changed in zip(base_rows, changed_rows, strict=True):
        if max(base.share.p, changed.share.p) == 0:
            continue
        side = None if changed.polity is None else int(changed.polity != first)
        is_target = live.outcome in {changed.outcome, f"{changed.outcome}:{changed.polity}"}
        colour = "var(--ink)" if changed.outcome == "fighting" else outcome_colour(changed.outcome, side)
        mark = f'<i style="background:{colour}"></i>'
        name = escape(outcome(changed.outcome, changed.polity, comparison.names))
        cells = [heading_cell(f"{mark}{name}", scope="row"), data_cell(percent(base.share.p))]
        if live.is_changed:
            cells += [data_cell(percent(changed.share.p)), _difference_cell(changed)]
        rows.append(table_row(cells, "asked" if is_target else ""))
    columns = ("outcome", "as stated", "changed", "difference, points")
    headings = [heading_cell(name) for name in (columns if live.is_changed else columns[:2])]
    until = day(date_after(live.first_day, comparison.horizon))
    note = (
        "Both wars have the same chance events; ± and ranges are 90 % errors of the difference."
        if live.is_changed
        else f"Nothing is changed yet: {hint}."
    )
    table = page_table(headings, rows, caption=f"By {until}", css_class="difference")
    return f"{table}<p class='quiet'>{note}</p>"


def _difference_cell(changed: OutcomeComparison) -> str:
    """How much more, with its error; said in words where it cannot be told from nothing."""
    low, mean, high = (100 * end for end in (changed.more.low, changed.more.mean, changed.more.high))
    if changed.more.low <= 0 <= changed.more.high:
        span = "" if low == high else f" ({low:+.1f} to {high:+.1f})"
        return data_cell(f"{BOTH_WAYS}{span}", "untold")
    return data_cell(f"<b>{mean:+.1f}</b> ({low:+.1f} to {high:+.1f})", "told-apart")
