"""Conditions as ranges: where a number must lie, against where it usually lies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt

from ripeness.show.charts.dress import data, dress
from ripeness.show.palette import RULE, SERIES, SERIES_IN_THE_DARK, WIDTH
from ripeness.show.target_words import target_in_words
from ripeness.show.words import number, percent
from ripeness.study.discovery.discover import BoxLimit, DiscoveredConditions

ROW, LETTERS = 34, 330


def condition_ranges(
    discovery: DiscoveredConditions, names: Mapping[str, str], title: str, *, dark: bool = False
) -> Any:
    """The limits of every condition, each scaled to its number's 90 % range (0 to 1)."""
    rows = [
        {"name": f"{n}. {limit.name}", **_scaled(limit), "zero": 0.0, "one": 1.0}
        for n, condition in enumerate(discovery.conditions, 1)
        for limit in condition.limits
    ]
    y = alt.Y("name:N", sort=[str(row["name"]) for row in rows], title=None, axis=alt.Axis(labelLimit=LETTERS))
    x = alt.X("zero:Q", title="within the 90 % range of each number", scale=alt.Scale(domain=[-0.05, 1.05]))
    usual = alt.Chart(data(rows)).mark_bar(height=16, color=RULE[dark]).encode(y=y, x=x, x2=alt.X2("one:Q"))
    colour = (SERIES_IN_THE_DARK if dark else SERIES)[0]
    inside = (
        alt.Chart(data(rows))
        .mark_bar(height=10, color=colour)
        .encode(
            y=y,
            x=alt.X("low:Q"),
            x2=alt.X2("high:Q"),
            tooltip=[alt.Tooltip("name:N"), alt.Tooltip("said:N", title="between")],
        )
    )
    target = target_in_words(discovery.target, names)
    finding, subtitle = f"No conditions were found for '{target}' ({percent(discovery.p)})", title
    if discovery.conditions:
        first = discovery.conditions[0]
        finding = (
            f"{target[:1].upper()}{target[1:]}: {percent(first.density)} under the first condition, "
            f"{percent(discovery.p)} over all"
        )
        subtitle = f"{title}: within which part of its usual range each number lies under a condition"
    description = "; ".join(f"{row['name']}: {row['said']}" for row in rows)
    chart = alt.layer(usual, inside).properties(width=WIDTH - 200, height=ROW * max(len(rows), 1))
    return dress(chart, finding, subtitle, f"{finding}. Conditions: {description}", dark=dark)


def _scaled(limit: BoxLimit) -> dict[str, Any]:
    span = (limit.usual_high - limit.usual_low) or 1.0
    low = 0.0 if limit.low is None else min(max((limit.low - limit.usual_low) / span, 0.0), 1.0)
    high = 1.0 if limit.high is None else min(max((limit.high - limit.usual_low) / span, 0.0), 1.0)
    lower = "lowest" if limit.low is None else number(limit.low)
    upper = "highest" if limit.high is None else number(limit.high)
    return {"low": low, "high": high, "said": f"{lower} to {upper} {limit.unit}"}
