"""What each number does to an outcome, moved alone from its low to its high end: bars with their errors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from ripeness.show.charts.dress import data, dress
from ripeness.show.palette import FALL, INK, RISE, WIDTH

ROW = 28  # height of a row


@dataclass(frozen=True, slots=True)
class EndToEndBar:
    """A number by its words, its ends, and how many points likelier the outcome is at its high than at its low end."""

    name: str
    ends: str
    mean: float
    low: float
    high: float


def end_to_end_bars(bars: Sequence[EndToEndBar], title: str, subtitle: str, *, dark: bool = False) -> Any:
    """One bar a number, the longest first; those that cannot be told from nothing are pale. Units: points."""
    up, down = RISE[dark], FALL[dark]
    rows = [
        {
            "name": bar.name,
            "mean": bar.mean,
            "low": bar.low,
            "high": bar.high,
            "way": "raises it" if bar.mean >= 0 else "lowers it",
            "faint": 0.3 if bar.low <= 0 <= bar.high else 1.0,
            "ends": bar.ends,
            "said": f"{bar.mean:+.1f} points ({bar.low:+.1f} to {bar.high:+.1f})",
        }
        for bar in bars
    ]
    axis = alt.Axis(labelLimit=WIDTH, ticks=False)
    y = alt.Y("name:N", sort=[str(row["name"]) for row in rows], title=None, axis=axis)
    x = alt.X("mean:Q", title="points", axis=alt.Axis(format="+d", tickCount=6))
    colour = alt.Color(
        "way:N",
        scale=alt.Scale(domain=["raises it", "lowers it"], range=[up, down]),
        legend=alt.Legend(title="a higher value", orient="top"),
    )
    tips = [
        alt.Tooltip("name:N", title=" "),
        alt.Tooltip("ends:N", title="from, to"),
        alt.Tooltip("said:N", title="moves it by"),
    ]
    chart = alt.Chart(data(rows))
    solid = chart.mark_bar(height=14, aria=False).encode(
        y=y, x=x, color=colour, opacity=alt.Opacity("faint:Q", scale=None), tooltip=tips
    )
    errors = chart.mark_rule(color=INK[dark], aria=False).encode(y=y, x="low:Q", x2="high:Q")
    layers = alt.layer(solid, errors).properties(width=WIDTH - 200, height=ROW * max(len(rows), 1))
    description = "; ".join(f"{bar.name} {row['said']}" for bar, row in zip(bars[:5], rows, strict=False))
    return dress(layers, title, subtitle, f"{title}: {description}", dark=dark)
