"""Flips: the smallest changes that make an outcome the likeliest, and what each one's own run showed."""

from __future__ import annotations

from collections.abc import Mapping

from ripeness.show.brief import brief_layout
from ripeness.show.cell import StyledText, bold, decimal_cell, dim, number_cell, row, styled
from ripeness.show.number_cells import percent_cell, range_cell
from ripeness.show.table import Layout, Table, layout, numeric_table
from ripeness.show.target_words import outcome_in_words, target_in_words
from ripeness.show.words import at, number, percent
from ripeness.study.flipping.flip import FlipAnswer, FlipAnswers
from ripeness.world.wording import join_words

MOVED_BY = (
    "moved by: in halves of the number's 90 % range, from its median; 1 is at the end of the range. Size: the length of"
    " the whole change in these units."
)


def sentence(flips: FlipAnswers, names: Mapping[str, str]) -> str:
    """The answer in one sentence."""
    target, p = target_in_words(flips.target, names), flips.shares[flips.target.name]
    if flips.already:
        return f"'{target}' is the most likely outcome already ({percent(p)}); ask for another --outcome."
    top = max(flips.shares, key=lambda name: flips.shares[name])
    share = percent(p) if p > 0 else f"in none of {flips.draws:,} runs"
    now = f"now {share}, behind '{outcome_in_words(top, names)}' with {percent(flips.shares[top])}"
    if flips.answers:
        first = flips.answers[0]
        moves = join_words([f"'{move.name}' were {number(move.value)}" for move in first.moves])
        return (
            f"'{target}' ({now}) would be the most likely outcome if {moves}: {percent(first.p)}, confirmed by its own "
            "run."
        )
    near = ""
    if flips.nearest is not None:
        near = (
            f"; the nearest came to {percent(flips.nearest.p)} against {percent(flips.nearest.rival_p)} for "
            f"'{outcome_in_words(flips.nearest.rival, names)}'"
        )
    none_flips = (
        f"None of the {flips.runs - 1} changes that were tried, of up to three assumptions within their 90 % ranges,"
    )
    return f"{none_flips} makes '{target}' the most likely ({now}){near}."


def tables(flips: FlipAnswers, names: Mapping[str, str]) -> Layout:
    """Everything, the answer first."""
    parts: list[Table | StyledText] = [bold(sentence(flips, names)), standing(flips, names)]
    parts += [
        _answer(f"{n}. Size {answer.size:.2f}", answer, flips, names) for n, answer in enumerate(flips.answers, 1)
    ]
    if flips.nearest is not None:
        title = f"Nearest, but it does not flip: size {flips.nearest.size:.2f}"
        parts.append(_answer(title, flips.nearest, flips, names))
    if not flips.already:
        parts.append(dim(MOVED_BY))
        if any(move.jointly for answer in (*flips.answers, flips.nearest) if answer for move in answer.moves):
            parts.append(
                dim(
                    "[fitted]: drawn with other fitted parameters from points of their joint posterior. It is moved"
                    " alone, away from these points; the closer it goes with the others, the larger the change counts."
                )
            )
        parts.append(
            dim(
                f"{flips.runs} runs with the same inputs and luck ({flips.fought:,} wars); each answer is "
                f"confirmed by a run of {flips.draws:,}. Numbers without a range are not moved; "
                "--without laws. leaves the model's laws alone."
            )
        )
    return layout(*parts)


def brief(flips: FlipAnswers, names: Mapping[str, str]) -> Layout:
    """The answer, and the smallest change that was found; how things stand where there is none."""
    answer = sentence(flips, names)
    if flips.answers:
        first = flips.answers[0]
        return brief_layout(answer, _answer(f"1. Size {first.size:.2f}", first, flips, names), MOVED_BY)
    return brief_layout(answer, standing(flips, names))


def standing(flips: FlipAnswers, names: Mapping[str, str]) -> Table:
    """How likely every outcome is as things stand."""
    rows = [
        row(styled((outcome_in_words(name, names), "bold" if name == flips.target.name else "")), percent_cell(p))
        for name, p in sorted(flips.shares.items(), key=lambda share: -share[1])
    ]
    return numeric_table(f"As things stand, month {at(flips.target.month)}", ["probability"], rows)


def _answer(title: str, answer: FlipAnswer, flips: FlipAnswers, names: Mapping[str, str]) -> Table:
    result = (
        f"{outcome_in_words(flips.target.name, names)} {percent(answer.p)}, next"
        f" {outcome_in_words(answer.rival, names)} "
        f"{percent(answer.rival_p)}"
    )
    rows = [
        row(
            f"{move.name} [fitted]" if move.jointly else move.name,
            number_cell(number(move.value), move.value),
            decimal_cell(move.distance, "+.2f"),
            number_cell(number(move.median), move.median),
            range_cell(f"{number(move.low)} to {number(move.high)}", move.low, move.high),
        )
        for move in answer.moves
    ]
    return numeric_table(f"{title}: {result}", ["set to", "moved by", "median", "90 % range"], rows)
