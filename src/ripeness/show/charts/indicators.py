"""Indicators as lines: how many bits each would tell, month by month."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt

from ripeness.show.charts.dress import data, dress
from ripeness.show.palette import HEIGHT, SERIES, SERIES_IN_THE_DARK, WIDTH
from ripeness.show.target_words import target_in_words
from ripeness.show.words import at
from ripeness.study.indicators.indicators import RankedIndicators

SHOWN = 8  # lines, each of its own colour


def indicator_lines(watch: RankedIndicators, names: Mapping[str, str], title: str, *, dark: bool = False) -> Any:
    """The leading indicators; the legend stands in their order."""
    leading = watch.indicators[:SHOWN]
    rows = [
        {"name": indicator.name, "month": look.month, "bits": look.bits, "said": f"{look.bits:.3f} bits"}
        for indicator in leading
        for look in indicator.looks
    ]
    labels = [indicator.name for indicator in leading]
    colour = alt.Color(
        "name:N",
        scale=alt.Scale(domain=labels, range=list((SERIES_IN_THE_DARK if dark else SERIES)[: len(labels)])),
        title=None,
        legend=alt.Legend(orient="bottom", direction="vertical", labelLimit=WIDTH),
    )
    chart = (
        alt.Chart(data(rows))
        .mark_line(point=True)
        .encode(
            x=alt.X("month:Q", title="month in which it is seen", axis=alt.Axis(values=list(watch.months), grid=False)),
            y=alt.Y("bits:Q", title="bits about the outcome"),
            color=colour,
            tooltip=[alt.Tooltip("name:N"), alt.Tooltip("month:Q"), alt.Tooltip("said:N", title="tells")],
        )
        .properties(width=WIDTH, height=HEIGHT)
    )
    subtitle = (
        f"expected information on how the war stands in month {at(watch.target.month)}, among wars that still go on"
    )
    if leading:
        subtitle = f"{title}: {subtitle}"
        title = f"{leading[0].name[:1].upper()}{leading[0].name[1:]} tells most about the end"
    description = "; ".join(
        f"{indicator.name}, {indicator.best.bits:.3f} bits in month {indicator.best.month:g}"
        for indicator in leading[:5]
    )
    return dress(
        chart, title, subtitle, f"What to watch for '{target_in_words(watch.target, names)}': {description}", dark=dark
    )
