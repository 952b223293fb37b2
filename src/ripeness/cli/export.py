"""`ripeness export`: a run as CSV, Excel, Parquet, netCDF, or a picture."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ripeness.cli.list import ShelfFlag
from ripeness.cli.output import say


def export(
    case: Annotated[str, typer.Argument(help="A kept run, a shipped case, or a scenario file.")],
    files: Annotated[
        list[Path], typer.Argument(help="FILE.csv, .xlsx, .parquet, .nc, .svg, .png or .json; repeatable.")
    ],
    table: Annotated[
        str | None, typer.Option("--table", help="chances, blend, numbers, experiments or outcomes. Default: chances.")
    ] = None,
    coding: Annotated[
        str | None, typer.Option("--coding", help="Which coding of the case. Default: the case's first.")
    ] = None,
    reading: Annotated[
        str, typer.Option("--reading", help="factional, or unitary: each country as one person.")
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
    """
    from ripeness.cli.progress import progress_of
    from ripeness.workbench.export import export as work
    from ripeness.workbench.parameter import read_changes
    from ripeness.world.fault import ArgumentFault

    try:
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
        raise fault.named({fault.name: f"--{fault.name}", "changes": "--set"}) from None
    for file in paths:
        say(file)
