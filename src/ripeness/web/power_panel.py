"""Power of one polity's factions on a page: dots before and after the evidence, which move as evidence is unticked."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import partial
from html import escape
from typing import TYPE_CHECKING, Any

from nicegui import ui

from ripeness.show.table_html import data_cell, heading_cell, page_table, plain_html, table_row
from ripeness.show.words import percent
from ripeness.web.answer import Picture
from ripeness.web.answer_form import light_and_dark
from ripeness.web.evidence_list import EvidenceList
from ripeness.web.live_chart import LiveChart

if TYPE_CHECKING:
    from ripeness.study.who_decides.left_out import AnswerWithout

TOO_FEW = (
    "Too few of these simulations say what would hold without these items: no number is shown, and the picture shows"
    " all evidence. More samples of the inference, under Advanced, would tell."
)


class PowerPanel:
    """Dots and evidence of one polity; `changed` is told which items are left out."""

    def __init__(
        self, facts: Mapping[str, Any], left_out: Collection[str], changed: Callable[[frozenset[str]], None]
    ) -> None:
        from ripeness.study.who_decides.left_out import read_evidence_draws
        from ripeness.study.who_decides.power import PowerShare

        self.facts, self.changed = facts, changed
        self.items: EvidenceList
        self.shares = [PowerShare(**share) for share in facts["shares"]]
        self.draws = read_evidence_draws(facts["draws"])
        with ui.element("div").classes("who"):
            with ui.element("div").classes("who-picture"):
                self.chart = LiveChart(self._picture(None))
                with ui.element("div").props('role="status" aria-live="polite"'):
                    self.without = ui.html("", sanitize=False)
                self.back = ui.button("Count all evidence again", icon="undo", on_click=self._put_back)
                self.back.props('flat dense no-caps data-act="put-back"')
                ui.html(f'<p class="quiet">{plain_html(facts["error"])}</p>', sanitize=False)
            with ui.element("div").classes("who-evidence"):
                count = len(facts["evidence"])
                ui.html(
                    f"<h3>The evidence: {count} {'decision' if count == 1 else 'decisions'} on record</h3>"
                    '<p class="quiet">Untick one to see who decides without it. Those that move the shares most come'
                    " first.</p>",
                    sanitize=False,
                )
                self.items = EvidenceList(facts["evidence"], left_out, self._leave_out)
        self._show_without(self.items.left_out)

    def _put_back(self) -> None:
        self.items.put_back()

    def _leave_out(self, left_out: frozenset[str]) -> None:
        self._show_without(left_out)
        self.changed(left_out)

    def _show_without(self, left_out: frozenset[str]) -> None:
        from ripeness.show.say_words import error_sentence, say_sentence
        from ripeness.study.who_decides.left_out import answer_without

        self.back.set_visibility(bool(left_out))
        answer = answer_without(self.draws, left_out) if left_out else None
        if answer is None:
            self.without.set_content("")
        elif not answer.reliable:
            self.without.set_content(f'<p class="told">{TOO_FEW}</p>')
        else:
            of = f"{len(left_out)} of {len(self.draws.items)}"
            sentence = say_sentence(answer, self.facts["name"], self.facts["factions"])
            sentences = plain_html(f"{sentence} {error_sentence(answer)}")
            self.without.set_content(f'<p class="told"><b>Without {of} items:</b> {sentences}</p>')
        self.chart.update(self._picture(answer if answer is not None and answer.reliable else None))

    def _picture(self, without: AnswerWithout | None) -> Picture:
        from ripeness.show.charts.power_dots import power_dots

        title = f"Share of the say in {self.facts['name']}, {self.facts['date']}"
        return light_and_dark(partial(power_dots, self.shares, self.facts["factions"], title, without))


def show_hypotheses(facts: Mapping[str, Any]) -> None:
    """How each hypothesis on a polity stands before and after the evidence, in words; Bayes factors folded away."""
    headings = (
        heading_cell("hypothesis"),
        heading_cell("before", "right"),
        heading_cell("after the evidence", "right"),
    )
    rows = (
        table_row(
            [
                heading_cell(escape(row["name"]), scope="row"),
                data_cell(percent(row["before"]), "right"),
                data_cell(f"<b>{percent(row['after'])}</b>", "right"),
            ]
        )
        for row in facts["hypotheses"]
    )
    ui.html(
        f'<p>{escape(facts["verdict"])}</p><div class="sheet">{page_table(headings, rows)}</div>{_factors_html(facts)}',
        sanitize=False,
    ).classes("tables")


def _factors_html(facts: Mapping[str, Any]) -> str:
    """Log Bayes factors by hypothesis and width of the prior."""
    if not facts["factors"]:
        return ""
    widths = sorted({row["width"] for row in facts["factors"]})
    names = dict.fromkeys(row["name"] for row in facts["factors"])
    numbers = {(row["name"], row["width"]): f"{row['log']:+.1f}" for row in facts["factors"]}
    headings = [heading_cell("hypothesis"), *(heading_cell(f"{width:g}", "right") for width in widths)]
    rows = (
        table_row(
            [
                heading_cell(escape(name), scope="row"),
                *(data_cell(numbers.get((name, width), ""), "right") for width in widths),
            ]
        )
        for name in names
    )
    note = (
        "Log Bayes factor against 'rival factions decide together', with beliefs about power and positions as wide as"
        " they are stated (1), narrower and wider: where its sign changes, the evidence cannot tell."
    )
    return (
        f'<details class="more"><summary>Bayes factors</summary><p class="quiet">{note}</p>'
        f'<div class="sheet">{page_table(headings, rows)}</div></details>'
    )
