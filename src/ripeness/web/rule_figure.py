"""What every rule makes of an actor table, as one picture: actors on their axis, and below them a row for each rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

EDGE = 0.04  # of the axis: what stays free at either end
UNNAMED = ("issue", "position")  # what an issue without a name of its own is called
LARGEST = 22  # pixels across of the actor whose influence is largest


def rule_figure(issue: Mapping[str, Any], sheet: Mapping[str, Any] | None, *, uncertain: bool) -> str:
    """One issue: its name, where actors stand (with `sheet`, as far as it is known), and each rule's outcome."""
    rules: Sequence[Mapping[str, Any]] = issue["rules"]
    at = list(sheet["issues"]).index(issue["issue"]) if sheet and issue["issue"] in sheet["issues"] else None
    low, high = _ends(rules, sheet, at)

    def across(value: float) -> float:
        return 100 * (EDGE + (1 - 2 * EDGE) * (value - low) / (high - low))

    rows = []
    if sheet is not None and at is not None:
        rows.append(_actors(sheet, at, across))
    rows += [_rule(rule, across) for rule in rules]
    about = "" if issue["issue"] in UNNAMED else f" on {issue['issue']}"
    title = f"What each rule decides{about}"
    below = "circles: actors by their influence; dots: outcomes" + ("; bars: 90 % intervals" if uncertain else "")
    ends = (
        f'<div class="rule-row axis-ends" aria-hidden="true"><span></span><div class="rule-axis">'
        f'<span style="left:{across(low):.1f}%">{low:g}</span><span style="left:{across(high):.1f}%">{high:g}</span>'
        "</div><b></b></div>"
    )
    return (
        f'<figure class="rules"><figcaption><b>{escape(title)}</b><span>{below}</span></figcaption>'
        f'<div role="list">{"".join(rows)}</div>{ends}</figure>'
    )


def _ends(rules: Sequence[Mapping[str, Any]], sheet: Mapping[str, Any] | None, at: int | None) -> tuple[float, float]:
    """The ends of the axis: those of the issue, and what rules reach beyond them."""
    values = [rule[end] for rule in rules for end in ("low", "outcome", "high")]
    if sheet is not None and at is not None:
        values += sheet["ends"][at]
    low, high = min(values), max(values)
    return (low, high) if high > low else (low - 1, high + 1)


def _actors(sheet: Mapping[str, Any], at: int, across: Any) -> str:
    """The actors as circles on the axis, by their influence; who stands at the same place is named together."""
    most = max(sheet["influence"]) or 1.0
    places: dict[float, list[int]] = {}
    for n, position in enumerate(sheet["position"][at]):
        if sheet["stated"][at][n]:
            places.setdefault(round(across(position), 1), []).append(n)
    marks = []
    for place, actors in places.items():
        names = ", ".join(f"{sheet['actors'][n]} (influence {sheet['influence'][n]:g})" for n in actors)
        influence = sum(sheet["influence"][n] for n in actors)
        size = max(7.0, LARGEST * min(influence / most, 4.0) ** 0.5)
        marks.append(
            f'<i class="actor" style="left:{place}%;width:{size:.1f}px;height:{size:.1f}px" '
            f'title="{escape(names, quote=True)}"></i>'
        )
    words = "; ".join(
        f"{', '.join(sheet['actors'][n] for n in actors)} at {sheet['position'][at][actors[0]]:g}"
        for actors in places.values()
    )
    return (
        f'<div class="rule-row actors-row" role="listitem" aria-label="{escape(f"Actors: {words}", quote=True)}">'
        f'<span>Where actors stand<small>{escape(words)}</small></span><div class="rule-axis">{"".join(marks)}</div>'
        "<b></b></div>"
    )


def _rule(rule: Mapping[str, Any], across: Any) -> str:
    low, high = across(rule["low"]), across(rule["high"])
    bar = f'<i class="bar" style="left:{low:.1f}%;width:{high - low:.1f}%"></i>' if high - low > 0.05 else ""
    name = str(rule["name"])
    return (
        f'<div class="rule-row" role="listitem"><span>{escape(name[:1].upper() + name[1:])}'
        f'<small>{escape(str(rule["says"]))}</small></span><div class="rule-axis">{bar}'
        f'<i class="outcome" style="left:{across(rule["outcome"]):.1f}%"></i></div><b>{rule["outcome"]:.4g}</b></div>'
    )
