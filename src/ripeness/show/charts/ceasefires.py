"""Ceasefire areas: which share of the simulations is fought in full, in a ceasefire or over, month by month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import altair as alt

from ripeness.show.charts.calendar_axis import date_or_month, month_readout, when_axis
from ripeness.show.charts.dress import data, dress
from ripeness.show.palette import HEIGHT, PAPER, WIDTH, outcome_colour
from ripeness.show.words import month_of, percent
from ripeness.study.ceasefires import CeasefireMonth
from ripeness.world.calendar import date_after

TITLE = "Ceasefires: share of simulations that are fought, in one, or over"
STATES = {
    "over": ("over", "settlement"),
    "ceasefire": ("in a ceasefire", "ceasefire"),
    "fought": ("fought", "fighting"),
}


def ceasefire_areas(
    by_month: Sequence[CeasefireMonth], title: str, start: date, *, dark: bool = False, width: int = WIDTH
) -> Any:
    """Shares of the simulations in each state, stacked from the bottom up: over, in a ceasefire, fought in full."""
    rows: list[dict[str, Any]] = []
    for month in by_month:
        low = 0.0
        for name, (label, _) in STATES.items():
            share = getattr(month, name)
            rows.append(
                {
                    "when": date_or_month(start, month.month),
                    "state": label,
                    "low": round(low, 6),
                    "high": round(low + share, 6),
                    "said": percent(share),
                }
            )
            low += share
    labels = [label for label, _ in STATES.values()]
    colours = [outcome_colour(outcome, None, dark=dark) for _, outcome in STATES.values()]
    axis = when_axis(start, by_month[-1].month)
    chart = (
        alt.Chart(data(rows))
        .mark_area(stroke=PAPER[dark], strokeWidth=0.8)
        .encode(
            x=axis,
            y=alt.Y("low:Q", title=None, axis=alt.Axis(format=".0%", tickCount=5), scale=alt.Scale(domain=[0, 1])),
            y2=alt.Y2("high:Q"),
            color=alt.Color(
                "state:N", scale=alt.Scale(domain=labels, range=colours), legend=alt.Legend(title=None, orient="top")
            ),
        )
    )
    readout_words = {
        month.month: {label: percent(getattr(month, name)) for name, (label, _) in reversed(STATES.items())}
        for month in by_month
    }
    picture = alt.layer(chart, *month_readout(readout_words, start, axis, dark=dark)).properties(
        width=width, height=HEIGHT
    )
    most = max(by_month, key=lambda month: month.ceasefire)
    finding = f"At most {percent(most.ceasefire)} of simulations are in a ceasefire, in "
    finding += month_of(date_after(start, most.month))
    subtitle = f"{title}; over: the war has ended in whatever way"
    return dress(picture, finding, subtitle, f"{finding}.", dark=dark, colours=dict(zip(labels, colours, strict=True)))
