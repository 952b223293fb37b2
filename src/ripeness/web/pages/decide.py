"""Decide: an actor table, typed or uploaded, and what every decision rule makes of it."""

from __future__ import annotations

from nicegui import events, ui

from ripeness.scenario.case import shelf
from ripeness.web.answer_panel import AnswerPanel
from ripeness.web.answer_view import show_answer
from ripeness.web.ask import Task
from ripeness.web.frame import notify_faults, page_frame
from ripeness.web.job_progress import JobProgress
from ripeness.web.screens import screen
from ripeness.web.services import Services
from ripeness.web.single import Table, ask_decide
from ripeness.web.study import whole
from ripeness.web.workspace import MOST_TABLE
from ripeness.world.text_file import decode

HERE = screen("/decide")
SAMPLE = shelf() / "actors" / "emission-standards.csv"
FORM = (
    "Each line is an actor: its name, its influence, and for each issue its position and its salience (0 to 100). "
    "Write a range as 5 to 10. Tables in the format of KTAB are read, too."
)


class _Decide:
    """The table, how it is decided, and the answer."""

    def __init__(self, services: Services) -> None:
        self.services = services
        ui.html(f'<p class="quiet">{FORM}</p>', sanitize=False)
        self.text = ui.textarea("Actor table", value=SAMPLE.read_text(encoding="utf-8")).props(
            "outlined autogrow input-class=typed"
        )
        self.text.style("width: 100%; margin-bottom: 14px")
        with ui.row().classes("form"):
            self.name = ui.input("Name", value=SAMPLE.stem).props("dense outlined stack-label").classes("wide")
            self.leader = (
                ui.input("Who leads", placeholder="nobody").props("dense outlined stack-label").classes("wide")
            )
            self.weight = ui.number("Leader's weight", value=0.3, min=0, max=1, step=0.05)
            self.quota = ui.number("Quota", value=0.5, min=0, max=1, step=0.05)
            self.seed = ui.number("Seed", value=1, min=0, step=1, format="%d")
            for one in (self.weight, self.quota, self.seed):
                one.props("dense outlined stack-label").classes("narrow")
            ui.button("Run", icon="play_arrow", on_click=notify_faults(self.run)).props('unelevated data-act="run"')
            taking = (
                ui.upload(auto_upload=True, max_file_size=MOST_TABLE, on_upload=self._upload)
                .props('accept=".csv,.tsv,.txt"')
                .classes("hidden")
            )
            ui.button("Upload", icon="upload", on_click=lambda: taking.run_method("pickFiles")).props("flat")
        self.current = AnswerPanel(lambda: (self.ask(),), self.run, show_answer)
        self.current.follow(*vars(self).values())
        self.working = JobProgress(services.jobs, self.current.show)

    def ask(self) -> Task:
        """The question that the table and the fields put.

        Raises: Fault for a name that could lead elsewhere, or a number that cannot be.
        """
        path = self.services.workspace.table(str(self.name.value or ""))
        weight, quota = float(self.weight.value or 0), float(self.quota.value or 0)
        seed = whole(self.seed.value, "the seed", 0, 2**53)
        leader = str(self.leader.value or "").strip()
        return ask_decide(Table(path, (), leader, weight, quota, seed=seed), str(self.text.value or ""))

    def run(self) -> None:
        """Keep the table in the workspace, and let every rule decide it."""
        ask = self.ask()
        self.services.workspace.keep_table(str(self.name.value or ""), str(self.text.value or ""))
        self.working.watch(self.services.begin(ask))

    async def _upload(self, event: events.UploadEventArguments) -> None:
        raw = await event.file.read()

        def take() -> None:
            name = event.file.name.rpartition("/")[2]
            self.text.value = decode(raw, name).text
            self.name.value = name.removesuffix(".csv").removesuffix(".tsv").removesuffix(".txt")

        notify_faults(take)()


def register(services: Services) -> None:
    """Put the page at its address."""

    @ui.page(HERE.path)
    def decide() -> None:
        with page_frame(HERE):
            _Decide(services)
