"""The scenario: a guided form of what it says, its text as a tab; a shipped one is looked at, one's own is written."""

from __future__ import annotations

from contextlib import suppress

from nicegui import run, ui

from ripeness.web.frame import case_heading, page_frame, run_off_loop, show_fault, subject_of
from ripeness.web.scenario_editor import ScenarioEditor
from ripeness.web.screens import link, screen
from ripeness.web.services import Services
from ripeness.web.workers import PATIENCE
from ripeness.web.workspace import Subject
from ripeness.world.fault import Fault

HERE = screen("/scenario")


def register(services: Services) -> None:
    """Put the page at its address."""

    @ui.page(HERE.path, response_timeout=PATIENCE)
    async def scenario(case: str = "", coding: str = "") -> None:
        try:
            subject = subject_of(services, case, coding)
            with suppress(Fault):  # one that does not hold together is written on here
                await run.io_bound(services.summary, subject)
        except Fault as fault:
            with page_frame(HERE):
                show_fault(fault)
            return
        with page_frame(HERE, subject):
            case_heading(services, HERE, subject)
            if not services.workspace.is_own(subject):
                _shipped(services, subject)
            ScenarioEditor(services, subject)


def _shipped(services: Services, subject: Subject) -> None:
    async def duplicate() -> None:
        names = {case.case for case in services.workspace.subjects()}
        stem = f"{subject.case}-{subject.coding or 'mine'}"
        name = next(n for n in (f"{stem}{k or ''}" for k in range(1000)) if f"own/{n}" not in names)
        copy = await run_off_loop(services.workspace.duplicate, subject, name)
        if copy:
            ui.navigate.to(link(HERE, copy))

    with ui.element("div").classes("g-copy"):
        ui.label("This is a shipped case: look at everything, change nothing.")
        ui.button("Make my own copy", icon="content_copy", on_click=duplicate).props(
            'unelevated no-caps data-act="copy"'
        )
