"""The field's actor table: who takes part, with what influence, and what each wants how much on every issue.

Two forms are read. The simple one has a row of column names, then a row for each actor; numbers may be 90 %
intervals such as `5 to 10`. KTAB's has a first line with the numbers of actors and issues.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ripeness.scenario.sheet import Cell, Sheet, sheet
from ripeness.world.fault import Fault

Array = NDArray[np.float64]

ACTOR = ("actor", "name", "faction", "member", "player")
INFLUENCE = ("influence", "capability", "capabilities", "power", "weight")
REMARKS = ("description", "note", "notes", "comment", "source")
MOST_ACTORS, MOST_ISSUES = 200, 50
MOST_FAULTS = 20  # reported at once
PERCENT = 100.0
NUMBER = r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?"
RANGE = re.compile(rf"({NUMBER})(?:\s*(?:to|\.\.)\s*({NUMBER}))?")
POSITIONS = ("positions", "position", "pstn", "pos")
SALIENCES = ("saliences", "salience", "sal")


@dataclass(frozen=True, slots=True)
class ActorTable:
    """An actor table with every number as the two ends of its 90 % interval (equal where it is certain).

    Shapes: influence (F, 2); position and salience (I, F, 2); ends (I, 2), the two ends of each issue.
    Units: positions as in the file; salience as a share, 0 to 1.
    """

    actors: tuple[str, ...]
    issues: tuple[str, ...]
    influence: Array
    position: Array
    salience: Array
    ends: Array
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which column holds what."""

    actor: int
    influence: int
    issues: tuple[str, ...]
    position: tuple[int, ...]
    salience: tuple[int, ...]
    notes: tuple[str, ...] = ()


def read(path: Path) -> ActorTable:
    """Read an actor table from a CSV file of either form.

    Raises: Fault with file, line and column where something is missing, doubled or out of range.
    """
    found = sheet(path)
    if _is_ktab(found):
        (columns, body), head = _ktab(found), found.rows[1]
    else:
        columns, body, head = _columns(found.rows[0]), found.rows[1:], found.rows[0]
    faults: list[Fault] = [fault for row in body for fault in _beyond(row, len(head), found.separator)]
    actors = _actors(body, columns, found.rows[0][0], faults)
    ends, shares = _numbers(body, columns, found.separator, faults)
    _raise(faults)
    scale, said = _salience_scale(shares)
    _check(body, columns, ends, shares, scale, faults)
    _raise(faults)
    position = ends[1:]
    # Who takes no position on an issue has no part in it; any point stands in for the missing one.
    salience = np.where(np.isnan(position), 0.0, np.nan_to_num(shares)) / scale
    low, high = np.nanmin(position, axis=(1, 2)), np.nanmax(position, axis=(1, 2))
    limits = np.stack([low, high], axis=-1)
    if _is_ktab(found):
        limits[:] = np.stack([np.minimum(low, 0.0), np.maximum(high, PERCENT)], axis=-1)
    position = np.where(np.isnan(position), limits.mean(axis=-1)[:, None, None], position)
    notes = (*found.notes, said, *columns.notes)
    return ActorTable(actors, columns.issues, ends[0], position, salience, limits, notes)


def _beyond(row: tuple[Cell, ...], width: int, separator: str) -> list[Fault]:
    """A row with more cells than columns, as a decimal comma makes one: nothing in it stands where it should."""
    if not any(cell.text for cell in row[width:]):
        return []
    hint = "; with decimal commas, put ';' between the cells" if separator == "," else ""
    return [Fault(f"the row has {len(row)} cells, the table {width} columns{hint}", row[width].place)]


def _raise(faults: list[Fault]) -> None:
    """Raise the first of several faults; the others travel with it."""
    if faults:
        first = faults[0]
        raise Fault(first.message, first.place, tuple(faults[1:MOST_FAULTS]))


def _is_ktab(found: Sheet) -> bool:
    """Whether the first line counts actors and issues, as KTAB's does, and the second one names the columns."""
    first = [cell.text for cell in found.rows[0] if cell.text]
    counts = len(first) >= 2 and first[-1].isdigit() and first[-2].isdigit()
    return counts and len(found.rows) > 1 and found.rows[1][0].text.lower() in ACTOR


def _ktab(found: Sheet) -> tuple[_Columns, tuple[tuple[Cell, ...], ...]]:
    """The columns and rows of a KTAB file: actor, description, influence, then position and salience in turn."""
    counts = [cell for cell in found.rows[0] if cell.text][-2:]
    actors, issues = int(counts[0].text[:6]), int(counts[1].text[:6])
    head, body = found.rows[1], found.rows[2:]
    if len(body) != actors:
        raise Fault(f"{actors} actors are announced, {len(body)} follow", counts[0].place)
    named = [cell for cell in head if cell.text]
    if not 0 < issues <= MOST_ISSUES or len(named) != 3 + 2 * issues:
        wanted = "actor, description, influence, then position and salience of each"
        raise Fault(f"{issues} issues are announced, {len(named)} columns follow; wanted are {wanted}", counts[1].place)
    pairs = range(3, 3 + 2 * issues, 2)
    names = []
    for number, column in enumerate(pairs, start=1):
        name = _issue(head[column].text, POSITIONS) or ""
        names.append(f"issue {number}" if not name or name.isdigit() else name)
    return _Columns(0, 2, tuple(names), tuple(pairs), tuple(column + 1 for column in pairs)), body


def _columns(head: tuple[Cell, ...]) -> _Columns:
    """Find the columns by their names."""
    names = [cell.text.lower().replace("_", " ") for cell in head]
    actor = _only(head, names, ACTOR, "actor")
    influence = _only(head, names, INFLUENCE, "influence")
    position, salience = _pairs(head, POSITIONS), _pairs(head, SALIENCES)
    rest = set(range(len(head))) - {actor, influence, *position.values(), *salience.values()}
    unknown = [head[column] for column in sorted(rest) if names[column] and names[column] not in REMARKS]
    for there, here, one, other in (
        (position, salience, "position", "salience"), (salience, position, "salience", "position"),
    ):  # fmt: skip
        for issue, column in there.items():
            if issue not in here:
                of = f" of {issue}" if issue else ""
                message = f"the {one}{of} has no column for its {other}{_hint(other, unknown)}"
                raise Fault(message, head[column].place)
    if not position:
        message = f"no column is named position{_hint('position', unknown)}; an issue has two: position and salience"
        raise Fault(message, head[0].place)
    if len(position) > MOST_ISSUES:
        raise Fault(f"{len(position)} issues; at most {MOST_ISSUES} are decided at once", head[0].place)
    notes = tuple(f"column '{cell.text}' is not used" for cell in unknown)
    issues = tuple(issue or "issue" for issue in position)
    return _Columns(actor, influence, issues, tuple(position.values()), tuple(salience[i] for i in position), notes)


def _only(head: tuple[Cell, ...], names: list[str], words: tuple[str, ...], what: str) -> int:
    """The one column with one of these names."""
    hits = [column for column, name in enumerate(names) if name in words]
    if not hits:
        known = words + POSITIONS + SALIENCES + REMARKS
        unknown = [cell for cell, name in zip(head, names, strict=True) if name and name not in known]
        raise Fault(f"no column is named {what} (or {', '.join(words[1:])}){_hint(what, unknown)}", head[0].place)
    if len(hits) > 1:
        raise Fault(f"'{head[hits[1]].text}' is a second column for {what}; keep one", head[hits[1]].place)
    return hits[0]


def _hint(wanted: str, unknown: list[Cell]) -> str:
    """Which of the columns that nobody knows may have been meant."""
    near = get_close_matches(wanted, [cell.text.lower() for cell in unknown], n=1, cutoff=0.5)
    return f"; did you mean '{wanted}' by '{near[0][:40]}'?" if near else ""


def _issue(text: str, words: tuple[str, ...]) -> str | None:
    """The issue that a column such as 'tax position' or 'position_tax' speaks of; None for another column."""
    word = "|".join(words)
    found = re.fullmatch(rf"(?i)(?:(.*?)[\s\-]*\b)?(?:{word})(?![a-z])(?:[\s\-]*(.*))?", text.replace("_", " "))
    if not found or (found.group(1) and found.group(2)):
        return None
    return (found.group(1) or found.group(2) or "").strip(" :-")


def _pairs(head: tuple[Cell, ...], words: tuple[str, ...]) -> dict[str, int]:
    """The columns of one kind by the issue they speak of."""
    found: dict[str, int] = {}
    for column, cell in enumerate(head):
        issue = _issue(cell.text, words)
        if issue is None:
            continue
        if issue in found:
            raise Fault(f"'{cell.text}' stands twice; name the issue in each, such as 'tax {words[1]}'", cell.place)
        found[issue] = column
    return found


def _actors(
    body: tuple[tuple[Cell, ...], ...], columns: _Columns, start: Cell, faults: list[Fault]
) -> tuple[str, ...]:
    """The actors' names; each stands once, and there are at least two."""
    first: dict[str, Cell] = {}
    for row in body:
        cell = row[columns.actor] if columns.actor < len(row) else row[0]
        if not cell.text:
            faults.append(Fault("the actor has no name", cell.place))
        elif cell.text in first:
            line = first[cell.text].place.line
            faults.append(Fault(f"the actor '{cell.text[:40]}' already stands in line {line}", cell.place))
        else:
            first[cell.text] = cell
    if len(body) < 2:
        end = body[-1][0].place if body else start.place
        faults.append(Fault(f"a decision needs two actors or more, here {'is one' if body else 'are none'}", end))
    if len(body) > MOST_ACTORS:
        place = body[MOST_ACTORS][0].place
        faults.append(Fault(f"{len(body)} actors; at most {MOST_ACTORS} are decided at once", place))
    return tuple(first)


def _numbers(
    body: tuple[tuple[Cell, ...], ...], columns: _Columns, separator: str, faults: list[Fault]
) -> tuple[Array, Array]:
    """All numbers as intervals: influence and positions (1 + I, F, 2), saliences (I, F, 2); empty is not a number."""
    wanted = [columns.influence, *columns.position, *columns.salience]
    numbers = np.full((len(wanted), len(body), 2), np.nan)
    for actor, row in enumerate(body):
        for index, column in enumerate(wanted):
            if column >= len(row):
                faults.append(Fault(f"the row has {len(row)} cells, column {column + 1} is missing", row[-1].place))
                break
            cell = row[column]
            if cell.text or index == 0:
                numbers[index, actor] = _interval(cell, separator, faults)
    split = 1 + len(columns.position)
    return numbers[:split], numbers[split:]


def _interval(cell: Cell, separator: str, faults: list[Fault]) -> tuple[float, float]:
    """The two ends of the number or interval in a cell."""
    text = cell.text if separator == "," else re.sub(r"(?<=\d),(?=\d)", ".", cell.text)
    found = RANGE.fullmatch(text.rstrip("%").strip())
    if not found:
        shown = f"'{cell.text[:40]}' is not a number" if cell.text else "a number is missing"
        faults.append(Fault(f"{shown}; write 7.5, or a 90 % interval as 5 to 10", cell.place))
        return np.nan, np.nan
    low = float(found.group(1))
    high = float(found.group(2)) if found.group(2) else low
    if not (abs(low) < 1e12 and abs(high) < 1e12):
        faults.append(Fault(f"'{cell.text[:40]}' is too large for a position or a weight", cell.place))
        return np.nan, np.nan
    if high < low:
        faults.append(Fault(f"the interval ends below its start; write {high:g} to {low:g}", cell.place))
    return low, high


def _salience_scale(shares: Array) -> tuple[float, str]:
    """Whether salience is a share or a percentage: a percentage as soon as one is above 1."""
    if np.nanmax(shares, initial=0.0) > 1.0:
        return PERCENT, "salience is read as per cent, 0 to 100"
    return 1.0, "salience is read as a share, 0 to 1"


def _check(
    body: tuple[tuple[Cell, ...], ...], columns: _Columns, ends: Array, shares: Array, scale: float, faults: list[Fault]
) -> None:
    """Influence is not negative, salience within its scale, and every issue has somebody who cares about it."""
    for actor, row in enumerate(body):
        if ends[0, actor, 0] < 0:
            faults.append(Fault("influence is negative; 0 is the least", row[columns.influence].place))
        for issue, column in enumerate(columns.salience):
            low, high = shares[issue, actor]
            if low < 0 or high > scale:
                message = f"salience lies from 0 to {scale:g}, not at '{row[column].text}'"
                faults.append(Fault(message, row[column].place))
            if high > 0 and np.isnan(ends[1 + issue, actor, 0]):
                message = "the actor cares about the issue and takes no position; give one, or leave its salience empty"
                faults.append(Fault(message, row[columns.position[issue]].place))
            if np.isnan(high) and not np.isnan(ends[1 + issue, actor, 0]):
                faults.append(Fault("the position has no salience; how much does the actor care?", row[column].place))
    for issue, name in enumerate(columns.issues):
        if not np.any(ends[0, :, 1] * np.nan_to_num(shares[issue, :, 1]) > 0):
            place = body[0][columns.salience[issue]].place
            faults.append(Fault(f"nobody with influence cares about {name}: nothing is to be decided", place))
