"""Who decides: a sentence a polity, its factions by their say before and after the evidence, and evidence by name that
can be unticked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from nicegui import ui

from ripeness.show.table_html import plain_html
from ripeness.web.address import put
from ripeness.web.answer import KeptAnswer
from ripeness.web.answer_form import light_and_dark
from ripeness.web.answer_view import show_pictures
from ripeness.web.form_fields import FormField
from ripeness.web.frame import notify_faults
from ripeness.web.live_chart import LiveChart
from ripeness.web.power_panel import PowerPanel, show_hypotheses
from ripeness.web.question_form import fields_of
from ripeness.web.question_page import QuestionPage, page
from ripeness.web.screens import Screen, screen
from ripeness.web.services import Services
from ripeness.web.workspace import Subject

PRIORS = {"stated": "as the case states it", "flat": "nothing: every division alike"}
IN_FRONT = ("prior", "plan")
FIRST = 2  # polities that are shown at once
QUICK: dict[str, Any] = {"particles": 300, "widths": (0.25, 1.0, 4.0), "knock_out": False}


class WhoDecidesPage(QuestionPage):
    """The usual page, with a tab a polity; others of which decisions are on record are a click away."""

    def __init__(self, services: Services, screen: Screen, subject: Subject, without: str = "") -> None:
        self.left_out = frozenset(filter(None, without.split(",")))
        super().__init__(services, screen, subject)

    def fields(self) -> Sequence[FormField]:
        """The fields of the form: both sides first, and as many particles as a first answer soon allows."""
        summary = self.services.summary(self.subject)
        sides = [key for key in summary.belligerents if key in summary.decided][:FIRST]
        usual = {**QUICK, "polities": tuple(sides or summary.decided[:FIRST])}
        fields = fields_of(self.verb, summary, usual)
        return [
            replace(field, usual=field.name in IN_FRONT, choices=PRIORS if field.name == "prior" else field.choices)
            for field in fields
        ]

    def words(self) -> dict[str, str]:
        """The words of the address: what the form asks, and which evidence is left out."""
        return {**super().words(), "without": ",".join(sorted(self.left_out))}

    def lay_out(self, answer: KeptAnswer) -> None:
        """A sentence a polity, then dots and evidence of each, and what lies behind them."""
        order = list(self.services.summary(self.subject).polities)
        facts_by_polity = dict(sorted(answer.facts["say"].items(), key=lambda pair: order.index(pair[0])))
        sentences = "".join(
            f'<p class="sentence">{plain_html(facts["sentence"])}</p>' for facts in facts_by_polity.values()
        )
        ui.html(sentences, sanitize=False).classes("lead each")
        self._other_polities(list(facts_by_polity))
        with ui.tabs().props("dense no-caps align=left").classes("tablist") as tabs:
            for key, facts in facts_by_polity.items():
                ui.tab(key, facts["name"])
        tabs.set_visibility(len(facts_by_polity) > 1)
        with ui.tab_panels(tabs, value=next(iter(facts_by_polity))).props("animated=false"):
            for key in facts_by_polity:
                with ui.tab_panel(key):
                    self._polity(answer, key)
        with ui.expansion("All tables", icon="table_rows").classes("lines"):
            ui.html("".join(answer.blocks), sanitize=False).classes("tables")

    def _other_polities(self, shown: list[str]) -> None:
        """The other polities of which decisions are on record, each a click away."""
        summary = self.services.summary(self.subject)
        usual = list(self.form.fields["polities"].default or ())
        choices = [usual, *([key] for key in summary.decided if key not in usual)]
        choices = [keys for keys in choices if keys and set(keys) != set(shown)]
        if not choices:
            return
        with ui.row().classes("others"):
            ui.label("Decisions are on record of").classes("quiet")
            for keys in choices:
                name = " and ".join(summary.polities[key] for key in keys)
                ui.button(name, on_click=notify_faults(partial(self._ask_about, keys))).props(
                    'outline dense no-caps data-act="polity"'
                )

    def _ask_about(self, polities: list[str]) -> None:
        self.form.controls["polities"].value = polities
        self.run()

    def _polity(self, answer: KeptAnswer, key: str) -> None:
        from ripeness.show.charts.power_dots import power_dots
        from ripeness.study.who_decides.power import PowerShare

        facts = answer.facts["say"][key]
        PowerPanel(facts, self.left_out, partial(self._leave_out, frozenset(row["item"] for row in facts["evidence"])))
        if planned := answer.facts.get("plan", {}).get(key, []):
            lines = "".join(f"<p>{plain_html(str(line))}</p>" for line in planned)
            ui.html(f"<h2>What to look for</h2>{lines}", sanitize=False).classes("answers")
        with ui.expansion(f"How {facts['name']} decides: rival hypotheses", icon="rule").classes("lines"):
            show_hypotheses(facts)
        if facts["flat"]:
            with ui.expansion("The decisions alone: nothing believed of power before", icon="tune").classes("lines"):
                ui.html(f"<p>{plain_html(facts['flat_sentence'])}</p>", sanitize=False)
                shares = [PowerShare(**share) for share in facts["flat"]]
                title = f"Share of the say in {facts['name']}, by the decisions alone"
                LiveChart(light_and_dark(partial(power_dots, shares, facts["factions"], title)))
        over_time = tuple(name for name in (f"time-{key}", f"positions-{key}") if name in answer.pictures)
        if over_time:
            with ui.expansion("Over time", icon="timeline").classes("lines"):
                show_pictures(answer, over_time)

    def _leave_out(self, items: frozenset[str], left_out: frozenset[str]) -> None:
        """Remember which items of a polity are left out, and say it in the address."""
        self.left_out = self.left_out - items | left_out
        put(self.screen.path, self.words())


def register(services: Services) -> None:
    """Put the page at its address."""
    page(services, screen("/who-decides"), WhoDecidesPage, ("without",))
