"""`ripeness list`: the runs that are kept on a shelf."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ripeness.cli.output import say_json

ShelfFlag = Annotated[Path | None, typer.Option("--shelf", help="Folder of the shelf. Default: your own.")]
JsonFlag = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


def list(shelf: ShelfFlag = None, as_json: JsonFlag = False) -> None:  # noqa: A001  (the verb that everybody looks for)
    """List the kept runs; damaged ones are named.

    ripeness list
    """
    from ripeness.workbench.list import list as work

    found = work(shelf)
    if as_json:
        say_json(found.plain())
        return
    _show(found)


def _show(found: object) -> None:
    from rich.text import Text

    from ripeness.show.lines import listing
    from ripeness.show.terminal import Terminal

    console, runs = Terminal(), getattr(found, "runs", ())
    if not runs:
        console.print(Text(f"The shelf {getattr(found, 'shelf', '')} is empty; `ripeness run CASE --keep` fills it."))
        return
    table = listing("run", "case", "answer")
    for row in runs:
        if row.damage:
            table.add_row(Text(row.name), Text("damaged", style="bold red"), Text(row.damage))
            continue
        asked = f"{row.case}\n{row.coding}, {row.reading}\n{row.draws:,} draws, seed {row.seed}"
        table.add_row(Text(row.name), Text(asked), Text(row.sentence))
    console.print(table)
