"""Councils on record, as questions: how the rules do on their decisions, and how much leaders weigh there."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from ripeness.web.answer import KeptAnswer, Picture, keep_answer, name_of
from ripeness.web.answer_parts import light_and_dark
from ripeness.web.lines import shell_line
from ripeness.web.markup import blocks
from ripeness.web.task import Progress, Task


def ask_councils(what: str) -> Task:
    """How do the rules do on councils on record (`score`), and how much do leaders weigh there (`weight`)?"""
    name = name_of(f"councils-{what}", {})
    title = {"score": "Rules, scored blind", "weight": "Leaders, weighed"}[what]
    return Task(name, f"councils-{what}", title, partial(_on_record, name, what), unit="records")


def _on_record(name: str, what: str, folder: Path, tell: Progress) -> KeptAnswer:
    from ripeness.show import council_tables as tables
    from ripeness.workbench import councils

    tell(0, 1)
    pictures: dict[str, Picture] = {}
    if what == "score":
        scored = councils.score()
        laid, plain = blocks(tables.scores(scored.blind)), scored.plain()
    else:
        weighed = councils.weight()
        laid, plain = blocks(tables.weights(weighed.measured)), weighed.plain()
        pictures["weights"] = light_and_dark(weighed.plot)
    lines = (shell_line(f"councils {what}"), f"ripeness.councils.{what}()")
    return keep_answer(
        KeptAnswer(name, f"councils-{what}", "", "", "", "", *lines, tuple(laid), pictures, plain=plain), folder
    )
