"""Calibration by month: did what a pool of forecasts called 30 % likely come true about as often,
at the start and later?
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isnan
from typing import Any

import altair as alt

from ripeness.ledger.scores.calibration import Bin
from ripeness.ledger.scores.interval import ScoreInterval
from ripeness.show.charts.dress import data, dress
from ripeness.show.palette import INK, RULE, SIDES, SIDES_IN_THE_DARK
from ripeness.show.words import percent

SIDE, ROW = 170, 3  # points of a panel, panels side by side: so many fit a page


def calibration_by_month(
    bins: Mapping[int, Sequence[Bin]], slopes: Mapping[int, ScoreInterval], *, dark: bool = False
) -> Any:
    """How often outcomes came true, by the probability that they were given; one panel for each number of months
    fought.

    Assumes at least one bin a month. On the dashed line the two are one; bars are 90 % intervals.
    """
    panels = [_panel(month, month_bins, slopes[month], dark=dark) for month, month_bins in bins.items()]
    description = "; ".join(
        f"after {month} months slope {slope.value:.2f} [{slope.low:.2f}, {slope.high:.2f}]"
        for month, slope in slopes.items()
    )
    return dress(
        alt.concat(*panels, columns=ROW),
        _verdict(slopes),
        "Pooled forecasts of three outcomes, after so many months of fighting; bars: 90 % intervals; figures count"
        " forecasts",
        f"Calibration of the pooled forecasts: {description}.",
        dark=dark,
    )


def _panel(month: int, bins: Sequence[Bin], slope: ScoreInterval, *, dark: bool) -> Any:
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
    colour, share = (SIDES_IN_THE_DARK if dark else SIDES)[0], alt.Scale(domain=[0, 1])
    ticks = alt.Axis(format=".0%", values=[0, 0.5, 1])
    x = alt.X("said:Q", title="said", scale=share, axis=ticks)
    y = alt.Y("share:Q", title="came true", scale=share, axis=ticks)
    ideal = alt.Chart(data([{"said": 0, "share": 0}, {"said": 1, "share": 1}]))
    line = ideal.mark_line(color=RULE[dark], strokeDash=[5, 4]).encode(x=x, y=y)
    chart = alt.Chart(data(rows))
    bars = chart.mark_rule(color=colour, strokeWidth=2).encode(x=x, y=alt.Y("low:Q"), y2=alt.Y2("high:Q"))
    dots = chart.mark_circle(color=colour, opacity=1, size=50).encode(x=x, y=y, tooltip=[alt.Tooltip("words:N")])
    counts = chart.mark_text(dx=9, dy=-7, fontSize=9, color=INK[dark]).encode(x=x, y=y, text=alt.Text("n:Q"))
    title = alt.TitleParams(_title(month, slope), fontSize=11)
    return (line + bars + dots + counts).properties(width=SIDE, height=SIDE, title=title)


def _title(month: int, slope: ScoreInterval) -> str:
    """A panel's title.

    >>> _title(3, ScoreInterval(0.93, 0.59, 1.47, 39))
    'month 3: slope 0.93 [0.59, 1.47]'
    """
    when = "at the start" if month == 0 else f"month {month}"
    return when if isnan(slope.value) else f"{when}: slope {slope.value:.2f} [{slope.low:.2f}, {slope.high:.2f}]"


def _verdict(slopes: Mapping[int, ScoreInterval]) -> str:
    """At how many of the months outcomes came true as often as was said, by the interval of the slope.

    >>> _verdict({0: ScoreInterval(0.93, 0.59, 1.47, 39), 6: ScoreInterval(0.4, 0.2, 0.7, 39)})
    'Outcomes came true as often as was said at 1 of 2 looks, within the 90 % interval'
    """
    known_slopes = [slope for slope in slopes.values() if not isnan(slope.value)]
    if not known_slopes:
        return "Too few forecasts to say whether outcomes came true as often as was said"
    calibrated = sum(slope.low <= 1 <= slope.high for slope in known_slopes)
    looks = (
        f"all {calibrated}"
        if calibrated == len(known_slopes) and calibrated > 1
        else f"{calibrated} of {len(known_slopes)}"
    )
    return f"Outcomes came true as often as was said at {looks} looks, within the 90 % interval"
