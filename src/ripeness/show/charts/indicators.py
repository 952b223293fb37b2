"""Indicators as lines: how many bits each would tell, month by month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import altair as alt

from ripeness.show.charts.calendar_axis import date_or_month, month_readout, when_axis, when_words
from ripeness.show.charts.dress import data, dress, wrapped_names
from ripeness.show.palette import HEIGHT, SERIES, SERIES_IN_THE_DARK, WIDTH
from ripeness.show.target_words import target_in_words
from ripeness.show.words import at, day, month_of
from ripeness.study.indicators.indicators import RankedIndicators
from ripeness.world.calendar import date_after

NARROW, LONG = 34, 90  # letters in a line of a name in the legend, on a phone and else
PHONE = 230  # width of the picture on a phone
SHOWN = 8  # lines, each of its own colour


def indicator_lines(
    watch: RankedIndicators,
    names: Mapping[str, str],
    title: str,
    *,
    start: date | None = None,
    dark: bool = False,
    narrow: bool = False,
) -> Any:
    """The leading indicators; the legend stands in their order. `start` is the day from which months count."""
    leading = watch.indicators[:SHOWN]
    rows = [
        {"name": indicator.name, "when": date_or_month(start, look.month), "bits": look.bits}
        for indicator in leading
        for look in indicator.looks
    ]
    labels = [indicator.name for indicator in leading]
    colours = list((SERIES_IN_THE_DARK if dark else SERIES)[: len(labels)])
    colour = alt.Color(
        "name:N",
        scale=alt.Scale(domain=labels, range=colours),
        title=None,
        legend=alt.Legend(
            orient="bottom",
            direction="vertical",
            labelLimit=WIDTH,
            labelExpr=wrapped_names(NARROW if narrow else LONG),
        ),
    )
    axis = when_axis(start, watch.months[-1]) if start else _months(watch.months)
    lines = (
        alt.Chart(data(rows))
        .mark_line(point=True)
        .encode(x=axis, y=alt.Y("bits:Q", title="bits about the outcome"), color=colour)
    )
    readout: dict[float, dict[str, str]] = {}
    for indicator in leading:
        for look in indicator.looks:
            readout.setdefault(look.month, {})[indicator.name] = f"{look.bits:.3f} bits"
    answering = month_readout(dict(sorted(readout.items())), start, axis, dark=dark, order=labels) if readout else []
    chart = alt.layer(lines, *answering).properties(width=PHONE if narrow else WIDTH, height=HEIGHT)
    subtitle = (
        f"{title}: expected information on how the war stands {_at(watch, start)}, among simulations that still go on"
    )
    finding = "Nothing that can be seen from outside tells more about the end than chance would"
    if leading:
        finding = f"{leading[0].name[:1].upper()}{leading[0].name[1:]} tells most about the end"
        if start:
            finding += f", in {month_of(date_after(start, leading[0].best.month))}"
    description = "; ".join(
        f"{indicator.name}, {indicator.best.bits:.3f} bits {when_words(start, indicator.best.month)}"
        for indicator in leading[:5]
    )
    told_in_words = f"{finding}. What to watch for '{target_in_words(watch.target, names)}': {description}"
    paints = dict(zip(labels, colours, strict=False))
    return dress(chart, finding, subtitle, told_in_words, dark=dark, colours=paints)


def _months(months: Sequence[float]) -> Any:
    """An axis of months by number."""
    return alt.X("when:Q", title="months from now", axis=alt.Axis(values=list(months), grid=False))


def _at(watch: RankedIndicators, start: date | None) -> str:
    """When the outcome is asked for."""
    on = watch.target.day or (start and date_after(start, watch.target.month))
    return f"on {day(on)}" if on else f"after {at(watch.target.month)} months"
