"""`ripeness backtest`: past wars forecast as they could have been, and what that scored."""

from __future__ import annotations

from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ripeness.cli.output import say, say_json
from ripeness.validation.cli.backtest_record import score_record

if TYPE_CHECKING:
    from ripeness.validation.verbs.backtest_result import Backtest


def backtest(
    wars: Annotated[Path | None, typer.Option("--wars", help="A tidy file of past wars.")] = None,
    participants: Annotated[Path | None, typer.Option("--participants", help="Their participants.")] = None,
    months: Annotated[Path | None, typer.Option("--months", help="Deaths known by month.")] = None,
    laws: Annotated[
        Path | None,
        typer.Option("--laws", help="Laws of factional polities, from calibrate --out. None: the shipped ones."),
    ] = None,
    unitary_laws: Annotated[
        Path | None,
        typer.Option(
            "--unitary-laws", help="Laws of unitary polities, from calibrate --unitary. None: the shipped ones."
        ),
    ] = None,
    actor_model: Annotated[
        str | None,
        typer.Option(
            "--actor-model",
            "--reading",
            help="How these polities decide: factional or unitary. None: as the coding of past wars has it.",
        ),
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
        bool, typer.Option("--ablation/--no-ablation", help="Compare factional with unitary polities.")
    ] = True,
    exact: Annotated[
        bool,
        typer.Option("--exact", help="Fit the laws anew, in five folds and forward in time: nine calibrations long."),
    ] = False,
    keep: Annotated[Path | None, typer.Option("--keep", help="Folder for the rounds of --exact.")] = None,
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
    councils_eu: Annotated[
        Path | None, typer.Option("--councils-eu", help="DEU III: hold the rules of decision against it.")
    ] = None,
    record: Annotated[
        Path | None,
        typer.Option(
            "--record", help="UCDP terminations by dyad: score how past conflicts ended, beside a life table."
        ),
    ] = None,
    interstate: Annotated[
        Path | None,
        typer.Option("--interstate", help="With --record: a tidy file of wars; those before 1946 teach, too."),
    ] = None,
    template: Annotated[
        bool, typer.Option("--template", help="With --record: score the civil template of the war model, too.")
    ] = False,
    ship: Annotated[
        Path | None,
        typer.Option("--ship", help="With --record: folder for the coefficients, counts and the life table of all."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="Also write the scores (.csv) or the calibration (.svg, .png, .json).")
    ] = None,
    strength_out: Annotated[
        Path | None,
        typer.Option(
            "--strength-out",
            help="Also write the strengths of the record in the blend, that of interstate wars as learnt here.",
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Forecast past wars after 0, 1, 3, 6 and 12 months from what was known by then; score them beside plain baselines.

    ripeness backtest --wars wars.csv --participants participants.csv --months months.csv
    """
    from ripeness.world.fault import Fault

    if record is None and (interstate is not None or ship is not None or template):
        raise Fault("--interstate, --template and --ship belong to past conflicts: name their file with --record")
    if record is not None and (wars is not None or councils_eu is not None):
        raise Fault("ask for --record, --wars and --councils-eu one after the other")
    if wars is None:
        if councils_eu is None and record is None:
            raise Fault(
                "name a file of past wars with --wars, of past conflicts with --record, or of EU decisions with"
                " --councils-eu"
            )
        _nothing_for_wars(
            {
                "--participants": participants,
                "--months": months,
                "--laws": laws,
                "--unitary-laws": unitary_laws,
                "--actor-model": actor_model,
                "--train": train if record is None else None,
                "--train-participants": train_participants,
                "--train-months": train_months,
                "--exact": exact,
                "--keep": keep,
                "--out": out,
                "--strength-out": strength_out,
            }
        )
    elif councils_eu is not None and as_json:
        raise Fault("--json prints one object: ask for --wars and for --councils-eu one after the other")
    if councils_eu is not None:
        _councils(councils_eu, seed, as_json)
    if record is not None:
        score_record(record, interstate, train, ship, template=template, as_json=as_json)
    if wars is None:
        return
    from ripeness.cli.progress import progress_of
    from ripeness.store.write_target import require_writable_file
    from ripeness.validation.verbs.backtest import backtest as work

    for file in filter(None, (out, strength_out)):
        require_writable_file(file)
    with progress_of("steps") as progress:
        result = work(
            wars,
            participants,
            months,
            laws=laws,
            unitary_laws=unitary_laws,
            actor_model=actor_model,
            train=(train, train_participants, train_months),
            seed=seed,
            runs=runs,
            with_ablation=ablation,
            exact=exact,
            keep=keep,
            engine=engine,
            scheduler=scheduler,
            progress=progress,
        )
    for fault in result.record.faults:
        say(fault, error=True)
    if out is not None:
        from ripeness.validation.verbs.backtest_result import write

        say(f"written: {write(result, out)}", error=True)
    if strength_out is not None:
        from ripeness.validation.verbs.backtest_result import write_strengths

        say(f"written: {write_strengths(result, strength_out)}", error=True)
    if as_json:
        say_json(result.plain())
    else:
        _show(result)


def _show(result: Backtest) -> None:
    from rich.text import Text

    from ripeness.show.terminal import Terminal
    from ripeness.validation.show import backtest_tables as tables
    from ripeness.validation.verbs.backtest_result import CAUTION

    console = Terminal()
    for note in result.notes:
        console.print(Text(note), style="bold")
    teachers = f"by what {' '.join(result.taught)} teaches" if result.taught else "without itself"
    console.print(tables.score_table(f"Each war forecast {teachers}, after so many months of fighting", result.scores))
    console.print(tables.SMALLER, style="dim")
    console.print(tables.ACTOR_MODEL[result.actor_model], style="dim")
    if result.ahead:
        console.print(tables.score_table("Forward in time: each war forecast from earlier ones", result.ahead))
        if not isnan(result.ahead_trust):
            console.print(
                f"Laws without all later wars: Pareto k of {result.ahead_trust:.2f} in the median; above 0.7 read as"
                " rough.",
                style="dim",
            )
    _show_blend(console, result)
    if result.exact:
        console.print(tables.score_table("Laws, baselines and pool fitted anew in five folds", result.exact))
        console.print(
            tables.score_table("Forward in time, all fitted anew on the wars before each fifth", result.exact_ahead)
        )
    console.print(tables.calibration_table(result.bins))
    console.print(tables.slopes(result.slopes, result.detectable))
    for rows, layout in (
        (result.checks, tables.check_table(result.checks)),
        (result.ablation, tables.ablation_table(result.ablation)),
        (result.lengths, tables.length_table(result.lengths)),
        (result.exits, tables.leader_exit_table(result.exits)),
    ):
        if rows:
            console.print(layout)
    console.print(Text(f"\n{_leave_one_out(result)}"), style="dim")
    console.print(tables.bars(result.bars()))
    console.print(CAUTION, style="dim")


def _show_blend(console: Any, result: Backtest) -> None:
    """The blend beside its parents, and the strength that all wars teach."""
    from ripeness.validation.show.backtest_tables import blend_score_table

    console.print(blend_score_table("The blend beside its parents, each war left out: Brier", result.blend.scores))
    if result.blend.ahead:
        console.print(blend_score_table("The blend beside its parents, forward in time: Brier", result.blend.ahead))
    strength = result.blend.strength
    console.print(
        f"Strength of the record, learnt on {strength.wars:.0f} wars: {strength.mean:.2f} "
        f"[{strength.low:.2f}, {strength.high:.2f}].",
        style="dim",
    )


def _leave_one_out(result: Backtest) -> str:
    """How far taking a war out of the laws can be trusted, and what the laws' points are worth."""
    points = f"Laws: {result.points} points, worth {result.effective:.0f} that weigh alike, by simulated likelihood."
    if not result.trust:
        return f"{points} No war here was among those fitted, so none is taken out of the laws."
    return f"{points} Leave one out: largest Pareto k {max(result.trust.values()):.2f} (trusted below 0.7)."


def _nothing_for_wars(flags: dict[str, object]) -> None:
    from ripeness.world.fault import Fault

    idle = [name for name, value in flags.items() if value]
    if idle:
        raise Fault(
            f"{', '.join(idle)} {'belongs' if len(idle) == 1 else 'belong'} to past wars: name their file with --wars"
        )


def _councils(path: Path, seed: int, as_json: bool) -> None:
    from dataclasses import asdict

    from ripeness.show.terminal import Terminal
    from ripeness.validation.verbs.backtest import backtest_councils

    councils, rows = backtest_councils(path, seed)
    for fault in councils.faults:
        say(fault, error=True)
    if as_json:
        say_json({"issues": len(councils.issues), "interval": 0.9, "rules": [asdict(row) for row in rows]})
        return
    from ripeness.validation.show.backtest_tables import councils as table

    Terminal().print(table(rows))
