"""The map of actors: the factions of a side on an issue, by position, weight and power, drawn for a wide page and for a
phone at the size at which each shows it.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from math import hypot
from textwrap import wrap
from typing import Any, NamedTuple

from ripeness.show.palette import SERIES


class MapFrame(NamedTuple):
    """The size of a drawing, where its axes run, and the radius of an actor with all power."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    most: float


WIDE, NARROW = MapFrame(720, 430, 46, 690, 34, 374, 40.0), MapFrame(330, 420, 26, 318, 30, 362, 30.0)
LEAST = 7.0  # radius of an actor without power
LETTER, LINE = 7.4, 14.0  # width of a letter of a name in a wide font, and height of its line
LETTERS, LETTERS_NARROW, MOST_LINES = 24, 16, 4  # letters in a line of a name, and its lines
FURTHER = 12  # how many lines away from its dot a name may stand
UNSTATED = 0.5  # where an actor stands that states no position
Label = tuple[float, float, float, float]  # of a name: middle, first and last line, width
Circle = tuple[float, float, float]  # of a dot: its middle and its radius


def actor_map(polity: Any, issue: str, *, movable: bool) -> str:
    """The map of one issue in both sizes, of which a page shows the one that it has room for."""
    kind = "actors movable" if movable else "actors"
    hint = "Size is power. Dashed: no position is stated, it follows from the war."
    hint += " Drag an actor, or move it with the arrow keys." if movable else ""
    drawings = "".join(draw_map(polity, issue, frame) for frame in (WIDE, NARROW))
    return f'<div class="{kind}">{drawings}</div><p class="g-note">{hint}</p>'


def draw_map(polity: Any, issue: str, frame: MapFrame = WIDE) -> str:
    """The map of one issue as SVG: position across, weight up, power as size."""
    wrap_at = LETTERS if frame is WIDE else LETTERS_NARROW
    ends = polity.issues[issue].ends
    dots = {
        key: _dot(key, faction, issue, SERIES[number % len(SERIES)], frame)
        for number, (key, faction) in enumerate(polity.factions.items())
    }
    names: list[str] = []
    labels: list[Label] = []
    for key, faction in polity.factions.items():
        lines = wrap(" ".join((faction.name or key).split()), wrap_at, max_lines=MOST_LINES, placeholder="…")
        circles = [dot.circle for dot in dots.values()]
        label = _free(dots[key].circle, (max(map(len, lines)) * LETTER, len(lines)), labels, circles, frame)
        centre, height, *_ = label
        names.append(_line_to(label, dots[key].circle))
        spans = "".join(
            f'<tspan x="{centre:.1f}" dy="{LINE if n else 0:g}">{escape(line)}</tspan>' for n, line in enumerate(lines)
        )
        names.append(
            f'<text data-of="{escape(key, quote=True)}" x="{centre:.1f}" y="{height:.1f}"'
            f' text-anchor="middle">{spans}</text>'
        )
    middle = (frame.left + frame.right) / 2
    ends_room = int((frame.right - frame.left) / 2 / LETTER)
    return (
        f'<svg class="{"wide" if frame is WIDE else "narrow"}" viewBox="0 0 {frame.width} {frame.height}"'
        f' data-left="{frame.left}" data-right="{frame.right}" data-top="{frame.top}" data-bottom="{frame.bottom}">'
        f'<line x1="{frame.left}" x2="{frame.right}" y1="{frame.bottom}" y2="{frame.bottom}"/>'
        f'<line x1="{frame.left}" x2="{frame.left}" y1="{frame.top}" y2="{frame.bottom}"/>'
        f'<text class="axis" x="{frame.left}" y="{frame.bottom + 20}">{escape(_short(ends[0], ends_room))}</text>'
        f'<text class="axis" x="{frame.right}" y="{frame.bottom + 20}" text-anchor="end">'
        f"{escape(_short(ends[1], ends_room))}</text>"
        f'<text class="axis" x="{middle}" y="{frame.bottom + 42}" text-anchor="middle">position</text>'
        f'<text class="axis" transform="translate({frame.left - 12} {(frame.top + frame.bottom) / 2}) rotate(-90)"'
        ' text-anchor="middle">weight of the issue</text>'
        f"{''.join(dot.svg for dot in dots.values())}{''.join(names)}</svg>"
    )


class _Dot(NamedTuple):
    """An actor as a dot: middle and radius, and how it is drawn."""

    circle: Circle
    svg: str


def _dot(key: str, faction: Any, issue: str, colour: str, frame: MapFrame) -> _Dot:
    """An actor as a dot; dashed where it states no position on the issue."""
    position, salience = _middle(faction.positions.get(issue), UNSTATED), _middle(faction.salience.get(issue), UNSTATED)
    power = _middle(faction.power, 0.0)
    has_position = issue in faction.positions
    position_text = f"position {100 * position:.0f}" if has_position else "no position stated: it follows from the war"
    description = f"{faction.name or key}: {position_text}, weight {100 * salience:.0f}, power {100 * power:.0f} %"
    x = frame.left + position * (frame.right - frame.left)
    y = frame.bottom - salience * (frame.bottom - frame.top)
    radius = max(LEAST, frame.most * power**0.5)
    dot = (
        f'<circle class="{"stated" if has_position else "open"}" tabindex="0" role="img"'
        f' aria-label="{escape(description, quote=True)}" data-key="{escape(key, quote=True)}" data-x="{position:.2f}"'
        f' data-y="{salience:.2f}" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"'
        f' fill="{colour}"><title>{escape(description)}</title></circle>'
    )
    return _Dot((x, y, radius), dot)


def _free(
    circle: Circle, size: tuple[float, int], labels: list[Label], circles: Sequence[Circle], frame: MapFrame
) -> Label:
    """A place for a name above, below or beside its dot, or further away: where neither another name nor a dot stands,
    else where no other name does. `size`: width and lines.
    """
    x, y, radius = circle
    width, lines = size
    extra_height = (lines - 1) * LINE
    centre = min(max(x, width / 2 + 4), frame.width - width / 2 - 4)
    above, below, beside = y - radius - 5 - extra_height, y + radius + 13, y + 4 - extra_height / 2
    places = [(centre, above - LINE * n) for n in range(FURTHER)] + [(centre, below + LINE * n) for n in range(FURTHER)]
    places += [
        (x + way * (radius + 5 + width / 2), beside + LINE * n) for way in (1, -1) for n in range(-FURTHER, FURTHER + 1)
    ]
    boxes = sorted(
        ((middle, height, height + extra_height, width) for middle, height in places), key=lambda box: _gap(box, circle)
    )
    clear = [box for box in boxes if _is_inside(box, frame) and not any(_touch(box, label) for label in labels)]
    open_places = [box for box in clear if not any(_covers(box, other) for other in circles)]
    box = (open_places or clear or boxes)[0]
    labels.append(box)
    return box


def _is_inside(label: Label, frame: MapFrame) -> bool:
    middle, first, last, width = label
    return width / 2 + 4 <= middle <= frame.width - width / 2 - 4 and first > 10 and last < frame.bottom


def _touch(label: Label, other: Label) -> bool:
    """Whether two names would overlap."""
    return (
        label[1] - other[2] < LINE
        and other[1] - label[2] < LINE
        and abs(label[0] - other[0]) <= (label[3] + other[3]) / 2
    )


def _covers(label: Label, circle: Circle) -> bool:
    """Whether a name would stand on a dot."""
    return _gap(label, circle) < 0


def _gap(label: Label, circle: Circle) -> float:
    """How far a name stands from the edge of a dot."""
    x, y, radius = circle
    across = max(abs(x - label[0]) - label[3] / 2, 0.0)
    down = max(label[1] - LINE + 3 - y, y - label[2] - 3, 0.0)
    return round(hypot(across, down) - radius, 1)


def _line_to(label: Label, circle: Circle) -> str:
    """A line from a dot to its name, where that stands too far away to be seen to be its own."""
    if _gap(label, circle) <= LINE:
        return ""
    x, y, _ = circle
    middle, first, last, width = label
    end = min(max(x, middle - width / 2), middle + width / 2), min(max(y, first - LINE + 3), last + 3)
    return f'<line x1="{x:.1f}" y1="{y:.1f}" x2="{end[0]:.1f}" y2="{end[1]:.1f}"/>'


def _middle(number: Any, otherwise: float) -> float:
    return float(number.interval()[1]) if number is not None else otherwise


def _short(text: str, max_length: int) -> str:
    return text if len(text) <= max_length else text[: max_length - 1].rstrip() + "…"
