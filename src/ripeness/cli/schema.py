"""`ripeness schema`: the form of a scenario file as JSON Schema."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ripeness.cli.output import say, say_json


def schema(
    out: Annotated[Path | None, typer.Option("--out", help="Write it to this file instead of standard output.")] = None,
) -> None:
    """Print the JSON Schema of scenario files, so that an editor completes keys and explains them.

    ripeness schema --out ripeness.schema.json
    """
    from ripeness.workbench.schema import schema as work

    found = work(out)
    if out is None:
        say_json(found)
    else:
        say(f"Wrote {out}. In a scenario, a first line '# yaml-language-server: $schema={out}' names it to editors.")
