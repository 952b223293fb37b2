"""Kept simulations: checked, simulated again and compared, handed on and taken in as one file each."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from html import escape
from typing import Any

from nicegui import events, run, ui

from ripeness.scenario.case import shipped_case_names
from ripeness.store.atomic_write import temporary_folder, write_file
from ripeness.web.answer import KeptAnswer, find_answer
from ripeness.web.answer_view import strip
from ripeness.web.frame import notify_faults, page_frame
from ripeness.web.guard import MOST_BYTES
from ripeness.web.job_progress import JobProgress
from ripeness.web.kept_runs import shelf_of, verify_task
from ripeness.web.question import READINGS, version_title
from ripeness.web.screens import screen
from ripeness.web.services import Services
from ripeness.web.workspace import Subject
from ripeness.world.fault import Fault

HERE = screen("/shelf")
LOOK_SECONDS = 300.0  # for every byte of every run, and for a capsule
EMPTY = (
    "Nothing is kept yet. Open a case and choose “Keep these simulations” below its outlook: all of them are then kept "
    "with what they were made from, so that anybody can see later that nothing was altered, and get the same again. Or "
    "open a file that somebody gave you."
)
TOO_LARGE = f"This file has more than {MOST_BYTES // 2**20} MB, more than this page takes."
FOUND = {  # by the word that says what a check found
    "whole": "Nothing was altered since it was kept.",
    "damaged": "It is not as it was kept: {} of its parts differ or are missing.",
    "same bits": "Simulated again: the same numbers, to the last digit.",
    "equal to 1e-6": "Simulated again: the same numbers, to six digits.",
    "differs": "Simulated again, other numbers come out.",
}


class _Shelf:
    """The page: one card for simulations that were kept together."""

    def __init__(self, services: Services) -> None:
        self.services, self.folder = services, shelf_of(services)
        with ui.row().classes("form"):
            taking = (
                ui.upload(
                    auto_upload=True,
                    max_file_size=MOST_BYTES,
                    on_upload=self._take,
                    on_rejected=lambda _: self._refuse(TOO_LARGE),
                )
                .props('accept=".zip"')
                .classes("hidden")
            )
            pick = ui.button("Open a file of kept simulations", icon="upload").props("flat")
            pick.on_click(lambda: taking.run_method("pickFiles"))
        self.fault = ui.html("", sanitize=False).props('role="alert"')
        self.place = ui.element("div").classes("cards kept")
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
                ui.html(f'<p class="prose">{EMPTY}</p>', sanitize=False)
            for row in shelf.runs:
                with ui.element("section").classes("card"):
                    self._card(row)

    def _card(self, row: Any) -> None:
        if row.damage:
            ui.html(
                f"<h2>Kept simulations</h2><p class='fault'>They are not as they were kept: {escape(row.damage)}</p>",
                sanitize=False,
            )
            return
        ui.html(self._about(row), sanitize=False)
        place = ui.element("div").props('role="status"')

        def show_verdict(answer: KeptAnswer) -> None:
            place.clear()
            with place:
                kind = "good" if answer.facts["good"] else "fault"
                ui.html(f'<p class="{kind}">{escape(verdict_words(answer.facts))}</p>', sanitize=False)

        progress = JobProgress(self.services.jobs, show_verdict)

        def verify(*, only_files: bool) -> None:
            progress.watch(self.services.begin(verify_task(row.name, self.folder, only_files=only_files)))

        with ui.row().classes("take"):
            for name, only_files in (("Check that nothing was altered", True), ("Simulate again and compare", False)):
                ui.button(name, on_click=notify_faults(partial(verify, only_files=only_files))).props("flat dense")
            ui.button("Download to hand on", on_click=lambda: self._give(row.name)).props("flat dense")

    def _about(self, row: Any) -> str:
        """Whose war it is, in whose view, and what it says."""
        workspace = self.services.workspace
        title, chances = row.case, ""
        with suppress(Fault):
            title = workspace.title(Subject(row.case)) if row.case in shipped_case_names() else row.case
        with suppress(Fault):
            answer = find_answer(workspace.answers(), row.name)
            chances = strip(answer) if "chances" in answer.facts else ""
        view = [version_title(row.case, row.coding) if row.coding else "", READINGS.get(row.reading, row.reading)]
        about = ", ".join(filter(None, [*view, f"{row.draws:,} simulations"]))
        return (
            f"<h2>{escape(title)}</h2><p class='quiet'>{escape(about)}</p>{chances}<p>{escape(row.sentence)}</p>"
            f"<p class='quiet'>Made by version {escape(row.version)}, seed {row.seed}.</p>"
        )

    def _refuse(self, text: str) -> None:
        self.fault.content = f'<p class="fault">{escape(text)}</p>'

    async def _give(self, name: str) -> None:
        from ripeness.workbench.pack import pack

        def packed() -> bytes:
            with temporary_folder() as place:
                path = place / f"{name}.zip"
                self.services.workers.read(pack, name, path, self.folder, limit=LOOK_SECONDS)
                return path.read_bytes()

        try:
            ui.download.content(await run.io_bound(packed) or b"", f"kept-{name}.zip")
        except Fault as fault:
            self._refuse(fault.message)

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
                self._refuse(fault.message)
                return
        self.fault.content = ""
        await self.show()


def verdict_words(facts: Mapping[str, Any]) -> str:
    """What a check found, in words.

    >>> verdict_words({"verdict": "damaged", "damaged": 2})
    'It is not as it was kept: 2 of its parts differ or are missing.'
    """
    text = FOUND[str(facts["verdict"])].format(facts.get("damaged", 0))
    versions = facts.get("versions") or ()
    return f"{text} Made with: {'; '.join(versions)}." if versions else text


def register(services: Services) -> None:
    """Put the page at its address."""

    @ui.page(HERE.path)
    def shelf() -> None:
        with page_frame(HERE):
            _Shelf(services)
