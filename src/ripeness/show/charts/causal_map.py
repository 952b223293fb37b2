"""The causal map as a picture: causes and effects in columns, wide arrows carrying much, dashed ones lowering."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import wrap
from typing import Any

import altair as alt

from ripeness.show.charts.dress import data, dress
from ripeness.show.palette import INK, PAPER, RULE, SERIES, SERIES_IN_THE_DARK
from ripeness.study.causal_map.arrows import Arrow
from ripeness.study.causal_map.causal_map import CausalMap
from ripeness.world.wording import join_words

ACROSS, DOWN = 1150, 560
THIN, WIDE = 0.8, 9.0  # width of an arrow that carries nothing that was measured, and of the one that carries most
BEND = 0.06  # how far an arrow bows, as a share of its length, so that a pair of opposite ones can be told apart
CLEAR, MOST_CLEAR = 0.3, 0.3  # columns left free at either end of an arrow, for names; at most this share of it
STEPS = 12  # points of a bowed arrow
LETTERS = 18  # of a name in a line
TEXT: dict[str, Any] = {"fontSize": 13, "lineBreak": "\n", "baseline": "middle"}
# Where each thing stands (column 0 to 5, row 0 to 6): from outside, through means and front, to society and the end.
PLACES = {
    "sanctions": (0, 0),
    "trade with patrons": (0, 1),
    "aid from patrons": (0, 2),
    "rents from trade": (0, 3.4),
    "what the rival gains by a truce": (0, 5),
    "publicly stated terms": (0, 6),
    "the leader's fate": (1, 6.4),
    "economy": (1, 0.3),
    "munitions": (1, 2),
    "men": (1, 3),
    "restraint": (1, 4.2),
    "power of those who live on trade rents": (1, 5.2),
    "reform": (2, 5),
    "power of those whom reform hits": (2, 4),
    "reluctance of some": (2, 4),
    "effort": (2, 2.6),
    "ceasefire": (2, 0.2),
    "rearming in ceasefires": (2, 1.3),
    "strength": (3, 2.2),
    "losses": (3, 1.2),
    "front": (4, 2.8),
    "pressure": (3, 3.4),
    "weariness": (4, 1.2),
    "protest": (4, 0.3),
    "power of the public": (5, 0.8),
    "power of those whom war strengthens": (3.3, 4.4),
    "belief in own strength": (4, 4),
    "cost of war": (3, 5.4),
    "fall of the leader": (5, 2),
    "collapse": (5, 0),
    "terms": (4, 5.4),
    "settlement": (5, 5.8),
}


def map_picture(causal_map: CausalMap, names: Mapping[str, str], title: str, *, dark: bool = False) -> Any:
    """Both belligerents in one picture: an arrow stands for the side or sides that have it."""
    arrows: dict[tuple[str, str], Arrow] = {}
    for arrow in causal_map.arrows:
        arrows.setdefault((arrow.cause, arrow.effect), arrow)
    largest = max((cut.moved for cut in causal_map.measured.cuts), default=0.0) or 1.0
    rows, heads = [], []
    for n, arrow in enumerate(arrows.values()):
        carried = causal_map.moved(arrow.link) if arrow.link else None
        share = 0.0 if carried is None else carried / largest
        line = _bow(_at(arrow.cause), _at(arrow.effect))
        look = {
            "arrow": n,
            "width": THIN + (WIDE - THIN) * share,
            "way": "raises" if arrow.sign > 0 else "lowers",
            "said": f"{arrow.cause} {'raises' if arrow.sign > 0 else 'lowers'} {arrow.effect}",
            "link": arrow.link or "cannot be cut",
            "moves": "" if carried is None else f"{100 * carried:.1f} %",
        }
        rows += [{**look, "order": k, "x": x, "y": y} for k, (x, y) in enumerate(line)]
        heads.append({**look, "x": line[-1][0], "y": line[-1][1], "angle": _angle(line)})
    nodes = [
        {"name": "\n".join(wrap(name, LETTERS)), "x": _at(name)[0], "y": _at(name)[1]}
        for name in dict.fromkeys(n for pair in arrows for n in pair)
    ]
    picture = _layers(rows, heads, nodes, dark=dark)
    first = causal_map.measured.cuts[0] if causal_map.measured.cuts else None
    subtitle = (
        f"blue raises, dashed orange lowers; wide arrows carry much: "
        f"cutting {first.link} moves {100 * first.moved:.0f} % of probability"
        if first
        else ""
    )
    if causal_map.idle:
        subtitle += f"; links that carry nothing here: {len(causal_map.idle)}"
    sides = join_words([names[key] for key in dict.fromkeys(arrow.polity for arrow in causal_map.arrows)])
    return dress(
        picture, title, subtitle, f"Causal map of {sides}: " + "; ".join(str(row["said"]) for row in heads), dark=dark
    )


def _layers(rows: list[dict[str, Any]], heads: list[dict[str, Any]], nodes: list[dict[str, Any]], *, dark: bool) -> Any:
    up, down = (SERIES_IN_THE_DARK if dark else SERIES)[:2]
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[-0.45, 5.45]))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[-0.4, 6.8], reverse=True))
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


def _at(name: str) -> tuple[float, float]:
    x, y = PLACES.get(name, (2.5, 6.6))
    return float(x), float(y)


def _bow(start: tuple[float, float], end: tuple[float, float]) -> list[tuple[float, float]]:
    """Points of an arrow from near its cause to near its effect, bowed to its right."""
    across, down = end[0] - start[0], end[1] - start[1]
    length = (across**2 + (down * DOWN / ACROSS) ** 2) ** 0.5
    margin = min(CLEAR / max(length, CLEAR), MOST_CLEAR)
    points = []
    for k in range(STEPS + 1):
        t = margin + (1 - 2 * margin) * k / STEPS
        bow = 4 * BEND * t * (1 - t)
        points.append((start[0] + across * t - down * bow * ACROSS / DOWN / 2, start[1] + down * t + across * bow * 2))
    return points


def _angle(line: list[tuple[float, float]]) -> float:
    """Direction of an arrow's end on the picture, in degrees clockwise from upward."""
    from math import atan2, degrees

    (x0, y0), (x1, y1) = line[-2], line[-1]
    return degrees(atan2((x1 - x0) * ACROSS / 5.9, -(y1 - y0) * DOWN / 7.2))
