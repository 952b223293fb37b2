"""`ripeness show`: one kept run: what was asked, what it answered, and which files it has."""

from __future__ import annotations

from typing import Annotated

import typer

from ripeness.cli.list import JsonFlag, ShelfFlag
from ripeness.cli.output import say_json

RunArgument = Annotated[str, typer.Argument(help="A kept run: its name (a few letters are enough) or its folder.")]


def show(run: RunArgument, shelf: ShelfFlag = None, as_json: JsonFlag = False) -> None:
    """Show a kept run without running it again.

    ripeness show 3f2a
    """
    from ripeness.workbench.show import show as work

    shown_run = work(run, shelf)
    if as_json:
        say_json(shown_run.plain())
        return
    _show(shown_run)


def _show(shown_run: object) -> None:
    from rich.text import Text

    from ripeness.show.run_tables import outcomes
    from ripeness.show.terminal import Terminal

    console, run = Terminal(), getattr(shown_run, "run", None)
    if run is None:
        return
    console.print(Text(str(run.answer.get("title", run.about["case"])), style="bold"))
    console.print(Text(f"{run.name}: {run.heading()}", style="dim"))
    for path, value in run.about.get("set", {}).items():
        console.print(Text(f"set {path} = {value}", style="dim"))
    console.print(Text(str(run.answer.get("sentence", "")), style="bold"))
    console.print(outcomes(run.answer))
    files = getattr(shown_run, "files", {})
    console.print(Text(", ".join(f"{name} {size:,} bytes" for name, size in files.items()), style="dim"))
    console.print(Text(str(run.folder), style="dim"), soft_wrap=True)
