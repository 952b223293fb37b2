"""Calendar axis: months of a forecast as dates, with years and months below, and the readout of a pointed month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

import altair as alt

from ripeness.show.charts.dress import data, month_ticks
from ripeness.show.palette import INK
from ripeness.show.words import at, day
from ripeness.world.calendar import date_after

LEFT = "pointerout[event.pointerType !== 'touch']"  # a finger that is lifted leaves the line where it pointed
POINTED = "pointed"  # the month that is pointed at
READOUT = "readout"  # what views are called that only show what is pointed at; a printed picture leaves them out
EVERY_MONTH, EVERY_QUARTER, EVERY_HALF = 7, 16, 33  # months ahead up to which so many are named
LABELS = (
    "utcmonth(datum.value) == 0 || datum.index == 0 ? [utcFormat(datum.value, '%b'), utcFormat(datum.value, '%Y')]"
    " : utcFormat(datum.value, '%b')"
)
YEARS = "utcFormat(datum.value, '%Y')"


def date_or_month(start: date | None, month: float) -> Any:
    """The place of a month on the axis: its date, or its number where no start is known.

    >>> date_or_month(date(2023, 3, 15), 12), date_or_month(None, 12)
    ('2024-03-14', 12)
    """
    return month if start is None else date_after(start, month).isoformat()


def when_words(start: date | None, month: float) -> str:
    """A month as a readout says it.

    >>> when_words(date(2023, 3, 15), 12), when_words(None, 12)
    ('14 March 2024', 'after 12 months')
    """
    return f"after {at(month)} months" if start is None else day(date_after(start, month))


def by_words(start: date | None, month: float) -> str:
    """By when, as a title says it.

    >>> by_words(date(2023, 3, 15), 12), by_words(None, 12)
    ('by 14 March 2024', 'within 12 months')
    """
    return f"within {at(month)} months" if start is None else f"by {day(date_after(start, month))}"


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
    values: Mapping[float, Mapping[str, str]], start: date | None, axis: Any, *, dark: bool, order: Sequence[str] = ()
) -> list[Any]:
    """Layers that answer a pointer: a line at its month, and all values of that month.

    `values` are words by name, month by month; `order` that of the names, by default the first month's.
    """
    names = list(order) or list(next(iter(values.values())))
    months = list(values)
    middles = [(first + second) / 2 for first, second in pairwise(months)]
    rows = [
        {
            "when": date_or_month(start, month),
            "from": date_or_month(start, low),
            "to": date_or_month(start, high),
            "at": when_words(start, month),
            **{f"v{n}": values[month].get(name, "") for n, name in enumerate(names)},
        }
        for month, low, high in zip(months, [months[0], *middles], [*middles, months[-1]], strict=True)
    ]
    pointed = alt.selection_point(
        name=POINTED, on="pointerover", clear=LEFT, fields=["when"], empty=False, toggle=False
    )
    tips = [alt.Tooltip("at:N", title=" "), *(alt.Tooltip(f"v{n}:N", title=name) for n, name in enumerate(names))]
    kind = "Q" if start is None else "T"
    source = data(rows)
    line = (
        alt.Chart(source)
        .mark_rule(color=INK[dark], strokeWidth=1)
        .encode(x=axis, opacity=alt.condition(pointed, alt.value(0.7), alt.value(0)))
    )
    months_as_areas = (
        alt.Chart(source, name=READOUT)
        .mark_rect(opacity=0)
        .encode(x=alt.X(f"from:{kind}"), x2=alt.X2("to"), tooltip=tips)
    )
    # The line has no name: the library would point at it, too.
    return [line, months_as_areas.add_params(pointed)]


def still(definition: Mapping[str, Any]) -> dict[str, Any]:
    """A definition without what only answers a pointer, for print and for files."""
    kept = {key: value for key, value in definition.items() if key != "params"}
    for part in ("layer", "hconcat", "vconcat", "concat"):
        if part in kept:
            kept[part] = [still(view) for view in kept[part] if not _only_read_out(view)]
    if isinstance(kept.get("spec"), Mapping):
        kept["spec"] = still(kept["spec"])
    return kept


def _only_read_out(view: Mapping[str, Any]) -> bool:
    """Whether a view and all its layers only answer a pointer."""
    layers = view.get("layer", ())
    condition = ((view.get("encoding") or {}).get("opacity") or {}).get("condition") or {}
    answers = str(view.get("name", "")).startswith(READOUT) or condition.get("param") == POINTED
    return answers or (bool(layers) and all(map(_only_read_out, layers)))
