"""Paths: how front, power or demands move month by month, as medians with 90 % bands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from textwrap import wrap
from typing import Any

import altair as alt

from ripeness.show.charts.calendar_axis import date_or_month, month_readout, when_axis
from ripeness.show.charts.dress import data, dress
from ripeness.show.palette import HEIGHT, INK, SERIES, SERIES_IN_THE_DARK, SIDES, SIDES_IN_THE_DARK, WIDTH
from ripeness.show.words import month_of, percent, percent_range
from ripeness.study.monthly_bands import MonthlyBand
from ripeness.world.calendar import date_after

LETTERS = 34  # of a name in a line above its panel
STILL = "median and 90 % band of the simulations in which the war goes on"


def front_path(bands: Sequence[MonthlyBand], names: Mapping[str, str], start: date, *, dark: bool = False) -> Any:
    """The share of the stake that the first belligerent holds."""
    key = bands[0].series
    last = bands[-1]
    title = f"{names[key]} holds {percent(last.median)} of what is fought over in {_end(last, start)}"
    label = {key: f"share held by {names[key]}"}
    subtitle = f"Line of the front: {STILL}"
    return _paths(bands, label, _sides(dark=dark)[:1], (title, subtitle), start, dark=dark, several=False)


def power_paths(
    bands: Sequence[MonthlyBand], names: Mapping[str, str], title: str, start: date, *, dark: bool = False
) -> Any:
    """The power of each faction of one polity; `names` by faction key."""
    series = list(dict.fromkeys(band.series for band in bands))
    colours = SERIES_IN_THE_DARK if dark else SERIES
    top = max((band for band in bands if band.month == bands[-1].month), key=lambda band: band.median)
    finding = f"{names[top.series]} has most power in {_end(top, start)}: {percent(top.median)}"
    labels = {key: names[key] for key in series}
    return _paths(bands, labels, colours, (finding, f"{title}: {STILL}"), start, dark=dark, several=True)


def demand_paths(bands: Sequence[MonthlyBand], names: Mapping[str, str], start: date, *, dark: bool = False) -> Any:
    """What the first demands and what the second would leave it; where the former lies lower, there is a zone."""
    first, second = dict.fromkeys(band.series for band in bands)
    labels = {first: f"least that {names[first]} would take", second: f"most that {names[second]} would leave it"}
    least, most = ([band for band in bands if band.series == key][-1] for key in (first, second))
    opens = "A zone of agreement is open" if least.median <= most.median else "No zone of agreement"
    wanted, left = min(least.median, 1.0), max(most.median, 0.0)  # nobody can be given more than all, or less than none
    title = (
        f"{opens} in {_end(least, start)}: {names[first]} would take {percent(wanted)} at least, {names[second]} "
        f"would leave it {percent(left)} at most"
    )
    subtitle = f"Demands; a zone opens where the lines cross; {STILL}"
    return _paths(bands, labels, _sides(dark=dark), (title, subtitle), start, dark=dark, several=False)


def _paths(
    bands: Sequence[MonthlyBand],
    labels: Mapping[str, str],
    colours: Sequence[str],
    titles: tuple[str, str],
    start: date,
    *,
    dark: bool,
    several: bool,
) -> Any:
    """One line and one band a series; many series get a panel each, since their bands would hide one another."""
    named = {key: "\n".join(wrap(label, LETTERS)) if several else label for key, label in labels.items()}
    rows = [asdict(band) | {"label": named[band.series], "when": date_or_month(start, band.month)} for band in bands]
    order = list(named.values())
    one_below_the_other = alt.Legend(title=None, orient="top", direction="vertical", symbolOpacity=1, labelLimit=WIDTH)
    legend = None if several or len(order) == 1 else one_below_the_other
    colour = alt.Color("label:N", scale=alt.Scale(domain=order, range=list(colours[: len(order)])), legend=legend)
    month = when_axis(start, rows[-1]["month"])
    chart = alt.Chart() if several else alt.Chart(data(rows))
    # Demands beyond the whole stake mean that no terms are enough; the picture ends at the whole.
    scale = alt.Scale(clamp=True) if several else alt.Scale(domain=[0, 1], clamp=True)
    low = alt.Y("low:Q", title=None, axis=alt.Axis(format=".0%", tickCount=4), scale=scale)
    band = chart.mark_area(opacity=0.22).encode(x=month, y=low, y2=alt.Y2("high:Q"), color=colour)
    line = chart.mark_line(strokeWidth=2.2).encode(
        x=month,
        y=alt.Y("median:Q"),
        color=colour,
    )
    readout_words: dict[float, dict[str, str]] = {}
    for entry in bands:
        words = f"{percent(entry.median)} ({percent_range(entry.low, entry.high)})"
        readout_words.setdefault(entry.month, {})[labels[entry.series]] = words
    layers = alt.layer(band, line, *month_readout(readout_words, start, month, dark=dark))
    if several:
        look: dict[str, Any] = {
            "labelFontSize": 13,
            "labelAnchor": "start",
            "labelLimit": WIDTH // 2,
            "labelColor": INK[dark],
            "labelExpr": r"split(datum.label, '\n')",
        }
        facet = alt.Facet("label:N", sort=order, header=alt.Header(title=None, **look))
        picture = layers.properties(width=WIDTH / 2 - 20, height=HEIGHT / 3).facet(
            facet=facet, data=data(rows), columns=2
        )
    else:
        picture = layers.properties(width=WIDTH, height=HEIGHT)
    paints = dict(zip(labels.values(), colours, strict=False))
    return dress(picture, *titles, f"{titles[0]}. {_in_words(rows, start)}", dark=dark, colours=paints)


def _end(band: MonthlyBand, start: date) -> str:
    return month_of(date_after(start, band.month))


def _in_words(rows: Sequence[Mapping[str, Any]], start: date) -> str:
    """What the picture shows at its last month."""
    last = {" ".join(row["label"].split()): row for row in rows}
    return " ".join(
        f"{name}: {percent(row['median'])} in {month_of(date_after(start, row['month']))}, "
        f"{percent(row['low'])} to {percent(row['high'])}."
        for name, row in last.items()
    )


def _sides(*, dark: bool) -> tuple[str, str]:
    return SIDES_IN_THE_DARK if dark else SIDES
