"""`ripeness councils`: decisions of councils on record; score every rule blind to them, and weigh leaders by them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ripeness.cli.output import say, say_json

if TYPE_CHECKING:
    from ripeness.validation.verbs.council_weights import CouncilWeights
    from ripeness.validation.verbs.councils import CouncilScores

app = typer.Typer(
    help="Decisions of councils on record: list, show, score every decision rule blind, weigh leaders.",
    no_args_is_help=True,
)

JsonFlag = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
DrawsFlag = Annotated[int, typer.Option("--draws", help="Draws over the coded ranges. Default: 1000.")]
SeedFlag = Annotated[int, typer.Option("--seed", help="The same seed gives the same numbers.")]


@app.command("list")
def list_(as_json: JsonFlag = False) -> None:
    """List the decisions on record.

    ripeness councils list
    """
    from dataclasses import asdict

    from ripeness.validation.verbs import councils as workbench

    decisions_listed = workbench.listed()
    if as_json:
        _json({"decisions": [asdict(decision) for decision in decisions_listed]})
        return
    from ripeness.validation.show.council_tables import decisions

    _print(
        decisions(
            [
                (
                    decision.id,
                    decision.topic,
                    decision.regime,
                    str(decision.members),
                    decision.decided,
                    decision.leader.replace("_", " "),
                )
                for decision in decisions_listed
            ]
        )
    )


@app.command()
def show(
    decision: Annotated[str, typer.Argument(help="The id of a decision, or a file of the same form.")],
    as_json: JsonFlag = False,
) -> None:
    """Show one decision: who sat there, what each wanted before, what was decided, and what is doubtful.

    ripeness councils show japan-1945-08-10
    """
    from ripeness.validation.verbs import councils as workbench

    chosen_decision = workbench.show(decision)
    if as_json:
        _json(_council(chosen_decision))
        return
    from ripeness.validation.show.council_tables import council

    _print(council(chosen_decision))


@app.command()
def score(
    files: Annotated[
        list[Path] | None,
        typer.Argument(help="Files of the same form, or folders of them. Default: the decisions shipped."),
    ] = None,
    draws: DrawsFlag = 0,
    seed: SeedFlag = 1,
    out: Annotated[
        Path | None, typer.Option("--out", help="Also write each decision's scores to this CSV file.")
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """Score every decision rule on decisions that it has not seen, beside plain guesses.

    Decisions of one's own are scored with noise, leader weight and quota that are fitted on the shipped ones, too.

    ripeness councils score
    """
    from ripeness.validation.verbs import councils as workbench

    _ready(out)
    result = workbench.score(files or (), draws=draws, seed=seed)
    _say_doubts(result)
    _write(result, out)
    if as_json:
        _json(result.plain())
        return
    from ripeness.validation.show.council_tables import score_tables

    _print(score_tables(result.blind))


@app.command()
def weight(
    files: Annotated[
        list[Path] | None,
        typer.Argument(help="Further files of the same form, or folders of them; added to the decisions shipped."),
    ] = None,
    draws: DrawsFlag = 0,
    seed: SeedFlag = 1,
    left_out: Annotated[
        bool, typer.Option("--left-out", help="Also score ways to choose on bodies left out; takes about a minute.")
    ] = False,
    ship: Annotated[
        Path | None, typer.Option("--ship", help="Also write the record of choices, which scenarios and `infer` read.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="Also write a table (.csv) or a picture (.svg, .png, .json).")
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """Measure whom choices follow, leader or pivot, and how much leaders weigh beyond their seat.

    Decisions of one's own update what the shipped ones say.

    ripeness councils weight --out weights.svg
    """
    from ripeness.validation.verbs import councils as workbench

    _ready(out)
    _ready(ship)
    result = workbench.weight(files or (), draws=draws, seed=seed, left_out=left_out)
    _say_doubts(result)
    _write(result, out)
    if ship:
        say(f"written: {workbench.ship(result, ship)}", error=True)
    if as_json:
        _json(result.plain())
        return
    _print(result.layout())


@app.command()
def agreement(
    first: Annotated[Path | None, typer.Argument(help="Folder of the first coding. Default: the shipped one.")] = None,
    second: Annotated[Path | None, typer.Argument(help="Folder of the second. Default: the shipped blind one.")] = None,
    scores: Annotated[
        bool, typer.Option(help="Also score the rules and weigh leaders under either coding (two minutes).")
    ] = True,
    as_json: JsonFlag = False,
) -> None:
    """Hold two codings of the same decisions against each other: Krippendorff's alpha, differences, scores.

    ripeness councils agreement --no-scores
    """
    from ripeness.validation.verbs import councils as workbench

    result = workbench.agreement(first, second, scores=scores)
    if first is not None and result.once:
        typer.echo(f"left out, since only one coding holds them: {len(result.once)} decisions", err=True)
    if as_json:
        _json(result.plain())
        return
    _print(result.layout())


def _council(decision: Any) -> dict[str, Any]:
    """A decision as plain values."""
    from ripeness.store.json_text import plain_value

    values: dict[str, Any] = plain_value(decision)
    return values


def _ready(out: Path | None) -> None:
    """Refuse a place where nothing can be written before the work and not after it."""
    if out:
        from ripeness.store.write_target import require_writable_file

        require_writable_file(out)


def _say_doubts(result: CouncilScores | CouncilWeights) -> None:
    """Say on standard error which files were left out, and what coders should look at again."""
    for path in result.left_out:
        typer.echo(f"left out, since it holds no decision: {path}", err=True)
    for warning in result.warnings:
        typer.echo(f"look at {warning}", err=True)


def _write(result: CouncilScores | CouncilWeights, out: Path | None) -> None:
    if out:
        from ripeness.validation.verbs.councils import write

        say(f"written: {write(result, out)}", error=True)


def _json(values: dict[str, Any]) -> None:
    say_json(values, indent=None)


def _print(layout: Any) -> None:
    from ripeness.show.terminal import Terminal

    Terminal().print(layout)
