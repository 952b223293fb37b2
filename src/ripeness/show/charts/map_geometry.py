"""Geometry of the causal map: where each thing stands, and arrows from the edge of one box to the edge of another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from textwrap import wrap

Point = tuple[float, float]
ACROSS, DOWN = 1150, 640
LETTERS, LETTER, LINE = 18, 7.7, 16  # of a name in a line; width of a letter and height of a line
MARGIN, TOP = 84, 36  # left and right of the first and last column, and above the first row
COLUMNS, ROWS = 5.0, 6.6
POINTS = 48  # of an arrow
GAP = 4.0  # between a box and the arrows at it
BENDS = (0.05, -0.05, 0.14, -0.14, 0.24, -0.24, 0.36, -0.36)  # how far an arrow may bow, as a share of its length
# Where each thing stands (column 0 to 5, row 0 to 6.6): from outside, through means and front, to society and the end.
PLACES: Mapping[str, Point] = {
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
    "reform": (2, 5.3),
    "power of those whom reform hits": (2, 4.3),
    "reluctance of some": (2, 3.5),
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
    "power of those whom war strengthens": (3, 4.5),
    "belief in own strength": (4, 4),
    "cost of war": (3, 5.6),
    "fall of the leader": (5, 2),
    "collapse": (5, 0),
    "terms": (4, 5.4),
    "settlement": (5, 5.8),
}
ELSEWHERE = (2.5, 6.6)


@dataclass(frozen=True, slots=True)
class NodeBox:
    """A thing of the map: its name in lines, and its box in points of the picture."""

    name: str
    lines: tuple[str, ...]
    x: float
    y: float
    width: float
    height: float

    def holds(self, point: Point, gap: float = GAP) -> bool:
        """Whether a point lies within the box or nearer to it than the gap."""
        return abs(point[0] - self.x) <= self.width / 2 + gap and abs(point[1] - self.y) <= self.height / 2 + gap


def node_boxes(names: Iterable[str]) -> dict[str, NodeBox]:
    """The boxes of things, by name.

    >>> box = node_boxes(["front"])["front"]
    >>> box.lines, box.holds((box.x, box.y))
    (('front',), True)
    """
    boxes = {}
    for name in names:
        column, row = PLACES.get(name, ELSEWHERE)
        lines = tuple(wrap(name, LETTERS))
        boxes[name] = NodeBox(
            name,
            lines,
            MARGIN + column / COLUMNS * (ACROSS - 2 * MARGIN),
            TOP + row / ROWS * (DOWN - 2 * TOP),
            max(len(line) for line in lines) * LETTER + 16,
            len(lines) * LINE + 10,
        )
    return boxes


def arrow_points(cause: NodeBox, effect: NodeBox, others: Iterable[NodeBox]) -> list[Point]:
    """A bowed arrow from the edge of its cause to the edge of its effect, past the other boxes where it can.

    >>> boxes = node_boxes(["front", "terms"])
    >>> points = arrow_points(boxes["front"], boxes["terms"], [])
    >>> any(box.holds(point, 0) for box in boxes.values() for point in points)
    False
    """
    in_the_way = [box for box in others if box not in (cause, effect)]
    candidates = [(bend, _between(cause, effect, bend)) for bend in BENDS]
    return min(
        candidates,
        key=lambda candidate: (
            sum(box.holds(point) for box in in_the_way for point in candidate[1]),
            abs(candidate[0]),
        ),
    )[1]


def _between(cause: NodeBox, effect: NodeBox, bend: float) -> list[Point]:
    """The points of one bow that lie outside of both boxes."""
    across, down = effect.x - cause.x, effect.y - cause.y
    middle = (cause.x + across / 2 - down * bend * 2, cause.y + down / 2 + across * bend * 2)
    points = []
    for n in range(POINTS + 1):
        t = n / POINTS
        a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t**2
        points.append((a * cause.x + b * middle[0] + c * effect.x, a * cause.y + b * middle[1] + c * effect.y))
    outside = [point for point in points if not (cause.holds(point) or effect.holds(point))]
    return outside if len(outside) > 1 else points
