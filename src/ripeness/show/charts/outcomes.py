"""How the war may stand month by month: every outcome as an area, all adding up to the whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from textwrap import wrap
from typing import Any

import altair as alt

from ripeness.show.charts.calendar_axis import date_or_month, month_readout, when_axis
from ripeness.show.charts.dress import data, dress
from ripeness.show.palette import HEIGHT, INK, PAPER, WIDTH, outcome_colour
from ripeness.show.palette import OUTCOMES as ORDER
from ripeness.show.words import month_of, outcome, percent
from ripeness.study.probabilities import OutcomeProbability
from ripeness.world.calendar import date_after

NAMED = 0.01  # probability below which an area is too thin to be named; it is in the data all the same
APART = 0.052  # share of the height that a line of text takes
DRAWN = ("when", "label", "low", "high")  # what areas are drawn from
LETTERS = 28  # of a name in a line beside its area


def outcome_areas(
    path: Sequence[OutcomeProbability],
    names: Mapping[str, str],
    title: str,
    start: date,
    *,
    dark: bool = False,
    width: int = WIDTH,
) -> Any:
    """The chances of every outcome at each month, stacked; names stand beside their areas at the last month.

    `width` is that of the areas in points, names not counted.

    Assumes that a month's chances sum to 1, ways to a victory taken together.
    """
    kinds = _kinds(path)
    rows = _stacked(path, kinds, names, start)
    last = rows[-1]["month"]
    labels = [kind["label"] for kind in kinds.values()]
    colours = [outcome_colour(kind["outcome"], kind["side"], dark=dark) for kind in kinds.values()]
    month = when_axis(start, last)
    areas = (
        alt.Chart(data([{key: row[key] for key in DRAWN} for row in rows]))
        .mark_area(stroke=PAPER[dark], strokeWidth=0.8, interpolate="linear")
        .encode(
            x=month,
            y=alt.Y("low:Q", title=None, axis=alt.Axis(format=".0%", tickCount=5), scale=alt.Scale(domain=[0, 1])),
            y2=alt.Y2("high:Q"),
            color=alt.Color("label:N", scale=alt.Scale(domain=labels, range=colours), legend=None),
        )
    )
    # A label below another one's is pushed down, so that small areas keep readable names.
    ends = _spread_out([row for row in rows if row["month"] == last and row["p"] >= NAMED])
    words = (
        alt.Chart(data(ends))
        .mark_text(align="left", dx=8, fontSize=12, color=INK[dark], lineBreak="\n")
        .encode(x=alt.X("when:T"), y=alt.Y("at:Q"), text=alt.Text("lines:N"))
    )
    by = month_of(date_after(start, last))
    readout_words: dict[float, dict[str, str]] = {}
    for row in rows:
        readout_words.setdefault(row["month"], {})[row["label"]] = row["said"]
    readout = month_readout(readout_words, start, month, dark=dark, order=labels[::-1])
    description = f"{title}: {', '.join(row['named'] for row in reversed(ends))} by {by}."
    top = max((row for row in rows if row["month"] == last), key=lambda row: row["p"])
    finding = f"{top['label'][:1].upper()}{top['label'][1:]} in {top['said']} of simulations by {by}"
    chart = alt.layer(areas, words, *readout).properties(width=width, height=HEIGHT)
    subtitle = f"{title}: how the war stands month by month, share of the model's simulations"
    return dress(chart, finding, subtitle, description, dark=dark, colours=dict(zip(labels, colours, strict=True)))


def _kinds(path: Sequence[OutcomeProbability]) -> dict[tuple[str, str | None], dict[str, Any]]:
    """Outcomes in the order of the palette, from the bottom up; victories name who is first."""
    outcomes = {(chance.outcome, chance.polity) for chance in path}
    first = next(chance.polity for chance in path if chance.outcome == "victory")
    order = list(ORDER)
    side = {key: None if key[1] is None else int(key[1] != first) for key in outcomes}
    ranked = sorted(outcomes, key=lambda key: order.index((key[0], side[key])))
    return {key: {"outcome": key[0], "side": side[key], "label": ""} for key in ranked}


def _stacked(
    path: Sequence[OutcomeProbability],
    kinds: dict[tuple[str, str | None], dict[str, Any]],
    names: Mapping[str, str],
    start: date,
) -> list[dict[str, Any]]:
    for (kind, polity), style in kinds.items():
        style["label"] = outcome(kind, polity, names)
    chances = {(chance.month, chance.outcome, chance.polity): chance.p for chance in path}
    rows: list[dict[str, Any]] = []
    for month in sorted({chance.month for chance in path}):
        top = 0.0
        for key, style in kinds.items():
            p = chances[(month, *key)]
            rows.append(
                {
                    "month": month,
                    "when": date_or_month(start, month),
                    "label": style["label"],
                    "p": p,
                    "low": round(top, 6),
                    "high": round(top + p, 6),
                    "said": percent(p),
                    "named": f"{style['label']}, {percent(p)}",
                    "lines": "\n".join(wrap(f"{style['label']}, {percent(p)}", LETTERS)),
                }
            )
            top += p
    return rows


def _spread_out(ends: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Heights of the names: the middle of each area, moved apart where they would touch; each in as many lines."""
    heights = [(row["low"] + row["high"]) / 2 for row in ends]
    rooms = [APART * (1 + row["lines"].count("\n")) for row in ends]
    apart = [(below + above) / 2 for below, above in pairwise(rooms)]
    for n in range(1, len(heights)):
        heights[n] = max(heights[n], heights[n - 1] + apart[n - 1])
    over = max(0.0, (heights[-1] if heights else 0.0) - 1)
    for n in range(len(heights) - 1, -1, -1):
        ceiling = 1 - sum(apart[n:]) if over else 1.0
        heights[n] = min(heights[n], ceiling)
    return [{**row, "at": height} for row, height in zip(ends, heights, strict=True)]
