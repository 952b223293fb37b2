"""`ripeness export`: a run as CSV, Excel, Parquet, netCDF, or a picture."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ripeness.cli import asking
from ripeness.cli.list import ShelfFlag
from ripeness.cli.output import say


def export(
    case: Annotated[str, typer.Argument(help="A kept run, a shipped case, or a scenario file.")],
    files: Annotated[
        list[Path], typer.Argument(help="FILE.csv, .xlsx, .parquet, .nc, .svg, .png or .json; repeatable.")
    ],
    table: Annotated[
        str | None, typer.Option("--table", help="chances, numbers, experiments or outcomes. Default: chances.")
    ] = None,
    coding: asking.CodingFlag = None,
    reading: asking.ReadingFlag = "factional",
    draws: asking.DrawsFlag = 20_000,
    seed: asking.SeedFlag = 1,
    horizon: asking.HorizonFlag = None,
    set_: asking.SetFlag = None,
    shelf: ShelfFlag = None,
) -> None:
    """Write a run to files that other programs read; the ending says as what. A kept run is not run again.

    ripeness export 3f2a outcomes.xlsx
    ripeness export 3f2a experiments.parquet --table experiments
    """
    from ripeness.cli.progress import progress_of
    from ripeness.cli.settings import changes_of
    from ripeness.workbench.export import export as work

    with progress_of() as progress:
        made = work(
            case,
            *files,
            table=table,
            coding=coding,
            reading=reading,
            draws=draws,
            seed=seed,
            horizon=horizon,
            changes=changes_of(set_ or []),
            shelf=shelf,
            progress=progress,
        )
    for file in made:
        say(file)
