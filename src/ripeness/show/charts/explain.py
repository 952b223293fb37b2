"""Explain as a picture: a waterfall from the base rate to this war's number."""

from __future__ import annotations

from typing import Any

import altair as alt

from ripeness.show.charts.dress import data, dress
from ripeness.show.end_words import ENDED
from ripeness.show.explain_tables import by_when, sentence
from ripeness.show.palette import ANCHOR, FALL, INK, RISE, WIDTH
from ripeness.study.explain.step import Explanation

ROW = 26  # height of a row in points
LETTERS = 260  # width left for names
HIGHER, LOWER, BEGINS = "more", "less", "where one begins"


def waterfall(explanation: Explanation, title: str, *, dark: bool = False) -> Any:
    """Draw a bar for what each step moves, from the number before to its own, which has its interval."""
    rows: list[dict[str, Any]] = []
    before = 0.0
    for step in explanation.steps:
        moves = BEGINS if step.moved is None else HIGHER if step.p >= before else LOWER
        ends = {"from": 100 * before, "to": 100 * step.p, "low": 100 * step.low, "high": 100 * step.high}
        points = "" if step.moved is None else f" ({100 * step.moved.mean:+.0f})"
        ends["label"] = max(ends["high"], ends["from"])
        rows.append({"step": step.name, "moves": moves, **ends, "says": f"{100 * step.p:.0f} %{points}"})
        before = step.p
    names = alt.Y("step:N", sort=[entry["step"] for entry in rows], title=None, axis=alt.Axis(labelLimit=LETTERS))
    colour = alt.Color(
        "moves:N",
        scale=alt.Scale(domain=[HIGHER, LOWER, BEGINS], range=[RISE[dark], FALL[dark], ANCHOR[dark]]),
        title="the step makes it",
        legend=alt.Legend(orient="top"),
    )
    tips = [alt.Tooltip("step:N"), *(alt.Tooltip(f"{key}:Q", format=".1f") for key in ("from", "to", "low", "high"))]
    chart = alt.Chart(data(rows))
    bars = chart.mark_bar(height=14).encode(
        y=names,
        x=alt.X(
            "from:Q",
            title=None,
            scale=alt.Scale(domainMin=0),
            axis=alt.Axis(tickCount=8, labelExpr="datum.label + ' %'"),
        ),
        x2="to:Q",
        color=colour,
        tooltip=tips,
    )
    errors = chart.mark_rule(color=INK[dark]).encode(y=names, x="low:Q", x2="high:Q")
    labels = chart.mark_text(align="left", dx=6, color=INK[dark]).encode(y=names, x="label:Q", text="says:N")
    layers = alt.layer(bars, errors, labels).properties(width=WIDTH - 220, height=ROW * len(rows))
    subtitle = f"{ENDED[explanation.target.outcome]} {by_when(explanation)}, %; lines are 90 % intervals"
    last = explanation.steps[-1]
    finding = f"From {explanation.steps[0].p:.0%} of {explanation.steps[0].name} to {last.p:.0%}: what each step moves"
    return dress(layers, finding.replace("%", " %"), f"{title}: {subtitle}", sentence(explanation), dark=dark)
