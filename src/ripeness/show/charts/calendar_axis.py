"""Calendar axis: months of a forecast as dates, with years and months below, and the readout of a pointed month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import altair as alt

from ripeness.show.charts.dress import data, month_ticks
from ripeness.show.palette import INK
from ripeness.show.words import at, day
from ripeness.world.calendar import date_after

READOUT = "readout"  # what views are called that only show what is pointed at; a printed picture leaves them out
EVERY_MONTH, EVERY_QUARTER, EVERY_HALF = 7, 16, 33  # months ahead up to which so many are named
LABELS = (
    "utcMonth(datum.value) == 0 || datum.index == 0 ? [utcFormat(datum.value, '%b'), utcFormat(datum.value, '%Y')]"
    " : utcFormat(datum.value, '%b')"
)
YEARS = "utcFormat(datum.value, '%Y')"


def when(start: date | None, month: float) -> Any:
    """The place of a month on the axis: its date, or its number where no start is known.

    >>> when(date(2023, 3, 15), 12), when(None, 12)
    ('2024-03-14', 12)
    """
    return month if start is None else date_after(start, month).isoformat()


def when_words(start: date | None, month: float) -> str:
    """A month as a readout says it.

    >>> when_words(date(2023, 3, 15), 12), when_words(None, 12)
    ('14 March 2024', 'after 12 months')
    """
    return f"after {at(month)} months" if start is None else day(date_after(start, month))


def when_axis(start: date | None, last: float, *, title: str = "months from now") -> Any:
    """The horizontal axis: years and months from a start on, or months by number where none is known.

    Charts name its field `when`.
    """
    if start is None:
        scale = alt.Scale(nice=False)
        return alt.X("when:Q", scale=scale, title=title, axis=alt.Axis(values=month_ticks(last), grid=False))
    labels = YEARS if last > EVERY_HALF else LABELS
    axis = alt.Axis(
        values=_ticks(start, last), labelExpr=labels, grid=False, labelOverlap="greedy", labelAlign="center", ticks=True
    )
    return alt.X("when:T", scale=alt.Scale(type="utc", nice=False), title=None, axis=axis)


def _ticks(start: date, last: float) -> list[alt.DateTime]:
    """The first days of the months that are named.

    >>> [tick.year for tick in _ticks(date(2023, 3, 15), 60)]
    [2024, 2025, 2026, 2027, 2028]
    """
    step = 1 if last <= EVERY_MONTH else 3 if last <= EVERY_QUARTER else 6 if last <= EVERY_HALF else 12
    end = date_after(start, last)
    days = [date(year, month, 1) for year in range(start.year, end.year + 1) for month in range(1, 13, step)]
    return [alt.DateTime(year=tick.year, month=tick.month, date=1, utc=True) for tick in days if start <= tick <= end]


def month_readout(
    said: Mapping[float, Mapping[str, str]], start: date | None, axis: Any, *, dark: bool, order: Sequence[str] = ()
) -> Any:
    """A line at the month nearest to the pointer, which tells all values of that month.

    `said` are words by name, month by month; `order` that of the names, by default the first month's.
    """
    names = list(order) or list(next(iter(said.values())))
    rows = [
        {
            "when": when(start, month),
            "at": when_words(start, month),
            **{f"v{n}": values.get(name, "") for n, name in enumerate(names)},
        }
        for month, values in said.items()
    ]
    nearest = alt.selection_point(
        name="pointed", nearest=True, on="pointerdown, pointermove", clear="pointerout", encodings=["x"], empty=False
    )
    tips = [alt.Tooltip("at:N", title=" "), *(alt.Tooltip(f"v{n}:N", title=name) for n, name in enumerate(names))]
    return (
        alt.Chart(data(rows), name=READOUT)
        .mark_rule(color=INK[dark], strokeWidth=1)
        .encode(x=axis, opacity=alt.condition(nearest, alt.value(0.7), alt.value(0)), tooltip=tips)
        .add_params(nearest)
    )


def still(definition: Mapping[str, Any]) -> dict[str, Any]:
    """A definition without what only answers a pointer, for print and for files."""
    kept = {key: value for key, value in definition.items() if key != "params"}
    for part in ("layer", "hconcat", "vconcat", "concat"):
        if part in kept:
            kept[part] = [still(view) for view in kept[part] if not str(view.get("name", "")).startswith(READOUT)]
    if isinstance(kept.get("spec"), Mapping):
        kept["spec"] = still(kept["spec"])
    return kept
