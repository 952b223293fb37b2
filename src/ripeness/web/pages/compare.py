"""Compare: two forecasts beside each other, and where they differ, in words."""

from __future__ import annotations

from functools import partial
from html import escape
from typing import Any
from urllib.parse import urlencode

from nicegui import ui

from ripeness.web.answer import Answer
from ripeness.web.ask import Ask, ask_run
from ripeness.web.current import Current
from ripeness.web.differing import ask_diff, asked_now
from ripeness.web.frame import frame, lines, says
from ripeness.web.house import House, offers
from ripeness.web.screens import screen
from ripeness.web.showing import pictures, strip
from ripeness.web.working import Working

HERE = screen("/compare")
WORTH = 0.005  # a difference below half a point is not told


def register(house: House) -> None:
    """Put the page at its address."""

    @ui.page(HERE.path)
    def compare(case: str = "", coding: str = "", one: str = "", other: str = "") -> None:  # noqa: ARG001
        with frame(HERE):
            answers = {answer.id: answer for answer in house.answers("run")}
            if len(answers) < 2:
                ui.html(
                    '<p class="quiet">Two forecasts are needed: run them first, with other codings, readings or '
                    "numbers.</p>",
                    sanitize=False,
                )
                return
            labels = {key: label(answer) for key, answer in answers.items()}
            same = [key for key, answer in answers.items() if case in {"", answer.case}] + list(answers)
            chosen = [key if key in answers else same[n] for n, key in enumerate((one, other))]
            with ui.row().classes("form"):
                first = (
                    ui.select(labels, value=chosen[0], label="One")
                    .props("dense outlined options-dense stack-label")
                    .classes("wide")
                )
                second = (
                    ui.select(labels, value=chosen[1], label="Other")
                    .props("dense outlined options-dense stack-label")
                    .classes("wide")
                )
                button = ui.button("Every number that differs", icon="difference").props("flat")
                button.set_visibility(offers("diff"))
            place = ui.element("div")
            working = Working(house.jobs, lambda answer: _in_full(full, answer))
            full = ui.element("div")

            def more() -> None:
                pair = (str(first.value), str(second.value))
                # The two that are chosen may be others once it is answered.
                working.then = lambda answer: _in_full(full, answer) if pair == (first.value, second.value) else None
                working.watch(house.begin(ask_diff(house, *(answers[key] for key in pair))))

            button.on_click(says(more))

            def lay_out() -> None:
                place.clear()
                full.clear()
                with place:
                    _beside(house, answers[str(first.value)], answers[str(second.value)])

            first.on_value_change(lay_out)
            second.on_value_change(lay_out)
            lay_out()


def _in_full(full: Any, answer: Answer) -> None:
    full.clear()
    with full:
        ui.html(f'<div class="panel">{"".join(answer.blocks)}</div>', sanitize=False)
        lines(answer.command, answer.python)


def label(answer: Answer) -> str:
    """Which forecast it is, in a line."""
    facts = answer.facts
    changes = facts.get("changes") or {}
    changed = f", {len(changes)} changed" if changes else ""
    return (
        f"{answer.case}, {facts['coding']}, {facts['reading']}, {facts['draws']:,} draws, seed {facts['seed']}{changed}"
    )


def differences(one: Answer, other: Answer) -> list[str]:
    """Where two forecasts differ, the largest difference first.

    >>> facts = {"chances": [{"name": "settlement", "p": .2}], "month": 12.0}
    >>> a = Answer("a", "run", "w", "", "", "", "", "", facts=facts)
    >>> facts = {"chances": [{"name": "settlement", "p": .3}], "month": 24.0}
    >>> b = Answer("b", "run", "w", "", "", "", "", "", facts=facts)
    >>> for difference in differences(a, b):
    ...     print(difference)
    The first looks 12 months ahead, the second 24.
    settlement: 20 % in the first, 30 % in the second, 10 points more.
    """
    there = {str(row["name"]): float(row["p"]) for row in other.facts["chances"]}
    here = {str(row["name"]): float(row["p"]) for row in one.facts["chances"]}
    told = []
    if one.facts["month"] != other.facts["month"]:
        told.append(f"The first looks {one.facts['month']:g} months ahead, the second {other.facts['month']:g}.")
    more = {name: there.get(name, 0.0) - here.get(name, 0.0) for name in [*here, *(n for n in there if n not in here)]}
    for name, by in sorted(more.items(), key=lambda pair: -abs(pair[1])):
        if abs(by) >= WORTH:
            points = (
                f"{abs(100 * by):.0f} point{'' if round(abs(100 * by)) == 1 else 's'} {'more' if by > 0 else 'less'}"
            )
            told.append(
                f"{name}: {100 * here.get(name, 0.0):.0f} % in the first, {100 * there.get(name, 0.0):.0f} % in the"
                f" second, {points}."
            )
    return told or ["No outcome differs by half a point or more."]


def _beside(house: House, one: Answer, other: Answer) -> None:
    said = "".join(f"<li>{escape(line)}</li>" for line in differences(one, other))
    ui.html(f'<ul class="differences">{said}</ul>', sanitize=False).props('role="status"')
    with ui.element("div").classes("split"):
        for name, answer in (("first", one), ("second", other)):
            with ui.element("section").classes("card"):
                ui.html(f"<h2>The {name}</h2>", sanitize=False)
                _side(house, name, answer, other if answer is one else one)


def _side(house: House, name: str, answer: Answer, beside: Answer) -> None:
    def anew(found: Answer) -> None:
        pair = (found.id, beside.id) if name == "first" else (beside.id, found.id)
        ui.navigate.to("/compare?" + urlencode({"one": pair[0], "other": pair[1]}))

    working = Working(house.jobs, anew)
    asks = partial(_asked_now, house, answer)
    Current(asks, lambda: working.watch(house.begin(asks()[0])), _lay_out).show(answer)


def _asked_now(house: House, answer: Answer) -> list[Ask]:
    return [ask_run(asked_now(house, answer))]


def _lay_out(answer: Answer) -> None:
    ui.html(f"{strip(list(answer.facts['chances']))}<p>{escape(answer.sentence)}</p>", sanitize=False)
    pictures(answer, ("outcomes", "front"))
    ui.html(f"<code>{escape(answer.command)}</code>", sanitize=False)
