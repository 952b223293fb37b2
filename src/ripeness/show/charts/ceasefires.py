"""Ceasefire areas: which share of the runs is fought in full, in a ceasefire or over, month by month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import altair as alt

from ripeness.show.charts.dress import data, dress, month_ticks
from ripeness.show.palette import HEIGHT, PAPER, WIDTH, outcome_colour
from ripeness.show.words import day, percent
from ripeness.study.ceasefires import CeasefireMonth

TITLE = "Ceasefires: how many of the runs are fought, in one, or over"
STATES = {
    "over": ("over", "settlement"),
    "ceasefire": ("in a ceasefire", "ceasefire"),
    "fought": ("fought", "fighting"),
}


def ceasefire_areas(
    by_month: Sequence[CeasefireMonth], title: str, start: date, *, dark: bool = False, width: int = WIDTH
) -> Any:
    """Shares of the runs in each state, stacked from the bottom up: over, in a ceasefire, fought in full."""
    rows: list[dict[str, Any]] = []
    for month in by_month:
        low = 0.0
        for name, (label, _) in STATES.items():
            share = getattr(month, name)
            rows.append(
                {
                    "month": month.month,
                    "state": label,
                    "low": round(low, 6),
                    "high": round(low + share, 6),
                    "said": percent(share),
                }
            )
            low += share
    labels = [label for label, _ in STATES.values()]
    colours = [outcome_colour(outcome, None, dark=dark) for _, outcome in STATES.values()]
    chart = (
        alt.Chart(data(rows))
        .mark_area(stroke=PAPER[dark], strokeWidth=0.8)
        .encode(
            x=alt.X(
                "month:Q",
                scale=alt.Scale(nice=False),
                title=f"months after {day(start)}",
                axis=alt.Axis(values=month_ticks(by_month[-1].month), grid=False),
            ),
            y=alt.Y("low:Q", title="share of runs", axis=alt.Axis(format=".0%"), scale=alt.Scale(domain=[0, 1])),
            y2=alt.Y2("high:Q"),
            color=alt.Color(
                "state:N", scale=alt.Scale(domain=labels, range=colours), legend=alt.Legend(title=None, orient="top")
            ),
            tooltip=[
                alt.Tooltip("state:N"),
                alt.Tooltip("month:Q"),
                alt.Tooltip("said:N", title="share of runs"),
            ],
        )
        .properties(width=width, height=HEIGHT)
    )
    most = max(by_month, key=lambda month: month.ceasefire)
    description = f"At most {percent(most.ceasefire)} of the runs are in a ceasefire, in month {most.month:g}."
    return dress(chart, title, "Share of the runs; over: the war has ended in whatever way", description, dark=dark)
