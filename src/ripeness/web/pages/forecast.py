"""The forecast: how a war may end month by month, at what price, under which coding and reading."""

from __future__ import annotations

from typing import Any

from nicegui import ui

from ripeness.web.answer import Answer
from ripeness.web.ask import MOST_DRAWS, Asked, ask_run
from ripeness.web.differing import ask_keep
from ripeness.web.frame import choose, complain, frame, says, subject_of
from ripeness.web.house import House
from ripeness.web.pictures import shown
from ripeness.web.screens import screen
from ripeness.web.showing import picture_address, show, strip
from ripeness.web.working import Working
from ripeness.world.fault import Fault

HERE = screen("/forecast")
READINGS = {"factional": "many factions", "unitary": "each country as one person"}


def register(house: House) -> None:
    """Put the page at its address."""

    @ui.page(HERE.path)
    def forecast(case: str = "", coding: str = "", answer: str = "") -> None:
        try:
            subject = subject_of(house, case, coding)
        except Fault as fault:
            with frame(HERE):
                complain(fault)
            return
        with frame(HERE, subject):
            choose(house, HERE, subject)
            _Forecast(house, subject, answer)


class _Forecast:
    """The form, the job and the answer of one page."""

    def __init__(self, house: House, subject: Any, wanted: str) -> None:
        self.house, self.subject = house, subject
        self._form()
        self.working = Working(house.jobs, self._show)
        self.place = ui.element("div").classes("answer")
        known = house.answers("run", subject.case, subject.coding)
        known = [one for one in known if one.id == wanted] or [one for one in known if not one.facts.get("changes")]
        if known:
            self._show(known[0])
        else:
            with self.place:
                ui.html('<p class="quiet">Not asked yet. Press Run: 20,000 wars take some seconds.</p>', sanitize=False)

    def _form(self) -> None:
        with ui.row().classes("form"):
            self.reading = ui.select(READINGS, value="factional", label="Reading").props("dense outlined stack-label").classes("wide")
            self.draws = ui.number("Wars to fight", value=20_000, min=64, max=MOST_DRAWS, step=1000, format="%d")
            self.seed = ui.number("Seed", value=1, min=0, step=1, format="%d")
            for one in (self.draws, self.seed):
                one.props("dense outlined stack-label").classes("narrow")
            ui.button("Run", icon="play_arrow", on_click=says(self._run)).props('unelevated data-act="run"')
            ui.button("All codings, both readings", icon="view_column", on_click=says(self._all)).props("flat")

    def _asked(self, coding: str, reading: str) -> Asked:
        if self.draws.value is None or self.seed.value is None:
            raise Fault("say how many wars to fight, and give a seed")
        draws = int(self.draws.value)
        if not 1 <= draws <= MOST_DRAWS:
            raise Fault(f"wars to fight: {draws:,}; here it can be 1 to {MOST_DRAWS:,}")
        source = self.house.workspace.source(self.subject)
        return Asked(source, self.subject.case, coding, reading, draws, int(self.seed.value))

    def _run(self) -> None:
        self.working.then = self._show
        self.working.watch(self.house.begin(ask_run(self._asked(self.subject.coding, str(self.reading.value)))))

    def _all(self) -> None:
        codings = self.house.workspace.codings(self.subject) or ("",)
        asks = [ask_run(self._asked(coding, reading)) for coding in codings for reading in READINGS]
        jobs = [self.house.begin(ask) for ask in asks]
        found: list[Answer] = []

        def next_one(answer: Answer) -> None:
            found.append(answer)
            if len(found) < len(jobs):
                self.working.watch(jobs[len(found)])
            else:
                self._side_by_side(found)

        self.working.then = next_one
        self.working.watch(jobs[0])

    def _show(self, answer: Answer) -> None:
        self.place.clear()
        with self.place:
            ui.html(strip(list(answer.facts["chances"])), sanitize=False)
            show(answer)
            with ui.row().classes("take"):
                ui.button("Keep the whole run", icon="inventory_2", on_click=says(lambda: self._keep(answer))).props('flat data-act="keep"')
            self.keeping = Working(self.house.jobs, lambda _: ui.notify("kept on the shelf", type="positive"))

    def _keep(self, answer: Answer) -> None:
        self.keeping.watch(self.house.begin(ask_keep(self.house, answer)))

    def _side_by_side(self, answers: list[Answer]) -> None:
        self.place.clear()
        with self.place, ui.element("div").classes("beside"):
            for one in answers:
                with ui.element("section").classes("card"):
                    reading = READINGS[str(one.facts["reading"])]
                    ui.html(f"<h2>{one.facts['coding']}: {reading}</h2>{strip(list(one.facts['chances']))}", sanitize=False)
                    outcomes = one.pictures["outcomes"]
                    ui.html(shown(outcomes, picture_address(one, "outcomes")), sanitize=False)
                    ui.link("in full", f"/forecast?case={one.case}&coding={one.coding}&answer={one.id}")
