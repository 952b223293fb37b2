"""Flips in a terminal: each answer with what it moves, and what its own run showed."""

from __future__ import annotations

from collections.abc import Mapping

from rich.console import Group, RenderableType
from rich.text import Text

from ripeness.show.lines import bare, quiet
from ripeness.show.never import aimed_at, called
from ripeness.show.words import number, percent
from ripeness.study.flipping.flip import FlipAnswer, FlipAnswers


def sentence(told: FlipAnswers, names: Mapping[str, str]) -> str:
    """The answer in one sentence."""
    said, p = aimed_at(told.target, names), told.shares[told.target.name]
    if told.already:
        return f"'{said}' is the most likely outcome already ({percent(p)}); ask for another --outcome."
    top = max(told.shares, key=lambda name: told.shares[name])
    mine = percent(p) if p > 0 else f"in none of {told.draws:,} runs"
    now = f"now {mine}, behind '{called(top, names)}' with {percent(told.shares[top])}"
    if told.answers:
        first = told.answers[0]
        moves = " and ".join(f"'{move.name}' were {number(move.value)}" for move in first.moves)
        what = f"'{said}' ({now}) would be the most likely outcome if {moves}"
        return f"{what}: {percent(first.p)}, confirmed by its own run."
    near = (
        ""
        if told.nearest is None
        else (
            f"; the nearest came to {percent(told.nearest.p)} against {percent(told.nearest.rival_p)} for "
            f"'{called(told.nearest.rival, names)}'"
        )
    )
    tried = f"None of the {told.runs - 1} changes that were tried, of up to three assumptions within their 90 % ranges,"
    return f"{tried} makes '{said}' the most likely ({now}){near}."


def tables(told: FlipAnswers, names: Mapping[str, str]) -> RenderableType:
    """Everything, the answer last."""
    parts: list[RenderableType] = [standing(told, names)]
    parts += [_answer(f"{n}. Size {one.size:.2f}", one, told, names) for n, one in enumerate(told.answers, 1)]
    if told.nearest is not None:
        parts.append(_answer(f"Nearest, but it does not flip: size {told.nearest.size:.2f}", told.nearest, told, names))
    if not told.already:
        parts.append(
            quiet(
                "moved by: in halves of the number's 90 % range, from its median; 1 is at the end of the range. Size:"
                " the length of the whole change in these units."
            )
        )
        parts.append(
            quiet(
                f"{told.runs} runs on the same draws ({told.fought:,} wars); each answer is confirmed by a run of "
                f"{told.draws:,}. Numbers without a range are not moved; --without laws. leaves the model's laws alone."
            )
        )
    return Group(*parts, Text(), Text(sentence(told, names), style="bold"))


def standing(told: FlipAnswers, names: Mapping[str, str]) -> RenderableType:
    """How likely every outcome is as things stand."""
    table = bare(f"As things stand, month {told.target.month:g}", ["probability"])
    for name, p in sorted(told.shares.items(), key=lambda one: -one[1]):
        mark = "bold" if name == told.target.name else ""
        table.add_row(Text(called(name, names), style=mark), percent(p))
    return table


def _answer(title: str, one: FlipAnswer, told: FlipAnswers, names: Mapping[str, str]) -> RenderableType:
    result = (
        f"{called(told.target.name, names)} {percent(one.p)}, next {called(one.rival, names)} {percent(one.rival_p)}"
    )
    table = bare(f"{title}: {result}", ["set to", "moved by", "median", "90 % range"])
    for move in one.moves:
        spread = f"{number(move.low)} to {number(move.high)}"
        table.add_row(Text(move.name), number(move.value), f"{move.distance:+.2f}", number(move.median), spread)
    return table
