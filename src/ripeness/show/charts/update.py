"""Update: the probability of an outcome day after day, a line a view, with its interval as a band."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt

from ripeness.show.charts.dress import data, dress
from ripeness.show.end_words import class_outcome
from ripeness.show.palette import HEIGHT, SERIES, SERIES_IN_THE_DARK, WIDTH
from ripeness.show.words import at, day, percent
from ripeness.study.forecast_series import ForecastSeries

LABELS = {"blend": "blend", "model": "the model", "record": "wars like this one"}


def forecast_lines(series: ForecastSeries, names: Mapping[str, str], title: str, *, dark: bool = False) -> Any:
    """The outcome asked about, as it would have been said on each day."""
    outcome = class_outcome(series.target.name, names)
    rows = [
        {
            "day": str(point.as_of),
            "view": LABELS[view],
            "p": point.p,
            "low": point.low,
            "high": point.high,
            "said": percent(point.p),
        }
        for view in series.views
        for point in series.of(series.target.name, view)
    ]
    order = [LABELS[view] for view in series.views]
    colours = list((SERIES_IN_THE_DARK if dark else SERIES)[: len(order)])
    legend = alt.Legend(title=None, orient="top", symbolOpacity=1) if len(order) > 1 else None
    colour = alt.Color("view:N", scale=alt.Scale(domain=order, range=colours), legend=legend)
    days = alt.Axis(grid=False, format="%d %b %Y", labelOverlap="greedy", labelSeparation=12)
    when = alt.X("day:T", title="as of", axis=days)
    chart = alt.Chart(data(rows))
    low = alt.Y("low:Q", title="probability", axis=alt.Axis(format=".0%"))
    band = chart.mark_area(opacity=0.15).encode(x=when, y=low, y2=alt.Y2("high:Q"), color=colour)
    line = chart.mark_line(strokeWidth=2.2, point=True).encode(
        x=when,
        y=alt.Y("p:Q"),
        color=colour,
        tooltip=[alt.Tooltip("view:N"), alt.Tooltip("day:T"), alt.Tooltip("said:N", title="probability")],
    )
    by_when = f"by {day(series.by)}" if series.by else f"within {at(series.target.month)} months"
    answer = series.of(series.target.name, series.views[0])
    days_in_words = ", ".join(f"{point.as_of} {percent(point.p)}" for point in answer)
    subtitle = f"{outcome[:1].upper()}{outcome[1:]} {by_when}, as it would have been said on each day"
    picture = (band + line).properties(width=WIDTH, height=HEIGHT)
    first, last = answer[0], answer[-1]
    moved = "" if first is last else f", {percent(first.p)} on {day(first.as_of)}"
    finding = f"{outcome[:1].upper()}{outcome[1:]}: {percent(last.p)} on {day(last.as_of)}{moved}"
    return dress(picture, finding, f"{title}. {subtitle}", f"{finding}. {subtitle}: {days_in_words}.", dark=dark)
