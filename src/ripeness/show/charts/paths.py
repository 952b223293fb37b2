"""Paths: how front, power or demands move month by month, as medians with 90 % bands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from textwrap import wrap
from typing import Any

import altair as alt

from ripeness.show.charts.dress import data, dress, month_ticks
from ripeness.show.palette import HEIGHT, INK, SERIES, SERIES_IN_THE_DARK, SIDES, SIDES_IN_THE_DARK, WIDTH
from ripeness.show.words import day, percent
from ripeness.study.monthly_bands import MonthlyBand

LETTERS = 44  # of a name in a line above its panel
STILL = "median and 90 % band of the wars that still go on"


def front_path(bands: Sequence[MonthlyBand], names: Mapping[str, str], start: date, *, dark: bool = False) -> Any:
    """The share of the stake that the first belligerent holds."""
    key = bands[0].series
    title = f"Line of the front: share held by {names[key]}"
    return _paths(bands, {key: names[key]}, _sides(dark=dark)[:1], title, start, dark=dark, several=False)


def power_paths(
    bands: Sequence[MonthlyBand], names: Mapping[str, str], title: str, start: date, *, dark: bool = False
) -> Any:
    """The power of each faction of one polity; `names` by faction key."""
    series = list(dict.fromkeys(band.series for band in bands))
    colours = SERIES_IN_THE_DARK if dark else SERIES
    return _paths(bands, {key: names[key] for key in series}, colours, title, start, dark=dark, several=True)


def demand_paths(bands: Sequence[MonthlyBand], names: Mapping[str, str], start: date, *, dark: bool = False) -> Any:
    """What the first demands and what the second would leave it; where the former lies lower, there is a zone."""
    first, second = dict.fromkeys(band.series for band in bands)
    labels = {first: f"least that {names[first]} would take", second: f"most that {names[second]} would leave it"}
    title = "Demands: a zone of agreement opens where the lines cross"
    return _paths(bands, labels, _sides(dark=dark), title, start, dark=dark, several=False)


def _paths(
    bands: Sequence[MonthlyBand],
    labels: Mapping[str, str],
    colours: Sequence[str],
    title: str,
    start: date,
    *,
    dark: bool,
    several: bool,
) -> Any:
    """One line and one band a series; many series get a panel each, since their bands would hide one another."""
    named = {key: "\n".join(wrap(label, LETTERS)) if several else label for key, label in labels.items()}
    rows = [asdict(band) | {"label": named[band.series]} for band in bands]
    order = list(named.values())
    one_below_the_other = alt.Legend(title=None, orient="top", direction="vertical", symbolOpacity=1, labelLimit=WIDTH)
    legend = None if several or len(order) == 1 else one_below_the_other
    colour = alt.Color("label:N", scale=alt.Scale(domain=order, range=list(colours[: len(order)])), legend=legend)
    ticks = alt.Axis(grid=False, values=month_ticks(rows[-1]["month"]))
    month = alt.X(
        "month:Q", scale=alt.Scale(nice=False), title="months" if several else f"months after {day(start)}", axis=ticks
    )
    chart = alt.Chart(data(rows))
    # Demands beyond the whole stake mean that no terms are enough; the picture ends at the whole.
    scale = alt.Scale(clamp=True) if several else alt.Scale(domain=[0, 1], clamp=True)
    low = alt.Y("low:Q", title=None, axis=alt.Axis(format=".0%", tickCount=4), scale=scale)
    band = chart.mark_area(opacity=0.22).encode(x=month, y=low, y2=alt.Y2("high:Q"), color=colour)
    points = [alt.Tooltip(f"{key}:Q", format=".0%") for key in ("low", "median", "high")]
    line = chart.mark_line(strokeWidth=2.2).encode(
        x=month,
        y=alt.Y("median:Q"),
        color=colour,
        tooltip=[alt.Tooltip("label:N"), alt.Tooltip("month:Q"), *points, alt.Tooltip("runs:Q")],
    )
    layers = band + line
    if several:
        look: dict[str, Any] = {
            "labelFontSize": 12,
            "labelAnchor": "start",
            "labelLimit": WIDTH // 2,
            "labelColor": INK[dark],
            "labelExpr": r"split(datum.label, '\n')",
        }
        facet = alt.Facet("label:N", sort=order, header=alt.Header(title=None, **look))
        picture = layers.properties(width=WIDTH / 2 - 20, height=HEIGHT / 3).facet(facet=facet, columns=2)
    else:
        picture = layers.properties(width=WIDTH, height=HEIGHT)
    return dress(picture, title, STILL, f"{title}. {_in_words(rows)}", dark=dark)


def _in_words(rows: Sequence[Mapping[str, Any]]) -> str:
    """What the picture shows at its last month."""
    last = {" ".join(row["label"].split()): row for row in rows}
    return " ".join(
        f"{name}: {percent(row['median'])} after {row['month']:g} months, "
        f"{percent(row['low'])} to {percent(row['high'])}."
        for name, row in last.items()
    )


def _sides(*, dark: bool) -> tuple[str, str]:
    return SIDES_IN_THE_DARK if dark else SIDES
