"""The shelf itself: where kept runs stand, how one is put there, and how it is found again by a few letters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from ripeness.store.ledger.address import home
from ripeness.store.shelf.kept import Kept, is_kept, open_kept
from ripeness.store.shelf.manifest import LETTERS, MANIFEST, manifest, name_of
from ripeness.store.whole import write_folder
from ripeness.world.fault import Fault

FOLDER = "shelf"
FEWEST = 3  # letters by which a run may be asked for


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands in one place of the shelf: a run that is whole, or what is wrong with the one that stands there."""

    name: str
    run: Kept | None
    damage: str


def shelf_at(given: str | Path | None = None) -> Path:
    """The folder of the shelf: the one that is named, or the user's own.

    >>> shelf_at("here").name
    'here'
    """
    return Path(given).expanduser() if given else home() / FOLDER


def put(contents: Mapping[str, bytes], shelf: Path) -> Path:
    """Put a run on the shelf, whole or not at all; one that stands there already is left as it is.

    Raises: Fault where it cannot be written, or a damaged run stands in its place.
    """
    text = manifest(contents)
    folder = shelf / name_of(text)
    if folder.exists():
        open_kept(folder)
        return folder
    try:
        shelf.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Fault(f"the shelf '{shelf}' cannot be made: {error.strerror}") from None
    write_folder(folder, {**contents, MANIFEST: text})
    return folder


def places(shelf: Path) -> tuple[Standing, ...]:
    """Every run of a shelf by name; what is half made or hidden is no run, what is damaged is said to be."""
    if not shelf.is_dir():
        return ()
    folders = sorted(path for path in shelf.iterdir() if path.is_dir() and not path.name.startswith("."))
    return tuple(_place(folder) for folder in folders)


def _place(folder: Path) -> Standing:
    try:
        run = open_kept(folder)
    except Fault as fault:
        return Standing(folder.name, None, fault.message)
    if len(folder.name) == LETTERS and run.name != folder.name:
        return Standing(folder.name, None, f"its manifest is that of {run.name}; it was changed")
    return Standing(folder.name, run, "")


def find_run(given: str | Path, shelf: Path) -> Path:
    """The folder of a run: a path, or its name on the shelf, of which a few letters are enough.

    Raises: Fault where there is none, or several begin with these letters.
    """
    text, path = str(given), Path(given)
    if path.is_dir() and is_kept(path):
        return path
    names = [one.name for one in sorted(shelf.iterdir()) if is_kept(one)] if shelf.is_dir() else []
    found = [name for name in names if name == text or (len(text) >= FEWEST and name.startswith(text))]
    if len(found) == 1:
        return shelf / found[0]
    if found:
        raise Fault(f"'{text}' begins the names of {len(found)} runs: {', '.join(found[:5])}; write more letters")
    if path.is_dir():
        raise Fault(f"'{text}' is a folder without {MANIFEST}; it holds no run that was kept")
    near = get_close_matches(text, names, n=1)
    hint = f"did you mean '{near[0]}'?" if near else _what_there_is(names, shelf)
    raise Fault(f"'{text[:80]}' is no kept run; {hint}")


def _what_there_is(names: list[str], shelf: Path) -> str:
    if not names:
        return f"the shelf '{shelf}' is empty; `ripeness run CASE --keep` fills it"
    return "`ripeness list` says which there are"
