"""Bargaining strips: each faction's least terms on one axis from 0 to 1, month by month, with both demands."""

from __future__ import annotations

from textwrap import wrap
from typing import Any

import altair as alt

from ripeness.show.charts.dress import data, dress
from ripeness.show.palette import INK, SIDES, SIDES_IN_THE_DARK, WIDTH
from ripeness.store.json_text import json_text
from ripeness.study.ripeness.answer import Ripeness

LINE, BETWEEN = 14, 6  # height of a line of a name, and between two strips, in points
NARROW = 120  # width of a strip, and of its name, on a phone
LETTERS, NARROW_LETTERS = 36, 18  # of a line of a name: a longer one takes several
LEGEND = (
    (
        "Medians and 5-95 % of the simulations. Dashed: what both sides ask for; a zone is open where the first "
        "stands left of the second"
    ),
    "Medians, 5-95 % of the simulations; dashed: both sides",
)


def strips(ripeness: Ripeness, title: str, *, dark: bool = False, narrow: bool = False) -> Any:
    """What the first side asks at least (to the right of its strips) and the second leaves at most, by month shown.

    `narrow` sets the months one below the other, for a phone.
    """
    first, second = (ripeness.names[key] for key in ripeness.sides)
    labels = {ripeness.sides[0]: f"{first} asks at least", ripeness.sides[1]: f"{second} leaves at most"}
    rows: list[dict[str, Any]] = []
    for strip in ripeness.strips:
        name = labels[strip.polity] if strip.faction is None else ripeness.names[f"{strip.polity}/{strip.faction}"]
        rows.append(
            {
                "month": "start" if strip.month == 0 else f"month {strip.month:g}",
                "side": labels[strip.polity],
                "row": f"{strip.polity}/{strip.faction or ''}",
                "name": name,
                "low": max(strip.share.low, 0.0),
                "median": min(max(strip.share.median, 0.0), 1.0),
                "high": min(strip.share.high, 1.0),
                "whole": strip.faction is None,
            }
        )
    order = list(dict.fromkeys(row["row"] for row in rows))
    words = {row["row"]: row["name"] for row in rows}
    months = list(dict.fromkeys(row["month"] for row in rows))
    lines = {key: wrap(word, NARROW_LETTERS if narrow else LETTERS) for key, word in words.items()}
    height = LINE * max(map(len, lines.values())) + BETWEEN
    colours = SIDES_IN_THE_DARK if dark else SIDES
    side = alt.Color(
        "side:N",
        scale=alt.Scale(domain=list(labels.values()), range=list(colours)),
        legend=alt.Legend(title=None, orient="top", direction="vertical" if narrow else "horizontal"),
    )
    share, ticks = alt.Scale(domain=[0, 1], clamp=True), alt.Axis(format=".0%", tickCount=5)
    where = alt.Y(
        "row:N",
        sort=order,
        title=None,
        axis=alt.Axis(
            labelExpr=f"({json_text(lines, indent=None, ascii_only=True)})[datum.value]",
            labelLimit=NARROW if narrow else 300,
            labelLineHeight=LINE,
            grid=False,
        ),
    )
    chart = alt.Chart()
    line = chart.mark_bar(height=7, opacity=0.35).encode(
        x=alt.X("low:Q", scale=share, title=f"share of the stake that goes to {first}", axis=ticks),
        x2=alt.X2("high:Q"),
        y=where,
        color=side,
    )
    tick = chart.mark_tick(thickness=3, size=13).encode(
        x=alt.X("median:Q", scale=share),
        y=where,
        color=side,
        tooltip=[
            alt.Tooltip("name:N"),
            alt.Tooltip("month:N"),
            *[alt.Tooltip(f"{key}:Q", format=".2f") for key in ("low", "median", "high")],
        ],
    )
    look: dict[str, Any] = {"labelFontSize": 13, "labelAnchor": "start", "labelColor": INK[dark]}
    picture = (
        chart.transform_filter("datum.whole")
        .mark_rule(strokeDash=[4, 3], strokeWidth=1.5)
        .encode(x=alt.X("median:Q", scale=share), color=side)
    )
    panels = (
        alt.layer(picture, line, tick, data=data(rows))
        .properties(width=NARROW if narrow else WIDTH * 2 // 3, height=height * len(order))
        .facet(
            facet=alt.Facet("month:N", sort=months, title=None, header=alt.Header(**look)), columns=1 if narrow else 2
        )
        .resolve_axis(x="independent")
    )
    shut = ripeness.blockers.zone_at_medians
    told_in_words = f"{title}: the median zone of agreement at the start is {shut:+.2f} of the stake."
    return dress(
        panels,
        title,
        LEGEND[narrow],
        told_in_words,
        dark=dark,
    )
