"""Compare: two forecasts of a case beside each other, and where they differ, in words."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from nicegui import ui

from ripeness.show.table_html import plain_html
from ripeness.web.address import asked_words, page_address, put
from ripeness.web.answer import KeptAnswer
from ripeness.web.answer_panel import AnswerPanel
from ripeness.web.answer_view import show_pictures, strip
from ripeness.web.frame import notify_faults
from ripeness.web.job_progress import JobProgress
from ripeness.web.kept_runs import current_question, diff_task
from ripeness.web.question import READINGS, QuestionRecord
from ripeness.web.question_page import page
from ripeness.web.questions import question_about
from ripeness.web.screens import Screen, screen
from ripeness.web.services import Services, has_verb
from ripeness.web.task import Task
from ripeness.web.workspace import Subject
from ripeness.workbench.verbs import question_of

WORTH = 0.005  # a difference below half a point is not told
DRAWS = 4_000  # simulations of a forecast that is made here, as on the page of the outlook
NAMES = ("first", "second")


class ComparePage:
    """Two forecasts, chosen among every version of the case with either picture of who bargains, and those kept."""

    def __init__(self, services: Services, screen: Screen, subject: Subject) -> None:
        self.services, self.screen, self.subject = services, screen, subject
        self.tasks = {task.id: task for task in self._of_every_version()}
        self.kept = {answer.id: answer for answer in services.answers("run", subject.case)}
        labels = {name: label(self._named(task.question)) for name, task in self.tasks.items()}
        labels |= {name: label(answer.question) for name, answer in self.kept.items() if name not in labels}
        words = asked_words()
        defaults = list(labels)[: len(NAMES)]
        self.choices: dict[str, Any] = {}
        with ui.row().classes("form"):
            for name, default in zip(NAMES, [defaults[0], defaults[-1]], strict=True):
                value = words.get(name, default)
                self.choices[name] = (
                    ui.select(labels, value=value if value in labels else default, label=f"The {name}")
                    .props("dense outlined options-dense stack-label")
                    .classes("wide grow")
                )
                if value not in labels:
                    self.choices[name].error = "this forecast is not kept here; choose another"
            if has_verb("diff"):
                ui.button("Every number that differs", on_click=notify_faults(self._compare_in_full)).props("flat")
        self.working = JobProgress(services.jobs, self._show, quiet=True)
        self.place = ui.element("div").classes("answer")
        self.full_work = JobProgress(services.jobs, self._show_in_full)
        self.full = ui.element("div")
        for choice in self.choices.values():
            choice.on_value_change(notify_faults(lambda _: self._ask()))
        ui.timer(0.05, notify_faults(self._ask), once=True)

    def _of_every_version(self) -> list[Task]:
        """The forecast in every version, with rival factions and with one leader on each side."""
        workspace = self.services.workspace
        codings = ("", *workspace.codings(self.subject)[1:])  # the first is that of no name
        questions = [
            question_about(
                workspace,
                question_of("run"),
                Subject(self.subject.case, coding),
                {"reading": reading, "draws": DRAWS},
            )
            for reading in READINGS
            for coding in codings
        ]
        here = page_address(self.screen.path, {"case": self.subject.case})
        tasks = [question.task() for question in questions]
        return [task.on_page(here, label(self._named(task.question)), "quick") for task in tasks]

    def _named(self, record: QuestionRecord) -> QuestionRecord:
        """What is asked, with the name of the version that goes by none."""
        first = next(iter(self.services.workspace.codings(self.subject)), "")
        return replace(record, coding=record.coding or first)

    def _chosen(self) -> list[str]:
        return [str(self.choices[name].value) for name in NAMES]

    def _ask(self) -> None:
        """Ask for both forecasts; those that are kept are there at once."""
        chosen = self._chosen()
        put(self.screen.path, {"case": self.subject.case, **dict(zip(NAMES, chosen, strict=True))})
        self.full.clear()
        missing = [self.services.begin(self.tasks[name]) for name in dict.fromkeys(chosen) if name not in self.kept]
        if missing:
            self.place.classes(add="stale")
            self.working.watch(*missing)
        else:
            self._show()

    def _show(self, *answers: KeptAnswer) -> None:
        self.kept |= {answer.id: answer for answer in answers}
        pair = [self.kept[name] for name in self._chosen() if name in self.kept]
        if len(pair) < len(NAMES):
            return
        self.place.classes(remove="stale")
        self.place.clear()
        with self.place:
            items = "".join(f"<li>{plain_html(line)}</li>" for line in list_differences(*pair))
            ui.html(f'<ul class="differences">{items}</ul>', sanitize=False).props('role="status"')
            with ui.element("div").classes("split"):
                for name, answer in zip(NAMES, pair, strict=True):
                    with ui.element("section").classes("card"):
                        ui.html(f"<h3>The {name}</h3>", sanitize=False)
                        self._side(answer)

    def _side(self, answer: KeptAnswer) -> None:
        """A forecast; one that is out of date says so, and can be made anew."""
        working = JobProgress(self.services.jobs, self._show, quiet=True)
        asks = partial(_tasks_now, self.services, answer)
        AnswerPanel(asks, lambda: working.watch(self.services.begin(asks()[0])), _lay_out).show(answer)

    def _compare_in_full(self) -> None:
        pair = self._chosen()
        # The two that are chosen may be others once it is answered.
        self.full_work.then = lambda answer: self._show_in_full(answer) if pair == self._chosen() else None
        task = diff_task(self.services, *(self.kept[name] for name in pair))
        self.full_work.watch(self.services.begin(task))

    def _show_in_full(self, answer: KeptAnswer) -> None:
        self.full.clear()
        with self.full:
            ui.html(f'<div class="panel">{"".join(answer.blocks)}</div>', sanitize=False)


def label(record: QuestionRecord) -> str:
    """Which forecast it is, in a line.

    >>> label(QuestionRecord("japan-1945", "throne", "unitary", 4000, 1))
    'the throne decided and waited; one leader; 4,000 simulations'
    """
    return "; ".join(record.words()) or record.case


def list_differences(first: KeptAnswer, second: KeptAnswer) -> list[str]:
    """Where two forecasts differ, the largest difference first.

    >>> facts = {"chances": [{"name": "settlement", "p": .2}], "month": 12.0}
    >>> a = KeptAnswer("a", "run", "w", "", "", "", "", "", facts=facts)
    >>> facts = {"chances": [{"name": "settlement", "p": .3}], "month": 24.0}
    >>> b = KeptAnswer("b", "run", "w", "", "", "", "", "", facts=facts)
    >>> for difference in list_differences(a, b):
    ...     print(difference)
    The first looks 12 months ahead, the second 24.
    settlement: 20 % in the first, 30 % in the second, 10 points more.
    """
    second_shares = {str(row["name"]): float(row["p"]) for row in second.facts["chances"]}
    first_shares = {str(row["name"]): float(row["p"]) for row in first.facts["chances"]}
    sentences = []
    if first.facts["month"] != second.facts["month"]:
        sentences.append(
            f"The first looks {first.facts['month']:g} months ahead, the second {second.facts['month']:g}."
        )
    gains = {
        name: second_shares.get(name, 0.0) - first_shares.get(name, 0.0)
        for name in [*first_shares, *(n for n in second_shares if n not in first_shares)]
    }
    for name, gain in sorted(gains.items(), key=lambda pair: -abs(pair[1])):
        if abs(gain) >= WORTH:
            points = f"{abs(100 * gain):.0f} point{'' if round(abs(100 * gain)) == 1 else 's'}"
            sentences.append(
                f"{name}: {100 * first_shares.get(name, 0.0):.0f} % in the first,"
                f" {100 * second_shares.get(name, 0.0):.0f} % in the second, {points} {'more' if gain > 0 else 'less'}."
            )
    return sentences or ["No outcome differs by half a point or more."]


def _tasks_now(services: Services, answer: KeptAnswer) -> list[Task]:
    return [current_question(services, answer).task()]


def _lay_out(answer: KeptAnswer) -> None:
    ui.html(f"{strip(answer)}<p>{plain_html(answer.sentence)}</p>", sanitize=False)
    show_pictures(answer, ("outcomes", "front"))


def register(services: Services) -> None:
    """Put the page at its address."""
    page(services, screen("/compare"), ComparePage)
