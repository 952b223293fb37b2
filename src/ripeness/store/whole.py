"""Whole or not at all: a file or a folder that is cut short in the writing never takes the place of anything."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from ripeness.world.fault import Fault, Place

UNFINISHED = ".unfinished-"
STALE = 24 * 3600  # seconds after which what a killed writer left is nobody's any more
Content = str | bytes | Callable[[Path], None]


def write_file(path: Path, content: Content) -> None:
    """Write a file beside its place and put it there at once: a reader sees the old one or the new one.

    A content may be a text, bytes, or a function that writes to the path it is given.

    Raises: Fault where the place cannot be written to.
    """
    path = Path(path)
    need_parent(path)
    _sweep(path.parent)
    try:
        handle, name = tempfile.mkstemp(prefix=UNFINISHED, suffix=path.suffix, dir=path.parent)
        os.close(handle)
        beside = Path(name)
        try:
            _fill(beside, content)
            beside.chmod(0o666 & ~_umask())
            beside.replace(path)
            _sync(path.parent)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise Fault(f"cannot be written: {error.strerror or error}", Place(str(path))) from None


def write_folder(path: Path, contents: Mapping[str, Content]) -> None:
    """Write a folder of files beside its place and put it there at once, complete.

    Raises: Fault where something is there already (an empty folder does not count), or nothing can be written.
    """
    path = Path(path)
    need_room(path)
    _sweep(path.parent)
    try:
        beside = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=path.parent))
        try:
            for name, content in contents.items():
                (beside / name).parent.mkdir(parents=True, exist_ok=True)
                _fill(beside / name, content)
            _sync(beside)
            beside.chmod(0o777 & ~_umask())
            beside.replace(path)
            _sync(path.parent)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    except OSError as error:
        raise Fault(f"cannot be written: {error.strerror or error}", Place(str(path))) from None


def need_room(path: Path) -> None:
    """Say whether a new folder can stand here, before the work whose outcome it is to hold.

    Raises: Fault where something is there already (an empty folder does not count), or the folder above is missing.
    """
    if path.exists() and not (path.is_dir() and not any(path.iterdir())):
        raise Fault("something is there already and is left as it is; name another folder", Place(str(path)))
    need_parent(path)


def need_parent(path: Path) -> None:
    """Say whether the folder above is there.

    Raises: Fault where it is not.
    """
    if not path.parent.is_dir():
        raise Fault(f"the folder '{path.parent}' does not exist", Place(str(path)))


def _sweep(folder: Path) -> None:
    """Take away what writers that were killed left in a folder a day ago or earlier."""
    with suppress(OSError):
        for left in folder.glob(f"{UNFINISHED}*"):
            if time.time() - left.stat().st_mtime > STALE:
                shutil.rmtree(left, ignore_errors=True) if left.is_dir() else left.unlink(missing_ok=True)


def _fill(path: Path, content: Content) -> None:
    if callable(content):
        content(path)
    else:
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    with path.open("rb") as stream:
        os.fsync(stream.fileno())


def _sync(folder: Path) -> None:
    """Make the names in a folder outlast a power cut, where the system allows it."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
