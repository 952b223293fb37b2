"""The forecast: how a war may end month by month, at what price, under which coding and reading."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

from nicegui import ui

from ripeness.web.answer import Answer
from ripeness.web.ask import Ask, ask_run
from ripeness.web.current import Current, about, fill
from ripeness.web.differing import ask_keep
from ripeness.web.frame import says
from ripeness.web.house import House
from ripeness.web.pictures import shown
from ripeness.web.question import READINGS
from ripeness.web.screens import Screen, screen
from ripeness.web.showing import picture_address, show, strip
from ripeness.web.study import Study, page
from ripeness.web.working import Working
from ripeness.web.workspace import Subject


class _Forecast(Study):
    """One forecast, or those of all codings and both readings beside each other."""

    hint = "Not asked yet. Press Run: 20,000 wars take some seconds."
    usual = 20_000

    def __init__(self, house: House, here: Screen, subject: Subject, answer: str = "") -> None:
        super().__init__(house, here, subject)
        self.all_working = Working(house.jobs, self._all_answered)
        own = house.workspace.is_own(subject)
        self.all = Current(self._asks, self._run_all, self._side_by_side, watch=own)
        self.all.follow(*vars(self).values())
        self.keeping = Working(house.jobs, lambda _: ui.notify("kept on the shelf", type="positive"))
        for kept in house.answers("run", subject.case, subject.coding):
            if kept.id == answer:
                fill(self, kept.question)
                self.current.show(kept, as_it_is=True)

    def buttons(self) -> None:
        ui.button("All codings, both readings", icon="view_column", on_click=says(self._run_all)).props("flat")

    def ask(self) -> Ask:
        return ask_run(self.asked())

    def answered(self, answer: Answer) -> None:
        self.all.clear()
        super().answered(answer)

    def lay_out(self, answer: Answer) -> None:
        ui.html(strip(list(answer.facts["chances"])), sanitize=False)
        show(answer)
        with ui.row().classes("take"):
            ui.button("Keep the whole run", icon="inventory_2", on_click=says(lambda: self._keep(answer))).props(
                'flat data-act="keep"'
            )

    def _keep(self, answer: Answer) -> None:
        self.keeping.watch(self.house.begin(ask_keep(self.house, answer)))

    def _asks(self) -> list[Ask]:
        asked = self.asked()
        codings = ("", *self.house.workspace.codings(self.subject)[1:])  # the first is that of no name
        return [ask_run(asked.under(coding, reading)) for coding in codings for reading in READINGS]

    def _run_all(self) -> None:
        self.all_working.watch(*(self.house.begin(ask) for ask in self._asks()))

    def _all_answered(self, *answers: Answer) -> None:
        self.current.clear()
        self.all.show(*answers)

    def _side_by_side(self, *answers: Answer) -> None:
        with ui.element("div").classes("beside"):
            for answer in answers:
                with ui.element("section").classes("card"):
                    asked = answer.question
                    name = f"{asked.coding}: {READINGS[asked.reading]}" if asked.coding else READINGS[asked.reading]
                    chances = strip(list(answer.facts["chances"]))
                    ui.html(f"<h2>{escape(name)}</h2>{about(asked)}{chances}", sanitize=False)
                    ui.html(shown(answer.pictures["outcomes"], picture_address(answer, "outcomes")), sanitize=False)
                    to = {"case": answer.case, "coding": answer.coding, "answer": answer.id}
                    ui.link("in full", "/forecast?" + urlencode(to))


def register(house: House) -> None:
    """Put the page at its address."""
    page(house, screen("/forecast"), _Forecast, ("answer",))
