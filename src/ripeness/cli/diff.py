"""`ripeness diff`: in words, what differs between two kept runs."""

from __future__ import annotations

from typing import Annotated

import typer

from ripeness.cli.list import JsonFlag, ShelfFlag
from ripeness.cli.output import say, say_json


def diff(
    first: Annotated[str, typer.Argument(help="A kept run: its name or its folder.")],
    second: Annotated[str, typer.Argument(help="The other one.")],
    shelf: ShelfFlag = None,
    answer: Annotated[
        bool, typer.Option("--answer", help="Also say which groups of numbers make the answers differ.")
    ] = False,
    full: Annotated[bool, typer.Option("--full", help="Print every difference.")] = False,
    as_json: JsonFlag = False,
) -> None:
    """Say what differs between two kept runs: settings, inputs by path, and answers at the months of both.

    ripeness diff 3f2a 81bc
    """
    from ripeness.workbench.diff import diff as work

    differences = work(first, second, shelf, answer=answer)
    if as_json:
        say_json(differences.plain())
        return
    from ripeness.show.terminal import Terminal

    causes = differences.causes_layout()
    if causes is not None:
        Terminal().print(causes)
    if full:
        say("\n".join(differences.sentences()))
        return
    Terminal().print(differences.brief())
    if not differences.found.same:
        say("All of them with --full.")
