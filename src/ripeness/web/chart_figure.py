"""Chart figure: a chart in a page, which the browser draws from its definition at the width that it has."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from ripeness.web.answer import Picture
from ripeness.web.chart_library import ADDRESS

FALLBACK = 340  # pixels of height kept for a chart until it is drawn


def chart_figure(picture: Picture, *, address: str = "", data: str = "", wide: bool = False, parts: str = "") -> str:
    """A chart as HTML: title, what is shown, the place where it is drawn, and `parts` below.

    `address` is that of its SVG, of which those of its other forms are made; `data` further attributes of the figure.
    A `wide` one is never drawn narrower than it is made; on a phone one moves it sideways, unless it has a form for it.
    """
    title, subtitle = titles(picture.light)
    description = escape(str(picture.light.get("description") or title), quote=True)
    addresses = (
        f'data-address="{address.removesuffix(".svg")}.json" data-picture="{address}?look=light"' if address else ""
    )
    own_form = "data-narrow" if picture.narrow else ""
    image = f'<noscript><img src="{address}?look=light" alt="{description}"></noscript>' if address else ""
    return (
        f'<figure class="chart{" wide" if wide else ""}" data-library="{ADDRESS}" {addresses} {own_form} {data}>'
        f"<h3>{escape(title)}</h3>"
        f'<p class="subtitle">{escape(subtitle)}</p>'
        f'<div class="drawing" role="img" aria-label="{description}" style="min-height:{_height(picture.light)}px">'
        f"{image}</div>{parts}</figure>"
    )


def titles(chart: Mapping[str, Any]) -> tuple[str, str]:
    """The title of a chart and what stands below it, each as one line."""
    title = chart.get("title") or ""
    if not isinstance(title, Mapping):
        return _one_line(title), ""
    return _one_line(title.get("text")), _one_line(title.get("subtitle"))


def _one_line(text: Any) -> str:
    return " ".join(map(str, text)) if isinstance(text, list) else str(text or "")


def _height(chart: Mapping[str, Any]) -> int:
    """Pixels that a chart of one view will take at least, so that the page does not jump."""
    height = chart.get("height")
    return int(height) if isinstance(height, int | float) else FALLBACK if "facet" not in chart else FALLBACK // 2
