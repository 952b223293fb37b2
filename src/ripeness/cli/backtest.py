"""`ripeness backtest`: past wars forecast as they could have been, and what that scored."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ripeness.cli.output import say, say_json

if TYPE_CHECKING:
    from ripeness.workbench.backtest import Backtest


def backtest(
    wars: Annotated[Path | None, typer.Option("--wars", help="A tidy file of past wars.")] = None,
    participants: Annotated[Path | None, typer.Option("--participants", help="Their participants.")] = None,
    months: Annotated[Path | None, typer.Option("--months", help="Deaths known by month.")] = None,
    laws: Annotated[
        Path | None, typer.Option("--laws", help="Fitted laws from calibrate --out. None: the shipped ones.")
    ] = None,
    unitary_laws: Annotated[
        Path | None, typer.Option("--unitary-laws", help="Those of calibrate --unitary. None: shipped.")
    ] = None,
    train: Annotated[
        Path | None, typer.Option("--train", help="Wars that teach baselines and pool. None: the same file.")
    ] = None,
    train_participants: Annotated[
        Path | None, typer.Option("--train-participants", help="Participants of --train.")
    ] = None,
    train_months: Annotated[Path | None, typer.Option("--train-months", help="Months of --train.")] = None,
    seed: Annotated[int, typer.Option("--seed", help="The same seed gives the same scores.")] = 1,
    runs: Annotated[int, typer.Option("--runs", help="Wars fought of each kind at each point of the laws.")] = 16,
    ablation: Annotated[
        bool, typer.Option("--ablation/--no-ablation", help="Fight the same wars with unitary polities.")
    ] = True,
    exact: Annotated[
        bool,
        typer.Option("--exact", help="Fit the laws anew, in five folds and forward in time: nine calibrations long."),
    ] = False,
    keep: Annotated[Path | None, typer.Option("--keep", help="Folder for the rounds of --exact.")] = None,
    councils_eu: Annotated[
        Path | None, typer.Option("--councils-eu", help="DEU III: hold the rules of decision against it.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="Also write the scores (.csv) or the calibration (.svg, .png, .json).")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Forecast past wars after 0, 1, 3, 6 and 12 months from what was known by then; score them beside plain baselines.

    ripeness backtest --wars wars.csv --participants participants.csv --months months.csv
    """
    from ripeness.world.fault import Fault

    if councils_eu is not None:
        _councils(councils_eu, seed, as_json)
    if wars is None:
        if councils_eu is None:
            raise Fault("name a file of past wars with --wars, or of EU decisions with --councils-eu")
        return
    from ripeness.cli.progress import progress_of
    from ripeness.workbench.backtest import backtest as work

    teachers = [] if train is None else [train, train_participants, train_months]
    with progress_of("steps") as progress:
        found = work(
            wars, participants, months, laws=laws, unitary_laws=unitary_laws, train=teachers, seed=seed, runs=runs,
            with_ablation=ablation, exact=exact, keep=keep, progress=progress,
        )  # fmt: skip
    for fault in found.record.faults:
        say(fault, error=True)
    if out is not None:
        from ripeness.workbench.backtest import write

        say(f"written: {write(found, out)}", error=True)
    if as_json:
        say_json(found.plain())
    else:
        _show(found)


def _show(found: Backtest) -> None:
    from ripeness.show import backtest_tables as tables
    from ripeness.show.terminal import Terminal
    from ripeness.workbench.backtest import CAUTION

    console = Terminal()
    console.print(tables.scores("Each war forecast without itself, after so many months of fighting", found.scores))
    console.print(tables.SMALLER, style="dim")
    if found.ahead:
        console.print(tables.scores("Forward in time: each war forecast from earlier ones", found.ahead))
        console.print(
            f"Laws without all later wars: Pareto k of {found.ahead_trust:.2f} in the median; above 0.7 read as rough.",
            style="dim",
        )
    if found.exact:
        console.print(tables.scores("Laws, baselines and pool fitted anew in five folds", found.exact))
        console.print(
            tables.scores("Forward in time, all fitted anew on the wars before each fifth", found.exact_ahead)
        )
    console.print(tables.calibration(found.bins))
    console.print(tables.slopes(found.slopes, found.detectable))
    for rows, layout in (
        (found.checks, tables.checks(found.checks)), (found.ablation, tables.ablation(found.ablation)),
        (found.lengths, tables.lengths(found.lengths)), (found.exits, tables.exits(found.exits)),
    ):  # fmt: skip
        if rows:
            console.print(layout)
    worst = max(found.trust.values(), default=0.0)
    console.print(
        f"\nLeave one out: laws worth {found.effective:.0f} points; largest Pareto k {worst:.2f} (trusted below 0.7).",
        style="dim",
    )
    console.print(tables.bars(found.bars()))
    console.print(CAUTION, style="dim")


def _councils(path: Path, seed: int, as_json: bool) -> None:
    from dataclasses import asdict

    from ripeness.show.terminal import Terminal
    from ripeness.workbench.backtest import backtest_councils

    councils, rows = backtest_councils(path, seed)
    for fault in councils.faults:
        say(fault, error=True)
    if as_json:
        say_json({"issues": len(councils.issues), "interval": 0.9, "rules": [asdict(row) for row in rows]})
        return
    from ripeness.show.backtest_tables import councils as table

    Terminal().print(table(rows))
