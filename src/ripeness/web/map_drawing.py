"""The causal map of a page: an SVG whose arrows can be cut, and whose loops light up; and what it is drawn from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from math import atan2, cos, sin
from typing import TYPE_CHECKING, Any

from ripeness.show.charts.map_geometry import ACROSS, DOWN, NodeBox, Point, arrow_points, node_boxes
from ripeness.study.link_labels import link_label

if TYPE_CHECKING:
    from ripeness.study.causal_map.causal_map import CausalMap

THIN, WIDE = 1.2, 8.0  # width of an arrow that carries nothing that was measured, and of the one that carries most
HEAD, SPREAD = 9.0, 0.42  # length of an arrow's head, and half of its angle in radians
MOST_LOOPS = 60  # that are lit


def map_facts(causal: CausalMap, names: Mapping[str, str]) -> dict[str, Any]:
    """What a page draws a map from: arrows of either side, what each link carries, and loops, by plain values."""
    arrows: dict[tuple[str, str], dict[str, Any]] = {}
    for arrow in causal.arrows:
        entry = arrows.setdefault(
            (arrow.cause, arrow.effect),
            {"cause": arrow.cause, "effect": arrow.effect, "sign": arrow.sign, "link": arrow.link, "sides": []},
        )
        entry["sides"].append(names.get(arrow.polity, arrow.polity))
    loops: dict[tuple[str, ...], dict[str, Any]] = {}
    for loop in causal.loops:
        entry = loops.setdefault(loop.nodes, {"nodes": list(loop.nodes), "reinforcing": loop.reinforcing, "sides": []})
        entry["sides"].append(names.get(loop.polity, loop.polity))
    moved = {cut.link: cut.moved for cut in causal.measured.cuts}
    return {"arrows": list(arrows.values()), "loops": list(loops.values())[:MOST_LOOPS], "moved": moved}


def map_svg(facts: Mapping[str, Any]) -> str:
    """The map as SVG; every arrow that has a link is a button that cuts it."""
    arrows: Sequence[Mapping[str, Any]] = facts["arrows"]
    boxes = node_boxes(dict.fromkeys(name for arrow in arrows for name in (arrow["cause"], arrow["effect"])))
    moved: Mapping[str, float] = facts["moved"]
    largest = max(moved.values(), default=0.0) or 1.0
    loops = [_steps(loop["nodes"]) for loop in facts["loops"]]
    parts = []
    for arrow in sorted(arrows, key=lambda arrow: -moved.get(arrow["link"], 0.0)):  # narrow ones lie on wide ones
        line = arrow_points(boxes[arrow["cause"]], boxes[arrow["effect"]], boxes.values())
        within = [n for n, steps in enumerate(loops) if (arrow["cause"], arrow["effect"]) in steps]
        parts.append(_arrow(arrow, line, within, moved.get(arrow["link"]), largest))
    nodes = "".join(_node(box) for box in boxes.values())
    loop_items = "".join(
        f'<li data-loop="{n}">{escape(_loop_words(loop))}</li>' for n, loop in enumerate(facts["loops"])
    )
    return (
        f'<div class="causal-map"><svg class="causal" viewBox="0 0 {ACROSS} {DOWN}" role="group" '
        f'aria-label="Causal map: arrows that can be cut">{"".join(parts)}{nodes}</svg></div>'
        f'<div class="loop-words" aria-live="polite"><p class="quiet">'
        "Point at an arrow to see the loops that it is part of; click it to cut it.</p>"
        f"<ul hidden>{loop_items}</ul></div>"
    )


def _arrow(
    arrow: Mapping[str, Any], line: Sequence[Point], loops: Sequence[int], moved: float | None, largest: float
) -> str:
    width = THIN if not moved else THIN + (WIDE - THIN) * moved / largest
    verb = "raises" if arrow["sign"] > 0 else "lowers"
    description = f"{arrow['cause']} {verb} {arrow['effect']}"
    link = str(arrow["link"])
    if moved is not None:
        description += (
            f"; the link {link_label(link)} moves {100 * moved:.1f} % of probability"
            if moved
            else f"; the link {link_label(link)} carries nothing here"
        )
    end, tip = line[:-1], line[-1]
    path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in [*end, _before(line)])
    reach = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in line)
    button = f' tabindex="0" role="button" aria-pressed="false" data-link="{escape(link, quote=True)}"' if link else ""
    label = f' aria-label="{escape(description, quote=True)}"' if link else ""
    classes = f"arrow {verb}{'' if link else ' fixed'}{' idle' if moved == 0 else ''}"
    return (
        f'<g class="{classes}" data-loops="{" ".join(map(str, loops))}"{button}{label}>'
        f"<title>{escape(description)}</title>"
        f'<path class="reach" d="{reach}"/><path class="line" d="{path}" stroke-width="{width:.1f}"/>'
        f'<polygon points="{_head(line, tip, width)}"/>{_stroke(line)}</g>'
    )


def _direction(line: Sequence[Point]) -> float:
    before = line[-3] if len(line) > 2 else line[0]
    return atan2(line[-1][1] - before[1], line[-1][0] - before[0])


def _before(line: Sequence[Point]) -> Point:
    """Where the line ends below its head."""
    angle, (x, y) = _direction(line), line[-1]
    return x - cos(angle) * HEAD / 2, y - sin(angle) * HEAD / 2


def _head(line: Sequence[Point], tip: Point, width: float) -> str:
    angle, length = _direction(line), HEAD + width
    corners = [
        tip,
        *((tip[0] - cos(angle + turn) * length, tip[1] - sin(angle + turn) * length) for turn in (SPREAD, -SPREAD)),
    ]
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in corners)


def _stroke(line: Sequence[Point]) -> str:
    """The cross that stands on an arrow that is cut."""
    x, y = line[len(line) // 2]
    left, right, top, bottom = (f"{end:.1f}" for end in (x - 7, x + 7, y - 7, y + 7))
    return f'<path class="cross" d="M{left} {top}L{right} {bottom}M{right} {top}L{left} {bottom}"/>'


def _node(box: NodeBox) -> str:
    first = box.y - (len(box.lines) - 1) * 8 + 4.5
    lines = "".join(
        f'<tspan x="{box.x:.1f}" y="{first + 16 * n:.1f}">{escape(line)}</tspan>' for n, line in enumerate(box.lines)
    )
    return (
        f'<g class="node" data-node="{escape(box.name, quote=True)}"><rect x="{box.x - box.width / 2:.1f}" '
        f'y="{box.y - box.height / 2:.1f}" width="{box.width:.1f}" height="{box.height:.1f}" rx="7"/>'
        f'<text text-anchor="middle">{lines}</text></g>'
    )


def _steps(nodes: Sequence[str]) -> set[tuple[str, str]]:
    return set(zip(nodes, [*nodes[1:], nodes[0]], strict=True))


def _loop_words(loop: Mapping[str, Any]) -> str:
    kind = "reinforcing: it strengthens" if loop["reinforcing"] else "balancing: it holds back"
    sides = ", ".join(dict.fromkeys(loop["sides"]))
    return f"{' → '.join([*loop['nodes'], loop['nodes'][0]])} ({kind} what starts it; {sides})"
