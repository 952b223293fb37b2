"""The scenario: its text in an editor that marks faults while one types, its numbers, and its actors on a map."""

from __future__ import annotations

from nicegui import ui

from ripeness.web.desk import Desk
from ripeness.web.frame import beside, choose, complain, frame, lines, subject_of
from ripeness.web.house import House
from ripeness.web.lines import command, python
from ripeness.web.screens import link, screen
from ripeness.web.workspace import Subject
from ripeness.world.fault import Fault

HERE = screen("/scenario")


def register(house: House) -> None:
    """Put the page at its address."""

    @ui.page(HERE.path)
    def scenario(case: str = "", coding: str = "") -> None:
        try:
            subject = subject_of(house, case, coding)
        except Fault as fault:
            with frame(HERE):
                complain(fault)
            return
        with frame(HERE, subject):
            choose(house, HERE, subject)
            if not house.workspace.is_own(subject):
                _shipped(house, subject)
            Desk(house, subject)
            source = house.workspace.source(subject)
            lines(command("check", source, coding=subject.coding), python("check", source, coding=subject.coding))


def _shipped(house: House, subject: Subject) -> None:
    async def duplicate() -> None:
        names = {case.case for case in house.workspace.subjects()}
        stem = f"{subject.case}-{subject.coding or 'mine'}"
        name = next(n for n in (f"{stem}{k or ''}" for k in range(1000)) if f"own/{n}" not in names)
        copy = await beside(house.workspace.duplicate, subject, name)
        if copy:
            ui.navigate.to(link(HERE, copy))

    with ui.row().classes("told"):
        ui.label("A shipped case is read, not changed.")
        ui.button("Duplicate it to change it", on_click=duplicate).props("flat dense")
