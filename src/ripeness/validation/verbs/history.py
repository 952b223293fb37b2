"""History: producers' files of past wars, by their own column names,
in the tidy form that calibrate and backtest read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ripeness.store.atomic_write import make_folder, write_file
from ripeness.store.cells import to_csv
from ripeness.study.path_file import path_csv
from ripeness.validation.history.assemble import FORMS, LACKS, assemble
from ripeness.validation.history.event_files import import_path
from ripeness.validation.history.known_deaths import known_deaths
from ripeness.validation.history.producers import ImportedFile, Producer, identity_of, import_producer_file
from ripeness.validation.history.tidy_rows import TidyRow
from ripeness.validation.history.war_events import ImportedPath
from ripeness.world.fault import ArgumentFault, Fault, Place


@dataclass(frozen=True, slots=True)
class AssembledWars:
    """Wars made of producers' files: the files written, how many lines each has, how to cite, and what was wrong."""

    files: tuple[Path, ...]
    lines: tuple[int, ...]
    cite: tuple[str, ...]
    faults: tuple[Fault, ...]

    def __repr__(self) -> str:
        """One line."""
        return f"<Assembled {self.lines[0]} wars, {len(self.faults)} faults>"


def history(
    path: str | Path, out: str | Path | None = None, *, sides: Sequence[str] = (), conflict: str = ""
) -> ImportedFile | ImportedPath:
    """Bring a producer's file into tidy form and, where asked, write it as CSV.

    Deaths in a war, by event, year or month, become a file of months. `sides` say who fights, as POLITY=NAME with the
    producer's name or a part of it; `conflict` chooses a conflict by number or a part of its name.

    Raises: Fault where the file cannot be read, is of no known producer, or nothing can be written.
    """
    imported = import_path(path, sides, conflict) or import_producer_file(path)
    if isinstance(imported, ImportedFile) and (sides or conflict):
        raise ArgumentFault(
            "side" if sides else "conflict",
            f" chooses among deaths; {path} is a file of {imported.producer.key}",
        )
    if out is not None:
        write_file(Path(out), as_csv(imported))
    return imported


def history_wars(paths: Sequence[str | Path], out: str | Path) -> AssembledWars:
    """Make the files that calibrate and backtest read out of producers' own files, in any order; write them to a
    folder.

    Participants are needed; capabilities, democracy, regimes, leaders and events fill in what they know, and what
    follows where one of them is lacking is named.

    Raises: Fault where a file cannot be read or has no use here, or the participants are missing.
    """
    imported = [import_producer_file(path) for path in paths]
    forms: dict[str, list[TidyRow]] = {}
    for file, path in zip(imported, paths, strict=True):
        if file.producer.key not in FORMS:
            raise Fault(
                f"{path}: a file of {file.producer.key} says nothing on single wars; wanted are {', '.join(FORMS)}"
            )
        forms.setdefault(file.producer.key, [])
    repeated = _lay_together(imported, forms)
    if not forms.get("participants"):
        raise Fault("no file of participants (WarNum, ccode, Side, Initiator, Outcome, BatDeath) is among those named")
    wars, faults = assemble(forms)
    lacking = [
        Fault(f"no file of {key} is among those named: {follows}") for key, follows in LACKS.items() if key not in forms
    ]
    faults = [*repeated, *faults, *lacking]
    tables: dict[str, Sequence[TidyRow]] = {"wars": wars, "participants": forms["participants"]}
    if "months" in forms:
        tables["months"] = known_deaths(wars, forms["participants"], forms["months"])
    files = tuple(Path(out) / f"{name}.csv" for name in tables)
    make_folder(Path(out))
    for path, lines in zip(files, tables.values(), strict=True):
        write_file(path, _csv(lines))
    cite = tuple(dict.fromkeys(file.producer.cite for file in imported))
    return AssembledWars(
        files, tuple(map(len, tables.values())), cite, (*(fault for file in imported for fault in file.faults), *faults)
    )


def _lay_together(imported: Sequence[ImportedFile], forms: dict[str, list[TidyRow]]) -> list[Fault]:
    """Add the lines of all files to their forms; a fault for what stands in two files, which names both lines.

    Files on states and years complete each other, so only numbers that differ are named. The first always counts.
    """
    first: dict[tuple[object, ...], tuple[object, Place]] = {}
    faults = []
    for file in imported:
        for line, place in zip(file.lines, file.places, strict=True):
            identity = identity_of(file.producer, line)
            key = (file.producer.key, *(identity or (place,)))
            if "year" in file.producer.identity:
                forms[file.producer.key].append(line)
                faults += _differing(first, key, line, place, file.producer) if identity else []
                continue
            _, earlier_place = first.setdefault(key, (line, place))
            if earlier_place is place:
                forms[file.producer.key].append(line)
            else:
                faults.append(
                    Fault(
                        f"{file.producer.unit.format(**line)} already stands at {earlier_place}; the first is kept",
                        place,
                    )
                )
    return faults


def _differing(
    first: dict[tuple[object, ...], tuple[object, Place]],
    key: tuple[object, ...],
    line: TidyRow,
    place: Place,
    producer: Producer,
) -> list[Fault]:
    """A fault for every number of a state and year that another file gives otherwise."""
    faults = []
    for name, value in line.items():
        if name in producer.identity or value != value:  # noqa: PLR0124  (not a number)
            continue
        earlier, earlier_place = first.setdefault((*key, name), (value, place))
        if earlier != value:
            unit = producer.unit.format(**line)
            faults.append(
                Fault(f"{unit}: {name} is {value:g} here and {earlier:g} at {earlier_place}; the first is kept", place)
            )
    return faults


def as_csv(imported: ImportedFile | ImportedPath) -> str:
    """The lines as CSV, of a path as a file of months; empty where the producers did not know a number."""
    if isinstance(imported, ImportedPath):
        return path_csv(imported.path)
    return _csv(imported.lines)


def _csv(lines: Sequence[TidyRow]) -> str:
    return to_csv({key: _cell(value) for key, value in line.items()} for line in lines)


def _cell(value: object) -> object:
    return "" if isinstance(value, float) and value != value else value  # noqa: PLR0124  (not a number)
