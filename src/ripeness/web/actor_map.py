"""Actors: the factions of a polity on an issue, by position, salience and power; a dragged one changes the file."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from html import escape
from math import hypot
from textwrap import wrap
from typing import Any, NamedTuple

from nicegui import ui

from ripeness.show.palette import SERIES
from ripeness.web.checked_text import CheckedText

LEFT, RIGHT, TOP, BOTTOM, WIDTH, HEIGHT = 46, 494, 34, 356, 520, 410  # the drawing's own points
LEAST, MOST = 6.0, 34.0  # radius of an actor without power, and of one with all of it
LETTER, LINE = 7.4, 13.0  # width of a letter of a name in a wide font, and height of its line
LETTERS, MOST_LINES, FURTHER = 22, 3, 12  # letters in a line of a name, its lines, and how many lines away it may stand
UNSTATED = 0.5  # where an actor stands that states no position
Label = tuple[float, float, float, float]  # of a name: middle, first and last line, width
Circle = tuple[float, float, float]  # of a dot: its middle and its radius
Change = Callable[[dict[str, object]], Awaitable[None]]


class ActorMap:
    """The map with its two choices; without a way to change the file it is only looked at."""

    def __init__(self, change: Change | None) -> None:
        self.change = change
        self.checked_text: CheckedText | None = None
        with ui.row().classes("form"):
            self.polity = ui.select([], label="Polity", on_change=lambda _: self._fill_issues()).props(
                "dense outlined stack-label"
            )
            self.issue = ui.select([], label="Issue", on_change=lambda _: self._draw()).props(
                "dense outlined stack-label"
            )
            self.polity.classes("wide")
            self.issue.classes("wide")
        self.place = ui.html("", sanitize=False).classes("actors movable" if change else "actors")
        hint = "Size is power; a dashed actor states no position on the issue: it follows from the war. "
        hint += "Drag an actor, or move it with the arrows: its numbers then count as your judgement." if change else ""
        ui.label(hint).classes("quiet")
        if change is not None:
            ui.on("actor", self._move_actor)

    def show(self, checked_text: CheckedText) -> None:
        """Draw what the text says now."""
        self.checked_text = checked_text
        if checked_text.opened is None:
            return
        polities = checked_text.opened.scenario.polities
        names = {key: polity.name or key for key, polity in polities.items() if polity.issues}
        selected = self.polity.value if self.polity.value in names else next(iter(names), None)
        self.polity.set_options(names, value=selected)
        self._fill_issues()

    def _fill_issues(self) -> None:
        polity = self._selected_polity()
        if polity is None:
            return
        names = {key: issue.name or key for key, issue in polity.issues.items()}
        positioned = [key for key in names if any(key in faction.positions for faction in polity.factions.values())]
        selected = self.issue.value if self.issue.value in names else next(iter(positioned or names), None)
        self.issue.set_options(names, value=selected)
        self._draw()

    def _selected_polity(self) -> Any:
        opened = self.checked_text.opened if self.checked_text is not None else None
        return opened.scenario.polities.get(self.polity.value) if opened is not None else None

    def _draw(self) -> None:
        polity = self._selected_polity()
        if polity is None or self.issue.value not in polity.issues:
            return
        self.place.set_content(draw_map(polity, str(self.issue.value)))

    async def _move_actor(self, event: Any) -> None:
        polity = self._selected_polity()
        key, issue = str(event.args["key"]), str(self.issue.value)
        if self.change is None or polity is None or key not in polity.factions:
            return
        faction, path = polity.factions[key], f"polities.{self.polity.value}.factions.{key}"
        coordinates = {"positions": float(event.args["x"]), "salience": float(event.args["y"])}
        changes: dict[str, object] = {}
        for part, value in coordinates.items():
            if abs(_middle(getattr(faction, part).get(issue), UNSTATED) - value) >= 0.005:
                changes[f"{path}.{part}.{issue}"] = round(value, 2)
        if changes:
            await self.change(changes)


def draw_map(polity: Any, issue: str) -> str:
    """The map of one issue as SVG: position across, salience up, power as size."""
    ends = polity.issues[issue].ends
    dots = {
        key: _dot(key, faction, issue, SERIES[number % len(SERIES)])
        for number, (key, faction) in enumerate(polity.factions.items())
    }
    names: list[str] = []
    labels: list[Label] = []
    for key, faction in polity.factions.items():
        lines = wrap(" ".join((faction.name or key).split()), LETTERS, max_lines=MOST_LINES, placeholder="…")
        circles = [dot.circle for dot in dots.values()]
        label = _free(dots[key].circle, (max(map(len, lines)) * LETTER, len(lines)), labels, circles)
        centre, height, *_ = label
        names.append(_line_to(label, dots[key].circle))
        spans = "".join(
            f'<tspan x="{centre:.1f}" dy="{LINE if n else 0:g}">{escape(line)}</tspan>' for n, line in enumerate(lines)
        )
        names.append(
            f'<text data-of="{escape(key, quote=True)}" x="{centre:.1f}" y="{height:.1f}"'
            f' text-anchor="middle">{spans}</text>'
        )
    return (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" data-left="{LEFT}" data-right="{RIGHT}" data-top="{TOP}"'
        f' data-bottom="{BOTTOM}">'
        f'<line x1="{LEFT}" x2="{RIGHT}" y1="{BOTTOM}" y2="{BOTTOM}"/><line x1="{LEFT}" x2="{LEFT}" y1="{TOP}"'
        f' y2="{BOTTOM}"/>'
        f'<text class="axis" x="{LEFT}" y="{BOTTOM + 20}">{escape(_short(ends[0], 36))}</text>'
        f'<text class="axis" x="{RIGHT}" y="{BOTTOM + 20}" text-anchor="end">{escape(_short(ends[1], 36))}</text>'
        f'<text class="axis" x="{(LEFT + RIGHT) / 2}" y="{BOTTOM + 44}" text-anchor="middle">position</text>'
        f'<text class="axis" transform="translate(18 {(TOP + BOTTOM) / 2}) rotate(-90)"'
        ' text-anchor="middle">salience</text>'
        f"{''.join(dot.svg for dot in dots.values())}{''.join(names)}</svg>"
    )


class _Dot(NamedTuple):
    """An actor as a dot: middle and radius, and how it is drawn."""

    circle: Circle
    svg: str


def _dot(key: str, faction: Any, issue: str, colour: str) -> _Dot:
    """An actor as a dot; dashed where it states no position on the issue."""
    position, salience = _middle(faction.positions.get(issue), UNSTATED), _middle(faction.salience.get(issue), UNSTATED)
    power = _middle(faction.power, 0.0)
    has_position = issue in faction.positions
    position_text = f"position {position:.2f}" if has_position else "no position stated: it follows from the war"
    description = f"{faction.name or key}: {position_text}, salience {salience:.2f}, power {power:.2f}"
    x, y = LEFT + position * (RIGHT - LEFT), BOTTOM - salience * (BOTTOM - TOP)
    radius = max(LEAST, MOST * power**0.5)
    dot = (
        f'<circle class="{"stated" if has_position else "open"}" tabindex="0" role="img"'
        f' aria-label="{escape(description, quote=True)}" data-key="{escape(key, quote=True)}" data-x="{position:.2f}"'
        f' data-y="{salience:.2f}" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"'
        f' fill="{colour}"><title>{escape(description)}</title></circle>'
    )
    return _Dot((x, y, radius), dot)


def _free(circle: Circle, size: tuple[float, int], labels: list[Label], circles: Sequence[Circle]) -> Label:
    """A place for a name above, below or beside its dot, or further away: where neither another name nor a dot stands,
    else where no other name does. `size`: width and lines.
    """
    x, y, radius = circle
    width, lines = size
    extra_height = (lines - 1) * LINE
    centre = min(max(x, width / 2 + 4), WIDTH - width / 2 - 4)
    above, below, beside = y - radius - 5 - extra_height, y + radius + 13, y + 4 - extra_height / 2
    places = [(centre, above - LINE * n) for n in range(FURTHER)] + [(centre, below + LINE * n) for n in range(FURTHER)]
    places += [
        (x + way * (radius + 5 + width / 2), beside + LINE * n) for way in (1, -1) for n in range(-FURTHER, FURTHER + 1)
    ]
    boxes = sorted(
        ((middle, height, height + extra_height, width) for middle, height in places), key=lambda box: _gap(box, circle)
    )
    clear = [box for box in boxes if _is_inside(box) and not any(_touch(box, label) for label in labels)]
    open_places = [box for box in clear if not any(_covers(box, other) for other in circles)]
    box = (open_places or clear or boxes)[0]
    labels.append(box)
    return box


def _is_inside(label: Label) -> bool:
    middle, first, last, width = label
    return width / 2 + 4 <= middle <= WIDTH - width / 2 - 4 and first > 10 and last < HEIGHT


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
