"""Several actor tables of the same decision, brought to one order of actors and issues and to common scales."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from ripeness.scenario.actor_names import normal_form
from ripeness.scenario.actor_table import ActorTable, BestGuesses, middles, read_actor_table
from ripeness.world.fault import Fault, Place, combined
from ripeness.world.wording import join_words, nearest

MOST_FAULTS = 40  # of all tables together
SAME_SCALE = 3.0  # times by which the sums of influence may differ on one scale
SAME_LENGTH = 8.0  # times by which the lengths of an issue may differ on one scale


@dataclass(frozen=True, slots=True)
class AlignedTables:
    """Tables with the same actors and issues in the same order, on the same ends of each issue.

    `labels` name the tables, `notes` say what was brought to a common scale or left out.
    """

    tables: tuple[ActorTable, ...]
    labels: tuple[str, ...]
    notes: tuple[str, ...]
    warnings: tuple[str, ...]


def read_actor_tables(paths: Sequence[str | Path]) -> tuple[ActorTable, ...]:
    """Read several actor tables.

    Raises: Fault with the faults of all tables, each with its file.
    """
    tables, faults = [], []
    for path in paths:
        try:
            tables.append(read_actor_table(Path(path)))
        except Fault as fault:
            faults += [fault, *fault.others]
    if faults:
        raise combined(faults, MOST_FAULTS)
    return tuple(tables)


def table_labels(paths: Sequence[str | Path]) -> tuple[str, ...]:
    """The name of each file; its path where two have one name.

    >>> table_labels(["a.csv", "north/b.csv", "south/b.csv"])
    ('a.csv', 'north/b.csv', 'south/b.csv')
    """
    names = [Path(path).name for path in paths]
    return tuple(str(path) if names.count(name) > 1 else name for path, name in zip(paths, names, strict=True))


def align_tables(
    tables: Sequence[ActorTable], paths: Sequence[str | Path], *, shared_only: bool = False
) -> AlignedTables:
    """Bring tables to the actors and issues of the first; `shared_only` leaves out what not all of them have.

    Raises: Fault for names that differ, with near ones where there are any, where too little is shared, and for
    issues whose headings name different scales.
    """
    labels, notes = table_labels(paths), []
    if not shared_only:
        faults = [fault for n in range(1, len(tables)) for fault in _name_faults(tables, labels, paths, n)]
        if faults:
            advice = "write the same names in all tables, or compare only what all of them share (--shared)"
            raise combined([*faults[: MOST_FAULTS - 1], Fault(advice)], MOST_FAULTS)
    actors = _shared_names([table.actors for table in tables])
    issues = _shared_names([table.issues for table in tables])
    if len(actors) < 2 or not issues:
        raise Fault(
            f"{join_words(labels)} share {len(actors)} actors and {len(issues)} issues; two actors and an issue are "
            "the least that can be compared"
        )
    for table, label in zip(tables, labels, strict=True):
        for kind, names, kept in (("actor", table.actors, actors), ("issue", table.issues, issues)):
            left_out = [name for name in names if normal_form(name) not in kept]
            if left_out:
                notes.append(f"left out of {label}, since not every table has it: {kind} {join_words(left_out)}")
    first_actors = {normal_form(name): name for name in tables[0].actors}
    first_issues = {normal_form(name): name for name in tables[0].issues}
    parts = [
        _part(
            table,
            [first_actors[key] for key in actors],
            [first_issues[key] for key in issues],
            [[normal_form(name) for name in table.actors].index(key) for key in actors],
            [[normal_form(name) for name in table.issues].index(key) for key in issues],
        )
        for table in tables
    ]
    faults = _scale_faults(parts, labels, paths)
    if faults:
        raise combined(faults, MOST_FAULTS)
    for part, label in zip(parts, labels, strict=True):
        for issue, name in enumerate(part.issues):
            if not np.any(part.influence[:, 1] * part.salience[issue, :, 1] > 0):
                raise Fault(f"{label}: nobody with influence whom all tables share cares about {name}")
    warnings = [f"{label}: {text}" for table, label in zip(tables, labels, strict=True) for text in table.warnings]
    warnings += _length_warnings(parts, labels)
    parts, scale_notes = _common_scales(parts, labels)
    return AlignedTables(tuple(parts), labels, (*notes, *scale_notes), tuple(warnings))


def _name_faults(
    tables: Sequence[ActorTable], labels: Sequence[str], paths: Sequence[str | Path], n: int
) -> list[Fault]:
    """A fault for every actor or issue that the first table and another do not share."""
    faults = []
    for kind in ("actor", "issue"):
        first, other = (getattr(table, f"{kind}s") for table in (tables[0], tables[n]))
        first_keys, other_keys = [normal_form(name) for name in first], [normal_form(name) for name in other]
        lacking = [key for key in first_keys if key not in other_keys]
        proposed = set()
        for at, (key, name) in enumerate(zip(other_keys, other, strict=True)):
            if key in first_keys:
                continue
            near = nearest(key, [candidate for candidate in lacking if candidate not in proposed])
            place = tables[n].places[at] if kind == "actor" else Place(str(paths[n]))
            hint = ""
            if near is not None:
                proposed.add(near)
                hint = f"; did you mean '{first[first_keys.index(near)][:40]}'?"
            faults.append(Fault(f"'{name[:40]}' is no {kind} of {labels[0]}{hint}", place))
        for key in lacking:
            if key not in proposed:
                name = first[first_keys.index(key)]
                article = "an" if kind[0] in "aeiou" else "a"
                message = f"'{name[:40]}', {article} {kind} of {labels[0]}, is missing"
                faults.append(Fault(message, Place(str(paths[n]))))
    return faults


def _shared_names(names: Sequence[Sequence[str]]) -> list[str]:
    """The normal forms that all tables have, in the order of the first."""
    others = [{normal_form(name) for name in table_names} for table_names in names[1:]]
    return [key for key in map(normal_form, names[0]) if all(key in keys for keys in others)]


def _part(
    table: ActorTable, actors: Sequence[str], issues: Sequence[str], rows: Sequence[int], columns: Sequence[int]
) -> ActorTable:
    """The table of these actors (`rows`) and issues (`columns`), in this order and under these names."""
    at = np.ix_(columns, rows)
    return replace(
        table,
        actors=tuple(actors),
        issues=tuple(issues),
        influence=table.influence[list(rows)],
        position=table.position[at],
        salience=table.salience[at],
        ends=table.ends[list(columns)],
        stated=table.stated[at],
        best=BestGuesses(table.best.influence[list(rows)], table.best.position[at], table.best.salience[at]),
        places=tuple(table.places[row] for row in rows),
        spans=tuple(table.spans[column] for column in columns),
    )


def _scale_faults(tables: Sequence[ActorTable], labels: Sequence[str], paths: Sequence[str | Path]) -> list[Fault]:
    """A fault for every issue that a heading puts on another scale than the heading of an earlier table."""
    faults = []
    for issue, name in enumerate(tables[0].issues):
        spans = [(table.spans[issue], label) for table, label in zip(tables, labels, strict=True)]
        stated = next(((span, label) for span, label in spans if span is not None), None)
        for (span, _), path in zip(spans, paths, strict=True):
            if stated and span is not None and span != stated[0]:
                message = f"positions on {name} run to {span:g} here and to {stated[0]:g} in {stated[1]}"
                faults.append(Fault(f"{message}: write them on one scale", Place(str(path))))
    return faults


def _length_warnings(tables: Sequence[ActorTable], labels: Sequence[str]) -> list[str]:
    """A warning for an issue that seems to stand on two scales."""
    warnings = []
    for issue, name in enumerate(tables[0].issues):
        lengths = [float(np.abs(table.ends[issue]).max()) for table in tables]
        short, long = int(np.argmin(lengths)), int(np.argmax(lengths))
        if lengths[short] > 0 and lengths[long] / lengths[short] >= SAME_LENGTH:
            warnings.append(
                f"positions on {name} reach {lengths[short]:g} in {labels[short]} and {lengths[long]:g} in "
                f"{labels[long]}; they seem to stand on two scales, write them on one"
            )
    return warnings


def _common_scales(tables: Sequence[ActorTable], labels: Sequence[str]) -> tuple[list[ActorTable], list[str]]:
    """The same tables between common ends of each issue, and with influence in shares where its scales differ."""
    ends = np.stack([table.ends for table in tables])
    common = np.stack([ends[..., 0].min(axis=0), ends[..., 1].max(axis=0)], axis=-1)
    notes = [
        f"{name} runs from {common[issue, 0]:g} to {common[issue, 1]:g}, the outermost ends of all tables"
        for issue, name in enumerate(tables[0].issues)
        if np.any(ends[:, issue] != common[issue])
    ]
    sums = np.array([middles(table.influence, table.best.influence).sum() for table in tables])
    aligned = [replace(table, ends=common) for table in tables]
    if sums.max() <= SAME_SCALE * sums.min():
        return aligned, notes
    listed = join_words([f"{total:g} in {label}" for total, label in zip(sums, labels, strict=True)])
    notes.append(f"influence sums to {listed}: it is compared as shares of these sums")
    return [
        replace(
            table,
            influence=table.influence / total,
            best=replace(table.best, influence=table.best.influence / total),
        )
        for table, total in zip(aligned, sums, strict=True)
    ], notes
