"""Removed: runs that were taken from a shelf lie in a hidden folder of it, from which each can be put back."""

from __future__ import annotations

import re
from itertools import chain, count
from pathlib import Path

from ripeness.store.atomic_write import make_folder, move_folder
from ripeness.world.fault import Fault

FOLDER = ".removed"
AGAIN = re.compile(r"~\d+\Z")  # what follows the name of a run that was removed before, kept anew and removed again


def removed_at(shelf: Path) -> Path:
    """Where the removed runs of a shelf lie, a shelf itself.

    >>> removed_at(Path("here")).name
    '.removed'
    """
    return shelf / FOLDER


def remove_run(name: str, shelf: Path) -> str:
    """Take a run from a shelf, whole or damaged; nothing of it is deleted. Returns the name by which it is put back.

    Raises: Fault where there is none of that name, or it cannot be moved.
    """
    folder = _named(name, shelf)
    place = removed_at(shelf)
    make_folder(place)
    removed = _free_name(name, place)
    move_folder(folder, place / removed)
    return removed


def restore_run(removed: str, shelf: Path) -> Path:
    """Put a removed run back in its place on the shelf.

    Raises: Fault where none was removed under that name, or one stands in its place.
    """
    folder, goal = _named(removed, removed_at(shelf)), shelf / AGAIN.sub("", removed)
    if goal.exists():
        raise Fault("the same simulations were kept again meanwhile; those stand here, and nothing is lost")
    move_folder(folder, goal)
    return goal


def _named(name: str, shelf: Path) -> Path:
    folder = shelf / name
    if name.startswith(".") or folder.parent != shelf or not name or not folder.is_dir():
        raise Fault("these simulations are no longer here; somebody has moved them meanwhile")
    return folder


def _free_name(name: str, place: Path) -> str:
    numbered = (f"{name}~{number}" for number in count(2))
    return next(candidate for candidate in chain([name], numbered) if not (place / candidate).exists())
