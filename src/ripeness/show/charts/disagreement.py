"""Disagreement as a picture: one row an outcome, a mark for each version and actor model, a bar over all of them."""

from __future__ import annotations

from collections.abc import Mapping
from math import isnan
from typing import Any

import altair as alt

from ripeness.show.charts.dress import data, dress, wrapped_names
from ripeness.show.disagreement_tables import axis_end
from ripeness.show.disagreement_words import READING_WORDS, range_in_words, spread_sentence
from ripeness.show.palette import INK, SERIES, SERIES_IN_THE_DARK, WIDTH
from ripeness.show.words import bare_percent, day, outcome
from ripeness.study.version_spread import VersionDisagreement

ROW, LETTERS, NARROW = 34, 170, 150  # height of a row; width left for names; width of the picture on a phone


def version_dots(
    disagreement: VersionDisagreement, names: Mapping[str, str], title: str, *, dark: bool = False, narrow: bool = False
) -> Any:
    """Versions by colour, actor models by shape: filled circles are rival factions, hollow diamonds one person.

    `narrow` is for a phone.
    """
    labels = [outcome(spread.outcome, spread.polity, names) for spread in disagreement.outcomes]
    outlook = disagreement.outlook
    titles = {name: outlook.title(name) if outlook else name for name in disagreement.versions}
    bars = [
        {"outcome": label, "low": spread.least, "high": spread.most}
        for label, spread in zip(labels, disagreement.outcomes, strict=True)
    ]
    marks = [
        {
            "outcome": outcome(chance.outcome, chance.polity, names),
            "version": titles[chance.version],
            "model": READING_WORDS[chance.reading],
            "p": chance.p,
            "said": f"{bare_percent(chance.p)} % ({bare_percent(chance.low)} to {bare_percent(chance.high)})",
        }
        for chance in disagreement.chances
        if not isnan(chance.p)
    ]
    look = (
        {"labelLimit": LETTERS, "labelExpr": wrapped_names(12), "labelLineHeight": 13}
        if narrow
        else {"labelLimit": WIDTH // 2}
    )
    y = alt.Y("outcome:N", sort=labels, title=None, axis=alt.Axis(**look))
    x = alt.X(
        "low:Q",
        title=None,
        scale=alt.Scale(domain=[0, axis_end(disagreement)]),
        axis=alt.Axis(format=".0%", tickCount=4 if narrow else 10),
    )
    legend = alt.Legend(
        orient="top" if narrow else "bottom",
        direction="vertical" if narrow else "horizontal",
        symbolFillColor=INK[dark],
        symbolStrokeColor=INK[dark],
    )
    versions = list(titles.values())
    colour = alt.Color(
        "version:N",
        scale=alt.Scale(domain=versions, range=list((SERIES_IN_THE_DARK if dark else SERIES)[: len(versions)])),
        title=None,
        legend=alt.Legend(orient="bottom", direction="vertical" if narrow else "horizontal"),
    )
    tooltip = [alt.Tooltip("version:N"), alt.Tooltip("model:N"), alt.Tooltip("said:N", title="probability, 90 %")]
    base = alt.Chart(data(marks))
    rule = alt.Chart(data(bars)).mark_rule(strokeWidth=4, color=INK[dark], opacity=0.3)
    factional, one_leader = READING_WORDS.values()
    shape = alt.Shape(
        "model:N",
        scale=alt.Scale(domain=[factional, one_leader], range=["circle", "diamond"]),
        title=None,
        legend=legend,
    )
    offset = alt.YOffset("model:N", scale=alt.Scale(domain=[factional, one_leader], paddingOuter=0.6))
    dots = {"x": alt.X("p:Q"), "y": y, "color": colour, "shape": shape, "yOffset": offset, "tooltip": tooltip}
    filled = base.transform_filter(alt.datum.model == factional).mark_point(filled=True, size=70, opacity=0.95)
    hollow = base.transform_filter(alt.datum.model == one_leader).mark_point(filled=False, size=70, strokeWidth=1.8)
    chart = alt.layer(
        rule.encode(x=x, x2=alt.X2("high:Q"), y=y), filled.encode(**dots), hollow.encode(**dots)
    ).properties(width=NARROW if narrow else WIDTH - LETTERS, height=ROW * len(labels))
    described = "; ".join(f"{bar['outcome']} {bar['low']:.0%} to {bar['high']:.0%}" for bar in bars)
    subtitle = f"probability by {day(disagreement.on)}; bar: lowest to highest"
    return dress(
        chart,
        _range(disagreement, names),
        f"{title}: {subtitle}",
        f"{spread_sentence(disagreement, names)} {described}.",
        dark=dark,
    )


def _range(disagreement: VersionDisagreement, names: Mapping[str, str]) -> str:
    """How far versions lie apart on the main outcome, in a few words."""
    spread = disagreement.main_outcome
    label, apart = outcome(spread.outcome, spread.polity, names), range_in_words(spread.lowest.p, spread.highest.p)
    if not spread.differs:
        return f"Analysts' versions do not differ by more than chance on {label}: {apart} in 100"
    return f"Analysts differ on {label} by {day(disagreement.on)}: {apart} in 100"
