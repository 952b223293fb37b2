"""How conflicts like this one ended, month by month: each end as an area, with the interval of what goes on."""

from __future__ import annotations

from typing import Any

import altair as alt

from ripeness.show.charts.dress import data, dress, month_ticks
from ripeness.show.palette import HEIGHT, INK, PAPER, WIDTH, outcome_colour
from ripeness.show.words import percent
from ripeness.study.record.answer import MeasuredRecord
from ripeness.study.record.classes import END_WORDS

STACKED = ("agreement", "ceasefire", "low_activity", "victory", "fighting")  # from the bottom up
COLOURS = {
    "agreement": ("settlement", None),
    "ceasefire": ("ceasefire", None),
    "low_activity": ("frozen", None),
    "victory": ("victory", 0),
    "fighting": ("fighting", None),
}
WIDE = 150  # points left for the names
NARROW_WIDTH = 300


def incidence_areas(measured: MeasuredRecord, title: str, *, dark: bool = False, narrow: bool = False) -> Any:
    """Cumulative incidence of every end, stacked to 1; dashes bound the 90 % interval of what has ended by then."""
    curve = measured.path
    rows: list[dict[str, Any]] = []
    ended = []
    for number, month in enumerate(curve.months.tolist()):
        bottom = 0.0
        for end in STACKED:
            p = float(curve.p[curve.ends.index(end), number])
            rows.append(
                {"month": month, "end": END_WORDS[end], "low": bottom, "high": bottom + p, "probability": percent(p)}
            )
            bottom += p
        going_on = curve.ends.index("fighting")
        ended += [
            {"month": month, "bound": bound, "p": 1 - float(limit[going_on, number])}
            for bound, limit in (("low", curve.high), ("high", curve.low))
        ]
    names = [END_WORDS[end] for end in STACKED]
    colours = [outcome_colour(*COLOURS[end], dark=dark) for end in STACKED]
    last = float(curve.months[-1])
    month_axis = alt.X(
        "month:Q",
        scale=alt.Scale(nice=False),
        title="months from now",
        axis=alt.Axis(values=month_ticks(last), grid=False),
    )
    areas = (
        alt.Chart(data(rows))
        .mark_area(stroke=PAPER[dark], strokeWidth=0.8)
        .encode(
            x=month_axis,
            y=alt.Y("low:Q", title="probability", axis=alt.Axis(format=".0%"), scale=alt.Scale(domain=[0, 1])),
            y2=alt.Y2("high:Q"),
            color=alt.Color(
                "end:N",
                scale=alt.Scale(domain=names, range=colours),
                title=None,
                sort=names[::-1],
                legend=alt.Legend(orient="bottom", direction="vertical", labelLimit=220),
            ),
            tooltip=["end:N", "month:Q", "probability:N"],
        )
    )
    bounds = (
        alt.Chart(data(ended))
        .mark_line(color=INK[dark], strokeDash=[4, 3], strokeWidth=1)
        .encode(x=month_axis, y="p:Q", detail="bound:N")
    )
    chart = (areas + bounds).properties(width=NARROW_WIDTH if narrow else WIDTH - WIDE, height=HEIGHT)
    subtitle = f"Past {measured.traits.kind} conflicts like this one; dashes: 90 % interval of all that have ended"
    over = percent(1 - float(curve.p[curve.ends.index("fighting"), -1]))
    return dress(chart, title, subtitle, f"{title}: {over} are over after {last:g} months.", dark=dark)
