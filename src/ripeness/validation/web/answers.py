"""Answers: what the page of the record asks the workers: every rule scored blind, the weight of leaders."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from ripeness.web.answer import Answer, Picture, keep, name_of
from ripeness.web.ask import Ask, Progress, both
from ripeness.web.lines import command
from ripeness.web.markup import blocks


def ask_councils(what: str) -> Ask:
    """How do the rules do on councils on record (`score`), and how much do leaders weigh there (`weight`)?"""
    name = name_of(f"councils-{what}", {})
    title = {"score": "Rules, scored blind", "weight": "Leaders, weighed"}[what]
    return Ask(name, f"councils-{what}", title, partial(_on_record, name, what), unit="records")


def _on_record(name: str, what: str, folder: Path, tell: Progress) -> Answer:
    from ripeness.validation.show import council_tables as tables
    from ripeness.validation.verbs import councils

    tell(0, 1)
    pictures: dict[str, Picture] = {}
    if what == "score":
        scored = councils.score()
        laid, plain = blocks(tables.scores(scored.blind)), scored.plain()
    else:
        weighed = councils.weight()
        laid, plain = blocks(tables.weights(weighed.measured)), weighed.plain()
        pictures["weights"] = both(weighed.plot)
    lines = (command(f"councils {what}"), f"ripeness.councils.{what}()")
    return keep(Answer(name, f"councils-{what}", "", "", "", "", *lines, tuple(laid), pictures, plain=plain), folder)
