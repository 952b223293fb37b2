"""Dress: title, alternative text and colours that all charts share."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import wrap
from typing import Any

import altair as alt

from ripeness.show.charts.offline import offline
from ripeness.show.palette import config
from ripeness.store.json_text import json_text

KEPT_TOGETHER = "\u00a0%"  # a number and its sign stay on one line
TITLE, SUBTITLE = 78, 104  # letters in a line of a title, and of what stands below it


def dress(
    chart: Any, title: str, subtitle: str, description: str, *, dark: bool, colours: Mapping[str, str] | None = None
) -> Any:
    """Give a chart its title, an alternative text for those who cannot see it, and the house's look.

    `colours` are those of names in its readout; a page that draws it shows them beside the names.
    """
    heading = alt.TitleParams(text=_lines(title, TITLE), subtitle=_lines(subtitle, SUBTITLE))
    with_colours = {"usermeta": {"colours": dict(colours)}} if colours else {}
    return offline(
        chart.properties(title=heading, description=description, **with_colours).configure(**config(dark=dark))
    )


def _lines(text: str, letters: int) -> str | list[str]:
    """A text as one line, or as several where it is longer than a picture is wide."""
    lines = [line.replace(KEPT_TOGETHER, " %") for line in wrap(text.replace(" %", KEPT_TOGETHER), letters)]
    return lines if len(lines) > 1 else text


def wrapped_names(letters: int) -> str:
    """An expression of the drawing library: a name beside an axis, broken between words."""
    return f"split(trim(replace(datum.label, regexp('(.{{1,{letters}}})(?:\\\\s+|$)', 'g'), '$1\\n')), '\\n')"


def data(rows: list[dict[str, Any]]) -> alt.InlineData:
    """Rows as a chart's own data, so that a picture stands alone."""
    return alt.InlineData(values=tuple(rows))  # a list would be copied whole with every layer


def names_in_lines(names: Mapping[str, str], letters: int, line: int) -> tuple[int, dict[str, Any]]:
    """How names stand beside rows: over how many lines at most, and the look of an axis that sets each in its middle.

    `names` are words by what the rows are called; `letters` and height of a `line`. Units: line in points.
    """
    wrapped = {key: wrap(name, letters) for key, name in names.items()}
    most = max(map(len, wrapped.values()), default=1)
    centred = {key: [""] * ((most - len(lines)) // 2) + lines for key, lines in wrapped.items()}
    return most, {
        "labelExpr": f"({json_text(centred, indent=None, ascii_only=True)})[datum.value]",
        "labelLineHeight": line,
        "labelOffset": -line * (most - 1) / 2,
        "labelLimit": 260,
        "labelPadding": 9,
        "grid": False,
        "domain": False,
        "ticks": False,
    }


def month_ticks(last: float) -> list[float]:
    """Months named under a picture: every sixth, or every twelfth where it looks further ahead.

    >>> month_ticks(24), month_ticks(48)
    ([0.0, 6.0, 12.0, 18.0, 24.0], [0.0, 12.0, 24.0, 36.0, 48.0])
    """
    return [float(month) for month in range(0, int(last) + 1, 6 if last <= 36 else 12)]
