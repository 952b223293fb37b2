"""`ripeness unpack`: a capsule back onto the shelf."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ripeness.cli.list import ShelfFlag
from ripeness.cli.output import say


def unpack(
    file: Annotated[Path, typer.Argument(help="A capsule that `ripeness pack` wrote.")], shelf: ShelfFlag = None
) -> None:
    """Put the run of a capsule on the shelf; what was tampered with, is too large or leads elsewhere is refused.

    ripeness unpack run.zip
    """
    from ripeness.workbench.unpack import unpack as work

    say(work(file, shelf))
