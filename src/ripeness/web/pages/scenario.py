"""The scenario: its text in an editor that marks faults while one types, its numbers, and its actors on a map."""

from __future__ import annotations

from nicegui import ui

from ripeness.web.frame import case_heading, page_frame, run_off_loop, show_fault, show_lines, subject_of
from ripeness.web.lines import python_line, shell_line
from ripeness.web.scenario_editor import ScenarioEditor
from ripeness.web.screens import link, screen
from ripeness.web.services import Services
from ripeness.web.workspace import Subject
from ripeness.world.fault import Fault

HERE = screen("/scenario")


def register(services: Services) -> None:
    """Put the page at its address."""

    @ui.page(HERE.path)
    def scenario(case: str = "", coding: str = "") -> None:
        try:
            subject = subject_of(services, case, coding)
        except Fault as fault:
            with page_frame(HERE):
                show_fault(fault)
            return
        with page_frame(HERE, subject):
            case_heading(services, HERE, subject)
            if not services.workspace.is_own(subject):
                _shipped(services, subject)
            ScenarioEditor(services, subject)
            source = services.workspace.source(subject)
            show_lines(
                shell_line("check", source, coding=subject.coding), python_line("check", source, coding=subject.coding)
            )


def _shipped(services: Services, subject: Subject) -> None:
    async def duplicate() -> None:
        names = {case.case for case in services.workspace.subjects()}
        stem = f"{subject.case}-{subject.coding or 'mine'}"
        name = next(n for n in (f"{stem}{k or ''}" for k in range(1000)) if f"own/{n}" not in names)
        copy = await run_off_loop(services.workspace.duplicate, subject, name)
        if copy:
            ui.navigate.to(link(HERE, copy))

    with ui.row().classes("told"):
        ui.label("A shipped case is read, not changed.")
        ui.button("Duplicate it to change it", on_click=duplicate).props("flat dense")
