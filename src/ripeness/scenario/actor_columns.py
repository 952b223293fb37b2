"""Columns of an actor table: which one holds what, found by the headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ripeness.scenario.actor_cells import MOST_ISSUES
from ripeness.scenario.actor_headings import ACTOR, INFLUENCE, POSITIONS, SALIENCES, ActorHeading
from ripeness.scenario.actor_names import ends_of_an_interval
from ripeness.world.delimited import DelimitedTable, TextCell
from ripeness.world.fault import Fault
from ripeness.world.wording import nearest

NUMBER = re.compile("[0-9.,]+%?")


@dataclass(frozen=True, slots=True)
class ActorColumns:
    """Which column holds what; `issue` is that of a table in long form."""

    actor: int
    influence: int
    issues: tuple[str, ...]
    position: tuple[int, ...]
    salience: tuple[int, ...]
    issue: int | None = None
    notes: tuple[str, ...] = ()


def find_columns(headings: Sequence[ActorHeading], table: DelimitedTable) -> ActorColumns:
    """Find the columns by their names."""
    actor = _single_column(headings, "actor", ACTOR, table)
    influence = _single_column(headings, "influence", INFLUENCE, table)
    position, salience = _pairs(headings)
    issue = next((n for n, heading in enumerate(headings) if heading.kind == "issue"), None)
    if issue is not None and not (list(position) == list(salience) == [""]):
        issue = None
    if ends_of_an_interval(position) or ends_of_an_interval(salience):
        first = headings[min(*position.values(), *salience.values())].cell
        raise Fault("two columns hold the ends of one number; write it in one cell as 5 to 10", first.place)
    used_columns = {actor, influence, issue, *position.values(), *salience.values()}
    unknown = [h.cell for n, h in enumerate(headings) if n not in used_columns and h.cell.text and h.kind != "remark"]
    for columns, partners, kind, partner in (
        (position, salience, "position", "salience"),
        (salience, position, "salience", "position"),
    ):
        for name, column in columns.items():
            if name not in partners:
                of = f" of {name[:40]}" if name else ""
                message = f"the {kind}{of} has no column for its {partner}{_hint(partner, unknown)}"
                raise Fault(message, headings[column].cell.place)
    if not position:
        message = f"no column is named position{_hint('position', unknown)}; an issue has two: position and salience"
        raise Fault(f"{message}; {table.separated}", table.heading.place(0))
    if len(position) > MOST_ISSUES:
        raise Fault(f"{len(position)} issues; at most {MOST_ISSUES} are decided at once", table.heading.place(0))
    notes = [f"column '{cell.text[:40]}' is not used" for cell in unknown]
    notes += [
        f"column {n + 1} has no name and is not used"
        for n, heading in enumerate(headings)
        if not heading.cell.text and any(row.texts[n : n + 1] != ("",) for row in table.rows if len(row.texts) > n)
    ]
    return ActorColumns(
        actor,
        influence,
        tuple(name or "issue" for name in position),
        tuple(position.values()),
        tuple(salience[name] for name in position),
        issue,
        tuple(notes),
    )


def _single_column(headings: Sequence[ActorHeading], kind: str, words: tuple[str, ...], table: DelimitedTable) -> int:
    """The single column of a kind."""
    hits = [n for n, heading in enumerate(headings) if heading.kind == kind]
    if not hits and kind == "actor":
        hits = [n for n, heading in enumerate(headings) if heading.kind == "other actor"][:1]
    if not hits:
        unknown = [heading.cell for heading in headings if heading.cell.text and not heading.kind]
        synonyms = ", ".join(word for word in words[1:] if " " not in word and not word.endswith("s"))
        numbers = sum(1 for text in table.columns if NUMBER.fullmatch(text))
        hint = "; this row holds numbers, a heading is missing above it" if numbers > 1 else _hint(kind, unknown)
        message = f"no column is named {kind} (or {synonyms}){hint}; {table.separated}"
        raise Fault(message, table.heading.place(0))
    if len(hits) > 1:
        second = headings[hits[1]].cell
        raise Fault(f"'{second.text[:40]}' is a second column for {kind}; keep one", second.place)
    return hits[0]


def _hint(kind: str, unknown: Sequence[TextCell]) -> str:
    """Which of the columns that nobody knows may have been meant."""
    near = nearest(kind, [cell.text[:40].casefold() for cell in unknown], cutoff=0.5)
    return f"; did you mean '{kind}' by '{near}'?" if near else ""


def _pairs(headings: Sequence[ActorHeading]) -> tuple[dict[str, int], dict[str, int]]:
    """The columns of positions and of saliences by the issue they speak of.

    What stands in brackets names the issue where a position and a salience have the same and nothing else names one;
    otherwise it is a unit. A single position belongs to a single salience if at most one of them names an issue.
    """
    of = {kind: [(n, h) for n, h in enumerate(headings) if h.kind == kind] for kind in ("position", "salience")}
    bracketed = {
        kind: {h.bracket.casefold() for _, h in headed if h.bracket and not h.issue} for kind, headed in of.items()
    }
    shared = bracketed["position"] & bracketed["salience"]
    pairs: list[dict[str, int]] = []
    for kind, words in (("position", POSITIONS), ("salience", SALIENCES)):
        columns: dict[str, int] = {}
        for n, heading in of[kind]:
            issue = heading.bracket if not heading.issue and heading.bracket.casefold() in shared else heading.issue
            if issue in columns:
                text = heading.cell.text[:40]
                raise Fault(
                    f"'{text}' stands twice; name the issue in each, such as 'tax {words[1]}'", heading.cell.place
                )
            columns[issue] = n
        pairs.append(columns)
    position, salience = pairs
    if len(position) == len(salience) == 1 and "" in {*position, *salience}:
        name = next(iter(position)) or next(iter(salience))
        return {name: next(iter(position.values()))}, {name: next(iter(salience.values()))}
    folded = {name.casefold(): name for name in salience}
    return position, {name: salience[folded[name.casefold()]] for name in position if name.casefold() in folded} | {
        name: column for name, column in salience.items() if name.casefold() not in {p.casefold() for p in position}
    }
