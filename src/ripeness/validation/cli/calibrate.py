"""`ripeness calibrate`: which laws make simulated wars look like past ones."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ripeness.cli.output import say, say_json
from ripeness.world.version import __version__

if TYPE_CHECKING:
    from ripeness.validation.verbs.calibrate import Calibration


def calibrate(
    wars: Annotated[
        Path | None, typer.Option("--wars", help="A tidy file of past wars. None: show the shipped fit.")
    ] = None,
    participants: Annotated[Path | None, typer.Option("--participants", help="Their participants.")] = None,
    months: Annotated[Path | None, typer.Option("--months", help="Deaths known by month.")] = None,
    seed: Annotated[int, typer.Option("--seed", help="The same seed gives the same fit.")] = 1,
    points: Annotated[int, typer.Option("--points", help="Points of the laws tried in a round.")] = 600,
    rounds: Annotated[int, typer.Option("--rounds", help="Rounds of the search.")] = 6,
    runs: Annotated[int, typer.Option("--runs", help="Wars fought at each point for each war of the record.")] = 10,
    replicates: Annotated[int, typer.Option("--replicates", help="Whole searches, each with a seed of its own.")] = 1,
    unitary: Annotated[
        bool, typer.Option("--unitary", help="Each side one person: laws for the ablation of backtest.")
    ] = False,
    keep: Annotated[
        Path | None, typer.Option("--keep", help="Folder for finished rounds; a broken search goes on.")
    ] = None,
    engine: Annotated[
        str | None,
        typer.Option("--engine", help="threads, or dask for a cluster. Default: RIPENESS_ENGINE, else threads."),
    ] = None,
    scheduler: Annotated[
        str | None,
        typer.Option(
            "--scheduler",
            metavar="ADDRESS",
            help="A Dask scheduler. Default: RIPENESS_SCHEDULER, else processes of this machine.",
        ),
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", help="Write the fitted laws here, for backtest --laws.")] = None,
    ship: Annotated[
        Path | None,
        typer.Option("--ship", help="Write the points from which runs draw, as scenario/parameter_points.csv."),
    ] = None,
    as_version: Annotated[
        str, typer.Option("--as-version", help="What --ship calls this fit, such as its day.")
    ] = __version__,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Fit the laws to past wars; show for each what it was before and after, and how much the record has taught.

    ripeness calibrate --wars wars.csv --months months.csv --keep rounds --out fitted.npz
    """
    from ripeness.cli.progress import progress_of
    from ripeness.store.write_target import require_writable_file
    from ripeness.validation.verbs.calibrate import calibrate as work

    for path in (out, ship):
        if path is not None:
            require_writable_file(path)
    with progress_of("steps") as progress:
        calibration = work(
            wars,
            participants,
            months,
            seed=seed,
            points=points,
            rounds=rounds,
            runs_per_war=runs,
            replicates=replicates,
            keep=keep,
            engine=engine,
            scheduler=scheduler,
            unitary=unitary,
            progress=progress,
        )
    for fault in calibration.record.faults if calibration.record else ():
        say(fault, error=True)
    if out is not None:
        calibration.save(out)
    if ship is not None:
        calibration.ship(ship, as_version)
    if as_json:
        say_json(calibration.plain())
    else:
        _show(calibration)


def _show(calibration: Calibration) -> None:
    from ripeness.show.calibrate_tables import fits
    from ripeness.show.terminal import Terminal

    Terminal().print(fits(calibration))
