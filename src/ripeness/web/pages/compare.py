"""Compare: two forecasts beside each other, and where they differ, in words."""

from __future__ import annotations

from functools import partial
from html import escape
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Query
from nicegui import ui

from ripeness.show.table_html import plain_html
from ripeness.web.answer import KeptAnswer
from ripeness.web.answer_panel import AnswerPanel
from ripeness.web.answer_view import show_pictures, strip
from ripeness.web.frame import notify_faults, page_frame, show_lines
from ripeness.web.job_progress import JobProgress
from ripeness.web.kept_runs import current_question, diff_task
from ripeness.web.screens import screen
from ripeness.web.services import Services, has_verb
from ripeness.web.task import Task

HERE = screen("/compare")
WORTH = 0.005  # a difference below half a point is not told


def register(services: Services) -> None:
    """Put the page at its address."""

    @ui.page(HERE.path)
    def compare(
        case: str = "",
        coding: str = "",  # noqa: ARG001  (an address of a war carries it)
        first_id: Annotated[str, Query(alias="one")] = "",
        second_id: Annotated[str, Query(alias="other")] = "",
    ) -> None:
        with page_frame(HERE):
            answers = {answer.id: answer for answer in services.answers("run")}
            if len(answers) < 2:
                ui.html(
                    '<p class="quiet">Two forecasts are needed: run them first, with other codings, readings or '
                    "numbers.</p>",
                    sanitize=False,
                )
                return
            labels = {key: label(answer) for key, answer in answers.items()}
            candidates = [key for key, answer in answers.items() if case in {"", answer.case}] + list(answers)
            preset = [key if key in answers else candidates[n] for n, key in enumerate((first_id, second_id))]
            with ui.row().classes("form"):
                first = (
                    ui.select(labels, value=preset[0], label="One")
                    .props("dense outlined options-dense stack-label")
                    .classes("wide")
                )
                second = (
                    ui.select(labels, value=preset[1], label="Other")
                    .props("dense outlined options-dense stack-label")
                    .classes("wide")
                )
                button = ui.button("Every number that differs", icon="difference").props("flat")
                button.set_visibility(has_verb("diff"))
            place = ui.element("div")
            working = JobProgress(services.jobs, lambda answer: _in_full(full, answer))
            full = ui.element("div")

            def compare_in_full() -> None:
                pair = (str(first.value), str(second.value))
                # The two that are chosen may be others once it is answered.
                working.then = lambda answer: _in_full(full, answer) if pair == (first.value, second.value) else None
                working.watch(services.begin(diff_task(services, *(answers[key] for key in pair))))

            button.on_click(notify_faults(compare_in_full))

            def lay_out() -> None:
                place.clear()
                full.clear()
                with place:
                    _compared(services, answers[str(first.value)], answers[str(second.value)])

            first.on_value_change(lay_out)
            second.on_value_change(lay_out)
            lay_out()


def _in_full(full: Any, answer: KeptAnswer) -> None:
    full.clear()
    with full:
        ui.html(f'<div class="panel">{"".join(answer.blocks)}</div>', sanitize=False)
        show_lines(answer.command, answer.python)


def label(answer: KeptAnswer) -> str:
    """Which forecast it is, in a line."""
    facts = answer.facts
    changes = facts.get("changes") or {}
    changed = f", {len(changes)} changed" if changes else ""
    return (
        f"{answer.case}, {facts['coding']}, {facts['reading']}, {facts['draws']:,} draws, seed {facts['seed']}{changed}"
    )


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


def _compared(services: Services, first: KeptAnswer, second: KeptAnswer) -> None:
    items = "".join(f"<li>{plain_html(line)}</li>" for line in list_differences(first, second))
    ui.html(f'<ul class="differences">{items}</ul>', sanitize=False).props('role="status"')
    with ui.element("div").classes("split"):
        for name, answer in (("first", first), ("second", second)):
            with ui.element("section").classes("card"):
                ui.html(f"<h2>The {name}</h2>", sanitize=False)
                _side(services, name, answer, second if answer is first else first)


def _side(services: Services, name: str, answer: KeptAnswer, other_answer: KeptAnswer) -> None:
    def open_pair(new_answer: KeptAnswer) -> None:
        pair = (new_answer.id, other_answer.id) if name == "first" else (other_answer.id, new_answer.id)
        ui.navigate.to("/compare?" + urlencode({"one": pair[0], "other": pair[1]}))

    working = JobProgress(services.jobs, open_pair)
    asks = partial(_tasks_now, services, answer)
    AnswerPanel(asks, lambda: working.watch(services.begin(asks()[0])), _lay_out).show(answer)


def _tasks_now(services: Services, answer: KeptAnswer) -> list[Task]:
    return [current_question(services, answer).task()]


def _lay_out(answer: KeptAnswer) -> None:
    ui.html(f"{strip(answer)}<p>{plain_html(answer.sentence)}</p>", sanitize=False)
    show_pictures(answer, ("outcomes", "front"))
    ui.html(f"<code>{escape(answer.command)}</code>", sanitize=False)
