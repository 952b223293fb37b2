"""Blend picture: each class of end by month, the blend as a line with its band, model and record as thin lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

import altair as alt

from ripeness.show.charts.dress import data, dress, month_ticks
from ripeness.show.end_words import class_label
from ripeness.show.palette import HEIGHT, INK, WIDTH, outcome_colour
from ripeness.show.words import day, percent
from ripeness.study.blend import BlendProbability
from ripeness.study.record.classes import CLASSES

DASHES = {"blend": [1, 0], "the model": [6, 4], "past conflicts": [2, 3]}
KEYS = {"p": "blend", "model": "the model", "record": "past conflicts"}


def blend_lines(
    rows: Sequence[BlendProbability], names: Mapping[str, str], title: str, start: date, *, dark: bool = False
) -> Any:
    """Probability of each class of end by month: the blend with its 90 % band, and both of its parents."""
    labels = {name: class_label(name, names) for name in CLASSES}
    points = [asdict(row) | {"label": labels[row.outcome]} for row in rows]
    order = list(labels.values())
    lines = [
        {"label": row["label"], "month": row["month"], "p": row[key], "says": says}
        for row in points
        for key, says in KEYS.items()
    ]
    owner = [0 if name == "victory" else None for name in CLASSES]
    colours = [outcome_colour(name, side, dark=dark) for name, side in zip(CLASSES, owner, strict=True)]
    colour = alt.Color("label:N", scale=alt.Scale(domain=order, range=colours), legend=None)
    last = max(row["month"] for row in points)
    month = alt.X(
        "month:Q",
        title="months",
        scale=alt.Scale(nice=False),
        axis=alt.Axis(values=month_ticks(last), grid=False),
    )
    scale = alt.Scale(domain=[0, 1])
    band = (
        alt.Chart()
        .transform_filter(alt.datum.says == "blend")
        .mark_area(opacity=0.2)
        .encode(
            x=month,
            y=alt.Y("low:Q", title=None, axis=alt.Axis(format=".0%", tickCount=4), scale=scale),
            y2=alt.Y2("high:Q"),
            color=colour,
        )
    )
    dash = alt.StrokeDash(
        "says:N",
        scale=alt.Scale(domain=list(DASHES), range=list(DASHES.values())),
        legend=alt.Legend(title=None, orient="top", symbolOpacity=1),
    )
    line = (
        alt.Chart()
        .mark_line(strokeWidth=1.8)
        .encode(
            x=month,
            y=alt.Y("p:Q"),
            color=colour,
            strokeDash=dash,
            tooltip=[
                alt.Tooltip("label:N"),
                alt.Tooltip("says:N"),
                alt.Tooltip("month:Q"),
                alt.Tooltip("p:Q", format=".0%"),
            ],
        )
    )
    ends = {(row["label"], row["month"]): row for row in points}
    table = [entry | {key: ends[entry["label"], entry["month"]][key] for key in ("low", "high")} for entry in lines]
    header = alt.Header(title=None, labelFontSize=12, labelAnchor="start", labelColor=INK[dark])
    picture = (
        alt.layer(band, line, data=data(table))
        .properties(width=WIDTH / 2 - 20, height=HEIGHT / 3)
        .facet(facet=alt.Facet("label:N", sort=order, header=header), columns=2)
    )
    words = ", ".join(f"{row['label']} {percent(row['p'])}" for row in points if row["month"] == last)
    description = f"{title}, blend of the model and past conflicts: {words} after {last:g} months."
    subtitle = f"The blend with its 90 % band from {day(start)} on; broken lines are its parents"
    return dress(picture, title, subtitle, description, dark=dark)
