"""Shares of the leading numbers as bars with their intervals, against what chance alone reaches."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt

from ripeness.show.charts.dress import data, dress, wrapped_names
from ripeness.show.palette import FALL, INK, RISE, WIDTH
from ripeness.show.target_words import target_in_words
from ripeness.show.words import percent
from ripeness.study.sensitivity.sense import Sensitivity

SHOWN, ROW = 12, 26  # numbers; height of a row
LETTERS = 480  # width that names may take
NARROW = 150  # width of the bars, and of their names, on a phone


def share_bars(
    sensitivity: Sensitivity, names: Mapping[str, str], title: str, *, dark: bool = False, narrow: bool = False
) -> Any:
    """What each leading number decides alone, of what the inputs decide; thin lines are 90 % intervals.

    `narrow` is for a phone.
    """
    up, down = RISE[dark], FALL[dark]
    rows = [
        {
            "name": parameter.name,
            "share": parameter.share,
            "low": parameter.share_low,
            "high": parameter.share_high,
            "way": "raises it" if parameter.slope >= 0 else "lowers it",
            "faint": 1.0 if parameter.matters else 0.35,
            "said": (
                f"{100 * parameter.share:.1f} % ({100 * parameter.share_low:.1f} to {100 * parameter.share_high:.1f})"
            ),
        }
        for parameter in sensitivity.numbers[:SHOWN]
    ]
    y = alt.Y(
        "name:N",
        sort=[parameter.name for parameter in sensitivity.numbers[:SHOWN]],
        title=None,
        axis=alt.Axis(labelExpr=wrapped_names(24), labelLineHeight=13) if narrow else alt.Axis(labelLimit=LETTERS),
    )
    x = alt.X(
        "share:Q",
        title="share" if narrow else "share of what the inputs decide, this number alone",
        axis=alt.Axis(format=".1~%", tickCount=4 if narrow else 10),
    )
    colour = alt.Color(
        "way:N",
        scale=alt.Scale(domain=["raises it", "lowers it"], range=[up, down]),
        title="a higher value",
        legend=alt.Legend(orient="bottom" if narrow else "right"),
    )
    bars = (
        alt.Chart(data(rows))
        .mark_bar(height=14)
        .encode(
            y=y,
            x=x,
            color=colour,
            opacity=alt.Opacity("faint:Q", scale=None),
            tooltip=[alt.Tooltip("name:N"), alt.Tooltip("said:N", title="share, 90 %")],
        )
    )
    lines = alt.Chart(data(rows)).mark_rule(color=INK[dark]).encode(y=y, x=alt.X("low:Q"), x2=alt.X2("high:Q"))
    level = (
        alt.Chart(data([{"chance": sensitivity.chance}]))
        .mark_rule(color=INK[dark], strokeDash=[4, 3])
        .encode(x=alt.X("chance:Q"))
    )
    luck = "" if sensitivity.luck is None else f"; chance decides {percent(sensitivity.luck)} of a single war"
    subtitle = (
        "Dashed: what chance reaches"
        if narrow
        else f"{target_in_words(sensitivity.target, names)}: {percent(sensitivity.p)}{luck}. Dashed: what chance"
        " alone reaches."
    )
    chart = alt.layer(bars, lines, level).properties(
        width=NARROW if narrow else WIDTH - 200, height=ROW * max(len(rows), 1)
    )
    description = "; ".join(f"{row['name']} {row['said']}" for row in rows[:5])
    finding = "No number that is not known matters by more than chance"
    if sensitivity.mattering:
        finding = f"{_capital(sensitivity.mattering[0].name)} matters most of what is not known"
    subtitle = f"{title}: {subtitle}"
    return dress(chart, finding, subtitle, f"Which numbers move the outcome: {description}", dark=dark)


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
