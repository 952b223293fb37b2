"""`ripeness list`: the runs that are kept on a shelf."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ripeness.cli.output import say_json

if TYPE_CHECKING:
    from ripeness.workbench.list import Shelved

ShelfFlag = Annotated[Path | None, typer.Option("--shelf", help="Folder of the shelf. Default: your own.")]
JsonFlag = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


def list(shelf: ShelfFlag = None, as_json: JsonFlag = False) -> None:  # noqa: A001  (the verb that everybody looks for)
    """List the kept runs; damaged ones are named.

    ripeness list
    """
    from ripeness.workbench.list import list as work

    shelved = work(shelf)
    if as_json:
        say_json(shelved.plain())
        return
    _show(shelved)


def _show(shelved: Shelved) -> None:
    from ripeness.show.terminal import Terminal

    if shelved.runs:
        Terminal().print(shelved.layout())
    else:
        Terminal().print(f"The shelf {shelved.shelf} is empty; `ripeness run CASE --keep` fills it.")
