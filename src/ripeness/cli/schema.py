"""`ripeness schema`: the form of a scenario file, or of a council's, as JSON Schema."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ripeness.cli.output import say, say_json


def schema(
    out: Annotated[Path | None, typer.Option("--out", help="Write it to this file instead of standard output.")] = None,
    council: Annotated[bool, typer.Option("--council", help="The form of a council's decision instead.")] = False,
) -> None:
    """Print the JSON Schema of scenario files, or of councils' files, so that an editor completes and explains keys.

    ripeness schema --out ripeness.schema.json
    """
    from ripeness.workbench.schema import schema as work

    json_schema = work(out, council=council)
    if out is None:
        say_json(json_schema)
    else:
        say(f"Wrote {out}. A first line '# yaml-language-server: $schema={out}' in a file names it to editors.")
