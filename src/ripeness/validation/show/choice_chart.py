"""How often a choice follows the leader, by regime: before the record, after it, and with further files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt

from ripeness.show.charts.dress import data, dress
from ripeness.show.palette import FIGHTING_IN_THE_DARK, INK, OUTCOMES, SERIES, SERIES_IN_THE_DARK, WIDTH
from ripeness.show.words import percent
from ripeness.validation.councils.leader_weight import REGIMES
from ripeness.validation.councils.measure_choices import ChoiceMeasure, share_before

ROW = 26  # points of height of one line
PLACES = {"democracy": "democracies", "mixed": "mixed regimes", "autocracy": "autocracies"}
BEFORE, SHIPPED, FURTHER = "before the record", "after the record", "with further files"


def leader_share(measure: ChoiceMeasure, *, dark: bool = False) -> Any:
    """Middle and 90 % interval of the leader share of a body, one panel a regime, one line a state of knowledge."""
    fits = {SHIPPED: measure.shipped or measure.fit} | ({FURTHER: measure.fit} if measure.shipped else {})
    rows = [
        {"regime": regime, "what": what, "low": share[0], "middle": share[1], "high": share[2]}
        for regime in REGIMES
        for what, share in ((BEFORE, share_before()), *((what, fit.row(regime).share) for what, fit in fits.items()))
    ]
    lines = [BEFORE, *fits]
    series = SERIES_IN_THE_DARK if dark else SERIES
    colours = [FIGHTING_IN_THE_DARK if dark else OUTCOMES["fighting", None], series[0], series[4]][: len(lines)]
    up = alt.Y("what:N", sort=lines, title=None)
    colour = alt.Color("what:N", scale=alt.Scale(domain=lines, range=colours), legend=None)
    scale, title = alt.Scale(domain=[0, 1]), "leader share: 0 choices follow the pivot, 1 the leader"
    tooltip = [alt.Tooltip(f"{name}:Q", format=".2f") for name in ("low", "middle", "high")]
    base = alt.Chart().encode(y=up, color=colour, tooltip=tooltip)
    bars = base.mark_bar(height=7, opacity=0.75).encode(x=alt.X("low:Q", scale=scale, title=title), x2=alt.X2("high:Q"))
    points = base.mark_tick(thickness=3, size=16).encode(x=alt.X("middle:Q", scale=scale, title=title))
    layered = alt.layer(bars, points, data=data(rows)).properties(width=WIDTH - 160, height=ROW * len(lines))
    header = alt.Header(labelColor=INK[dark])
    chart = layered.facet(row=alt.Row("regime:N", sort=list(REGIMES), title=None, header=header))
    fit = measure.fit
    shares = {regime: fit.row(regime).share for regime in REGIMES}
    description = "; ".join(
        f"{regime} {middle:.2f}, {low:.2f} to {high:.2f}" for regime, (low, middle, high) in shares.items()
    )
    subtitle = f"{fit.decisions} decisions of {fit.bodies} bodies; bars are 90 % intervals of a body not among them"
    middles = {regime: middle for regime, (_, middle, _) in shares.items()}
    finding = f"Choices follow the leader {most_and_least(middles)}"
    subtitle = f"How often a choice follows the leader: {subtitle}"
    return dress(chart, finding, subtitle, f"Leader share by regime: {description}.", dark=dark)


def most_and_least(shares: Mapping[str, float]) -> str:
    """In which regimes most, and in which least.

    >>> most_and_least({"democracy": 0.2, "mixed": 0.4, "autocracy": 0.6})
    'most in autocracies (60 %), least in democracies (20 %)'
    """
    lowest, highest = min(shares, key=lambda regime: shares[regime]), max(shares, key=lambda regime: shares[regime])
    most, least = (f"{PLACES.get(regime, regime)} ({percent(shares[regime])})" for regime in (highest, lowest))
    return f"most in {most}, least in {least}"
