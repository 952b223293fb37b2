"""`ripeness new`: write a scenario file to start from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ripeness.cli.output import say


def new(
    file: Annotated[Path, typer.Argument(help="The file to write, such as war.yaml.")],
    template: Annotated[
        str,
        typer.Option(
            "--template", help="minimal (some 20 lines), full (every part), or council (a decision on record)."
        ),
    ] = "minimal",
    case: Annotated[str, typer.Option("--from", help="A shipped case to start from, such as ukraine-2023-03.")] = "",
    coding: Annotated[str | None, typer.Option("--coding", help="Which coding of that case.")] = None,
    whole: Annotated[
        bool, typer.Option("--whole", help="Copy the case in full, not only name it as the base.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it exists.")] = False,
) -> None:
    """Write a commented scenario to be changed into one's own: of an invented war, or over a shipped case.

    ripeness new war.yaml

    ripeness new mine.yaml --from ukraine-2023-03

    ripeness new northland-1899-05-04.yaml --template council
    """
    from ripeness.workbench.new import new as work
    from ripeness.world.fault import ArgumentFault

    try:
        path = work(file, template, case=case, coding=coding, whole=whole, force=force)
    except ArgumentFault as fault:
        raise fault.named(
            {"coding": "--coding", "whole": "--whole", "case": "--from CASE", "template": "--template"}
        ) from None
    say(f"Wrote {path}. Next: ripeness check {path}")
