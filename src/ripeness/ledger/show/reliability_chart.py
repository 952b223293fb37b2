"""Reliability: of the things called 30 % likely, how many came true; each point with its 90 % interval."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from ripeness.ledger.scores.calibration import Bin
from ripeness.show.charts.dress import data, dress
from ripeness.show.palette import INK, RULE, SIDES, SIDES_IN_THE_DARK
from ripeness.show.words import percent

SIDE = 380  # points: both axes are probabilities, so the picture is a square


def reliability(bins: Sequence[Bin], *, dark: bool = False) -> Any:
    """How often things happened, by the probability that they were given; on the diagonal the two are one.

    Assumes at least one bin.
    """
    rows = [
        {
            "said": part.mean,
            "share": part.share.value,
            "low": part.share.low,
            "high": part.share.high,
            "n": part.n,
            "words": f"said {percent(part.mean)}, came true {percent(part.share.value)} of {part.n}",
        }
        for part in bins
    ]
    colour = (SIDES_IN_THE_DARK if dark else SIDES)[0]
    share = alt.Scale(domain=[0, 1])
    x = alt.X("said:Q", title="probability that was given", scale=share, axis=alt.Axis(format=".0%"))
    y = alt.Y("share:Q", title="share that came true", scale=share, axis=alt.Axis(format=".0%"))
    ideal = (
        alt.Chart(data([{"said": 0, "share": 0}, {"said": 1, "share": 1}]))
        .mark_line(color=RULE[dark], strokeDash=[5, 4])
        .encode(x=x, y=y)
    )
    chart = alt.Chart(data(rows))
    bars = chart.mark_rule(color=colour, strokeWidth=2).encode(x=x, y=alt.Y("low:Q", title=None), y2=alt.Y2("high:Q"))
    dots = chart.mark_circle(color=colour, opacity=1).encode(
        x=x, y=y, size=alt.Size("n:Q", scale=alt.Scale(range=[60, 400]), legend=None), tooltip=[alt.Tooltip("words:N")]
    )
    counts = chart.mark_text(dx=12, dy=-10, fontSize=11, color=INK[dark]).encode(x=x, y=y, text=alt.Text("n:Q"))
    description = "Reliability of the forecasts: " + "; ".join(str(row["words"]) for row in rows) + "."
    layers = (ideal + bars + dots + counts).properties(width=SIDE, height=SIDE)
    return dress(
        layers,
        _verdict(bins),
        "How often what was called so likely came true; 90 % intervals; figures count the forecasts",
        description,
        dark=dark,
    )


def _verdict(bins: Sequence[Bin]) -> str:
    """How often things came true over all, compared with how often they were said to."""
    n = sum(part.n for part in bins)
    said = sum(part.mean * part.n for part in bins) / n
    came = sum(part.share.value * part.n for part in bins) / n
    return f"Called {percent(said)} likely on average, {percent(came)} came true: {n:,} forecasts"
