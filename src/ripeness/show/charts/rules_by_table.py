"""Rules by table: a row a rule, a dot a table, and a bar from the lowest to the highest."""

from __future__ import annotations

from typing import Any

import altair as alt

from ripeness.show.charts.dress import data, dress
from ripeness.show.compared_tables import tables_sentence
from ripeness.show.palette import RULE, SERIES, SERIES_IN_THE_DARK, WIDTH

ROW = 22  # height of a row in points
Rows = list[dict[str, Any]]


def rules_by_table(decided: Any, *, dark: bool = False) -> Any:
    """What each rule decides by each table, issue below issue; `decided` is several tables, decided."""
    labels = tuple(decided.labels)
    panels = []
    for issue in decided.decisions[0].issues:
        spreads = [spread for spread in decided.comparison.spreads if spread.issue == issue.issue]
        bars = [{"rule": spread.rule, "low": spread.lowest, "high": spread.highest} for spread in spreads]
        dots = [
            {"rule": spread.rule, "table": label, "outcome": value}
            for spread in spreads
            for label, value in zip(labels, spread.outcomes, strict=True)
        ]
        panels.append(_panel(issue.issue, bars, dots, labels, dark=dark))
    subtitle = "A row a rule, a dot a table; the bar runs from the lowest to the highest"
    sentence = tables_sentence(decided)
    return dress(alt.vconcat(*panels), sentence.partition(";")[0].rstrip("."), subtitle, sentence, dark=dark)


def rules_of_one_table(decided: Any, *, dark: bool = False) -> Any:
    """What each rule decides by one table, issue below issue; the bar is its 90 % interval."""
    panels = []
    for issue in decided.issues:
        bars = [{"rule": answer.rule, "low": answer.low, "high": answer.high} for answer in issue.rules]
        dots = [{"rule": answer.rule, "table": "outcome", "outcome": answer.outcome} for answer in issue.rules]
        panels.append(_panel(issue.issue, bars, dots, (), dark=dark))
    subtitle = "A row a rule" + ("; the bar is the 90 % interval" if decided.uncertain else "")
    mean = "; ".join(f"{issue.issue} {issue.rules[0].outcome:.4g}" for issue in decided.issues)
    spreads = [
        (min(bar.outcome for bar in issue.rules), max(bar.outcome for bar in issue.rules)) for issue in decided.issues
    ]
    apart = max(range(len(spreads)), key=lambda n: spreads[n][1] - spreads[n][0])
    low, high = spreads[apart]
    on_issue = f" on {decided.issues[apart].issue}" if len(spreads) > 1 else ""
    finding = (
        f"All {len(decided.issues[apart].rules)} rules come to the same{on_issue}: {low:.4g}"
        if low == high
        else f"The rules come to {low:.4g} to {high:.4g}{on_issue}"
    )
    return dress(
        alt.vconcat(*panels), finding, subtitle, f"{finding}. By the {issue_rule(decided)}: {mean}.", dark=dark
    )


def issue_rule(decided: Any) -> str:
    """The rule that stands first, in words."""
    return str(decided.issues[0].rules[0].rule).replace("_", " ")


def _panel(issue: str, bars: Rows, dots: Rows, labels: tuple[str, ...], *, dark: bool) -> Any:
    """One issue; `labels` name the tables where there are several."""
    order = [bar["rule"] for bar in bars]
    y = alt.Y("rule:N", sort=order, title=None, axis=alt.Axis(labelLimit=220, grid=False))
    zero = alt.Scale(zero=False)
    bar_layer = (
        alt.Chart(data(bars))
        .mark_bar(height=8, color=RULE[dark])
        .encode(x=alt.X("low:Q", title=issue, scale=zero), x2=alt.X2("high:Q"), y=y)
    )
    series = SERIES_IN_THE_DARK if dark else SERIES
    colours = [series[n % len(series)] for n in range(len(labels))]
    tooltip = [alt.Tooltip("rule:N"), alt.Tooltip("table:N"), alt.Tooltip("outcome:Q", format=".4g")]
    dot_layer = (
        alt.Chart(data(dots))
        .mark_point(filled=True, size=80, opacity=0.9, color=series[0])
        .encode(x=alt.X("outcome:Q", scale=zero), y=y, tooltip=tooltip)
    )
    if labels:
        legend = alt.Legend(orient="top", title="table", symbolLimit=40)
        scale = alt.Scale(domain=list(labels), range=colours)
        shape = alt.Shape("table:N", legend=legend, scale=alt.Scale(domain=list(labels)))
        dot_layer = dot_layer.encode(color=alt.Color("table:N", legend=legend, scale=scale), shape=shape)
    return alt.layer(bar_layer, dot_layer).properties(width=WIDTH - 180, height=ROW * len(order))
