"""Frame: what stands around every page: the way to the others, the case in hand, and the work that is under way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from html import escape
from pathlib import Path
from typing import Any

from nicegui import run, ui

from ripeness.show.words import MONTH_NAMES, day
from ripeness.web.screens import GROUPS, Screen, global_screens, link, screens, screens_of
from ripeness.web.services import Services
from ripeness.web.workspace import Subject
from ripeness.world.calendar import date_after
from ripeness.world.fault import Fault
from ripeness.world.version import __version__

STATIC = Path(__file__).parent / "static"
HEAD = "".join(
    f'<link rel="stylesheet" href="/static/{file.name}?{__version__}">' for file in sorted(STATIC.glob("*.css"))
) + "".join(f'<script defer src="/static/{file.name}?{__version__}"></script>' for file in sorted(STATIC.glob("*.js")))
FIRST_CASE = "ukraine-2023-03"
RUNNING = (
    '<div class="running" hidden><button type="button" aria-expanded="false"></button>'
    '<div role="status" hidden></div></div>'
)


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
    """A page with its surroundings; what is built inside stands in the middle. A page about a case begins with
    `case_heading`.
    """
    ui.add_head_html(HEAD)
    ui.page_title(
        f"{current_screen.name} · {subject.case} · ripeness" if subject else f"{current_screen.name} · ripeness"
    )
    ui.colors(primary="#0B6E99", secondary="#5B6770", accent="#B8501E", positive="#00795A", negative="#B3261E")
    with ui.header().classes("top"):
        with ui.link(target="/").classes("brand"):
            ui.html("<b>ripeness</b><span>when wars can end</span>", sanitize=False)
        with ui.element("nav").classes("ways").props('aria-label="Screens"'):
            for screen in global_screens():
                is_here = screen.path == current_screen.path or (screen.path == "/" and bool(current_screen.group))
                _screen_link(screen, None, "way here" if is_here else "way", is_current=screen == current_screen)
        ui.space()
        ui.html(RUNNING, sanitize=False)
        ui.button(icon="keyboard", on_click=_keys).props('flat round dense aria-label="Keys"').classes("menu")
        ui.button(icon="school").props('flat round dense aria-label="Tour"').classes("menu").on(
            "click", js_handler="() => workbench.tour(true)"
        )
    with ui.element("main").classes("page").props('id="content"'):
        if subject is None:
            with ui.element("div").classes("headline"):
                ui.html(f"<h1>{current_screen.name}</h1><p>{current_screen.question}</p>", sanitize=False)
        yield
        ui.html(f"<small>ripeness {__version__}</small>", sanitize=False).classes("foot")


def case_heading(
    services: Services, current_screen: Screen, subject: Subject, *, of_all_versions: bool = False
) -> None:
    """The head of a page about a case: its title, the day as of which it is told, the analyst's version, and the way to
    the other questions; no version where all of them are asked.

    `services.summary(subject)` is to be read before, off the loop; without it the day is not told.
    """
    summary = services.known_summary(subject)
    own_title = services.workspace.is_own(subject) and summary is not None
    title = summary.title if own_title and summary is not None else services.workspace.title(subject)
    with ui.element("div").classes("case"):
        with ui.element("div").classes("case-title"):
            ui.html(f"<h1>{escape(title)}</h1>", sanitize=False)
            if summary is not None:
                ui.html(f"<p>{_span(summary.start, summary.months)}</p>", sanitize=False)
        titles = services.workspace.version_titles(subject)
        if len(titles) > 1 and not of_all_versions:
            ui.select(
                titles,
                value=subject.coding or next(iter(titles)),
                label="Analyst's version",
                on_change=lambda e: _go(current_screen, Subject(subject.case, e.value)),
            ).props("dense outlined options-dense stack-label").classes("version")
    with ui.element("nav").classes("parts").props('aria-label="Questions about this war"'):
        for group in filter(screens_of, GROUPS):
            first = screens_of(group)[0]
            _screen_link(first, subject, "part here" if group == current_screen.group else "part", name=group)
    within = screens_of(current_screen.group)
    if len(within) > 1:
        with ui.element("nav").classes("subparts").props(f'aria-label="{current_screen.group}"'):
            for screen in within:
                is_here = screen == current_screen
                _screen_link(screen, subject, "subpart here" if is_here else "subpart", is_current=is_here)
    for screen in screens():  # their keys work from everywhere
        if screen.group and screen not in within and screen != screens_of(screen.group)[0]:
            _screen_link(screen, subject, "hidden")
    ui.html(f"<h2>{current_screen.question}</h2>", sanitize=False).classes("asked")


def _screen_link(
    screen: Screen, subject: Subject | None, classes: str, *, name: str = "", is_current: bool = False
) -> None:
    entry = ui.link(name or screen.name, link(screen, subject)).classes(classes)
    entry.props(f'data-key="{screen.key}" title="{screen.question}"')
    if is_current:
        entry.props('aria-current="page"')


def _span(start: str, months: float) -> str:
    """The day as of which a war is told, and until when.

    >>> _span("2023-03-15", 36.0)
    'as of 15 March 2023, looking ahead to March 2026'
    """
    first = date.fromisoformat(start)
    last = date_after(first, months)
    return f"as of {day(first)}, looking ahead to {MONTH_NAMES[last.month - 1]} {last.year}"


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
