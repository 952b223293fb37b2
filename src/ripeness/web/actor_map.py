"""Actors: the factions of a polity on an issue, by position, salience and power; a dragged one changes the file."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from html import escape
from textwrap import wrap
from typing import Any

from nicegui import ui

from ripeness.show.palette import SERIES
from ripeness.web.checked_text import CheckedText

LEFT, RIGHT, TOP, BOTTOM, WIDTH, HEIGHT = 46, 494, 34, 356, 520, 410  # the drawing's own points
LEAST, MOST = 6.0, 34.0  # radius of an actor without power, and of one with all of it
LETTER, LINE = 7.4, 13.0  # width of a letter of a name in a wide font, and height of its line
LETTERS, MOST_LINES, FURTHER = 22, 3, 8  # letters in a line of a name, its lines, and how many lines away it may stand
UNSTATED = 0.5  # where an actor stands that states no position
Label = tuple[float, float, float, float]  # of a name: middle, first and last line, width
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
    dots: list[str] = []
    names: list[str] = []
    labels: list[Label] = []
    for number, (key, faction) in enumerate(polity.factions.items()):
        dot, x, y, radius = _dot(key, faction, issue, SERIES[number % len(SERIES)])
        dots.append(dot)
        lines = wrap(" ".join((faction.name or key).split()), LETTERS, max_lines=MOST_LINES, placeholder="…")
        centre, height = _free(x, y, radius, (max(map(len, lines)) * LETTER, len(lines)), labels)
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
        f"{''.join(dots)}{''.join(names)}</svg>"
    )


def _dot(key: str, faction: Any, issue: str, colour: str) -> tuple[str, float, float, float]:
    """An actor as a dot, with its place and its radius; dashed where it states no position on the issue."""
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
    return dot, x, y, radius


def _free(x: float, y: float, radius: float, size: tuple[float, int], labels: list[Label]) -> tuple[float, float]:
    """A place for a name above or below its dot, or further away, where no other name stands. `size`:
    width and lines.
    """
    width, lines = size
    extra_height = (lines - 1) * LINE
    centre = min(max(x, width / 2 + 4), WIDTH - width / 2 - 4)
    heights = [y - radius - 5 - extra_height, y + radius + 13]
    heights += [heights[0] - LINE * n for n in range(1, FURTHER)] + [heights[1] + LINE * n for n in range(1, FURTHER)]
    clear = [
        height
        for height in heights
        if 10 < height < HEIGHT - extra_height
        and all(
            height - last >= LINE
            or first - height - extra_height >= LINE
            or abs(centre - label_centre) > (width + label_width) / 2
            for label_centre, first, last, label_width in labels
        )
    ]
    height = clear[0] if clear else heights[0]
    labels.append((centre, height, height + extra_height, width))
    return centre, height


def _middle(number: Any, otherwise: float) -> float:
    return float(number.interval()[1]) if number is not None else otherwise


def _short(text: str, max_length: int) -> str:
    return text if len(text) <= max_length else text[: max_length - 1].rstrip() + "…"
