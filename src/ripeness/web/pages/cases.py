"""Cases: the wars on the shelf and one's own, each with its answer at a glance."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from html import escape

from nicegui import events, run, ui

from ripeness.scenario.case import cases_folder, read_case
from ripeness.show.words import day
from ripeness.web.answer import KeptAnswer
from ripeness.web.answer_form import CARD
from ripeness.web.answer_panel import AnswerPanel
from ripeness.web.answer_view import show_pictures
from ripeness.web.editing.start_dialog import ask_for_new_scenario
from ripeness.web.frame import notify_faults, page_frame, run_off_loop
from ripeness.web.guard import MOST_BYTES
from ripeness.web.job_progress import JobProgress
from ripeness.web.kept_runs import current_question
from ripeness.web.questions import question_about
from ripeness.web.screens import link, screen
from ripeness.web.services import Services
from ripeness.web.task import Task
from ripeness.web.workspace import Subject
from ripeness.workbench.verbs import question_of
from ripeness.world.fault import Fault

HERE = screen("/")
MARKS = (  # what the marks of the pictures mean, once for all cards
    '<ul class="marks"><li><i class="past"></i>past wars like this one</li>'
    '<li><i class="version"></i>analysts\' versions (ring: the usual one)</li>'
    '<li><i class="blend"></i>blend of both; bars are 90 % intervals</li></ul>'
)
GLANCE = 2_000  # draws: enough for a card, whose percentages are whole


def register(services: Services) -> None:
    """Put the page at its address."""

    @ui.page(HERE.path)
    def cases() -> None:
        with page_frame(HERE):
            with ui.row().classes("form"):
                ui.button("New", icon="add", on_click=lambda: ask_for_new_scenario(services)).props("unelevated")
                uploader = (
                    ui.upload(
                        auto_upload=True,
                        max_file_size=MOST_BYTES,
                        on_upload=lambda event: _upload(services, event),
                        on_rejected=lambda _: ui.notify(
                            f"a scenario is a .yaml file of at most {MOST_BYTES // 2**20} MB"
                        ),
                    )
                    .props('accept=".yaml,.yml"')
                    .classes("hidden")
                )
                ui.button("Upload", icon="upload", on_click=lambda: uploader.run_method("pickFiles")).props("flat")
            ui.html(MARKS, sanitize=False)
            with ui.element("div").classes("cards"):
                for subject in services.workspace.subjects():
                    _card(services, subject)
        ui.run_javascript("workbench.tour(false)")


def _card(services: Services, subject: Subject) -> None:
    card = ui.element("section").classes("card").props(f'aria-label="{escape(subject.case, quote=True)}"')
    if not services.workspace.is_own(subject):
        _fill(card, services, subject)
        return

    async def fill() -> None:
        with suppress(Fault):  # it is said on the card
            await run.io_bound(services.summary, subject)
        if not card.is_deleted:
            card.clear()
            _fill(card, services, subject)

    with card:
        ui.html(f"<h2>{escape(subject.case)}</h2><p class='quiet'>Reading the scenario</p>", sanitize=False)
        ui.timer(0.05, fill, once=True)


def _fill(card: ui.element, services: Services, subject: Subject) -> None:
    with card:
        try:
            title, description = _title_and_about(services, subject)
        except Fault as fault:
            ui.html(f"<h2>{escape(subject.case)}</h2><p class='fault'>{escape(str(fault))}</p>", sanitize=False)
            ui.link("Mend it", link(screen("/scenario"), subject))
            return
        outlook = escape(link(screen("/forecast"), subject), quote=True)
        ui.html(f'<h2><a href="{outlook}">{escape(title)}</a></h2>', sanitize=False)
        _at_a_glance(services, subject)
        ui.html(f"<p class='quiet'>{escape(description)}</p>", sanitize=False)
        with ui.row().classes("take"):
            for path in ("/forecast", "/ripe", "/what-if"):
                name = screen(path).group
                ui.link(name, link(screen(path), subject)).props(f'aria-label="{name} of {escape(title, quote=True)}"')
            ui.space()
            _acts(services, subject)


def _title_and_about(services: Services, subject: Subject) -> tuple[str, str]:
    if not services.workspace.is_own(subject):
        case = read_case(cases_folder() / subject.case)
        versions = f" {len(case.titles)} analysts' versions: {'; '.join(case.titles.values())}." if case.titles else ""
        return case.title, f"{case.about}{versions}"
    summary = services.summary(subject)
    return (
        f"{summary.title} ({services.workspace.title(subject)})",
        f"{', '.join(summary.belligerents)}; as of {day(date.fromisoformat(summary.start))}; your own scenario.",
    )


def _at_a_glance(services: Services, subject: Subject) -> None:
    """The newest forecast of the case as its first coding states it, with many factions;
    asked for where there is none.
    """
    latest: list[KeptAnswer] = []

    def asks() -> list[Task]:
        if latest:
            return [current_question(services, latest[0]).task()]
        as_stated = question_about(services.workspace, question_of("run"), Subject(subject.case), {"draws": GLANCE})
        return [
            as_stated.task().on_page(link(screen("/forecast"), subject), f"Card of {services.workspace.title(subject)}")
        ]

    def answered(answer: KeptAnswer) -> None:
        latest[:] = [answer]
        current.show(answer)

    def run() -> None:
        working.watch(services.begin(asks()[0]))

    working = JobProgress(services.jobs, answered)
    current = AnswerPanel(asks, run, _show_card)
    current.place.classes("glance")
    first = (services.workspace.codings(subject) or ("",))[0]
    answers = [answer for answer in services.answers("run", subject.case) if _as_stated(answer, first)]
    if answers:
        answered(answers[0])
    else:
        ui.timer(0.1, notify_faults(run), once=True)


def _show_card(answer: KeptAnswer) -> None:
    show_pictures(answer, (CARD,))


def _as_stated(answer: KeptAnswer, coding: str) -> bool:
    """Whether an answer is one to the case as its file states it, to the end of its horizon."""
    facts = answer.facts
    usual = facts.get("reading") == "factional" and not facts.get("changes") and facts.get("horizon") is None
    conditions = set(answer.question.controls) - {"reading", "draws", "seed"}
    return usual and not conditions and answer.coding in {"", coding}


def _acts(services: Services, subject: Subject) -> None:
    async def duplicate() -> None:
        stem = subject.case.rpartition("/")[2]
        names = {case.case for case in services.workspace.subjects()}
        name = next(n for n in (f"{stem}-copy{k or ''}" for k in range(1000)) if f"own/{n}" not in names)
        copy = await run_off_loop(services.workspace.duplicate, subject, name)
        if copy:
            ui.navigate.to(link(screen("/scenario"), copy))

    def remove() -> None:
        services.workspace.remove(subject)
        ui.navigate.reload()

    case_name = escape(subject.case, quote=True)
    buttons = [("content_copy", "Duplicate", duplicate), ("download", "Download", lambda: _download(services, subject))]
    buttons += [("delete_outline", "Put aside", remove)] if services.workspace.is_own(subject) else []
    for icon, name, act in buttons:
        button = ui.button(icon=icon, on_click=act if act is duplicate else notify_faults(act)).props(
            f'flat round dense aria-label="{name} {case_name}"'
        )
        button.tooltip(name)


def _download(services: Services, subject: Subject) -> None:
    ui.download.content(services.workspace.text(subject), f"{subject.case.rpartition('/')[2]}.yaml")


async def _upload(services: Services, event: events.UploadEventArguments) -> None:
    subject = await run_off_loop(services.workspace.take_in, event.file.name, await event.file.read())
    if subject:
        ui.navigate.to(link(screen("/scenario"), subject))
