"""`ripeness export`: a run as CSV, Excel, Parquet, netCDF, or a picture."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ripeness.cli.list import ShelfFlag
from ripeness.cli.output import say


def export(
    case: Annotated[str, typer.Argument(help="A kept run, a shipped case, a scenario file, or a council.")],
    files: Annotated[
        list[Path], typer.Argument(help="FILE.csv, .xlsx, .parquet, .nc, .svg, .png or .json; repeatable.")
    ],
    table: Annotated[
        str | None,
        typer.Option("--table", help="chances, blend, numbers, experiments, outcomes, or actors. Default: chances."),
    ] = None,
    polity: Annotated[
        str | None, typer.Option("--polity", help="With --table actors: whose factions are written as an actor table.")
    ] = None,
    coding: Annotated[
        str | None, typer.Option("--coding", help="Which coding of the case. Default: the case's first.")
    ] = None,
    reading: Annotated[
        str, typer.Option("--reading", help="factional, or unitary: each side as one person.")
    ] = "factional",
    draws: Annotated[int, typer.Option("--draws", help="How many wars to fight.")] = 20_000,
    seed: Annotated[int, typer.Option("--seed", help="Chooses inputs and luck; the same seed repeats them.")] = 1,
    horizon: Annotated[int | None, typer.Option("--horizon", help="Steps to look ahead. Default: the case's.")] = None,
    set_: Annotated[list[str] | None, typer.Option("--set", help="PATH=VALUE: change a number; repeatable.")] = None,
    shelf: ShelfFlag = None,
) -> None:
    """Write a run to files that other programs read; the ending says as what. A kept run is not run again.

    ripeness export 3f2a outcomes.xlsx
    ripeness export 3f2a experiments.parquet --table experiments
    ripeness export japan-1945 tokyo.xlsx --table actors --polity japan
    """
    from ripeness.cli.progress import progress_of
    from ripeness.workbench.export import export as work
    from ripeness.workbench.parameter import read_changes
    from ripeness.world.fault import ArgumentFault

    try:
        if table == "actors":
            _export_actors(case, files, polity, coding)
            return
        _refuse_polity(polity)
        changes = read_changes(set_ or ())
        with progress_of() as progress:
            paths = work(
                case,
                *files,
                table=table,
                coding=coding,
                reading=reading,
                draws=draws,
                seed=seed,
                horizon=horizon,
                changes=changes,
                shelf=shelf,
                progress=progress,
            )
    except ArgumentFault as fault:
        raise fault.named({fault.name: f"--{fault.name}", "changes": "--set", "table": "--table"}) from None
    for file in paths:
        say(file)


def _refuse_polity(polity: str | None) -> None:
    """A run is exported whole."""
    from ripeness.world.fault import ArgumentFault

    if polity is not None:
        raise ArgumentFault("polity", " goes with {table} actors")


def _export_actors(case: str, files: list[Path], polity: str | None, coding: str | None) -> None:
    """Write an actor table, and say what it does not carry."""
    from ripeness.workbench.actors import export_actors

    written = export_actors(case, *files, polity=polity, coding=coding)
    for table in written:
        say(table.path)
    for line in written[0].notes:
        say(f"- not carried: {line}", error=True)
