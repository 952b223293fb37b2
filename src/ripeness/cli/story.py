"""`ripeness story`: one run told month by month."""

from __future__ import annotations

from typing import Annotated

import typer

from ripeness.cli.output import say_json


def story(
    case: Annotated[str, typer.Argument(help="A shipped case, a folder with a case, or a scenario file.")],
    draw: Annotated[int, typer.Option("--draw", help="Number of the run, from 0.")] = 0,
    coding: Annotated[str | None, typer.Option("--coding", help="Which coding of the case.")] = None,
    reading: Annotated[str, typer.Option("--reading", help="factional, or unitary.")] = "factional",
    seed: Annotated[int, typer.Option("--seed", help="As in the run.")] = 1,
    horizon: Annotated[int | None, typer.Option("--horizon", help="Steps to look ahead. Default: the case's.")] = None,
    set_: Annotated[list[str] | None, typer.Option("--set", help="PATH=VALUE: change a number; repeatable.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Tell one run: who wanted what, who prevailed, what it led to, why it ended.

    ripeness story ukraine-2023-03 --draw 7
    """
    from ripeness.cli.progress import progress_of
    from ripeness.cli.settings import changes_of
    from ripeness.workbench.story import story as work

    changes = changes_of(set_ or [])
    with progress_of():
        found = work(case, draw, coding=coding, reading=reading, seed=seed, horizon=horizon, changes=changes)
    if as_json:
        say_json(found.plain())
        return
    from rich.text import Text

    from ripeness.show.terminal import Terminal

    console = Terminal()
    console.print(Text(f"{found.title}, coding {found.coding}, reading {found.reading}", style="bold"))
    for paragraph in found.paragraphs:
        console.print()
        console.print(Text(paragraph))
