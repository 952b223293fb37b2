"""Flips as bars: how far each answer moves each assumption within its range."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt

from ripeness.show.charts.dress import data, dress
from ripeness.show.palette import INK, SERIES, SERIES_IN_THE_DARK, WIDTH
from ripeness.show.target_words import outcome_in_words, target_in_words
from ripeness.show.words import number, percent
from ripeness.study.flipping.flip import FlipAnswers
from ripeness.world.wording import join_words

ROW, LETTERS = 26, 330


def flip_bars(flips: FlipAnswers, names: Mapping[str, str], title: str, *, dark: bool = False) -> Any:
    """One group of bars an answer; the axis runs from the lower to the upper end of each number's 90 % range."""
    every = [*flips.answers, *([flips.nearest] if flips.nearest else [])]
    rows = [
        {
            "answer": (
                f"{n}. {outcome_in_words(flips.target.name, names)} {percent(answer.p)}, next"
                f" {outcome_in_words(answer.rival, names)} "
                f"{percent(answer.rival_p)}"
            ),
            "name": f"{n}. {move.name}",
            "distance": move.distance,
            "said": f"{number(move.value)} (median {number(move.median)}) {move.unit}",
        }
        for n, answer in enumerate(every, 1)
        for move in answer.moves
    ]
    labels = list(dict.fromkeys(str(row["answer"]) for row in rows))
    colours = list((SERIES_IN_THE_DARK if dark else SERIES)[: len(labels)])
    bars = (
        alt.Chart(data(rows))
        .mark_bar(height=14)
        .encode(
            y=alt.Y("name:N", sort=[str(row["name"]) for row in rows], title=None, axis=alt.Axis(labelLimit=LETTERS)),
            x=alt.X("distance:Q", title="moved, in halves of the 90 % range", scale=alt.Scale(domain=[-1, 1])),
            color=alt.Color(
                "answer:N",
                scale=alt.Scale(domain=labels, range=colours),
                title=None,
                legend=alt.Legend(orient="bottom", direction="vertical"),
            ),
            tooltip=[alt.Tooltip("name:N"), alt.Tooltip("said:N", title="set to")],
        )
    )
    zero = alt.Chart(data([{"zero": 0}])).mark_rule(color=INK[dark]).encode(x=alt.X("zero:Q"))
    target = target_in_words(flips.target, names)
    finding = f"No change that was tried makes '{target}' the most likely outcome"
    if flips.already:
        finding = f"'{target[:1].upper()}{target[1:]}' is the most likely outcome already"
    elif flips.answers:
        moves = join_words([f"'{move.name}' were {number(move.value)}" for move in flips.answers[0].moves])
        finding = f"'{target[:1].upper()}{target[1:]}' would be the most likely outcome if {moves}"
    subtitle = title if not every else f"{title}: how far each number is moved from its median"
    if every and not flips.answers:
        subtitle += ", in the change that comes nearest"
    description = "; ".join(f"{row['name']} set to {row['said']}" for row in rows)
    chart = alt.layer(bars, zero).properties(width=WIDTH - 200, height=ROW * max(len(rows), 1))
    return dress(chart, finding, subtitle, f"{finding}. Changes: {description}", dark=dark)
