"""`ripeness infer`: who decides, read off what was decided."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ripeness.cli.output import say_json

if TYPE_CHECKING:
    from ripeness.workbench.infer import Inferred


def infer(
    case: Annotated[str, typer.Argument(help="A shipped case, a folder with a case, or a scenario file.")] = "",
    coding: Annotated[
        str | None, typer.Option("--coding", help="Which coding of the case. Default: its default.")
    ] = None,
    polity: Annotated[list[str] | None, typer.Option("--polity", help="Only this polity; repeatable.")] = None,
    as_of: Annotated[str, typer.Option("--as-of", help="Last day of evidence. Default: the scenario's start.")] = "",
    observe: Annotated[
        list[str] | None, typer.Option("--observe", help="'POLITY ISSUE DATE VALUE': one more observation; repeatable.")
    ] = None,
    readings: Annotated[
        Path | None,
        typer.Option("--readings", help="A YAML file with readings of your own, weighed beside the case's."),
    ] = None,
    knots: Annotated[
        int | None, typer.Option("--knots", help="Dates between which power moves, 1 to 8; 1 is fixed.")
    ] = None,
    medians: Annotated[
        bool, typer.Option("--medians", help="Hold positions and conduct at their medians instead of drawing them.")
    ] = False,
    no_knock_out: Annotated[
        bool, typer.Option("--no-knock-out", help="Leave out what moves the answer; faster.")
    ] = False,
    set_: Annotated[list[str] | None, typer.Option("--set", help="PATH=VALUE: change a number; repeatable.")] = None,
    seed: Annotated[int, typer.Option("--seed", help="Chooses the particles; the same seed repeats them.")] = 1,
    repeats: Annotated[int, typer.Option("--repeats", help="Runs of the sampler that never meet, 3 or more.")] = 4,
    particles: Annotated[int, typer.Option("--particles", help="Particles of each run.")] = 1000,
    matrix: Annotated[
        Path | None, typer.Option("--matrix", help="Weigh this CSV of hand-made marks (CC C N I II) instead of a case.")
    ] = None,
    plot: Annotated[Path | None, typer.Option("--plot", help="Draw a picture: FILE.svg, .png or .json.")] = None,
    picture: Annotated[str, typer.Option("--picture", help="Which one: power, readings or matrix.")] = "power",
    netcdf: Annotated[Path | None, typer.Option("--netcdf", help="Write the draws of power to this file.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Infer who decides from observed decisions: power, readings compared, and what the answer hangs on.

    ripeness infer ukraine-2023-03
    """
    from ripeness.world.fault import Fault

    if matrix is not None:
        _by_hand(matrix, as_json)
        return
    if not case:
        raise Fault("name a case, such as `ripeness infer ukraine-2023-03`, or a table of marks with --matrix FILE.csv")
    from ripeness.cli.progress import progress_of
    from ripeness.cli.settings import changes_of, day_of
    from ripeness.workbench.infer import infer as work

    _ready(plot, netcdf)
    with progress_of() as progress:
        found = work(
            case,
            coding=coding,
            polities=polity or (),
            as_of=day_of(as_of, "--as-of"),
            observe=observe or (),
            knots=knots,
            known=medians,
            knock_out=not no_knock_out,
            seed=seed,
            repeats=repeats,
            particles=particles,
            changes=changes_of(set_ or []),
            readings=readings,
            progress=lambda key: progress.begin(f"weighing readings of {key}"),
        )
    _write(found, plot, picture, netcdf, (polity or [""])[0])
    if as_json:
        say_json(found.plain())
        return
    from ripeness.show.terminal import Terminal
    from ripeness.show.who_decides_tables import tables

    Terminal().print(tables(found.found, found.names))


def _ready(plot: Path | None, netcdf: Path | None) -> None:
    """Refuse what could not be written before the work is done."""
    from ripeness.show.charts.save import need_kind
    from ripeness.store.whole import need_file

    if plot is not None:
        need_kind(plot)
    if netcdf is not None:
        need_file(netcdf)


def _write(found: Inferred, plot: Path | None, picture: str, netcdf: Path | None, polity: str) -> None:
    if plot is not None:
        from ripeness.show.charts.save import save

        save(found.plot(picture, polity=polity), plot)
    if netcdf is not None:
        found.save(netcdf, polity)


def _by_hand(path: Path, as_json: bool) -> None:
    from ripeness.workbench.infer import hand_made_matrix

    found = hand_made_matrix(path)
    if as_json:
        from dataclasses import asdict

        say_json(asdict(found))
        return
    from ripeness.show.terminal import Terminal
    from ripeness.show.who_decides_tables import hand_made

    Terminal().print(hand_made(found))
