"""Unpack: a capsule back onto a shelf, once nothing in it is amiss."""

from __future__ import annotations

from pathlib import Path

from ripeness.store.shelf.capsule import opened
from ripeness.store.shelf.shelf import put, shelf_at


def unpack(path: str | Path, shelf: str | Path | None = None) -> Path:
    """Put the run of a capsule on a shelf (the user's own, if none is named) under the name its content gives it.

    Raises: Fault where the file is no capsule, was tampered with, is too large, or would write elsewhere.
    """
    return put(opened(Path(path)), shelf_at(shelf))
