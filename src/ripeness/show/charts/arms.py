"""Arms as a picture: how much likelier each outcome is than in the war as stated, with 90 % errors."""

from __future__ import annotations

from typing import Any

import altair as alt

from ripeness.show.charts.calendar_axis import by_words
from ripeness.show.charts.dress import data, dress
from ripeness.show.palette import INK, RULE, SERIES, SERIES_IN_THE_DARK, WIDTH
from ripeness.show.words import outcome
from ripeness.study.whatif import WhatIf

ROW = 24  # height of a row in points


def arm_differences(whatif: WhatIf, title: str, *, dark: bool = False) -> Any:
    """Differences of the outcomes by the horizon, one panel an arm."""
    rows: list[dict[str, Any]] = [
        {
            "arm": arm.name,
            "outcome": outcome(row.outcome, row.polity, whatif.names),
            "more": row.more.mean,
            "low": row.more.low,
            "high": row.more.high,
            "share": row.share.p,
        }
        for arm in whatif.arms[1:]
        for row in arm.outcomes
    ]
    outcome_axis = alt.Y(
        "outcome:N", sort=list(dict.fromkeys(row["outcome"] for row in rows)), title=None, axis=alt.Axis(labelLimit=220)
    )
    difference = alt.X("low:Q", title="more likely than as stated, in percentage points", axis=alt.Axis(format="+.0%"))
    chart, colour = alt.Chart(), (SERIES_IN_THE_DARK if dark else SERIES)[0]
    zero = chart.transform_calculate(zero="0").mark_rule(color=RULE[dark]).encode(x=alt.X("zero:Q"))
    error = chart.mark_rule(strokeWidth=2, color=colour).encode(x=difference, x2=alt.X2("high:Q"), y=outcome_axis)
    tips = [alt.Tooltip(f"{key}:Q", format=".1%") for key in ("low", "more", "high", "share")]
    point = chart.mark_circle(size=60, opacity=1, color=colour).encode(
        x=alt.X("more:Q"), y=outcome_axis, tooltip=[alt.Tooltip("arm:N"), alt.Tooltip("outcome:N"), *tips]
    )
    look: dict[str, Any] = {"labelFontSize": 12, "labelAnchor": "start", "labelColor": INK[dark], "labelLimit": WIDTH}
    arms = [arm.name for arm in whatif.arms[1:]]
    panels = (
        alt.layer(zero, error, point, data=data(rows))
        .properties(width=WIDTH * 2 // 3, height=ROW * len({row["outcome"] for row in rows}))
        .facet(facet=alt.Facet("arm:N", sort=arms, title=None, header=alt.Header(**look)), columns=1)
    )
    finding, until = _largest_change(whatif), by_words(whatif.day, whatif.horizon)
    words = f"{finding}. Differences of the outcomes {until} under {', '.join(arms)}, compared with the war as stated."
    subtitle = f"{title}: change {until}, compared with the war as stated; lines are 90 % errors"
    return dress(panels, finding, subtitle, words, dark=dark)


def _largest_change(whatif: WhatIf) -> str:
    """The largest difference that is told from its error, in words."""
    certain = [
        (row, arm.name) for arm in whatif.arms[1:] for row in arm.outcomes if row.more.low > 0 or row.more.high < 0
    ]
    if not certain:
        return "No outcome changes by more than its error"
    row, arm = max(certain, key=lambda pair: abs(pair[0].more.mean))
    points = abs(100 * row.more.mean)
    amount = "less than 1 point" if points < 0.95 else f"{points:.0f} {'point' if round(points) == 1 else 'points'}"
    direction = "more" if row.more.mean > 0 else "less"
    return f"'{arm}' makes {outcome(row.outcome, row.polity, whatif.names)} {amount} {direction} likely"
