"""A change beside the war as stated: every outcome by date, thin and dashed as stated, thick as changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import altair as alt

from ripeness.show.charts.dress import data, dress
from ripeness.show.palette import INK, RULE, WIDTH, outcome_colour
from ripeness.show.words import month_of, outcome, percent
from ripeness.world.calendar import date_after

HIGH = 220
SEEN = 0.01  # share below which an outcome is no line; the table has it
DAYS = 365.25
POINTED = 9  # width of the strip of a month that is pointed at
MOST_YEARS = 12  # named under the picture; of more every fifth


def change_beside_stated(
    months: Sequence[float],
    stated: Mapping[str, Sequence[float]],
    changed: Mapping[str, Sequence[float]],
    names: Mapping[str, str],
    first_day: date,
    title: str,
    *,
    month: float,
    is_changed: bool,
    dark: bool = False,
) -> Any:
    """Lines of the share of every outcome; a rule marks the month asked about. Units: months from the first day."""
    first = next(iter(names))
    shown = [name for name in stated if max(*stated[name], *changed[name]) >= SEEN]
    labels = {name: _label(name, names) for name in shown}
    colours = [
        outcome_colour(name.partition(":")[0], _side(name, first), dark=dark) if name != "fighting" else INK[dark]
        for name in shown
    ]
    years = [_year(date_after(first_day, at)) for at in months]
    rows = [
        {"year": year, "share": shares[name][n], "label": labels[name], "war": war}
        for war, shares in (("changed", changed), ("as stated", stated))
        if is_changed or war == "as stated"
        for name in shown
        for n, year in enumerate(years)
    ]
    x = alt.X(
        "year:Q",
        title=None,
        scale=alt.Scale(domain=[years[0], years[-1]], nice=False, zero=False),
        axis=alt.Axis(grid=False, format="d", values=_whole_years(years), tickCount=MOST_YEARS),
    )
    y = alt.Y("share:Q", title=None, scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(format=".0%", tickCount=5))
    colour = alt.Color(
        "label:N",
        scale=alt.Scale(domain=list(labels.values()), range=colours),
        legend=None,  # the table beside it names the colours
    )
    dashes = alt.Scale(domain=["as stated", "changed"], range=[[4, 3], [1, 0]] if is_changed else [[1, 0], [1, 0]])
    lines = (
        alt.Chart(data(rows))
        .mark_line(interpolate="monotone", aria=False)
        .encode(
            x=x,
            y=y,
            color=colour,
            strokeDash=alt.StrokeDash("war:N", scale=dashes, legend=None),
            strokeWidth=alt.StrokeWidth(
                "war:N",
                scale=alt.Scale(domain=["as stated", "changed"], range=[1.3 if is_changed else 2.6, 2.8]),
                legend=None,
            ),
        )
    )
    marked = (
        alt.Chart(data([{"year": _year(date_after(first_day, month))}]))
        .mark_rule(color=RULE[dark], strokeWidth=2, aria=False)
        .encode(x=x)
    )
    read = [
        {"year": years[n], "when": month_of(date_after(first_day, at))}
        | {labels[name]: _reading(stated[name][n], changed[name][n], is_changed=is_changed) for name in shown}
        for n, at in enumerate(months)
    ]
    pointed = (
        alt.Chart(data(read))
        .mark_rule(opacity=0, strokeWidth=POINTED, aria=False)
        .encode(
            x=x,
            tooltip=[
                alt.Tooltip("when:N", title=" "),
                *(alt.Tooltip(f"{_escaped(label)}:N", title=label) for label in labels.values()),
            ],
        )
    )
    subtitle = (
        "Chance of each outcome by date. Solid: as changed; thin and dashed: as stated"
        if is_changed
        else "Chance of each outcome by date, as stated"
    )
    chart = alt.layer(marked, lines, pointed).properties(
        width=WIDTH, height=HIGH, usermeta={"colours": dict(zip(labels.values(), colours, strict=True))}
    )
    last = read[-1]
    description = f"{title}. {last['when']}: " + "; ".join(f"{label} {last[label]}" for label in labels.values())
    return dress(chart, title, subtitle, description, dark=dark)


def _label(name: str, names: Mapping[str, str]) -> str:
    kind, _, owner = name.partition(":")
    return outcome(kind, owner or None, names)


def _side(name: str, first: str) -> int | None:
    owner = name.partition(":")[2]
    return None if not owner else int(owner != first)


def _reading(stated: float, changed: float, *, is_changed: bool) -> str:
    return f"{percent(stated)} → {percent(changed)}" if is_changed else percent(stated)


def _year(when: date) -> float:
    return round(when.year + (when.timetuple().tm_yday - 1) / DAYS, 3)


def _whole_years(years: Sequence[float]) -> list[int]:
    """The years that begin within the picture."""
    begun = list(range(int(-(-years[0] // 1)), int(years[-1]) + 1))
    return begun if len(begun) <= MOST_YEARS else [year for year in begun if year % 5 == 0]


def _escaped(field: str) -> str:
    """A name of a field as the drawing library reads it: its dots, brackets and colons are no steps."""
    return "".join(f"\\{letter}" if letter in ".[]:\\" else letter for letter in field)
