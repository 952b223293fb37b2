"""Actors: a polity of a scenario or a council as an actor table, and scenarios and councils from such tables."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ripeness.store.atomic_write import write_file
from ripeness.store.write_target import require_writable_file
from ripeness.workbench.new import require_free_file
from ripeness.world.fault import ArgumentFault, Fault, Place
from ripeness.world.wording import join_words

if TYPE_CHECKING:
    from ripeness.scenario.actor_sheet import ActorSheet

TABLES = (".csv", ".xlsx")


@dataclass(frozen=True, slots=True)
class WrittenActors:
    """A file that was written, and what it does not carry, or what was assumed to write it."""

    path: Path
    notes: tuple[str, ...]


def export_actors(
    case_or_council: str | Path, *files: str | Path, polity: str | None = None, coding: str | None = None
) -> tuple[WrittenActors, ...]:
    """Write a polity of a case as an actor table, or the members of a council, to .csv or .xlsx.

    A case with one polity that has factions needs no `polity`. A council is one of the shipped, by its id, or a file.

    Raises: Fault where there is no such case, council or polity, or nothing can be written.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as place:
    ...     written = export_actors("japan-1945", f"{place}/tokyo.csv", polity="japan")
    >>> written[0].path.name, written[0].notes[0]
    ('tokyo.csv', 'who leads: cabinet')
    """
    from ripeness.scenario.actor_sheet import sheet_csv, sheet_rows
    from ripeness.store.export.files import write_rows_as_excel

    paths = [Path(file) for file in files]
    for path in paths:
        if path.suffix.lower() not in TABLES:
            raise Fault(
                f"an actor table is written as {join_words(TABLES, 'or')}, not as '{path.suffix}'", Place(str(path))
            )
        require_writable_file(path)
    sheet = _sheet(case_or_council, polity, coding)
    for path in paths:
        if path.suffix.lower() == ".csv":
            write_file(path, sheet_csv(sheet))
        else:
            write_rows_as_excel(
                path, {"actors": sheet_rows(sheet), "not in this table": [[line] for line in sheet.left_out]}
            )
    return tuple(WrittenActors(path, sheet.left_out) for path in paths)


def _sheet(case_or_council: str | Path, polity: str | None, coding: str | None) -> ActorSheet:
    from ripeness.scenario.actor_sheet import council_sheet, polity_sheet
    from ripeness.scenario.council import is_council, shipped_council_files
    from ripeness.scenario.council_check import validated_council
    from ripeness.scenario.read import open_scenario
    from ripeness.scenario.yaml_tree import read_tree

    shipped = {path.stem: path for path in shipped_council_files()}
    council = shipped.get(str(case_or_council), Path(case_or_council))
    if is_council(council):
        if polity is not None or coding is not None:
            raise ArgumentFault(
                "polity" if polity is not None else "coding", " goes with a scenario, not with a council"
            )
        return council_sheet(validated_council(read_tree(council), council))
    opened = open_scenario(case_or_council, coding)
    polities = [key for key, form in opened.scenario.polities.items() if len(form.factions) > 1]
    if polity is None and len(polities) != 1:
        raise ArgumentFault("polity", f" says whose factions are meant: {join_words(polities, 'or')}")
    chosen = polities[0] if polity is None else polity
    version = ", ".join(filter(None, (opened.case or Path(case_or_council).name, opened.scenario.coding)))
    return polity_sheet(opened.scenario, chosen, version)


def new_from_actors(
    file: str | Path,
    table: str | Path,
    *,
    case: str | Path = "",
    coding: str | None = None,
    polity: str | None = None,
    decided: float | None = None,
    force: bool = False,
) -> WrittenActors:
    """Write a scenario, or with `decided` a council, from an actor table; a file that exists stays without `force`.

    Over a `case`, the table states power, positions and salience of one polity, and all else is kept. Without one, the
    table's actors are the first polity of the template of an invented war. `decided` is where the decision lay, in the
    table's unit.

    Raises: Fault where the table or the case cannot be read, names do not fit, or the file exists.
    """
    from ripeness.scenario.actor_shares import actor_shares
    from ripeness.scenario.actor_table import read_actor_table

    path, name = Path(file), Path(table).name
    require_free_file(path, force=force)
    actor_table = read_actor_table(Path(table))
    shares = actor_shares(actor_table, str(table))
    if decided is not None:
        if case or polity is not None:
            raise ArgumentFault("decided", " makes a council of the table, which goes without {case} and {polity}")
        from ripeness.scenario.actors_to_council import council_from_actors
        from ripeness.scenario.template import council_template

        scale = shares.scales[0]
        made = council_from_actors(council_template(path.stem), shares, decided / scale, name)
    elif case:
        from ripeness.scenario.actors_to_scenario import version_from_actors
        from ripeness.scenario.read import open_scenario

        opened = open_scenario(case, coding)
        polities = [key for key, form in opened.scenario.polities.items() if len(form.factions) > 1]
        if polity is None and len(polities) != 1:
            raise ArgumentFault("polity", f" says whose factions the table holds: {join_words(polities, 'or')}")
        made = version_from_actors(
            opened.scenario, _base_name(case, coding, path), polities[0] if polity is None else polity, shares, name
        )
    else:
        from ripeness.scenario.actors_to_scenario import scenario_from_actors
        from ripeness.scenario.template import template

        made = scenario_from_actors(template("minimal"), polity or "north", shares, name)
    write_file(path, made.text)
    return WrittenActors(path, made.notes)


def _base_name(case: str | Path, coding: str | None, path: Path) -> str:
    """How the new file names its base: a shipped case, or a file beside it."""
    from ripeness.scenario.case import find_scenario_file, shipped_case_names

    if str(case) in shipped_case_names():
        return str(case) if coding is None else f"{case}/{coding}"
    base = find_scenario_file(case, coding).path
    return os.path.relpath(base.resolve(), path.resolve().parent)
