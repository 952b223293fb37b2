"""`ripeness calibrate`: which laws make simulated wars look like past ones."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ripeness.cli.output import say, say_json
from ripeness.world.fault import Fault
from ripeness.world.version import __version__
from ripeness.world.wording import join_words

if TYPE_CHECKING:
    from ripeness.validation.verbs.calibrate import Calibration
    from ripeness.validation.verbs.calibrate_civil import CivilCalibration

KINDS = ("interstate", "civil")


def calibrate(
    wars: Annotated[
        Path | None, typer.Option("--wars", help="A tidy file of past wars. None: show the shipped fit.")
    ] = None,
    kind: Annotated[
        str,
        typer.Option(
            "--kind", help="interstate, or civil: then --wars is a producer's file of terminations by dyad (UCDP)."
        ),
    ] = "interstate",
    participants: Annotated[Path | None, typer.Option("--participants", help="Their participants.")] = None,
    months: Annotated[Path | None, typer.Option("--months", help="Deaths known by month.")] = None,
    seed: Annotated[int, typer.Option("--seed", help="The same seed gives the same fit.")] = 1,
    points: Annotated[
        int | None, typer.Option("--points", help="Points of the laws tried in a round. Default: 600; civil: 300.")
    ] = None,
    rounds: Annotated[int | None, typer.Option("--rounds", help="Rounds of the search. Default: 6; civil: 8.")] = None,
    runs: Annotated[
        int | None,
        typer.Option(
            "--runs", help="Wars fought at each point: for each war of the record (default: 10); civil: in all (48)."
        ),
    ] = None,
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
    ripeness calibrate --kind civil --wars ucdp-terminations.csv --ship civil_points.csv
    """
    from ripeness.cli.progress import progress_of
    from ripeness.store.write_target import require_writable_file
    from ripeness.validation.verbs.calibrate import calibrate as work

    for path in (out, ship):
        if path is not None:
            require_writable_file(path)
    if kind not in KINDS:
        raise Fault(f"--kind is '{kind[:40]}'; it can be {join_words(KINDS, 'or')}")
    if kind == "civil":
        stray = [
            name
            for name, value in (
                ("--participants", participants),
                ("--months", months),
                ("--keep", keep),
                ("--out", out),
                ("--engine", engine),
                ("--unitary", unitary or None),
            )
            if value is not None
        ]
        if stray:
            raise Fault(f"{stray[0]} is of wars between states; --kind civil takes no such thing")
        sizes = {"points": points, "rounds": rounds, "runs": runs}
        _calibrate_civil(
            wars, seed, {name: size for name, size in sizes.items() if size is not None}, ship, as_version, as_json
        )
        return
    with progress_of("steps") as progress:
        calibration = work(
            wars,
            participants,
            months,
            seed=seed,
            points=600 if points is None else points,
            rounds=6 if rounds is None else rounds,
            runs_per_war=10 if runs is None else runs,
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


def _calibrate_civil(
    terminations: Path | None, seed: int, sizes: dict[str, int], ship: Path | None, version: str, as_json: bool
) -> None:
    from ripeness.cli.progress import progress_of
    from ripeness.validation.verbs.calibrate_civil import calibrate_civil

    if terminations is None:
        raise Fault("--kind civil needs --wars, a file of terminations by dyad")
    with progress_of("steps") as progress:
        calibration = calibrate_civil(terminations, seed=seed, progress=progress, **sizes)
    if ship is not None:
        calibration.ship(ship, version)
    if as_json:
        say_json(calibration.plain())
    else:
        _show(calibration)


def _show(calibration: Calibration | CivilCalibration) -> None:
    from ripeness.show.calibrate_tables import fits
    from ripeness.show.terminal import Terminal

    Terminal().print(fits(calibration))
