"""`ripeness pack`: a kept run as one zip file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ripeness.cli.list import ShelfFlag
from ripeness.cli.output import say


def pack(
    run: Annotated[str, typer.Argument(help="A kept run: its name or its folder.")],
    file: Annotated[Path, typer.Argument(help="The capsule to write, such as run.zip.")],
    shelf: ShelfFlag = None,
) -> None:
    """Write a kept run as one zip with everything needed to check it and to run it again.

    ripeness pack 3f2a run.zip
    """
    from ripeness.workbench.pack import pack as work

    say(work(run, file, shelf))
