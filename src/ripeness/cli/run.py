"""`ripeness run`: how a war may end, month by month."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ripeness.cli.output import say, say_json

if TYPE_CHECKING:
    from ripeness.workbench.result import Result

ALL = "all"


def run(
    case: Annotated[str, typer.Argument(help="A shipped case, a folder with a case, or a scenario file.")],
    coding: Annotated[
        str | None, typer.Option("--coding", help="Which coding of the case; `all` puts them side by side.")
    ] = None,
    reading: Annotated[
        str, typer.Option("--reading", help="factional, or unitary: each country as one person.")
    ] = "factional",
    draws: Annotated[int, typer.Option("--draws", help="How many wars to fight.")] = 20_000,
    seed: Annotated[int, typer.Option("--seed", help="Chooses inputs and luck; the same seed repeats them.")] = 1,
    horizon: Annotated[int | None, typer.Option("--horizon", help="Steps to look ahead. Default: the case's.")] = None,
    at: Annotated[str, typer.Option("--at", help="Months of the table, such as 3,6,18.")] = "",
    set_: Annotated[list[str] | None, typer.Option("--set", help="PATH=VALUE: change a number; repeatable.")] = None,
    given: Annotated[
        str, typer.Option("--given", help="`evidence`: only wars that agree with what was observed.")
    ] = "",
    as_of: Annotated[str, typer.Option("--as-of", help="Last day of evidence. Default: the scenario's start.")] = "",
    observe: Annotated[
        list[str] | None, typer.Option("--observe", help="'POLITY ISSUE DATE VALUE': suppose this is seen; repeatable.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    out: Annotated[Path | None, typer.Option("--out", help="Keep everything in this new folder.")] = None,
    plot: Annotated[Path | None, typer.Option("--plot", help="Draw the outcomes: FILE.svg, .png or .json.")] = None,
    keep: Annotated[bool, typer.Option("--keep", help="Keep the run on the shelf, named by its content.")] = False,
    shelf: Annotated[Path | None, typer.Option("--shelf", help="Keep it on the shelf in this folder.")] = None,
) -> None:
    """Run a case many times: how the war may end by which month, on what terms, at what price.

    ripeness run ukraine-2023-03 --coding all
    """
    from ripeness.cli.progress import progress_of
    from ripeness.cli.settings import changes_of, day_of, evidence_of, months_of
    from ripeness.study.progress import part
    from ripeness.workbench import run as workbench

    _check_goals(out, plot, shelf, keep=keep)
    changes, months = changes_of(set_ or []), months_of(at)
    names = workbench.codings(case) if coding == ALL else (coding,)
    known: dict[str, Any] = {
        "evidence": evidence_of(given),
        "as_of": day_of(as_of, "--as-of"),
        "observe": tuple(observe or ()),
    }
    with progress_of() as progress:
        results = [
            workbench.run(
                case,
                coding=name,
                reading=reading,
                draws=draws,
                seed=seed,
                horizon=horizon,
                changes=changes,
                months=months,
                progress=part(progress, number, len(names)),
                **known,
            )
            for number, name in enumerate(names)
        ]
    if out is not None:
        _keep(results, out)
    if keep or shelf is not None:
        _shelve(results, shelf)
    if plot is not None:
        _plot(results, plot)
    if as_json:
        say_json(results[0].plain() if coding != ALL else _several(results))
    else:
        _show(results)


def _several(results: list[Result]) -> dict[str, object]:
    """Several codings as one object, and in words where they part."""
    from ripeness.show.coding_differences import coding_differences

    said = coding_differences({result.coding: result.forecast for result in results}, results[0].names)
    return {"case": results[0].case, "differing": said, "codings": [result.plain() for result in results]}


def _show(results: list[Result]) -> None:
    from rich.text import Text

    from ripeness.show.forecast_tables import heading, outcomes, side_by_side, tables
    from ripeness.show.terminal import Terminal

    console = Terminal()
    for result in results:
        _say_given(result)
        for note in result.notes:
            say(f"note: {note}", error=True)
    if len(results) == 1:
        console.print(tables(results[0].sheet()))
        return
    sheets = [result.sheet() for result in results]
    for sheet in sheets:
        console.print(heading(sheet))
        console.print(outcomes(sheet))
        console.print(Text(f"{sheet.sentence}\n", style="bold"))
    console.print(side_by_side(sheets))
    console.print(sheets[0].note, style="dim")


def _check_goals(out: Path | None, plot: Path | None, shelf: Path | None, *, keep: bool) -> None:
    """Refuse a place where nothing can be written before the work and not after it."""
    from ripeness.show.charts.save import need_kind
    from ripeness.store.shelf.shelf import need_shelf, shelf_at
    from ripeness.store.whole import need_room

    if keep or shelf is not None:
        need_shelf(shelf_at(shelf))
    if out is not None:
        need_room(out)
    if plot is not None:
        need_kind(plot)


def _keep(results: list[Result], out: Path) -> None:
    """Keep one run in the folder itself, several in a folder each, named by coding: all of them or none."""
    from ripeness.workbench.keep import keep_all

    if len(results) == 1:
        results[0].save(out)
    else:
        keep_all(out, {result.coding: result.contents() for result in results})


def _shelve(results: list[Result], shelf: Path | None) -> None:
    """Put each run on the shelf and say on standard error under which name."""
    for result in results:
        folder = result.keep(shelf)
        say(f"kept as {folder.name} in {folder.parent}", error=True)


def _plot(results: list[Result], plot: Path) -> None:
    from ripeness.show.charts.save import save

    for result in results:
        path = plot if len(results) == 1 else plot.with_name(f"{plot.stem}-{result.coding}{plot.suffix}")
        save(result.plot(), path)


def _say_given(result: Result) -> None:
    """On which evidence a run is conditioned, and what limits that, on standard error."""
    from ripeness.study.who_decides.gather import observations

    known = result.given
    if known:
        later = f", {known['items_after_start']} of them after the start" if known["items_after_start"] else ""
        seen = observations(known["items"], known.get("newest", ""), known["as_of"])
        say(
            f"{result.coding}: given {seen}{later}; "
            f"{known['ancestors']:,.0f} effective draws among {known['points']:,} points",
            error=True,
        )
        for warning in known["warnings"]:
            say(f"- {warning}", error=True)
