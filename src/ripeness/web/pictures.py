"""Pictures: charts in light and dark, for a wide page and for a phone: as definitions, and drawn here as SVG."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from textwrap import wrap
from typing import Any

from ripeness.show.report.pictures import room_for_names
from ripeness.store.json_text import json_text, plain_value
from ripeness.store.untrusted_json import parse_json
from ripeness.web.answer import Picture
from ripeness.web.chart_figure import chart_figure
from ripeness.world.fault import Place

NARROW = 250  # points: what stays for a picture beside its axis and labels on a phone
ROOM = {
    "left": 24,
    "right": 24,
    "top": 5,
    "bottom": 5,
}  # points around a picture: a reader's letters may be wider than ours
SHORT = 20  # letters of a name that stands whole above one of two panels in a row
TITLE = {"text": 38, "subtitle": 50}  # letters in a line of a title, and of what stands below it, on a phone
LETTERS, LINE, SIDE = (
    24,
    14,
    150,
)  # letters in a line of a name at the side, height of the line, width that the bars keep
AXIS = 24  # letters in a line of the title of an axis below such bars
SPLIT = r"split(datum.label, '\n')"  # names that a wide chart breaks itself
LEGEND = re.compile(r'role-legend-label"[^>]*>\s*<text[^>]*>([^<]*)<')  # a reader's font may be a point a letter wider
HEAD = re.compile(r'(<svg[^>]*?\s)width="(?P<wide>[\d.]+)" height="(?P<high>[\d.]+)" viewBox="[^"]*"')
FACETS = 2  # panels in a row on a phone


@lru_cache(maxsize=128)
def svg_of(definition: str) -> str:
    """The SVG of a definition (JSON, since a cache needs one word for it), with room for the names at its side."""
    import vl_convert

    svg = str(vl_convert.vegalite_to_svg(_printed(definition)))
    left = room_for_names(svg, ROOM["left"])
    right = max(max(map(len, LEGEND.findall(svg)), default=0) - ROOM["right"], 0)
    return HEAD.sub(lambda head: _with_room(head, left, right), svg, count=1)


def png_of(definition: str) -> bytes:
    """The same as a PNG, two pixels a point."""
    import vl_convert

    from ripeness.show.charts.save import SCALE

    return bytes(vl_convert.vegalite_to_png(_printed(definition), scale=SCALE))


def _printed(definition: str) -> dict[str, Any]:
    """What a definition draws where nothing points at it."""
    from ripeness.show.charts.calendar_axis import still

    return still(parse_json(definition, Place("picture.json")))


def _with_room(head: re.Match[str], left: float, right: float) -> str:
    """The head of an SVG that is so many points wider at its left and at its right."""
    wide = float(head["wide"]) + left + right
    return f'{head[1]}width="{wide:g}" height="{head["high"]}" viewBox="{-left:g} 0 {wide:g} {head["high"]}"'


def definition(picture: Picture, *, dark: bool, narrow: bool) -> str:
    """One of the four looks of a picture, as JSON."""
    return json_text(_look(picture, dark=dark, narrow=narrow), indent=None)


def _look(picture: Picture, *, dark: bool, narrow: bool) -> Any:
    """The same as plain values."""
    own = picture.narrow.get("dark" if dark else "light") if narrow else None
    chart = {"padding": ROOM, **(own or (picture.dark if dark else picture.light))}
    return plain_value(_narrowed(chart) if narrow and own is None else chart)


def _narrowed(chart: Mapping[str, Any]) -> dict[str, Any]:
    """The same picture for a narrow page: the same height, less width, fewer panels in a row, legends line by line."""
    narrow = dict(chart)
    width = narrow.get("width")
    if isinstance(width, int | float) and width > NARROW:
        narrow["width"] = NARROW
    if "facet" in narrow:
        narrow |= _fewer_panels(narrow)
    if "encoding" in narrow:
        narrow["encoding"] = {name: _legend_in_lines(channel) for name, channel in narrow["encoding"].items()}
    for part in ("layer", "vconcat", "hconcat", "concat"):
        if part in narrow:
            narrow[part] = [_narrowed(inner) for inner in narrow[part]]
    narrow |= _names_in_lines(narrow)
    if isinstance(narrow.get("title"), dict):
        narrow["title"] = _in_lines(narrow["title"])
    return narrow


def _names_in_lines(chart: Mapping[str, Any]) -> dict[str, Any]:
    """Long names at the side of a picture, broken into lines and not cut; rows grow with them, and legends go below."""
    parts = [(part.get("encoding") or {}) for part in (chart, *chart.get("layer", ()))]
    sides = [y for part in parts if isinstance(y := part.get("y"), Mapping) and isinstance(y.get("sort"), list)]
    names = [str(name) for y in sides[:1] for name in y["sort"] if name is not None]
    lines = max((len(wrap(name, LETTERS)) for name in names), default=0)
    if (
        lines < 2
        or not isinstance(chart.get("height"), int | float)
        or any(str((y.get("axis") or {}).get("labelExpr") or SPLIT) != SPLIT for y in sides)
    ):
        return {}
    from ripeness.show.charts.dress import wrapped_names

    look = {"labelExpr": wrapped_names(LETTERS), "labelLimit": NARROW, "labelFontSize": 12, "labelLineHeight": LINE}
    changes: dict[str, Any] = {"height": max(chart["height"], len(names) * (lines * LINE + 6)), "width": SIDE}
    if "encoding" in chart:
        changes["encoding"] = _with_look(chart["encoding"], look)
    if "layer" in chart:
        changes["layer"] = [
            {**part, "encoding": _with_look(part.get("encoding") or {}, look)} for part in chart["layer"]
        ]
    return changes


def _with_look(encoding: Mapping[str, Any], look: Mapping[str, Any]) -> dict[str, Any]:
    """An encoding whose names at the side look like this, and whose legends stand below."""
    encoded = dict(encoding)
    if isinstance(encoded.get("y"), Mapping) and isinstance(encoded["y"].get("sort"), list):
        encoded["y"] = {**encoded["y"], "axis": {**(encoded["y"].get("axis") or {}), **look}}
    if isinstance(encoded.get("x"), Mapping) and isinstance(encoded["x"].get("title"), str):
        encoded["x"] = {**encoded["x"], "title": wrap(encoded["x"]["title"], AXIS)}
    for name, channel in encoded.items():
        if (
            isinstance(channel, Mapping)
            and name in {"color", "fill", "opacity"}
            and channel.get("legend", {}) is not None
        ):
            below = {"orient": "bottom", "direction": "vertical", "columns": 1}
            encoded[name] = {**channel, "legend": {**(channel.get("legend") or {}), **below}}
    return encoded


def _in_lines(title: Mapping[str, Any]) -> dict[str, Any]:
    """A title whose lines break where a phone ends, so that none is cut."""
    lines = {
        key: [line for part in ([text] if isinstance(text, str) else text) for line in wrap(str(part), letters)]
        for key, letters in TITLE.items()
        if (text := title.get(key))
    }
    return {**title, **lines, "limit": NARROW + 120, "fontSize": 14, "subtitleFontSize": 12}


def _fewer_panels(chart: Mapping[str, Any]) -> dict[str, Any]:
    """Panels for a phone: beside each other where they are plain, below each other where names would be cut."""
    names = [
        str(name)
        for name in chart["facet"].get("sort") or ()
        if not isinstance(chart["facet"].get("sort"), Mapping | str)
    ]
    panels = 1 if _has_names(chart["spec"]) or max(map(len, names), default=0) > SHORT else FACETS
    header = {
        **(chart["facet"].get("header") or {}),
        "labelLimit": NARROW / panels + ROOM["right"],
        "labelFontSize": 12,
    }
    return {
        "columns": panels,
        "spacing": 12,
        "facet": {**chart["facet"], "header": header},
        "spec": {**_narrowed(chart["spec"]), "width": NARROW / panels},
    }


def _has_names(spec: Mapping[str, Any]) -> bool:
    """Whether what stands at the side of a picture are names, not numbers."""
    y = (spec.get("encoding") or {}).get("y") or {}
    return y.get("type") in {"nominal", "ordinal"} or any(_has_names(part) for part in spec.get("layer", ()))


def _legend_in_lines(channel: Any) -> Any:
    if not isinstance(channel, Mapping) or not isinstance(channel.get("legend"), Mapping):
        return channel
    return {**channel, "legend": {**channel["legend"], "columns": 1, "labelLimit": NARROW + 60}}


def picture_html(picture: Picture, address: str, *, wide: bool = False) -> str:
    """A picture in a page, drawn by the browser in the look that fits its width and its light.

    A `wide` one is never narrowed; on a phone one moves it sideways.
    """
    return chart_figure(picture, address=address, wide=wide)


def every_look(picture: Picture) -> dict[str, Any]:
    """All four looks of a picture by name, for a page that draws without asking anew."""
    looks = {"light": (False, False), "dark": (True, False), "light-narrow": (False, True), "dark-narrow": (True, True)}
    return {name: _look(picture, dark=dark, narrow=narrow) for name, (dark, narrow) in looks.items()}
