"""Ripe?: the answer in sentences, both sides' ranges face to face with a slider of months, and who blocks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from html import escape
from typing import Any

from nicegui import ui

from ripeness.show.table_html import data_cell, heading_cell, page_table, plain_html, table_row
from ripeness.show.words import percent
from ripeness.web.address import put
from ripeness.web.answer import KeptAnswer, Picture
from ripeness.web.answer_form import light_and_dark
from ripeness.web.live_chart import LiveChart
from ripeness.web.question_page import QuestionPage, page
from ripeness.web.ripe_facts import read_range
from ripeness.web.screens import Screen, screen
from ripeness.web.services import Services
from ripeness.web.workspace import Subject

CONDITIONS = ("sees no way to win", "is hurt by the war", "sees a way out", "ripe: all three")
EXPLAINED = (
    "Sees no way to win: expects no victory, or one that is worth nothing to it. Is hurt: fighting on is worth less to"
    " it than what is held. Sees a way out: sees terms that it would take and thinks the rival would give. A side is"
    " ripe when those of its factions are that together can agree on terms by its own rule (Zartman 2000)."
)


class RipePage(QuestionPage):
    """The usual page, with both sides' ranges face to face."""

    def __init__(self, services: Services, screen: Screen, subject: Subject, at: str = "") -> None:
        self.at = at
        super().__init__(services, screen, subject)

    def words(self) -> dict[str, str]:
        """The words of the address: what the form asks, and the month that the picture shows."""
        return {**super().words(), "at": self.at}

    def lay_out(self, answer: KeptAnswer) -> None:
        """Sentences, the ranges with their slider, who blocks and why, conditions, and what lies behind them."""
        facts = answer.facts["ripe"]
        sentences = "".join(
            f'<p class="sentence">{plain_html(str(facts[name]))}</p>' for name in ("verdict", "demands", "blocks")
        )
        ui.html(sentences, sanitize=False).classes("lead")
        if facts["versions"]:
            ui.html(f'<p class="quiet">{escape(facts["versions"])}</p>', sanitize=False)
        RangeSlider(facts, self.at, self._show_month)
        if facts["blockers"]:
            ui.html(_blockers_html(facts), sanitize=False).classes("blockers")
        ui.html(_conditions_html(facts["conditions"], _as_of(facts)), sanitize=False).classes("tables")
        with ui.expansion("All tables", icon="table_rows").classes("lines"):
            ui.html("".join(answer.blocks), sanitize=False).classes("tables")
        if answer.facts.get("note"):
            ui.html(f'<p class="quiet">{escape(str(answer.facts["note"]))}</p>', sanitize=False)

    def _show_month(self, month: str) -> None:
        """Remember the month that is shown, and say it in the address."""
        self.at = month
        put(self.screen.path, self.words())


class RangeSlider:
    """Both sides' ranges in one month, with a slider of the months that are in the answer; `shown` is told which."""

    def __init__(self, facts: Mapping[str, Any], at: str, shown: Callable[[str], None]) -> None:
        self.facts, self.shown = facts, shown
        self.ranges = [read_range(plain) for plain in facts["ranges"]]
        months = [f"{month.month:g}" for month in self.ranges]
        number = months.index(at) if at in months else 0
        self.pictures: dict[int, Picture] = {}
        with ui.element("div").classes("ranges"):
            self.chart = LiveChart(self._picture(number))
            with ui.element("div").classes("range-slider"):
                self.date = ui.label(facts["words"][number]["date"]).classes("date")
                self.slider = ui.slider(min=0, max=len(self.ranges) - 1, step=1, value=number)
                self.slider.props('aria-label="Month" markers snap')
                self.slider.on_value_change(lambda event: self._show(int(event.value)))
            with ui.element("div").props('role="status" aria-live="polite"'):
                self.words = ui.html(self._words(number), sanitize=False)

    def _show(self, number: int) -> None:
        self.date.text = self.facts["words"][number]["date"]
        self.words.set_content(self._words(number))
        self.chart.update(self._picture(number))
        self.shown(f"{self.ranges[number].month:g}" if number else "")

    def _words(self, number: int) -> str:
        words = self.facts["words"][number]
        return f"<p>{plain_html(words['demands'])}</p><p class='quiet'>{plain_html(words['ripe'])}</p>"

    def _picture(self, number: int) -> Picture:
        from ripeness.show.charts.bargaining import bargaining

        if number not in self.pictures:
            title = f"What each side would take on {self.facts['words'][number]['date']}"
            draw = partial(bargaining, self.ranges[number], tuple(self.facts["sides"]), self.facts["names"], title)
            self.pictures[number] = light_and_dark(draw)
        return self.pictures[number]


def _as_of(facts: Mapping[str, Any]) -> str:
    return str(facts["words"][0]["date"])


def _blockers_html(facts: Mapping[str, Any]) -> str:
    """Those who block, with what would make room and why they do not move."""
    blockers = facts["blockers"]
    cards = "".join(
        f'<div class="panel"><h3>{escape(blocker["factions"])}</h3><p>{plain_html(blocker["change"])}</p>'
        f"<p>{escape(blocker['why'])}</p></div>"
        for blocker in blockers
    )
    tie = "These are tied: which of them needs to move less, the simulations cannot tell. " if len(blockers) > 1 else ""
    note = f"{tie}Computed at the medians of all inputs, where demands add up to {percent(facts['at_medians'])}."
    return f'<h2>Who blocks, and why</h2><p class="quiet">{note}</p><div class="beside">{cards}</div>'


def _conditions_html(rows: Sequence[Mapping[str, Any]], when: str) -> str:
    """Conditions of ripeness by faction, in percent of the simulations."""
    headings = [heading_cell("", scope=""), *(heading_cell(name, "right") for name in CONDITIONS)]
    lines, side = [], ""
    for row in rows:
        if row["side"] != side:
            side = str(row["side"])
            lines.append(table_row([heading_cell(f"<b>{escape(side)}</b>", scope="rowgroup", columns=5)], "side"))
        cells = (data_cell(_share_html(share), "right") for share in row["shares"])
        lines.append(table_row([heading_cell(escape(str(row["name"])), scope="row"), *cells]))
    return (
        f"<h2>What makes it ripe, faction by faction</h2>"
        f'<p class="quiet">On {escape(when)}, in percent of the simulations. {EXPLAINED}</p>'
        f'<div class="sheet conditions" tabindex="0">{page_table(headings, lines)}</div>'
    )


def _share_html(share: float | None) -> str:
    """A share in percent with a bar behind it."""
    if share is None:
        return "-"
    return f'<span class="bar" style="--share:{share:.3f}">{percent(share)}</span>'


def register(services: Services) -> None:
    """Put the page at its address."""
    page(services, screen("/ripe"), RipePage, ("at",))
