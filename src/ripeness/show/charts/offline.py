"""Offline: charts that need no network: saved pages carry their own scripts, and notebooks are given a picture."""

from __future__ import annotations

from typing import Any

import altair as alt


class Offline:
    """What our charts do otherwise than the library's, which load their scripts from the net."""

    def save(self, fp: Any, format: Any = None, **options: Any) -> None:  # noqa: A002
        """Write the chart as .html, .svg, .png, .pdf or .json; a page carries its scripts within."""
        page = format == "html" or (format is None and str(fp).lower().endswith(".html"))
        super().save(fp, format=format, **({"inline": True} if page else {}), **options)  # type: ignore[misc]

    def to_html(self, *args: Any, inline: bool = True, **options: Any) -> str:
        """The chart as a page that carries its scripts within."""
        page: str = super().to_html(*args, inline=inline, **options)  # type: ignore[misc]
        return page

    def _repr_mimebundle_(self, *_: Any, **__: Any) -> dict[str, str]:
        """The chart in a notebook: as a picture, and in words."""
        import vl_convert

        definition = self.to_dict()  # type: ignore[attr-defined]
        words = str(definition.get("description", type(self).__name__))
        return {"image/svg+xml": vl_convert.vegalite_to_svg(definition), "text/plain": words}


class OfflineChart(Offline, alt.Chart):  # type: ignore[misc]
    """A single view."""


class OfflineLayer(Offline, alt.LayerChart):  # type: ignore[misc]
    """Views above one another."""


class OfflineRow(Offline, alt.HConcatChart):  # type: ignore[misc]
    """Views beside one another."""


class OfflineColumn(Offline, alt.VConcatChart):  # type: ignore[misc]
    """Views below one another."""


class OfflineGrid(Offline, alt.ConcatChart):  # type: ignore[misc]
    """Views in rows and columns."""


class OfflineFacet(Offline, alt.FacetChart):  # type: ignore[misc]
    """A view for each part of the data."""


CLASSES: dict[type, type] = {
    chart.__mro__[2]: chart
    for chart in (OfflineChart, OfflineLayer, OfflineRow, OfflineColumn, OfflineGrid, OfflineFacet)
}


def offline(chart: Any) -> Any:
    """The same chart, of a kind that needs no network."""
    changed = chart.copy(deep=False)
    object.__setattr__(changed, "__class__", CLASSES[type(chart)])
    return changed
