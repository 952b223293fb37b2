"""The causal map as a picture: causes and effects in columns, wide arrows carrying much, dashed ones lowering."""

from __future__ import annotations

from collections.abc import Mapping
from math import atan2, degrees
from typing import Any

import altair as alt

from ripeness.show.charts.dress import data, dress
from ripeness.show.charts.map_geometry import ACROSS, DOWN, Point, arrow_points, node_boxes
from ripeness.show.palette import INK, PAPER, RULE, SERIES, SERIES_IN_THE_DARK
from ripeness.show.words import percent
from ripeness.study.causal_map.arrows import Arrow
from ripeness.study.causal_map.causal_map import CausalMap
from ripeness.study.link_labels import link_label
from ripeness.world.wording import join_words

THIN, WIDE = 0.8, 9.0  # width of an arrow that carries nothing that was measured, and of the one that carries most
TEXT: dict[str, Any] = {"fontSize": 13, "lineBreak": "\n", "baseline": "middle"}


def map_picture(causal_map: CausalMap, names: Mapping[str, str], title: str, *, dark: bool = False) -> Any:
    """Both belligerents in one picture: an arrow stands for the side or sides that have it."""
    arrows: dict[tuple[str, str], Arrow] = {}
    for arrow in causal_map.arrows:
        arrows.setdefault((arrow.cause, arrow.effect), arrow)
    largest = max((cut.moved for cut in causal_map.measured.cuts), default=0.0) or 1.0
    boxes = node_boxes(dict.fromkeys(name for pair in arrows for name in pair))
    rows, heads = [], []
    for n, arrow in enumerate(arrows.values()):
        carried = causal_map.moved(arrow.link) if arrow.link else None
        share = 0.0 if carried is None else carried / largest
        line = arrow_points(boxes[arrow.cause], boxes[arrow.effect], boxes.values())
        look = {
            "arrow": n,
            "width": THIN + (WIDE - THIN) * share,
            "way": "raises" if arrow.sign > 0 else "lowers",
            "said": f"{arrow.cause} {'raises' if arrow.sign > 0 else 'lowers'} {arrow.effect}",
            "link": link_label(arrow.link) if arrow.link else "cannot be cut",
            "moves": "" if carried is None else f"{100 * carried:.1f} %",
        }
        rows += [{**look, "order": k, "x": x, "y": y} for k, (x, y) in enumerate(line)]
        heads.append({**look, "x": line[-1][0], "y": line[-1][1], "angle": _angle(line)})
    nodes = [{"name": "\n".join(box.lines), "x": box.x, "y": box.y} for box in boxes.values()]
    picture = _layers(rows, heads, nodes, dark=dark)
    first = causal_map.measured.cuts[0] if causal_map.measured.cuts else None
    finding = (
        f"Cutting {link_label(first.link)} moves most: {percent(first.moved)} of probability goes to other outcomes"
        if first and first.moved > 0
        else "No link that was cut moves any outcome"
        if first
        else "What acts on what"
    )
    subtitle = f"{title}: blue raises, dashed orange lowers; wide arrows carry much"
    if causal_map.idle:
        subtitle += f"; links that carry nothing here: {len(causal_map.idle)}"
    sides = join_words([names[key] for key in dict.fromkeys(arrow.polity for arrow in causal_map.arrows)])
    arrow_words = "; ".join(str(row["said"]) for row in heads)
    return dress(picture, finding, subtitle, f"{finding}. Causal map of {sides}: {arrow_words}", dark=dark)


def _layers(rows: list[dict[str, Any]], heads: list[dict[str, Any]], nodes: list[dict[str, Any]], *, dark: bool) -> Any:
    up, down = (SERIES_IN_THE_DARK if dark else SERIES)[:2]
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[0, ACROSS]))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[0, DOWN], reverse=True))
    colour = alt.Color(
        "way:N", scale=alt.Scale(domain=["raises", "lowers"], range=[up, down]), title="more of the cause"
    )
    width = alt.StrokeWidth("width:Q", scale=None)
    tips = [
        alt.Tooltip("said:N", title="arrow"),
        alt.Tooltip("link:N"),
        alt.Tooltip("moves:N", title="cutting it moves"),
    ]
    dashes = alt.Scale(domain=["raises", "lowers"], range=[[1, 0], [6, 4]])
    lines = (
        alt.Chart(data(rows))
        .mark_line(opacity=0.65)
        .encode(
            x=x,
            y=y,
            detail=alt.Detail("arrow:N"),
            order=alt.Order("order:Q"),
            color=colour,
            strokeWidth=width,
            strokeDash=alt.StrokeDash("way:N", scale=dashes, legend=None),
            tooltip=tips,
        )
    )
    tops = (
        alt.Chart(data(heads))
        .mark_point(shape="triangle", filled=True, size=70, opacity=0.9)
        .encode(x=x, y=y, color=colour, angle=alt.Angle("angle:Q", scale=None), tooltip=tips)
    )
    halo = (
        alt.Chart(data(nodes))
        .mark_text(stroke=PAPER[dark], strokeWidth=5, color=RULE[dark], **TEXT)
        .encode(x=x, y=y, text=alt.Text("name:N"))
    )
    words = (
        alt.Chart(data(nodes))
        .mark_text(fontWeight=600, color=INK[dark], **TEXT)
        .encode(x=x, y=y, text=alt.Text("name:N"))
    )
    return alt.layer(lines, tops, halo, words).properties(width=ACROSS, height=DOWN)


def _angle(line: list[Point]) -> float:
    """Direction of an arrow's end on the picture, in degrees clockwise from upward."""
    (x0, y0), (x1, y1) = line[-2], line[-1]
    return degrees(atan2(x1 - x0, y0 - y1))
