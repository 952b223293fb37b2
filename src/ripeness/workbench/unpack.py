"""Unpack: a capsule back onto a shelf, once nothing in it is amiss."""

from __future__ import annotations

from pathlib import Path

from ripeness.store.shelf.arrays import check_datasets
from ripeness.store.shelf.capsule import read_capsule
from ripeness.store.shelf.kept_run import check_records
from ripeness.store.shelf.outcomes import check_outcomes
from ripeness.store.shelf.shelf import put_run, shelf_at
from ripeness.world.fault import Place


def unpack(path: str | Path, shelf: str | Path | None = None) -> Path:
    """Put the run of a capsule on a shelf (the user's own, if none is named) under the name its content gives it.

    Everything in it is read before it is kept, for its manifest proves only that it is as it was packed.

    Raises: Fault where the file is no capsule, was tampered with, is too large, would write elsewhere, or holds what
    cannot be read as a run.
    """
    contents, place = read_capsule(Path(path)), Place(str(path))
    check_records(contents, place)
    check_outcomes(contents, place)
    check_datasets(contents, place)
    return put_run(contents, shelf_at(shelf))
