"""Bargaining strips: each faction's least terms on one axis from 0 to 1, month by month, with both demands."""

from __future__ import annotations

from datetime import date
from textwrap import wrap
from typing import Any

import altair as alt

from ripeness.show.charts.calendar_axis import when_words
from ripeness.show.charts.dress import data, dress
from ripeness.show.palette import INK, SIDES, SIDES_IN_THE_DARK, WIDTH
from ripeness.show.words import percent
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


def strips(
    ripeness: Ripeness, title: str, *, start: date | None = None, dark: bool = False, narrow: bool = False
) -> Any:
    """What the first side asks at least (to the right of its strips) and the second leaves at most, by month shown.

    `start` is the day from which months count. `narrow` sets the months one below the other, for a phone.
    """
    first, second = (ripeness.names[key] for key in ripeness.sides)
    labels = {ripeness.sides[0]: f"{first} asks at least", ripeness.sides[1]: f"{second} leaves at most"}
    rows: list[dict[str, Any]] = []
    for strip in ripeness.strips:
        name = labels[strip.polity] if strip.faction is None else ripeness.names[f"{strip.polity}/{strip.faction}"]
        rows.append(
            {
                "month": _when(strip.month, start),
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
    finding = _zones(ripeness, start)
    return dress(panels, finding, LEGEND[narrow] if narrow else f"{title}. {LEGEND[narrow]}", f"{finding}.", dark=dark)


def _when(month: float, start: date | None) -> str:
    """The heading of a month's strips.

    >>> _when(0, None), _when(12, None), _when(12, date(2023, 3, 15))
    ('at the start', 'after 12 months', '14 March 2024')
    """
    return "at the start" if month == 0 and start is None else when_words(start, month)


def _zones(ripeness: Ripeness, start: date | None) -> str:
    """In which of the months shown there are terms that both sides would take, by the medians."""
    demands, left = (
        {strip.month: strip.share.median for strip in ripeness.strips if (strip.polity, strip.faction) == (side, None)}
        for side in ripeness.sides
    )
    months_shown = [month for month in demands if month in left]
    first, second = (ripeness.names[key] for key in ripeness.sides)
    if not months_shown:
        return "Nothing is known of the terms of either side"
    opened = [month for month in months_shown if demands[month] <= left[month]]
    least, most = min(max(demands[months_shown[0]], 0.0), 1.0), min(max(left[months_shown[0]], 0.0), 1.0)
    terms = f"{first} asks {percent(least)} at least, {second} leaves {percent(most)} at most"
    when = _when(months_shown[0], start)
    when = when if start is None else f"on {when}"
    if len(months_shown) == 1:
        return f"{'Room' if opened else 'No room'} for an agreement {when}: {terms}"
    if not opened:
        return f"No room for an agreement at any of {len(months_shown)} dates shown: {when} {terms}"
    if len(opened) == len(months_shown):
        return f"Room for an agreement at all {len(months_shown)} dates shown: {when} {terms}"
    return f"Room for an agreement at {len(opened)} of {len(months_shown)} dates shown; {when} {terms}"
