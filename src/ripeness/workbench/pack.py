"""Pack: a kept run as one file, to hand on."""

from __future__ import annotations

from pathlib import Path

from ripeness.store.shelf import capsule
from ripeness.store.shelf.shelf import find_run, shelf_at


def pack(run: str | Path, path: str | Path, shelf: str | Path | None = None) -> Path:
    """Write a kept run, named by folder or by its name on a shelf, as one zip: whole or not at all.

    Raises: Fault where there is no such run, it is damaged, or nothing can be written.
    """
    return capsule.write_capsule(find_run(run, shelf_at(shelf)), Path(path))
