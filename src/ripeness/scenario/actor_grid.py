"""Grid: the cells of an actor table by actor and issue, whatever form the file has.

Four forms are read: one row an actor; long form, one row an actor and issue; KTAB's, whose first line counts actors and
issues; and that of position-exchange tools, whose rows begin with #A, #P, #M and #D.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ripeness.scenario.actor_headings import (
    ACTOR,
    INFLUENCE,
    POSITIONS,
    SALIENCES,
    ActorHeading,
    actor_heading,
    is_actor_heading,
)
from ripeness.scenario.actor_names import (
    MOST_ACTORS,
    check_actor_count,
    check_actor_names,
    check_spellings,
    ends_of_an_interval,
    same_number,
)
from ripeness.world.delimited import DelimitedTable, TextCell, TextRow, parse_delimited, parse_rows, skipped_row_notes
from ripeness.world.fault import Fault, Place
from ripeness.world.numeral import Marks, NotANumber, parse_amount
from ripeness.world.text_file import TextFile, read_text_file
from ripeness.world.wording import nearest

LARGEST = 2_000_000  # bytes; an actor table has some kilobytes
MOST_ISSUES = 50
MOST_COLUMNS = 1000  # with remarks
EXCHANGE = re.compile(r"""^[ ]*['"]?#D['"]?([\t;,|])""", re.MULTILINE | re.IGNORECASE)
NUMBER = re.compile("[0-9.,]+%?")
COUNTS = re.compile(r"([0-9]{1,9})(?:\.0+)?")
COMMENTS = "'#' opens a comment only before the heading"
NAMES = "the first row names the columns: actor, influence, position, salience"


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


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which column holds what; `issue` is that of a table in long form."""

    actor: int
    influence: int
    issues: tuple[str, ...]
    position: tuple[int, ...]
    salience: tuple[int, ...]
    issue: int | None = None
    notes: tuple[str, ...] = ()


def read_grid(path: Path) -> ActorGrid:
    """Read the cells of an actor table in any of its forms.

    Raises: Fault with file, line and column where columns are missing or doubled or rows do not fit.
    """
    try:
        source = read_text_file(path, largest=LARGEST, kind="an actor table has a row for each actor and")
        exchange = EXCHANGE.search(source.text)
        if exchange:
            return _exchange(source, exchange.group(1))
        table = parse_delimited(source.text, source.file, is_actor_heading, notes=source.notes)
    except Fault as fault:
        if fault.message.startswith("is empty"):
            raise Fault(f"is empty; {NAMES}", fault.place) from None
        raise
    if len(table.columns) > MOST_COLUMNS:
        message = (
            f"{len(table.columns):,} columns; an actor table has two for each issue, and at most {MOST_ISSUES} issues"
        )
        raise Fault(message, table.heading.place(MOST_COLUMNS))
    if len(table.rows) > MOST_ACTORS * MOST_ISSUES:
        message = f"{len(table.rows):,} rows; at most {MOST_ACTORS} actors and {MOST_ISSUES} issues are decided at once"
        raise Fault(message, table.rows[MOST_ACTORS * MOST_ISSUES].place(0))
    if (
        not _is_actor(table.heading) and _counts(table.heading) and table.rows
    ):  # no heading is familiar below the counts
        table = replace(table, heading=table.rows[0], rows=table.rows[1:], before=(*table.before, table.heading))
    headings = [actor_heading(table.heading.cell(n)) for n in range(len(table.columns))]
    counts = next((cells for row in table.before if (cells := _counts(row))), None)
    if counts and [heading.kind for heading in headings[1:2]] not in (["influence"], ["position"], ["salience"]):
        return _ktab(table, counts)
    columns = _columns(headings, table)
    return _wide(table, columns, headings) if columns.issue is None else _long(table, columns, columns.issue)


def _wide(table: DelimitedTable, columns: _Columns, headings: Sequence[ActorHeading]) -> ActorGrid:
    """One row an actor."""
    faults = [fault for row in table.rows for fault in table.beyond(row)]
    used = (columns.actor, columns.influence, *columns.position, *columns.salience)
    for row in table.rows:
        lacking = next((column for column in used if column >= len(row.texts)), None)
        if lacking is not None and not (len(row.texts) == 1 and columns.actor == 0):  # a footnote, told as such below
            why = COMMENTS if row.texts[0].startswith("#") else table.separated
            message = f"the row has {len(row.texts)} cells, column {lacking + 1} is missing; {why}"
            faults.append(Fault(message, row.place(len(row.texts) - 1)))
    faults += _shifted_cells(table, headings, max(used))
    names = [row.cell(columns.actor) for row in table.rows]
    faults += check_actor_names(names, table.heading.place(0))
    return ActorGrid(
        tuple(names),
        columns.issues,
        tuple(row.cell(columns.influence) for row in table.rows),
        tuple(tuple(row.cell(column) for row in table.rows) for column in columns.position),
        tuple(tuple(row.cell(column) for row in table.rows) for column in columns.salience),
        _labels(table, columns),
        tuple(headings[column].scale for column in columns.salience),
        tuple(headings[column].scale for column in columns.position),
        notes=(*table.notes, *columns.notes),
        faults=tuple(faults),
    )


def _shifted_cells(table: DelimitedTable, headings: Sequence[ActorHeading], last: int) -> list[Fault]:
    """A fault for a bare number among remarks to the right, or below no heading:
    a decimal comma may have moved the row.
    """
    if table.separator != ",":
        return []
    beside = [n for n in range(last + 1, len(headings)) if headings[n].kind == "remark" or not headings[n].cell.text]
    message = (
        "a number stands among remarks; with decimal commas, put ';' between the cells, else write a word beside it"
    )
    faults: list[Fault] = []
    for n in beside:
        numbers = [row.cell(n) for row in table.rows if NUMBER.fullmatch(row.cell(n).text)]
        if len(numbers) < len(table.rows):  # where every row has a number, the column is meant to hold them
            faults += [Fault(f"'{cell.text[:40]}': {message}", cell.place) for cell in numbers]
    return faults


def _labels(table: DelimitedTable, columns: _Columns) -> tuple[str, ...]:
    """The headings of influence, positions and saliences, in this order."""
    return tuple(table.columns[column][:40] for column in (columns.influence, *columns.position, *columns.salience))


def _long(table: DelimitedTable, columns: _Columns, issue_column: int) -> ActorGrid:
    """One row an actor and issue; an actor's influence is the same on all."""
    faults = [fault for row in table.rows for fault in table.beyond(row)]
    rows = [(row, row.cell(issue_column), row.cell(columns.actor)) for row in table.rows]
    faults += [Fault("the row names no issue", issue.place) for _, issue, _ in rows if not issue.text]
    faults += [Fault("the actor has no name", actor.place) for _, _, actor in rows if not actor.text]
    cells = [
        (issue, actor, row.cell(columns.influence), row.cell(columns.position[0]), row.cell(columns.salience[0]))
        for row, issue, actor in rows
        if issue.text and actor.text
    ]
    span, scale = (actor_heading(table.heading.cell(n)).scale for n in (columns.position[0], columns.salience[0]))
    grid = _grid_from_entries(cells, table.heading.place(0), faults)
    count = len(grid.issues)
    influence, position, salience = _labels(table, columns)
    return replace(
        grid,
        labels=(influence, *[position] * count, *[salience] * count),
        scales=(scale,) * count,
        spans=(span,) * count,
        notes=(*table.notes, "read as long form: one row an actor and issue", *columns.notes),
    )


Entry = tuple[TextCell, TextCell, TextCell, TextCell, TextCell]
"""Issue, actor, influence, position and salience."""


def _grid_from_entries(cells: Sequence[Entry], start: Place, faults: list[Fault]) -> ActorGrid:
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


def _is_actor(row: TextRow) -> bool:
    """Whether a number stands in place of the description: a row of actors without a heading."""
    return bool(NUMBER.fullmatch("".join(row.texts[1:2])))


def _counts(row: TextRow) -> tuple[TextCell, TextCell] | None:
    """The cells that count actors and issues: the third and fourth, as in the first line of a KTAB file.

    Where commas in a description that is not quoted moved them, the last two.
    """
    filled = [n for n, text in enumerate(row.texts) if text]
    for first, second in ((2, 3), (*filled[-2:], 0, 0)[:2]):
        if 2 <= first < second < len(row.texts) and all(COUNTS.fullmatch(row.texts[n]) for n in (first, second)):
            return row.cell(first), row.cell(second)
    return None


def _ktab(table: DelimitedTable, counts: tuple[TextCell, TextCell]) -> ActorGrid:
    """A KTAB file: actor, description, influence, then position and salience of each issue in turn."""
    actors, issues = (int(float(cell.text)) for cell in counts)
    if len(table.rows) != actors:
        raise Fault(f"{actors} actors are announced, {len(table.rows)} follow", counts[0].place)
    headed = [text for text in table.columns if text]
    if not 0 < issues <= MOST_ISSUES or len(headed) != 3 + 2 * issues:
        wanted = "actor, description, influence, then position and salience of each"
        raise Fault(
            f"{issues} issues are announced, {len(headed)} columns follow; wanted are {wanted}",
            counts[1].place,
        )
    headings = [actor_heading(table.heading.cell(n)) for n in range(3 + 2 * issues)]
    positions = tuple(range(3, 3 + 2 * issues, 2))
    for column, kind in ((n + m, ("position", "salience")[m]) for n in positions for m in (0, 1)):
        if headings[column].kind in {"position", "salience"} - {kind}:
            message = f"'{table.columns[column][:40]}' stands where the {kind} of an issue is wanted"
            raise Fault(f"{message}; a KTAB file has position, then salience of each", table.heading.place(column))
    names = tuple(
        f"issue {number}" if not (name := headings[column].issue) or name.isdigit() else name
        for number, column in enumerate(positions, start=1)
    )
    columns = _Columns(0, 2, names, positions, tuple(column + 1 for column in positions))
    skipped = skipped_row_notes(table.before)
    table = replace(table, notes=tuple(note for note in table.notes if note not in skipped))
    return replace(_wide(table, columns, headings), ends=((0.0, 100.0),) * issues, decimal=".")


def _exchange(source: TextFile, separator: str) -> ActorGrid:
    """The form of position-exchange tools: #A and #P name actors and issues, #M ends, #D says who wants what."""
    rows = [_unquoted(row) for row in parse_rows(source.text, source.file, separator)]
    faults: list[Fault] = []
    names = _keys(rows, faults)
    cells: list[Entry] = []
    ends: dict[str, list[float]] = {}
    for row in rows:
        mark = row.texts[0]
        keys = {"#D": ((1, "#A"), (2, "#P")), "#M": ((1, "#P"),)}.get(mark, ())
        for at, kind in keys:
            key = row.cell(at)
            if any(k == kind for k, _ in names) and (kind, key.text) not in names:
                faults.append(Fault(f"'{key.text[:40]}' is named by no row {kind}", key.place))
        if mark == "#D" and len([text for text in row.texts[6:] if text]) + len(row.texts[:6]) != 6:
            message = "a row #D holds actor, issue, position, salience and power"
            faults.append(Fault(f"{message}; here are {len(row.texts) - 1} cells", row.place(0)))
        elif mark == "#D":
            issue, actor = (
                _renamed(row, at, names.get((kind, row.texts[at]), "")) for at, kind in ((2, "#P"), (1, "#A"))
            )
            cells.append((issue, actor, row.cell(5), row.cell(3), row.cell(4)))
        elif mark == "#M" and len(row.texts) > 2:
            try:
                end = parse_amount(row.texts[2], Marks({".": "."})).value
            except NotANumber as error:
                faults.append(Fault(str(error), row.place(2)))
            else:
                ends.setdefault(names.get(("#P", row.texts[1]), "") or row.texts[1], []).append(end)
    grid = _grid_from_entries(cells, Place(source.file), faults)
    limits = tuple((min(ends.get(i, [0.0])), max(ends.get(i, [100.0]))) for i in grid.issues)
    count = len(grid.issues)
    return replace(
        grid,
        labels=("power", *["position"] * count, *["salience"] * count),
        scales=(None,) * count,
        spans=(None,) * count,
        ends=limits,
        decimal=".",
        notes=(*source.notes, "read as a table of a position-exchange tool (#A, #P, #M, #D)"),
    )


def _unquoted(row: TextRow) -> TextRow:
    """A row without single quotes around its cells, its mark in capitals."""
    mark, *rest = (text.strip("'").strip() for text in row.texts)
    return replace(row, texts=(mark.upper(), *rest))


def _keys(rows: Sequence[TextRow], faults: list[Fault]) -> dict[tuple[str, str], str]:
    """What the keys of actors (#A) and issues (#P) stand for; a key that stands for two names is a fault."""
    names: dict[tuple[str, str], str] = {}
    for row in rows:
        if row.texts[0] in ("#A", "#P") and len(row.texts) > 2:
            first = names.setdefault((row.texts[0], row.texts[1]), row.texts[2])
            if first != row.texts[2]:
                message = f"the key '{row.texts[1][:40]}' already stands for '{first[:40]}'"
                faults.append(Fault(message, row.place(1)))
    return names


def _renamed(row: TextRow, column: int, name: str) -> TextCell:
    """A cell that holds a key, with the name that the key stands for."""
    if not name:
        return row.cell(column)
    return replace(row, texts=(*row.texts[:column], name, *row.texts[column + 1 :])).cell(column)


def _columns(headings: Sequence[ActorHeading], table: DelimitedTable) -> _Columns:
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
    used = {actor, influence, issue, *position.values(), *salience.values()}
    unknown = [h.cell for n, h in enumerate(headings) if n not in used and h.cell.text and h.kind != "remark"]
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
    return _Columns(
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


def _hint(wanted: str, unknown: Sequence[TextCell]) -> str:
    """Which of the columns that nobody knows may have been meant."""
    near = nearest(wanted, [cell.text[:40].casefold() for cell in unknown], cutoff=0.5)
    return f"; did you mean '{wanted}' by '{near}'?" if near else ""


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
