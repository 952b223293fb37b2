"""Power as dots: factions by their share of power, a hollow dot before the evidence and a solid one after it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from ripeness.show.charts.dress import data, dress, names_in_lines
from ripeness.show.charts.who_decides import HOLLOW
from ripeness.show.palette import INK, PAPER, SERIES, SERIES_IN_THE_DARK, WIDTH
from ripeness.show.words import percent
from ripeness.study.who_decides.left_out import AnswerWithout
from ripeness.study.who_decides.power import PowerShare

BAND, LETTERS, LINE = 46, 22, 14  # height of a faction's band; letters in a line of its name, and that line's height
BEFORE, AFTER = "before the evidence", "after the evidence"
WITHOUT, WITH_ALL = "without what is unticked", "with all evidence"
STEP = 0.1  # of power, to which the end of the axis is rounded up


def power_dots(
    shares: Sequence[PowerShare],
    names: Mapping[str, str],
    title: str,
    without: AnswerWithout | None = None,
    *,
    dark: bool = False,
) -> Any:
    """Factions of one polity at one date, the most powerful first; `without`: their shares without some evidence.

    `names` are those of its factions by key. The axis hangs on no evidence, so that one sees what moves.
    """
    shares = sorted(shares, key=lambda share: -share.mean)
    left_out = {row.faction: row for row in without.shares} if without else {}
    order = [names.get(share.faction, share.faction) for share in shares]
    after = WITHOUT if without else AFTER
    records: list[dict[str, Any]] = []
    for share, name in zip(shares, order, strict=True):
        now = left_out.get(share.faction, share)
        records += [
            _dot(name, BEFORE, share.prior_mean, share.prior_low, share.prior_high),
            _dot(name, after, now.mean, now.low, now.high) | {"with_all": share.mean},
        ]
    kinds = [BEFORE, after]
    colours = [HOLLOW[dark], (SERIES_IN_THE_DARK if dark else SERIES)[0]]
    colour = alt.Color("kind:N", scale=alt.Scale(domain=kinds, range=colours), legend=None)
    fill = alt.Fill(
        "kind:N",
        scale=alt.Scale(domain=kinds, range=[PAPER[dark], colours[1]]),
        legend=None,
    )
    highest = max(max(share.high, share.prior_high) for share in shares)
    x_scale = alt.Scale(domain=[0, min(1.0, STEP * (int(highest / STEP) + 1))], clamp=True)
    most, look = names_in_lines({name: name for name in order}, LETTERS, LINE)
    band = max(BAND, LINE * most + 10)
    y = alt.Y("faction:N", sort=order, title=None, axis=alt.Axis(labelFontSize=13, **look))
    offset = alt.YOffset("kind:N", sort=kinds, scale=alt.Scale(domain=kinds, paddingInner=0.0, paddingOuter=0.9))
    base = alt.Chart(data(records)).encode(y=y, yOffset=offset)
    x_axis = alt.Axis(format=".0%", tickCount=5, labelFontSize=12)
    tooltip = [
        alt.Tooltip("faction:N", title="faction"),
        alt.Tooltip("kind:N", title="when"),
        alt.Tooltip("said:N", title="share of the say"),
    ]
    layers = [
        base.mark_rule(strokeWidth=2.5, opacity=0.75).encode(
            x=alt.X("low:Q", title="share of the say", scale=x_scale, axis=x_axis), x2="high:Q", color=colour
        ),
        base.mark_point(size=95, strokeWidth=1.8, opacity=1).encode(
            x=alt.X("mean:Q", scale=x_scale), stroke=colour, fill=fill, tooltip=tooltip
        ),
    ]
    if without:
        ghosts = base.transform_filter(f"datum.kind == '{after}'").mark_tick(
            thickness=2, size=16, color=INK[dark], opacity=0.55
        )
        layers.insert(1, ghosts.encode(x=alt.X("with_all:Q", scale=x_scale)))
    chart = alt.layer(*layers).properties(width=WIDTH - 200, height=band * len(order))
    ghost = f"; upright mark: {WITH_ALL}" if without else ""
    described = "; ".join(f"{record['faction']}, {record['kind']}: {record['said']}" for record in records)
    legend = f"○ {BEFORE}, ● {after}{ghost}; lines: 90 % intervals"
    return dress(chart, title, legend, f"{title}. Share of the say: {described}.", dark=dark)


def _dot(name: str, kind: str, mean: float, low: float, high: float) -> dict[str, Any]:
    interval_words = f"{percent(mean)} ({percent(low)} to {percent(high)})"
    return {"faction": name, "kind": kind, "mean": mean, "low": low, "high": high, "said": interval_words}
