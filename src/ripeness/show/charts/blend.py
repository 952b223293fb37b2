"""Blend picture: each class of end by month, the blend as a line with its band, model and record as thin lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

import altair as alt

from ripeness.show.charts.calendar_axis import date_or_month, month_readout, when_axis
from ripeness.show.charts.dress import data, dress
from ripeness.show.outlook_words import class_words
from ripeness.show.palette import HEIGHT, INK, WIDTH, class_colour
from ripeness.show.words import month_of, percent
from ripeness.study.blend import BlendProbability
from ripeness.study.record.classes import CLASSES
from ripeness.world.calendar import date_after

DASHES = {"blend": [1, 0], "the model": [6, 4], "past wars like this one": [2, 3]}
KEYS = {"p": "blend", "model": "the model", "record": "past wars like this one"}


def blend_lines(
    rows: Sequence[BlendProbability], names: Mapping[str, str], title: str, start: date, *, dark: bool = False
) -> Any:
    """Probability of each class of end by month: the blend with its 90 % band, and both of its parents."""
    labels = {name: _label(name, names) for name in CLASSES}
    points = [asdict(row) | {"label": labels[row.outcome]} for row in rows]
    order = list(labels.values())
    lines = [
        {"label": row["label"], "when": date_or_month(start, row["month"]), "p": row[key], "says": says}
        for row in points
        for key, says in KEYS.items()
    ]
    colours = [class_colour(name, dark=dark) for name in CLASSES]
    colour = alt.Color("label:N", scale=alt.Scale(domain=order, range=colours), legend=None)
    last = max(row["month"] for row in points)
    month = when_axis(start, last)
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
        )
    )
    ends = {(row["label"], date_or_month(start, row["month"])): row for row in points}
    table = [entry | {key: ends[entry["label"], entry["when"]][key] for key in ("low", "high")} for entry in lines]
    header = alt.Header(title=None, labelFontSize=13, labelAnchor="start", labelColor=INK[dark])
    readout_words: dict[float, dict[str, str]] = {}
    for row in points:
        words = f"{percent(row['p'])} (model {percent(row['model'])}, past wars {percent(row['record'])})"
        readout_words.setdefault(row["month"], {})[row["label"]] = words
    picture = (
        alt.layer(band, line, *month_readout(readout_words, start, month, dark=dark))
        .properties(width=WIDTH / 2 - 20, height=HEIGHT / 3)
        .facet(facet=alt.Facet("label:N", sort=order, header=header), data=data(table), columns=2)
    )
    by, at_last = month_of(date_after(start, last)), [row for row in points if row["month"] == last]
    words = ", ".join(f"{row['label']} {percent(row['p'])}" for row in at_last)
    description = f"{title}, blend of the model and past conflicts: {words} by {by}."
    top = max(at_last, key=lambda row: float(row["p"]))
    finding = f"{top['label']} by {by}: {percent(top['p'])}, blended from past wars like this one and the model"
    subtitle = "Probability month by month, the blend with its 90 % band; broken lines are what it is blended from"
    return dress(picture, finding, subtitle, description, dark=dark, colours=dict(zip(order, colours, strict=True)))


def _label(name: str, names: Mapping[str, str]) -> str:
    """A class of ends as the heading of its panel."""
    words = class_words(name, names)
    return f"{words[:1].upper()}{words[1:]}"
