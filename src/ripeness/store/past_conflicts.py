"""Past conflicts: what a user has imported of the producer's file, so that answers can name conflicts."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ripeness.store.atomic_write import make_folder, write_file
from ripeness.store.home import home
from ripeness.store.json_text import json_text
from ripeness.world.fault import Fault, Place

FILE = "past_conflicts.json"
Row = Mapping[str, Any]


def keep_conflicts(rows: Sequence[Row]) -> Path:
    """Keep past conflicts in this user's home, in place of those that were kept before.

    Raises: Fault where it cannot be written.
    """
    path = home() / FILE
    make_folder(path.parent)
    write_file(path, json_text({"conflicts": [dict(row) for row in rows]}) + "\n")
    return path


def kept_conflicts() -> tuple[Row, ...]:
    """The past conflicts that were kept; none where none were.

    Raises: Fault where the file is there and is not what was kept.
    """
    path = home() / FILE
    if not path.is_file():
        return ()
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))["conflicts"]
        return tuple(dict(row) for row in rows)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Fault(f"these are no past conflicts; import the file again ({error})", Place(str(path))) from None
