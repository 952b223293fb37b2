"""Pictures: a chart as SVG that stands inside a page and takes the page's colours, by day and in the dark."""

from __future__ import annotations

import re
from typing import Any

from ripeness.show.palette import (
    FIGHTING_IN_THE_DARK,
    INK,
    OUTCOMES,
    PAPER,
    RULE,
    SERIES,
    SERIES_IN_THE_DARK,
    STILL_FOUGHT,
    WON_BY_EITHER,
)
from ripeness.show.report.figure import Figure

FIGHTING = OUTCOMES["fighting", None]
# Colour by day -> (its name on the page, colour in the dark).
COLOURS = {
    INK[0]: ("ink", INK[1]),
    PAPER[0]: ("paper", PAPER[1]),
    RULE[0]: ("rule", RULE[1]),
    WON_BY_EITHER[0]: ("won", WON_BY_EITHER[1]),
    STILL_FOUGHT[0]: ("still", STILL_FOUGHT[1]),
    FIGHTING: ("fighting", FIGHTING_IN_THE_DARK),
    **{day: (f"series-{n}", dark) for n, (day, dark) in enumerate(zip(SERIES, SERIES_IN_THE_DARK, strict=True))},
}
ASIDE = re.compile(r'\s(?:aria-[a-z]+|role|class)="[^"]*"')
SIZE = re.compile(r'<svg([^>]*?)\swidth="([\d.]+)"\sheight="([\d.]+)"')
BOX = re.compile(r'\sviewBox="[^"]*"')
ENDING = re.compile(r'text-anchor="end"[^>]*>(?:<tspan[^>]*>)?([^<]*)<')
WIDER = 1.0  # points a letter: by so much DejaVu Sans runs wider at 11 points than the font that was measured
PADDING, LAST = 8.0, 30  # points that a chart leaves at its left edge; letters of a name at its right edge
NAMED = re.compile(r'(\bid="|url\(#|href="#)([\w-]+)')


def figure(chart: Any, key: str, sentence: str, *, narrow: Any = None, flat: bool = False) -> Figure:
    """A chart as a figure; `key` keeps its inner names apart from those of other pictures on the page.

    `narrow` is the same chart drawn for a phone, if there is one; `flat` leaves colours as they are by day.
    """
    definition = chart.to_dict(validate=False)
    description = str(definition.get("description", sentence))
    small = "" if narrow is None else _svg(narrow.to_dict(validate=False), f"{key}-narrow", flat=flat)
    return Figure(_svg(definition, key, flat=flat), sentence, description, small)


def _svg(definition: dict[str, Any], key: str, *, flat: bool) -> str:
    import vl_convert

    from ripeness.show.charts.calendar_axis import still

    svg = _renamed(ASIDE.sub("", vl_convert.vegalite_to_svg(still(definition))), key)
    svg = SIZE.sub(lambda head: _sized(head, svg), svg, count=1)
    return svg.replace("height:auto", f"height:auto;background:{PAPER[0]}", 1) if flat else _coloured(svg)


def _sized(head: re.Match[str], svg: str) -> str:
    """The head of a picture that keeps its shape, with room for a reader's font that runs wider than the one measured.

    Names that end at the left edge and names that begin at the right one would otherwise be cut.
    """
    wide, high = float(head[2]), float(head[3])
    left, right = room_for_names(svg, PADDING), WIDER * LAST
    box = f' viewBox="{-left:g} 0 {wide + left + right:g} {high:g}"'
    return f'<svg{BOX.sub("", head[1])}{box} style="width:{wide + left + right:g}px;max-width:none;height:auto"'


def room_for_names(svg: str, padding: float) -> float:
    """Points that a picture needs at its left, beyond its padding, where a reader's font runs wider than ours.

    >>> room_for_names('<text text-anchor="end" dy="3">Ministry of finance</text>', 8.0)
    11.0
    """
    longest = max((len(name) for name in ENDING.findall(svg)), default=0)
    return max(longest * WIDER - padding, 0.0)


def _renamed(svg: str, key: str) -> str:
    """Count the inner names anew: the library counts on from picture to picture, and the same twice is the same.

    >>> _renamed('<g id="gradient_7"/><path fill="url(#gradient_7)"/>', "map")
    '<g id="map-1"/><path fill="url(#map-1)"/>'
    """
    names: dict[str, str] = {}
    return NAMED.sub(lambda match: match[1] + names.setdefault(match[2], f"{key}-{len(names) + 1}"), svg)


def _coloured(svg: str) -> str:
    """Name the palette's colours instead of stating them, so that the page decides."""
    for day, (name, _) in COLOURS.items():
        svg = re.sub(rf'="{day}"', f'="var(--{name})"', svg, flags=re.IGNORECASE)
    return svg.replace('="white"', '="var(--paper)"')
