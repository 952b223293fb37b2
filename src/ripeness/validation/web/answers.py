"""Answers: what the page of the record asks the workers: every rule scored blind, the weight of leaders."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from ripeness.web.answer import KeptAnswer, Picture, keep_answer, name_of
from ripeness.web.answer_form import light_and_dark
from ripeness.web.lines import shell_line
from ripeness.web.task import Progress, Task


def ask_councils(question: str) -> Task:
    """How do the rules do on councils on record (`score`), and how much do leaders weigh there (`weight`)?"""
    name = name_of(f"councils-{question}", {})
    title = {"score": "Rules, scored blind", "weight": "Leaders, leader_weights"}[question]
    return Task(name, f"councils-{question}", title, partial(_on_record, name, question), unit="records")


def _on_record(name: str, question: str, folder: Path, tell: Progress) -> KeptAnswer:
    from ripeness.validation.show import council_tables as tables
    from ripeness.validation.verbs import councils

    tell(0, 1)
    pictures: dict[str, Picture] = {}
    if question == "score":
        scored = councils.score()
        tables_of_answer, plain = tables.score_tables(scored.blind).html_blocks(), scored.plain()
    else:
        leader_weights = councils.weight()
        tables_of_answer, plain = leader_weights.layout().html_blocks(), leader_weights.plain()
        pictures["choices"] = light_and_dark(leader_weights.plot)
        pictures["weights"] = light_and_dark(leader_weights.plot_leader_weight)
    lines = (shell_line(f"councils {question}"), f"ripeness.councils.{question}()")
    verb = f"councils-{question}"
    answer = KeptAnswer(name, verb, "", "", "", "", *lines, tuple(tables_of_answer), pictures, plain=plain)
    return keep_answer(answer, folder)
