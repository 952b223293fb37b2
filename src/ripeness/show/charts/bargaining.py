"""Bargaining ranges of one month: what each side would take, face to face on one axis, and the gap between."""

from __future__ import annotations

from collections.abc import Mapping
from math import isnan
from typing import Any

import altair as alt

from ripeness.show.charts.dress import data, dress, names_in_lines
from ripeness.show.palette import INK, SIDES, SIDES_IN_THE_DARK, WIDTH
from ripeness.show.words import percent
from ripeness.study.ripeness.bargaining_range import BargainingRange, TermsStrip

LETTERS, LINE, BAND = 20, 14, 38  # letters and height of a line of a name, and of its band
GAP, ROOM = ("#B3261E", "#FF8A80"), ("#00795A", "#2CC29A")  # what is claimed twice, and what is left to agree on
HALF_BAR = 9  # of the height of a side's bar
LEAST_NAMED = 0.3  # of the axis: a narrower gap has no room for words
WHOLE = "//whole"  # marks the row of a side as a whole
CLAIMED, LEFT = "claimed twice", "room for an agreement"


def bargaining(
    at: BargainingRange, sides: tuple[str, str], names: Mapping[str, str], title: str, *, dark: bool = False
) -> Any:
    """What each side would take at one month: bars of the sides that face each other, factions below; the gap shaded.

    The axis is the first side's share of the stake, from 0 to 1 in every month.
    """
    first, second = (names[key] for key in sides)
    rows = [_row(strip, sides, names) for strip in at.strips if not isnan(strip.share.median)]
    rows.sort(key=lambda row: not row["whole"])
    most, look = names_in_lines({row["row"]: row["name"] for row in rows}, LETTERS, LINE)
    band = max(BAND, LINE * most + 8)
    bold = {"condition": {"test": f"indexof(datum.value, '{WHOLE}') > 0", "value": 600}, "value": 400}
    axis_y = alt.Axis(labelFontWeight=bold, labelFontSize=12.5, **look)
    y = alt.Y("row:N", sort=[row["row"] for row in rows], title=None, axis=axis_y)
    colours = list((SIDES_IN_THE_DARK if dark else SIDES)[:2])
    colour = alt.Color("side:N", scale=alt.Scale(domain=[first, second], range=colours), legend=None)
    share = alt.Scale(domain=[0, 1], clamp=True)
    axis = alt.Axis(format=".0%", values=[0, 0.25, 0.5, 0.75, 1], labelFontSize=12, titleFontSize=12.5)
    x_title = ["share of what is at stake", f"that goes to {first}"]
    layers: list[Any] = []
    wholes = {row["side"]: row for row in rows if row["whole"]}
    if len(wholes) == 2:
        layers += _between(wholes[first]["asked"], wholes[second]["asked"], share, band, dark=dark)
    base = alt.Chart(data(rows)).encode(y=y)
    tooltip = [
        alt.Tooltip("name:N", title="who"),
        alt.Tooltip("takes:N", title="would take"),
        alt.Tooltip("spread:N", title="90 % of the simulations"),
    ]
    layers += [
        base.transform_filter("datum.whole")
        .mark_bar(height=2 * HALF_BAR, opacity=0.85)
        .encode(x=alt.X("from:Q", scale=share, title=x_title, axis=axis), x2="to:Q", color=colour, tooltip=tooltip),
        base.mark_rule(strokeWidth=2.5, opacity=0.6).encode(
            x=alt.X("low:Q", scale=share, title=x_title, axis=axis),
            x2="high:Q",
            color=alt.condition("datum.whole", alt.value(INK[dark]), colour),
        ),
        base.transform_filter("!datum.whole")
        .mark_point(filled=True, size=80, opacity=1)
        .encode(x=alt.X("median:Q", scale=share), color=colour, tooltip=tooltip),
    ]
    chart = alt.layer(*layers).properties(width=WIDTH - 160, height=band * max(len(rows), 1))
    described = "; ".join(f"{row['name']} {row['takes']} ({row['spread']})" for row in rows)
    subtitle = (
        f"Bars: what {first} would take lies to the right, what {second} would leave to the left."
        " Dots: factions. Lines: 90 % of the simulations."
    )
    return dress(chart, title, subtitle, f"{title}. {described}.", dark=dark)


def _between(demand: float, left: float, share: alt.Scale, band: float, *, dark: bool) -> list[Any]:
    """What lies between the two sides: the gap where more is asked than left, else room for an agreement."""
    kind, colour = (CLAIMED, GAP[dark]) if demand > left else (LEFT, ROOM[dark])
    low, high = sorted((demand, left))
    words = f"{percent(high - low)} {kind}"
    base = alt.Chart(data([{"from": low, "to": high, "middle": (low + high) / 2, "words": words}]))
    tooltip = [alt.Tooltip("words:N", title="between them")]
    layers = [
        base.mark_rect(opacity=0.16, color=colour).encode(x=alt.X("from:Q", scale=share), x2="to:Q", tooltip=tooltip)
    ]
    if high - low >= LEAST_NAMED:
        text = base.mark_text(fontSize=13, fontWeight=600, color=colour, baseline="middle")
        layers.append(text.encode(x=alt.X("middle:Q", scale=share), y=alt.value(band), text="words:N"))
    return layers


def _row(strip: TermsStrip, sides: tuple[str, str], names: Mapping[str, str]) -> dict[str, Any]:
    is_first, polity = strip.polity == sides[0], names[strip.polity]
    median = min(max(strip.share.median, 0.0), 1.0)
    takes = f"{percent(median)} or more" if is_first else f"{percent(1 - median)} or more for itself"
    return {
        "row": f"{strip.polity}/{strip.faction or WHOLE}",
        "name": f"{polity} as a whole" if strip.faction is None else names[f"{strip.polity}/{strip.faction}"],
        "side": polity,
        "whole": strip.faction is None,
        "asked": strip.share.median,  # as it is: beyond the axis where more is asked than there is
        "median": median,
        "from": median if is_first else 0.0,
        "to": 1.0 if is_first else median,
        "low": min(max(strip.share.low, 0.0), 1.0),
        "high": min(max(strip.share.high, 0.0), 1.0),
        "takes": takes,
        "spread": f"{percent(max(strip.share.low, 0.0))} to {percent(min(strip.share.high, 1.0))}",
    }
