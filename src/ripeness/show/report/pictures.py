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
)
from ripeness.show.report.page import Figure

FIGHTING = OUTCOMES["fighting", None]
# Colour by day -> (its name on the page, colour in the dark).
COLOURS = {
    INK[0]: ("ink", INK[1]),
    PAPER[0]: ("paper", PAPER[1]),
    RULE[0]: ("rule", RULE[1]),
    FIGHTING: ("fighting", FIGHTING_IN_THE_DARK),
    **{day: (f"series-{n}", dark) for n, (day, dark) in enumerate(zip(SERIES, SERIES_IN_THE_DARK, strict=True))},
}
ASIDE = re.compile(r'\s(?:aria-[a-z]+|role|class)="[^"]*"')
SIZE = re.compile(r'<svg([^>]*?)\swidth="([\d.]+)"\sheight="([\d.]+)"')
NAMED = re.compile(r'(\bid="|url\(#|href="#)([\w-]+)')


def figure(chart: Any, key: str, sentence: str, *, flat: bool = False) -> Figure:
    """A chart as a figure; `key` keeps its inner names apart from those of other pictures on the page.

    `flat` leaves its colours as they are by day.
    """
    import vl_convert

    definition = chart.to_dict()
    svg = vl_convert.vegalite_to_svg(definition)
    svg = _renamed(ASIDE.sub("", svg), key)
    svg = SIZE.sub(lambda found: f'<svg{found[1]} style="width:{found[2]}px;max-width:none;height:auto"', svg, count=1)
    told = str(definition.get("description", sentence))
    return Figure(svg if flat else _coloured(svg), sentence, told)


def _renamed(svg: str, key: str) -> str:
    """Count the inner names anew: the library counts on from picture to picture, and the same twice is the same.

    >>> _renamed('<g id="gradient_7"/><path fill="url(#gradient_7)"/>', "map")
    '<g id="map-1"/><path fill="url(#map-1)"/>'
    """
    names: dict[str, str] = {}
    return NAMED.sub(lambda found: found[1] + names.setdefault(found[2], f"{key}-{len(names) + 1}"), svg)


def _coloured(svg: str) -> str:
    """Name the palette's colours instead of stating them, so that the page decides."""
    for day, (name, _) in COLOURS.items():
        svg = re.sub(rf'="{day}"', f'="var(--{name})"', svg, flags=re.IGNORECASE)
    return svg.replace('="white"', '="var(--paper)"')
