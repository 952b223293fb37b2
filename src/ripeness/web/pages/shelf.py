"""Kept simulations: checked, simulated again and compared, handed on and taken in as one file each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import partial
from html import escape
from pathlib import Path
from typing import Any

from nicegui import events, run, ui

from ripeness.scenario.case import shipped_case_names
from ripeness.show.plain_words import plain_words
from ripeness.store.atomic_write import temporary_folder, write_file
from ripeness.store.shelf.removed import remove_run, removed_at, restore_run
from ripeness.web.answer import KeptAnswer, find_answer
from ripeness.web.answer_view import strip
from ripeness.web.field_dialog import FieldDialog
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
DAMAGED = "Kept simulations"  # the name of those whose war cannot be read
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
        self.undo_bar = ui.element("div").props('role="status"').classes("full")
        self.place = ui.element("div").classes("cards kept")
        self.removed = ui.element("details").classes("fold removed")
        self.removed.set_visibility(False)
        ui.timer(0.05, self.show, once=True)

    async def show(self) -> None:
        """Every run on the shelf; each byte of each is checked."""
        shelf = await self._listed(self.folder)
        removed = await self._listed(removed_at(self.folder))
        if shelf is None or removed is None or self.place.is_deleted:
            return
        self.place.clear()
        with self.place:
            if not shelf.runs:
                ui.html(f'<p class="prose">{EMPTY}</p>', sanitize=False)
            for row in shelf.runs:
                with ui.element("section").classes("card"):
                    self._card(row)

        self._show_removed(removed.runs)

    async def _listed(self, folder: Path) -> Any:
        from ripeness.workbench.list import list as listed

        return await run.io_bound(partial(self.services.workers.read, listed, folder, limit=LOOK_SECONDS))

    def _card(self, row: Any) -> None:
        if row.damage:
            ui.html(
                f"<h2>{DAMAGED}</h2><p class='fault'>They are not as they were kept: {escape(row.damage)}</p>",
                sanitize=False,
            )
            with ui.row().classes("take"):
                self._remove_button(row)
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
            self._remove_button(row)

    def _remove_button(self, row: Any) -> None:
        ui.button("Remove", on_click=lambda: self._ask_to_remove(row)).props('flat dense data-act="remove"')

    def _ask_to_remove(self, row: Any) -> None:
        """Ask first; what is removed can be put back at once, or later from the end of the page."""

        def remove() -> None:
            removed.append(remove_run(row.name, self.folder))

        def done() -> None:
            self._say_undo(f"Removed: {self._title(row)}.", removed[0])
            with self.undo_bar:  # not in the card, which goes
                ui.timer(0.05, self.show, once=True)

        removed: list[str] = []
        dialog = FieldDialog("Remove these simulations?", "Remove", remove, done, danger=True)
        with dialog.body:
            ui.html(
                f"<p>{escape(self._title(row))}<br><span class='quiet'>{escape(view_of(row))}</span></p>",
                sanitize=False,
            )
            ui.html("<p class='quiet'>You can undo this afterwards.</p>", sanitize=False)

    def _say_undo(self, words: str, removed: str) -> None:
        self.undo_bar.clear()
        with self.undo_bar, ui.element("div").classes("g-undo"):
            ui.label(words)
            undo = ui.button("Undo", icon="undo", on_click=lambda: self._put_back(removed))
            undo.props('flat dense no-caps data-act="undo"')

    async def _put_back(self, removed: str) -> None:
        self.undo_bar.clear()
        self.fault.content = ""
        try:
            await run.io_bound(restore_run, removed, self.folder)
        except Fault as fault:
            self._refuse(fault.message[:1].upper() + fault.message[1:] + ".")
        await self.show()

    def _show_removed(self, rows: Sequence[Any]) -> None:
        """What was removed, to be put back, folded at the end of the page."""
        self.removed.clear()
        self.removed.set_visibility(bool(rows))
        with self.removed:
            ui.html(f"Removed ({len(rows)})", sanitize=False, tag="summary")
            for row in rows:
                with ui.element("div").classes("g-undo"):
                    ui.html(
                        f"{escape(self._title(row))} <span class='quiet'>{escape(view_of(row))}</span>", sanitize=False
                    )
                    back = ui.button("Put back", on_click=lambda _, row=row: self._put_back(row.name))
                    back.props('flat dense no-caps data-act="put-back"')

    def _title(self, row: Any) -> str:
        """The war by its title."""
        with suppress(Fault):
            return (
                self.services.workspace.title(Subject(row.case))
                if row.case in shipped_case_names()
                else row.case or DAMAGED
            )
        return str(row.case)

    def _about(self, row: Any) -> str:
        """Whose war it is, in whose view, and what it says."""
        chances = ""
        with suppress(Fault):
            answer = find_answer(self.services.workspace.answers(), row.name)
            chances = strip(answer) if "chances" in answer.facts else ""
        return (
            f"<h2>{escape(self._title(row))}</h2><p class='quiet'>{escape(view_of(row))}</p>{chances}"
            f"<p>{escape(plain_words(row.sentence))}</p>"
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


def view_of(row: Any) -> str:
    """In whose view simulations were made, and how many they are; nothing where that cannot be read."""
    if row.damage:
        return ""
    view = [version_title(row.case, row.coding) if row.coding else "", READINGS.get(row.reading, row.reading)]
    return ", ".join(filter(None, [*view, f"{row.draws:,} simulations"]))


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
