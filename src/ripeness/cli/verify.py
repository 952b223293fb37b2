"""`ripeness verify`: whether a kept run is whole, and whether running it again gives the same."""

from __future__ import annotations

from typing import Annotated

import typer

from ripeness.cli.list import JsonFlag, ShelfFlag
from ripeness.cli.output import say, say_json

WRONG = 1  # exit code where something is damaged or differs


def verify(
    run: Annotated[str, typer.Argument(help="A kept run: its name, its folder, or a capsule (.zip).")],
    shelf: ShelfFlag = None,
    only_files: Annotated[bool, typer.Option("--only-files", help="Check the files and run nothing.")] = False,
    as_json: JsonFlag = False,
) -> None:
    """Check every byte of a kept run, run it again, and say how near the answer comes. Exit code 1 where it does not.

    ripeness verify 3f2a
    """
    from ripeness.cli.progress import progress_of
    from ripeness.workbench.verify import verify as work

    with progress_of() as progress:
        verdict = work(run, shelf, rerun=not only_files, progress=progress)
    if as_json:
        say_json(verdict.plain())
    else:
        say(verdict.sentence())
    if not verdict.good:
        raise typer.Exit(WRONG)
