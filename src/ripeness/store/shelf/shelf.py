"""The shelf itself: where kept runs stand, how one is put there, and how it is found again by a few letters."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ripeness.store.atomic_write import Content, make_folder, write_folder_named
from ripeness.store.home import home
from ripeness.store.shelf.kept_run import KeptRun, is_kept, kept_run_name, open_kept
from ripeness.store.shelf.manifest import LETTERS, MANIFEST, printable_name, write_manifest
from ripeness.store.write_target import require_writable_file
from ripeness.world.fault import Fault, Place
from ripeness.world.wording import did_you_mean

FOLDER = "shelf"
FEWEST = 3  # letters by which a run may be asked for


@dataclass(frozen=True, slots=True)
class ShelfEntry:
    """What stands in one place of the shelf: a run that is whole, or what is wrong with the one that stands there."""

    name: str
    run: KeptRun | None
    damage: str


def shelf_at(folder: str | Path | None = None) -> Path:
    """The folder of the shelf: the one that is named, or the user's own.

    Raises: Fault where the user has no home folder.

    >>> shelf_at("here").name
    'here'
    """
    try:
        return Path(folder).expanduser() if folder else home() / FOLDER
    except RuntimeError:  # no HOME and no entry in the list of users, or ~NAME of nobody
        whose = f"in '{folder}'" if folder else "of this user"
        raise Fault(f"the home folder {whose} cannot be found; name the shelf with --shelf /a/folder") from None


def put_run(contents: Mapping[str, Content], shelf: Path) -> Path:
    """Put a run on the shelf, whole or not at all; one that stands there already is left as it is.

    Raises: Fault where it cannot be written, or a damaged run stands in its place.
    """
    make_folder(shelf)
    folder = write_folder_named(shelf, {**contents, MANIFEST: write_manifest}, kept_run_name)
    open_kept(folder)
    return folder


def require_shelf(shelf: Path) -> None:
    """Say whether a run can be kept on a shelf, before it is run; the shelf is made where it is not there yet.

    Raises: Fault where it cannot be made, or nothing can be written to it.
    """
    make_folder(shelf)
    require_writable_file(shelf / MANIFEST)


def shelf_entries(shelf: Path) -> tuple[ShelfEntry, ...]:
    """Every run of a shelf by name; what is half made or hidden is no run, what is damaged is said to be."""
    return tuple(_place(folder) for folder in _folders(shelf))


def _folders(shelf: Path) -> list[Path]:
    """The folders of a shelf by name, hidden ones left out.

    Raises: Fault where the shelf is a file, or cannot be read.
    """
    try:
        return sorted(Path(entry) for entry in os.scandir(shelf) if entry.is_dir() and not entry.name.startswith("."))
    except FileNotFoundError:
        return []
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise Fault(f"this shelf cannot be read: {why}", Place(str(shelf))) from None


def _place(folder: Path) -> ShelfEntry:
    try:
        run = open_kept(folder)
    except Fault as fault:
        return ShelfEntry(printable_name(folder.name), None, f"{_inside(fault, folder)}{fault.message}")
    if len(folder.name) == LETTERS and run.name != folder.name:
        return ShelfEntry(printable_name(folder.name), None, f"its manifest is that of {run.name}; it was changed")
    return ShelfEntry(printable_name(folder.name), run, "")


def _inside(fault: Fault, folder: Path) -> str:
    """Which file of a run a fault is about, where it is about one."""
    file = Path(fault.place.file) if fault.place else folder
    return f"{file.name}: " if file.parent == folder else ""


def find_run(name_or_path: str | Path, shelf: Path) -> Path:
    """The folder of a run: a path, or its name on the shelf, of which a few letters are enough.

    Raises: Fault where there is none, or several begin with these letters.
    """
    text, path = str(name_or_path), Path(name_or_path)
    is_folder = os.path.isdir(path)  # noqa: PTH112  (a name that is too long is no folder, and no error)
    if is_folder and is_kept(path):
        return path
    names = [folder.name for folder in _folders(shelf) if is_kept(folder)]
    matches = [name for name in names if name == text or (len(text) >= FEWEST and name.startswith(text))]
    if len(matches) == 1:
        return shelf / matches[0]
    if matches:
        raise Fault(f"'{text}' begins the names of {len(matches)} runs: {', '.join(matches[:5])}; write more letters")
    if is_folder:
        raise Fault(f"'{text}' is a folder without {MANIFEST}; it holds no run that was kept")
    hint = did_you_mean(text, names, _shelf_hint(names, shelf))
    raise Fault(f"'{text[:80]}' is no kept run; {hint}")


def _shelf_hint(names: list[str], shelf: Path) -> str:
    if not names:
        return f"the shelf '{shelf}' is empty; `ripeness run CASE --keep` fills it"
    return "`ripeness list` says which there are"
