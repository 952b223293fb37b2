"""`ripeness new`: write a scenario file to start from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ripeness.cli.output import say


def new(
    file: Annotated[Path, typer.Argument(help="The file to write, such as war.yaml.")],
    template: Annotated[
        str, typer.Option("--template", help="minimal (some 20 lines) or full (every part).")
    ] = "minimal",
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it exists.")] = False,
) -> None:
    """Write a commented scenario of an invented war, to be changed into one's own.

    ripeness new war.yaml
    """
    from ripeness.workbench.new import new as work

    written = work(file, template, force=force)
    say(f"Wrote {written}. Next: ripeness check {written}")
