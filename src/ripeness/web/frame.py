"""Frame: what stands around every page: the way to the others, the case in hand, and the lines that do the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from nicegui import run, ui

from ripeness.web.screens import Screen, link, screens
from ripeness.web.services import Services
from ripeness.web.workspace import Subject
from ripeness.world.fault import Fault
from ripeness.world.version import __version__

STATIC = Path(__file__).parent / "static"
HEAD = "".join(
    f'<link rel="stylesheet" href="/static/{file.name}?{__version__}">' for file in sorted(STATIC.glob("*.css"))
) + "".join(f'<script defer src="/static/{file.name}?{__version__}"></script>' for file in sorted(STATIC.glob("*.js")))
FIRST_CASE = "ukraine-2023-03"


def subject_of(services: Services, case: str, coding: str) -> Subject:
    """The subject that an address names, or the first case on the shelf.

    Raises: Fault where there is no such case or coding.
    """
    subject = Subject(case or FIRST_CASE, coding)
    services.workspace.file(subject)
    # The coding that is used where none is named goes by no name, so that its answers are found under both.
    return Subject(subject.case) if services.workspace.codings(subject)[:1] == (coding,) else subject


@contextmanager
def page_frame(current_screen: Screen, subject: Subject | None = None) -> Iterator[None]:
    """A page with its surroundings; what is built inside stands in the middle."""
    ui.add_head_html(HEAD)
    ui.page_title(
        f"{current_screen.name} · {subject.case} · ripeness" if subject else f"{current_screen.name} · ripeness"
    )
    ui.colors(primary="#0B6E99", secondary="#5B6770", accent="#B8501E", positive="#00795A", negative="#B3261E")
    with ui.header().classes("top"):
        menu = ui.button(icon="menu").props('flat round dense aria-label="Screens"').classes("menu")
        with ui.link(target="/").classes("brand"):
            ui.html("<b>ripeness</b><span>when wars can end</span>", sanitize=False)
        ui.space()
        ui.button(icon="keyboard", on_click=_keys).props('flat round dense aria-label="Keys"').classes("menu")
        ui.button(icon="school", on_click=lambda: ui.run_javascript("workbench.tour(true)")).props(
            'flat round dense aria-label="Tour"'
        ).classes("menu")
    # Shown where there is room, without asking the browser first: a slow one would not answer in time.
    with (
        ui.left_drawer(value=False, bordered=True)
        .props("show-if-above breakpoint=900 width=208")
        .classes("side") as drawer
    ):
        with ui.element("nav").props('aria-label="Screens"'):
            for screen in screens():
                mark = " here" if screen.path == current_screen.path else ""
                entry = ui.link(screen.name, link(screen, subject)).classes("way" + mark)
                entry.props(f'data-key="{screen.key}" title="{screen.question}"')
                if mark:
                    entry.props('aria-current="page"')
        ui.html(f"<small>version {__version__}</small>", sanitize=False).classes("foot")
    menu.on_click(lambda: drawer.run_method("toggle"))
    with ui.element("main").classes("page").props('id="content"'):
        with ui.element("div").classes("headline"):
            ui.html(f"<h1>{current_screen.name}</h1><p>{current_screen.question}</p>", sanitize=False)
        yield


def case_picker(services: Services, current_screen: Screen, subject: Subject, *, of_all_versions: bool = False) -> None:
    """The case and its coding, to be changed at the top of a page; no coding where it is asked of all of them."""
    cases = {case.case: case.case for case in services.workspace.subjects()}
    with ui.row().classes("choice"):
        ui.select(
            cases, value=subject.case, label="Case", on_change=lambda e: _go(current_screen, Subject(e.value))
        ).props("dense outlined options-dense stack-label").classes("wide")
        codings = services.workspace.codings(subject)
        if len(codings) > 1 and not of_all_versions:
            ui.select(
                list(codings),
                value=subject.coding or codings[0],
                label="Coding",
                on_change=lambda e: _go(current_screen, Subject(subject.case, e.value)),
            ).props("dense outlined options-dense stack-label").classes("wide")


def show_lines(command: str, python: str) -> None:
    """What to type to get the same without this page."""
    with ui.expansion("The same on the command line and in Python", icon="terminal").classes("lines"):
        for name, text in (("shell", command), ("python", python)):
            with ui.row().classes("line"):
                ui.html(f"<code>{_escaped(text)}</code>", sanitize=False)
                ui.button(icon="content_copy", on_click=lambda text=text: _copy(text)).props(
                    f'flat round dense aria-label="Copy the {name} line"'
                )


def show_fault(fault: Fault) -> None:
    """Say what is wrong, in place of what was asked for."""
    with ui.element("div").classes("fault").props('role="alert"'):
        for problem in (fault, *fault.others):
            ui.label(str(problem))


def build_or_show_fault(build: Callable[[], Any]) -> None:
    """Build a part of a page; what an analyst did wrong is said there."""
    try:
        build()
    except Fault as fault:
        show_fault(fault)


async def run_off_loop(work: Callable[..., Any], *arguments: Any) -> Any:
    """What work gives that may take a while, done beside the loop; none, and a notice, where it is a Fault."""
    try:
        return await run.io_bound(work, *arguments)
    except Fault as fault:
        ui.notify(str(fault), type="negative", multi_line=True, close_button="OK", timeout=10_000)
        return None


def notify_faults(work: Callable[..., Any]) -> Callable[..., None]:
    """A handler whose Fault is shown as a notice."""

    def handler(*arguments: Any) -> None:
        try:
            work(*arguments)
        except Fault as fault:
            ui.notify(str(fault), type="negative", multi_line=True, close_button="OK", timeout=10_000)

    return handler


def _go(current_screen: Screen, subject: Subject) -> None:
    ui.navigate.to(link(current_screen, subject))


def _copy(text: str) -> None:
    ui.clipboard.write(text)
    ui.notify("copied")


def _escaped(text: str) -> str:
    from html import escape

    return escape(text)


def _keys() -> None:
    with ui.dialog(value=True) as dialog, ui.card():
        ui.html("<h2>Keys</h2>", sanitize=False)
        rows = [(f"g {screen.key}", screen.name) for screen in screens()]
        rows += [
            ("Ctrl-S", "save the scenario"),
            ("Ctrl-Z, Ctrl-Y", "undo, redo in the editor"),
            ("Ctrl-Space", "complete"),
            ("arrows", "move an actor on the map, or a slider"),
        ]
        body = "".join(f"<tr><th scope='row'><kbd>{key}</kbd></th><td>{name}</td></tr>" for key, name in rows)
        ui.html(f'<table class="keys">{body}</table>', sanitize=False)
        ui.button("Close", on_click=dialog.close).props("flat")
