"""`ripeness decide`: an actor table in, every decision rule side by side out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ripeness.cli.output import say, say_json

if TYPE_CHECKING:
    from ripeness.workbench.decide import Decided


def decide(
    table: Annotated[
        Path,
        typer.Argument(help="CSV: actor, influence, position and salience per issue; or KTAB. - reads standard input."),
    ],
    rule: Annotated[list[str] | None, typer.Option(help="A rule; repeatable. Default: all.")] = None,
    draws: Annotated[int, typer.Option(help="Draws over the ranges in the table.")] = 2000,
    seed: Annotated[int, typer.Option(help="The same seed gives the same numbers.")] = 1,
    leader: Annotated[str, typer.Option(help="The actor who leads.")] = "",
    leader_weight: Annotated[float, typer.Option(help="From mediator (0) to autocrat (1); with --leader.")] = 0.3,
    quota: Annotated[float, typer.Option(help="Share of effective power that a coalition must exceed.")] = 0.5,
    status_quo: Annotated[
        float | None, typer.Option(help="What stands without agreement, in the table's unit. Default: ruin for all.")
    ] = None,
    captor: Annotated[str, typer.Option(help="Who decides under 'capture'. Default: the most influential.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    out: Annotated[Path | None, typer.Option(help="Also write the outcomes to this CSV file.")] = None,
) -> None:
    """Decide the issues of an actor table by every rule, side by side.

    The weighted mean stands first: on the European Union's record no rule beat it by more than half a point of 100;
    where councils chose between courses, rules that pick a pivot did better. Intervals are 90 % intervals.

    ripeness decide actors.csv --rule quota --quota .67 --leader King
    """
    from ripeness.cli.progress import progress_of
    from ripeness.store.whole import need_file
    from ripeness.workbench import decide as workbench

    if out:
        need_file(out)
    with progress_of():
        found = workbench.decide(
            table,
            rule or (),
            draws=draws,
            seed=seed,
            leader=leader,
            leader_weight=leader_weight,
            quota=quota,
            status_quo=status_quo,
            captor=captor,
        )
    if out:
        written = workbench.write_csv(found, out)
        say(f"written: {written}", error=True)
    if as_json:
        say_json(found.plain(), indent=None)
    else:
        _print(found)


def _print(found: Decided) -> None:
    """One table an issue, and what a reader needs to know about the numbers."""
    from ripeness.show.decide_tables import layout
    from ripeness.show.terminal import Terminal

    console = Terminal()
    for part in layout(found):
        console.print(part)
