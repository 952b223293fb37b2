"""The shelf: whole runs kept for others: looked at, verified by running them again,
handed on and taken in as capsules.
"""

from __future__ import annotations

from functools import partial
from html import escape
from typing import Any

from nicegui import events, run, ui

from ripeness.store.atomic_write import temporary_folder, write_file
from ripeness.web.answer import KeptAnswer
from ripeness.web.frame import notify_faults, page_frame, show_lines
from ripeness.web.guard import MOST_BYTES
from ripeness.web.job_progress import JobProgress
from ripeness.web.kept_runs import shelf_of, verify_task
from ripeness.web.lines import python_line, shell_line
from ripeness.web.screens import screen
from ripeness.web.services import Services
from ripeness.world.fault import Fault

HERE = screen("/shelf")
LOOK_SECONDS = 300.0  # for every byte of every run, and for a capsule
EMPTY = (
    "No run is kept here yet. Press 'Keep the whole run' below a forecast, or take in a capsule that somebody gave you."
)


class _Shelf:
    """The page: one card a run."""

    def __init__(self, services: Services) -> None:
        self.services, self.folder = services, shelf_of(services)
        with ui.row().classes("form"):
            taking = (
                ui.upload(
                    auto_upload=True,
                    max_file_size=MOST_BYTES,
                    on_upload=self._take,
                    on_rejected=lambda _: ui.notify(
                        f"more than {MOST_BYTES // 2**20} MB: use `ripeness unpack` for this one"
                    ),
                )
                .props('accept=".zip"')
                .classes("hidden")
            )
            ui.button("Take in a capsule", icon="upload", on_click=lambda: taking.run_method("pickFiles")).props("flat")
        self.place = ui.element("div").classes("cards")
        show_lines(shell_line("list", shelf=str(self.folder)), python_line("list", shelf=str(self.folder)))
        ui.timer(0.05, self.show, once=True)

    async def show(self) -> None:
        """Every run on the shelf; each byte of each is checked."""
        from ripeness.workbench.list import list as listed

        shelf = await run.io_bound(partial(self.services.workers.read, listed, self.folder, limit=LOOK_SECONDS))
        if shelf is None or self.place.is_deleted:
            return
        self.place.clear()
        with self.place:
            if not shelf.runs:
                ui.html(f'<p class="quiet">{EMPTY}</p>', sanitize=False)
            for row in shelf.runs:
                with ui.element("section").classes("card"):
                    self._card(row)

    def _card(self, row: Any) -> None:
        if row.damage:
            ui.html(f"<h2>{escape(row.name)}</h2><p class='fault'>{escape(row.damage)}</p>", sanitize=False)
            return
        ui.html(
            f"<h2>{escape(row.case)}, {escape(row.coding)}</h2><p class='quiet'>{escape(row.reading)}, {row.draws:,}"
            f" draws, seed {row.seed}, version {escape(row.version)}</p><p>{escape(row.sentence)}</p>",
            sanitize=False,
        )
        place = ui.element("div").props('role="status"')

        def show_verdict(answer: KeptAnswer) -> None:
            place.clear()
            with place:
                kind = "good" if answer.facts["good"] else "fault"
                ui.html(f'<p class="{kind}">{escape(answer.sentence)}</p>', sanitize=False)

        progress = JobProgress(self.services.jobs, show_verdict)

        def verify(*, only_files: bool) -> None:
            progress.watch(self.services.begin(verify_task(row.name, self.folder, only_files=only_files)))

        with ui.row().classes("take"):
            for name, only_files in (("Verify", False), ("Check its files", True)):
                ui.button(name, on_click=notify_faults(partial(verify, only_files=only_files))).props("flat dense")
            ui.button("Capsule (.zip)", on_click=lambda: self._give(row.name)).props("flat dense")

    async def _give(self, name: str) -> None:
        from ripeness.workbench.pack import pack

        def packed() -> bytes:
            with temporary_folder() as place:
                path = place / f"{name}.zip"
                self.services.workers.read(pack, name, path, self.folder, limit=LOOK_SECONDS)
                return path.read_bytes()

        try:
            ui.download.content(await run.io_bound(packed) or b"", f"{name}.zip")
        except Fault as fault:
            ui.notify(str(fault), type="negative", close_button="OK")

    async def _take(self, event: events.UploadEventArguments) -> None:
        from ripeness.workbench.unpack import unpack

        raw = await event.file.read()
        with temporary_folder() as place:
            write_file(place / "given.zip", raw)
            try:
                await run.io_bound(
                    partial(self.services.workers.read, unpack, place / "given.zip", self.folder, limit=LOOK_SECONDS)
                )
            except Fault as fault:
                ui.notify(fault.message, type="negative", close_button="OK")
                return
        await self.show()


def register(services: Services) -> None:
    """Put the page at its address."""

    @ui.page(HERE.path)
    def shelf() -> None:
        with page_frame(HERE):
            _Shelf(services)
