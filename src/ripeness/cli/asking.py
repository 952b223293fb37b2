"""What ripe, options and whatif have in common on the command line: their flags, and how an answer is given."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ripeness.cli.output import say, say_json_text

if TYPE_CHECKING:
    from ripeness.cli.progress import Progress
    from ripeness.workbench.told import Told

CaseArgument = Annotated[str, typer.Argument(help="A shipped case, a folder with a case, or a scenario file.")]
CodingFlag = Annotated[
    str | None, typer.Option("--coding", help="Which coding of the case. Default: the case's first.")
]
ReadingFlag = Annotated[str, typer.Option("--reading", help="factional, or unitary: each country as one person.")]
DrawsFlag = Annotated[int, typer.Option("--draws", help="How many wars to fight.")]
SeedFlag = Annotated[int, typer.Option("--seed", help="Chooses inputs and luck; the same seed repeats them.")]
HorizonFlag = Annotated[int | None, typer.Option("--horizon", help="Steps to look ahead. Default: the case's.")]
SetFlag = Annotated[list[str] | None, typer.Option("--set", help="PATH=VALUE: change a number; repeatable.")]
GivenFlag = Annotated[str, typer.Option("--given", help="`evidence`: only wars that agree with what was observed.")]
AsOfFlag = Annotated[str, typer.Option("--as-of", help="Last day of evidence. Default: the scenario's start.")]
ObserveFlag = Annotated[
    list[str] | None, typer.Option("--observe", help="'POLITY ISSUE DATE VALUE': suppose this is seen; repeatable.")
]
JsonFlag = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
OutFlag = Annotated[Path | None, typer.Option("--out", help="Keep answer, tables and chart in this new folder.")]
PlotFlag = Annotated[Path | None, typer.Option("--plot", help="Draw the answer: FILE.svg, .png or .json.")]


def known(given: str, as_of: str, observe: list[str] | None) -> dict[str, Any]:
    """The evidence asked for, as the verbs of the workbench take it."""
    from ripeness.cli.settings import day_of, evidence_of

    return {"evidence": evidence_of(given), "as_of": day_of(as_of, "--as-of"), "observe": tuple(observe or ())}


def answer(work: Callable[[Progress], Told], *, as_json: bool, out: Path | None, plot: Path | None) -> None:
    """Work with progress on standard error, keep and draw what was asked for, and print tables or JSON."""
    from ripeness.cli.progress import progress_of

    _ready(out, plot)
    with progress_of() as progress:
        told = work(progress)
    if out is not None:
        told.save(out)
    if plot is not None:
        from ripeness.show.charts.save import save

        save(told.plot(), plot)
    if as_json:
        say_json_text(told.to_json())
    else:
        _show(told)


def _ready(out: Path | None, plot: Path | None) -> None:
    """Refuse what could not be kept before the work is done."""
    if plot is not None:
        from ripeness.show.charts.save import need_kind

        need_kind(plot)
    if out is not None:
        from ripeness.store.write_target import require_free_folder

        require_free_folder(out)


def _show(told: Any) -> None:
    from rich.text import Text

    from ripeness.show.terminal import Terminal

    console = Terminal()
    console.print(Text(told.asked.scenario.title, style="bold"))
    console.print(Text(told.asked.heading(), style="dim"))
    for path, value in told.asked.changes.items():
        console.print(Text(f"set {path} = {value}", style="dim"))
    console.print(told.layout())
    if told.asked.known is not None:
        for warning in told.asked.known.warnings:
            say(f"- {warning}", error=True)
