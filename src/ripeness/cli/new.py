"""`ripeness new`: write a scenario file to start from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ripeness.cli.output import say

FLAGS = {
    "coding": "--coding",
    "whole": "--whole",
    "case": "--from CASE",
    "template": "--template",
    "actors": "--from-actors",
    "polity": "--polity",
    "decided": "--decided",
}


def new(
    file: Annotated[Path, typer.Argument(help="The file to write, such as war.yaml.")],
    template: Annotated[
        str,
        typer.Option(
            "--template",
            help="minimal (two states, some 20 lines), civil (a government and a movement), full (every part),"
            " or council (a decision on record).",
        ),
    ] = "minimal",
    case: Annotated[str, typer.Option("--from", help="A shipped case to start from, such as ukraine-2023-03.")] = "",
    coding: Annotated[str | None, typer.Option("--coding", help="Which coding of that case.")] = None,
    whole: Annotated[
        bool, typer.Option("--whole", help="Copy the case in full, not only name it as the base.")
    ] = False,
    actors: Annotated[
        Path | None,
        typer.Option("--from-actors", help="An actor table: power, positions and salience are taken from it."),
    ] = None,
    polity: Annotated[
        str | None, typer.Option("--polity", help="With --from-actors: the polity whose factions the actors are.")
    ] = None,
    decided: Annotated[
        float | None,
        typer.Option(
            "--decided", help="With --template council --from-actors: where the decision lay, as in the table."
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it exists.")] = False,
) -> None:
    """Write a commented scenario to be changed into one's own: of an invented war, or over a shipped case.

    ripeness new war.yaml

    ripeness new mine.yaml --from ukraine-2023-03

    ripeness new northland-1899-05-04.yaml --template council

    ripeness new second.yaml --from japan-1945 --from-actors second.xlsx --polity japan
    """
    from ripeness.workbench.new import new as work
    from ripeness.world.fault import ArgumentFault

    try:
        if actors is not None:
            _new_from_actors(file, actors, template, {"case": case, "coding": coding, "polity": polity}, decided, force)
            return
        _refuse_without_table(polity, decided)
        path = work(file, template, case=case, coding=coding, whole=whole, force=force)
    except ArgumentFault as fault:
        raise fault.named(FLAGS) from None
    say(f"Wrote {path}. Next: ripeness check {path}")


def _refuse_without_table(polity: str | None, decided: float | None) -> None:
    """What says how a table is read goes with a table."""
    from ripeness.world.fault import ArgumentFault

    if polity is not None or decided is not None:
        raise ArgumentFault("polity" if polity is not None else "decided", " goes with {actors}")


def _new_from_actors(
    file: Path, actors: Path, template: str, over: dict[str, str | None], decided: float | None, force: bool
) -> None:
    """Write a scenario or a council from an actor table, and say what was assumed and what stays."""
    from ripeness.workbench.actors import new_from_actors
    from ripeness.world.fault import ArgumentFault

    if (template == "council") != (decided is not None):
        raise ArgumentFault("decided", " goes with {template} council, and says where the decision lay")
    if template not in ("minimal", "council"):
        raise ArgumentFault("template", " with {actors} is minimal or council")
    written = new_from_actors(
        file,
        actors,
        case=over["case"] or "",
        coding=over["coding"],
        polity=over["polity"],
        decided=decided,
        force=force,
    )
    say(f"Wrote {written.path}. Next: ripeness check {written.path}")
    for line in written.notes:
        say(f"- {line}", error=True)
