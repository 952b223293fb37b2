"""How much a leader weighs, by regime: what was believed before the councils on record, and what they leave of it."""

from __future__ import annotations

from typing import Any

import altair as alt

from ripeness.show.charts.dress import data, dress
from ripeness.show.palette import FIGHTING_IN_THE_DARK, INK, OUTCOMES, SERIES, SERIES_IN_THE_DARK, WIDTH
from ripeness.validation.councils.measure_leader_weights import LeaderWeights
from ripeness.validation.show.choice_chart import most_and_least

ROW = 26  # points of height of one line
LINES = {
    "before": "before: any body",
    "typical": "after: the regime",
    "body": "after: a body of it",
    "judged": "judged: a body",
    "updated": "judged, then the record: the default",
}


def leader_weight(record: LeaderWeights, *, dark: bool = False) -> Any:
    """Middle and 90 % interval of the leader weight, one panel a regime, one line a state of knowledge."""
    rows = [
        {"regime": regime.name, "what": label, "low": span[0], "middle": span[1], "high": span[2]}
        for regime in record.regimes
        for part, label in LINES.items()
        for span in [getattr(regime, part)]
    ]
    grey = FIGHTING_IN_THE_DARK if dark else OUTCOMES["fighting", None]
    series = SERIES_IN_THE_DARK if dark else SERIES
    colours = [grey, series[0], series[5], series[1], series[4]]
    up = alt.Y("what:N", sort=list(LINES.values()), title=None)
    colour = alt.Color("what:N", scale=alt.Scale(domain=list(LINES.values()), range=colours), legend=None)
    share = alt.Scale(domain=[0, 1])
    title = "leader weight: 0 a mediator, 1 decides alone"
    tooltip = [alt.Tooltip(f"{name}:Q", format=".2f") for name in ("low", "middle", "high")]
    base = alt.Chart().encode(y=up, color=colour, tooltip=tooltip)
    bars = base.mark_bar(height=7, opacity=0.75).encode(x=alt.X("low:Q", scale=share, title=title), x2=alt.X2("high:Q"))
    points = base.mark_tick(thickness=3, size=16).encode(x=alt.X("middle:Q", scale=share, title=title))
    layered = alt.layer(bars, points, data=data(rows)).properties(width=WIDTH - 160, height=ROW * len(LINES))
    chart = layered.facet(
        row=alt.Row(
            "regime:N",
            sort=[regime.name for regime in record.regimes],
            title=None,
            header=alt.Header(labelColor=INK[dark]),
        )
    )
    description = "; ".join(
        f"{regime.name} {regime.typical[1]:.2f}, {regime.typical[0]:.2f} to {regime.typical[2]:.2f}"
        for regime in record.regimes
    )
    subtitle = f"{record.decisions} decisions of {record.bodies} bodies; bars are 90 % intervals, ticks middles"
    finding = f"A leader weighs {most_and_least({regime.name: regime.typical[1] for regime in record.regimes})}"
    subtitle = f"How much a leader weighs: {subtitle}"
    return dress(chart, finding, subtitle, f"Leader weight by regime: {description}.", dark=dark)
