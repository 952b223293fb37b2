"""Cells of an actor table by actor and issue, whatever form the file has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ripeness.scenario.actor_names import check_actor_count, check_spellings, same_number
from ripeness.world.delimited import TextCell
from ripeness.world.fault import Fault, Place

MOST_ISSUES = 50


@dataclass(frozen=True, slots=True)
class ActorGrid:
    """Cells by what they hold; None where the table has no row for an actor and issue.

    Shapes: names, influence (F,); position, salience (I, F). `scales` are the highest saliences that headings name, one
    an issue, and `ends` the ends of each issue where the form fixes them. `decimal` is the form's own decimal mark.
    """

    names: tuple[TextCell, ...]
    issues: tuple[str, ...]
    influence: tuple[TextCell, ...]
    position: tuple[tuple[TextCell | None, ...], ...]
    salience: tuple[tuple[TextCell | None, ...], ...]
    labels: tuple[str, ...]
    scales: tuple[float | None, ...]
    spans: tuple[float | None, ...] = ()
    ends: tuple[tuple[float, float], ...] = ()
    decimal: str = ""
    notes: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    comments: tuple[str, ...] = ()


Entry = tuple[TextCell, TextCell, TextCell, TextCell, TextCell]
"""Issue, actor, influence, position and salience."""


def grid_from_entries(cells: Sequence[Entry], start: Place, faults: list[Fault]) -> ActorGrid:
    """Lay rows of one actor and issue out by both."""
    names: dict[str, TextCell] = {}
    issues: dict[str, TextCell] = {}
    influence: dict[str, TextCell] = {}
    places: dict[tuple[str, str], Entry] = {}
    for entry in cells:
        issue, actor, weight, _, _ = entry
        names.setdefault(actor.text, actor)
        issues.setdefault(issue.text, issue)
        earlier = influence.setdefault(actor.text, weight)
        if not earlier.text:
            earlier = influence[actor.text] = weight
        if weight.text and not same_number(weight.text, earlier.text):
            message = f"'{actor.text[:40]}' has influence {weight.text[:20]} here and {earlier.text[:20]} in line"
            faults.append(Fault(f"{message} {earlier.row.line}; decide such issues in a table each", weight.place))
        first = places.setdefault((issue.text, actor.text), entry)
        if first is not entry:
            message = (
                f"'{actor.text[:40]}' already stands with the issue '{issue.text[:40]}' in line {first[1].row.line}"
            )
            faults.append(Fault(message, actor.place))
    faults += [
        *check_spellings(names.values()),
        *check_spellings(issues.values()),
        *check_actor_count(list(names.values()), start),
    ]
    if len(issues) > MOST_ISSUES:
        place = list(issues.values())[MOST_ISSUES].place
        faults.append(Fault(f"{len(issues)} issues; at most {MOST_ISSUES} are decided at once", place))
    position, salience = (
        tuple(tuple(e[at] if (e := places.get((i, a))) else None for a in names) for i in issues) for at in (3, 4)
    )
    return ActorGrid(
        tuple(names.values()),
        tuple(issues),
        tuple(influence.values()),
        position,
        salience,
        (),
        (),
        faults=tuple(faults),
    )
