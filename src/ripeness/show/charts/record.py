"""How conflicts like this one ended, month by month: each end as an area, with the interval of what goes on."""

from __future__ import annotations

from datetime import date
from typing import Any

import altair as alt

from ripeness.show.charts.calendar_axis import date_or_month, month_readout, when_axis
from ripeness.show.charts.dress import data, dress
from ripeness.show.palette import HEIGHT, INK, PAPER, WIDTH, class_colour, outcome_colour
from ripeness.show.words import percent
from ripeness.study.record.answer import MeasuredRecord
from ripeness.study.record.classes import END_WORDS

STACKED = ("agreement", "ceasefire", "low_activity", "victory", "fighting")  # from the bottom up
COLOURS = {
    "agreement": ("settlement", None),
    "ceasefire": ("ceasefire", None),
    "low_activity": ("frozen", None),
    "fighting": ("fighting", None),
}
WIDE = 150  # points left for the names
NARROW_WIDTH = 300


def incidence_areas(
    measured: MeasuredRecord, title: str, *, start: date | None = None, dark: bool = False, narrow: bool = False
) -> Any:
    """Cumulative incidence of every end, stacked to 1; dashes bound the 90 % interval of what has ended by then.

    `start` is the day from which months count, where it is known.
    """
    curve = measured.path
    rows: list[dict[str, Any]] = []
    ended = []
    readout_words: dict[float, dict[str, str]] = {}
    for number, month in enumerate(curve.months.tolist()):
        bottom = 0.0
        for end in STACKED:
            p = float(curve.p[curve.ends.index(end), number])
            rows.append({"when": date_or_month(start, month), "end": END_WORDS[end], "low": bottom, "high": bottom + p})
            readout_words.setdefault(month, {})[END_WORDS[end]] = percent(p)
            bottom += p
        going_on = curve.ends.index("fighting")
        ended += [
            {"when": date_or_month(start, month), "bound": bound, "p": 1 - float(limit[going_on, number])}
            for bound, limit in (("low", curve.high), ("high", curve.low))
        ]
    names = [END_WORDS[end] for end in STACKED]
    colours = [_colour(end, dark=dark) for end in STACKED]
    last = float(curve.months[-1])
    month_axis = when_axis(start, last)
    areas = (
        alt.Chart(data(rows))
        .mark_area(stroke=PAPER[dark], strokeWidth=0.8)
        .encode(
            x=month_axis,
            y=alt.Y("low:Q", title=None, axis=alt.Axis(format=".0%", tickCount=5), scale=alt.Scale(domain=[0, 1])),
            y2=alt.Y2("high:Q"),
            color=alt.Color(
                "end:N",
                scale=alt.Scale(domain=names, range=colours),
                title=None,
                sort=names[::-1],
                legend=alt.Legend(orient="bottom", columns=1 if narrow else len(names), labelLimit=220),
            ),
        )
    )
    bounds = (
        alt.Chart(data(ended))
        .mark_line(color=INK[dark], strokeDash=[4, 3], strokeWidth=1)
        .encode(x=month_axis, y="p:Q", detail="bound:N")
    )
    readout = month_readout(readout_words, start, month_axis, dark=dark, order=names[::-1])
    width = NARROW_WIDTH if narrow else WIDTH - WIDE
    chart = alt.layer(areas, bounds, *readout).properties(width=width, height=HEIGHT)
    subtitle = f"{title}: past {measured.traits.kind} conflicts like this one; dashes: 90 % interval of all that ended"
    over = percent(1 - float(curve.p[curve.ends.index("fighting"), -1]))
    finding = f"{over} of past wars like this one had ended {last:g} months later"
    paints = dict(zip(names, colours, strict=True))
    return dress(
        chart, finding, subtitle, f"{title}: {over} are over after {last:g} months.", dark=dark, colours=paints
    )


def _colour(end: str, *, dark: bool) -> str:
    """The colour of an end as an area; whose victory it is, the record does not say."""
    return class_colour("victory", dark=dark) if end == "victory" else outcome_colour(*COLOURS[end], dark=dark)
