"""The form of a scenario file, or of a council's, as JSON Schema, for editors."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ripeness.scenario.json_schema import council_json_schema, scenario_json_schema
from ripeness.store.atomic_write import write_file
from ripeness.store.json_text import json_text


def schema(out: str | Path | None = None, *, council: bool = False) -> dict[str, Any]:
    """The JSON Schema of a scenario file, or of a `council`'s; written to a file as well, if one is named.

    Raises: Fault where the file cannot be written.

    >>> schema()["$schema"]
    'https://json-schema.org/draft/2020-12/schema'
    """
    json_schema = council_json_schema() if council else scenario_json_schema()
    if out is not None:
        write_file(Path(out), json_text(json_schema) + "\n")
    return json_schema
