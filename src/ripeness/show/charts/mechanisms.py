"""Mechanisms as a picture: the mean months that each lever adds or takes away, with 90 % errors."""

from __future__ import annotations

from datetime import date
from typing import Any

import altair as alt

from ripeness.show.charts.calendar_axis import by_words
from ripeness.show.charts.dress import data, dress
from ripeness.show.palette import INK, RULE, SERIES, SERIES_IN_THE_DARK, WIDTH
from ripeness.study.mechanisms.answer import LEVER, MeasuredMechanisms

ROW = 20  # height of a row in points
LETTERS = 420  # width left for names
MARGIN = 60  # left of names, in points: a browser's letters may be wider than those by which the picture was measured
TOLD, UNTOLD = "more than its error", "no more than its error"


def months_moved(measured: MeasuredMechanisms, title: str, *, start: date | None = None, dark: bool = False) -> Any:
    """Bars of the first lever of each mechanism, the strongest first; those within their error stand back."""
    levers = [line for line in measured.mechanisms if line.kind == LEVER]
    levers.sort(key=lambda line: -abs(line.months or 0.0))
    rows: list[dict[str, Any]] = [
        {
            "lever": line.moved,
            "months": line.months or 0.0,
            "low": (line.months or 0.0) - (line.months_error or 0.0),
            "high": (line.months or 0.0) + (line.months_error or 0.0),
            "moves": TOLD if line.is_told_from_zero else UNTOLD,
        }
        for line in levers
    ]
    names = alt.Y("lever:N", sort=[entry["lever"] for entry in rows], title=None, axis=alt.Axis(labelLimit=LETTERS))
    colour = alt.Color(
        "moves:N",
        scale=alt.Scale(domain=[TOLD, UNTOLD], range=[(SERIES_IN_THE_DARK if dark else SERIES)[0], RULE[dark]]),
        title="moves the length by",
        legend=alt.Legend(orient="bottom", direction="vertical"),
    )
    chart = alt.Chart(data(rows))
    tips = [alt.Tooltip("lever:N"), *(alt.Tooltip(f"{key}:Q", format="+.2f") for key in ("months", "low", "high"))]
    bars = chart.mark_bar(height=12, aria=False).encode(
        y=names, x=alt.X("months:Q", title="months"), color=colour, tooltip=tips
    )
    errors = chart.mark_rule(color=INK[dark], aria=False).encode(y=names, x=alt.X("low:Q"), x2=alt.X2("high:Q"))
    layers = alt.layer(bars, errors).properties(
        width=WIDTH - 200, height=ROW * max(len(rows), 1), padding={"left": MARGIN, "top": 5, "right": 5, "bottom": 5}
    )
    subtitle = (
        f"Mean months longer (+) or shorter (-) {by_words(start, measured.horizon)}; as stated "
        f"{measured.mean_months:.1f}; lines are 90 % errors"
    )
    subtitle = f"{title}: {subtitle[:1].lower()}{subtitle[1:]}"
    title = "No lever that was moved changes the length of the war by more than its error"
    if levers and levers[0].is_told_from_zero:
        top = levers[0]
        longer = "longer" if (top.months or 0.0) > 0 else "shorter"
        moved = f"{top.moved[:1].upper()}{top.moved[1:]}"
        title = f"{moved}: {abs(top.months or 0.0):.1f} months {longer} than as stated"
    strongest = "; ".join(f"{line.moved} {line.months:+.1f}" for line in levers[:5])
    return dress(layers, title, subtitle, f"Months that each lever moves: {strongest}", dark=dark)
