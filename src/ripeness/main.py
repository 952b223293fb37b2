"""The program `ripeness`: the product together with its proof; the one place that knows both.

The product alone is `ripeness.cli.app`, which never imports `ripeness.validation`.
"""

from __future__ import annotations

from copy import copy

import typer

from ripeness.cli import app as product
from ripeness.validation.cli import commands as proof

AFTER = "serve"  # the command of the product behind which those of the proof stand in `ripeness --help`


def combine_commands(commands: typer.Typer, added: typer.Typer) -> typer.Typer:
    """One command line with the commands of both: the added ones behind `serve`, added groups before the others."""
    names = [command.name or getattr(command.callback, "__name__", "") for command in commands.registered_commands]
    place = names.index(AFTER) + 1
    both = copy(commands)
    both.registered_commands = [
        *commands.registered_commands[:place],
        *added.registered_commands,
        *commands.registered_commands[place:],
    ]
    both.registered_groups = [*added.registered_groups, *commands.registered_groups]
    return both


def add_pages() -> None:
    """Add the page of the proof to the workbench in the browser."""
    from ripeness.validation.web.screens import add_screens  # kept out of start-up

    add_screens()


app = combine_commands(product.app, proof.app)


def main() -> None:
    """Run the command line with all its commands and pages."""
    product.main(app, add_pages)
