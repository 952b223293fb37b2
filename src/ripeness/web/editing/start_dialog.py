"""A new scenario: what it is called, what kind of war it is, who fights whom, and from when one looks ahead."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from nicegui import run, ui

from ripeness.scenario.splice import apply_edits
from ripeness.scenario.yaml_tree import tree_of
from ripeness.web.screens import link, screen
from ripeness.web.services import Services
from ripeness.web.workspace import OWN, Subject, Workspace
from ripeness.world.fault import Fault

KINDS = {
    "minimal": "Two states fight each other",
    "civil": "A government fights an armed movement",
    "full": "Everything that a scenario can hold, as an invented example",
}
SIDES = {"minimal": ("North", "South"), "civil": ("Government", "Movement"), "full": ("The North", "The South")}
FREE_NAMES = 1000


def ask_for_new_scenario(services: Services) -> None:
    """Ask for the first words of a scenario, write it, and go to its first step."""
    dialog = ui.dialog(value=True)
    dialog.on("hide", dialog.delete)
    with dialog, ui.card().classes("g-dialog"):
        ui.label("A new scenario").classes("text-h6").props("role=heading aria-level=2")
        fields = _StartFields()
        wrong = ui.label("").classes("g-fault").props('role="alert"')
        wrong.set_visibility(False)

        async def start() -> None:
            if not fields.are_right():
                return
            try:
                subject = await run.io_bound(start_scenario, services.workspace, *fields.values())
            except Fault as fault:
                wrong.text = fault.message
                wrong.set_visibility(True)
                return
            if subject is not None:
                dialog.close()
                ui.navigate.to(link(screen("/scenario"), subject))

        with ui.row():
            ui.button("Create", on_click=start).props('unelevated no-caps data-act="create"')
            ui.button("Cancel", on_click=dialog.close).props("flat no-caps")


class _StartFields:
    """The fields of the dialog; the usual names of the sides follow the kind of war."""

    def __init__(self) -> None:
        today = date.today()  # noqa: DTZ011  (the user's own day)
        wanted = {"A name is wanted here": lambda words: bool(str(words or "").strip())}
        self.name = ui.input("Name of the war", validation=wanted).without_auto_validation().props("autofocus")
        self.kind = ui.radio(KINDS, value="minimal")
        with ui.element("div").classes("g-pair"):
            self.first, self.second = ui.input("One side"), ui.input("The other side")
            self.began = ui.input("It began on", value=f"{today.year - 1}-01-01").props("type=date")
            self.start = ui.input(
                "Forecast as of",
                value=str(today),
                validation={"This is before the war began": lambda day: str(day) > str(self.began.value)},
            ).without_auto_validation()
        self.start.props("type=date")
        for field in (self.name, self.first, self.second, self.began, self.start):
            field.props("dense outlined stack-label")
        self.kind.on_value_change(self._follow)
        self._follow()

    def _follow(self) -> None:
        for field, words in zip((self.first, self.second), SIDES[str(self.kind.value)], strict=True):
            field.props(f'placeholder="{words}"')

    def are_right(self) -> bool:
        """Whether a scenario can be made of them; what is wrong is said at its field."""
        return all([self.name.validate(), self.start.validate()])

    def values(self) -> tuple[str, str, tuple[str, str], str, str]:
        """Title, kind, names of the sides, day on which it began, and day of the forecast."""
        usual = SIDES[str(self.kind.value)]
        first, second = (
            str(field.value or "").strip() or words
            for field, words in zip((self.first, self.second), usual, strict=True)
        )
        title, kind = str(self.name.value).strip(), str(self.kind.value)
        return title, kind, (first, second), str(self.began.value), str(self.start.value)


def start_scenario(
    workspace: Workspace, title: str, kind: str, sides: tuple[str, str], began: str, start: str
) -> Subject:
    """Write a scenario from a template, with a title, the names of its sides and its days.

    Raises: Fault where it cannot be written, or a day is none.
    """
    for day in (began, start):
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", day):
            raise Fault("a day is wanted in both fields of days")
    stem = re.sub(r"[^A-Za-z0-9 _-]+", "", title).strip(" _-")[:60] or "my war"
    names = {Path(subject.case).name for subject in workspace.subjects() if workspace.is_own(subject)}
    name = next(n for k in range(1, FREE_NAMES) if (n := stem if k == 1 else f"{stem} {k}") not in names)
    subject = workspace.start(name, kind)
    text = workspace.text(subject)
    keys = [
        key
        for key, polity in tree_of(text, name).at(["polities"]).map().items()
        if polity.at(["role"]).content == "belligerent"
    ]
    edits: dict[str, object] = {"title": title, "began": began, "start": start}
    edits |= {f"polities.{key}.name": words for key, words in zip(keys, sides, strict=False)}
    workspace.save(name, apply_edits(text, edits))
    return Subject(OWN + name)
