"""Positions over time: a panel an issue, a line a faction with its band, what it said, and what was decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import altair as alt

from ripeness.show.charts.dress import data, dress
from ripeness.show.palette import HEIGHT, INK, SERIES, SERIES_IN_THE_DARK, WIDTH
from ripeness.study.who_decides.position_rows import PositionMark, PositionRow, moved_rows

COLUMNS = 2
DECISION = "decision"
STILL = 0.005  # of the whole range: a smaller move is none


def positions(
    rows: Sequence[PositionRow],
    marks: Sequence[PositionMark],
    polity: str,
    names: Mapping[str, str],
    *,
    dark: bool = False,
) -> Any:
    """Positions of a polity's factions on each issue: statements as dots, decisions as diamonds; bands where statements
    move one.
    """
    keys = list(dict.fromkeys(row.faction for row in rows))
    label = {key: names.get(f"{polity}/{key}", key) for key in keys} | {"": DECISION}
    colours = [*(SERIES_IN_THE_DARK if dark else SERIES)[: len(keys)], INK[dark]]
    moved = set(moved_rows(rows, marks))
    records = [asdict(row) | {"faction": label[row.faction], "what": "position", "moved": row in moved} for row in rows]
    records += [
        asdict(mark) | {"faction": label[mark.faction], "what": "said" if mark.faction else DECISION} for mark in marks
    ]
    base = alt.Chart(data(records))
    scale = alt.Scale(domain=[label[key] for key in (*keys, "")], range=[*_cycled(colours[:-1], keys), colours[-1]])
    colour = alt.Color(
        "faction:N", scale=scale, title=None, legend=alt.Legend(columns=2, orient="bottom", symbolOpacity=1)
    )
    x = alt.X("date:T", title=None, axis=alt.Axis(tickCount=5))
    share = alt.Scale(domain=[0, 1])
    layers = alt.layer(
        base.transform_filter("datum.what == 'position' && datum.moved")
        .mark_area(opacity=0.12)
        .encode(x=x, y=alt.Y("low:Q", title="position", scale=share), y2=alt.Y2("high:Q"), color=colour),
        base.transform_filter("datum.what == 'position'")
        .mark_line(strokeWidth=2)
        .encode(x=x, y=alt.Y("mean:Q"), color=colour),
        base.transform_filter("datum.what == 'said'")
        .mark_point(filled=True, size=45)
        .encode(x=x, y=alt.Y("at:Q"), color=colour, tooltip=_tooltip()),
        base.transform_filter(f"datum.what == '{DECISION}'")
        .mark_point(shape="diamond", size=80, strokeWidth=2)
        .encode(x=x, y=alt.Y("at:Q"), color=colour, tooltip=_tooltip()),
    ).properties(width=WIDTH // COLUMNS - 40, height=HEIGHT // 2)
    issues = list(dict.fromkeys(row.issue for row in rows))
    facet = alt.Facet("issue:N", sort=issues, title=None, header=alt.Header(labelColor=INK[dark]))
    title = _furthest(rows, label, names.get(polity, polity))
    return dress(
        layers.facet(facet=facet, columns=COLUMNS),
        title,
        f"Positions in {names.get(polity, polity)} over time. Lines: where factions stand, 90 % bands where statements "
        "move them; dots: statements; diamonds: decisions",
        f"{title}. {_described(rows, marks, label)}",
        dark=dark,
    )


def _cycled(colours: Sequence[str], keys: Sequence[str]) -> list[str]:
    return [colours[n % len(colours)] for n in range(len(keys))]


def _tooltip() -> list[Any]:
    return [alt.Tooltip(f"{name}:N") for name in ("faction", "date", "grade", "label")] + [alt.Tooltip("at:Q")]


def _furthest(rows: Sequence[PositionRow], label: Mapping[str, str], polity: str) -> str:
    """Which faction's position moved furthest, from where to where."""
    paths: dict[tuple[str, str], list[float]] = {}
    for row in rows:
        paths.setdefault((row.faction, row.issue), []).append(row.mean)
    (faction, issue), path = max(paths.items(), key=lambda pair: abs(pair[1][-1] - pair[1][0]), default=(("", ""), [0]))
    if abs(path[-1] - path[0]) < STILL:
        return f"No faction of {polity} has moved its position"
    return f"{label[faction]} moved furthest, on '{issue}': from {path[0]:.2f} to {path[-1]:.2f}"


def _described(rows: Sequence[PositionRow], marks: Sequence[PositionMark], label: Mapping[str, str]) -> str:
    """What the picture shows, for those who cannot see it: how far each faction moved, and what was decided."""
    parts = []
    for issue in dict.fromkeys(row.issue for row in rows):
        of_issue = [row for row in rows if row.issue == issue]
        moves = []
        for key in dict.fromkeys(row.faction for row in of_issue):
            line = [row for row in of_issue if row.faction == key]
            still = abs(line[0].mean - line[-1].mean) < STILL
            ends = f"{line[-1].mean:.2f}" if still else f"{line[0].mean:.2f} to {line[-1].mean:.2f}"
            moves.append(f"{label[key]} {ends}")
        decided = sum(mark.issue == issue and not mark.faction for mark in marks)
        parts.append(f"{issue}: {', '.join(moves)}; {decided} decisions")
    return ". ".join(parts) + "."
