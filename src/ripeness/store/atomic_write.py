"""Whole or not at all: a file or a folder that is cut short in the writing never takes the place of anything.

What is no regular file keeps its place: a link is followed and its target written anew, a terminal, a pipe or /dev/null
is written through, a disk is refused.
"""

from __future__ import annotations

import errno
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from stat import S_IMODE, S_ISDIR

from ripeness.store.write_target import (
    UNFINISHED,
    is_written_through,
    link_target,
    open_descriptor,
    require_empty,
    require_parent,
    write_fault,
)
from ripeness.world.fault import Fault, Place

SCRATCH = "ripeness-"  # begins the names of our own folders where the system keeps temporary files
STALE = 24 * 3600  # seconds after which what a killed writer left is nobody's any more
PATIENCE, PAUSE = 10.0, 0.05  # seconds: for somebody to read from a named pipe, and between two looks
Content = str | bytes | Callable[[Path], None]


def write_file(path: Path, content: Content) -> None:
    """Write a file beside its place and put it there at once: a reader sees the old one or the new one.

    A content may be a text, bytes, or a function that writes to the path it is given. A link keeps pointing where it
    points, and a file that is written anew keeps its permissions.

    Raises: Fault where the place cannot be written to.
    """
    path = Path(path)
    require_parent(path)
    try:
        if is_written_through(path):
            _write_through(path, content)
        else:
            _replace_file(link_target(path), content)
    except OSError as error:
        raise write_fault(path, error) from None


def write_folder(path: Path, contents: Mapping[str, Content]) -> None:
    """Write a folder of files beside its place and put it there at once, complete.

    Raises: Fault where something is there already (an empty folder does not count), or nothing can be written.
    """
    path = Path(path)
    require_empty(path)
    try:
        goal = link_target(path)
        require_parent(goal)
        with _filled_folder(goal.parent, contents) as unfinished:
            unfinished.replace(goal)
            _sync(goal.parent)
    except OSError as error:
        raise write_fault(path, error) from None


def write_folder_named(parent: Path, contents: Mapping[str, Content], name: Callable[[Path], str]) -> Path:
    """Write a folder of files under a name that `name` makes from the folder once its files are there.

    What stands under that name already is left as it is. Returns its path.

    Raises: Fault where nothing can be written.
    """
    try:
        with _filled_folder(parent, contents) as unfinished:
            goal = parent / name(unfinished)
            if not goal.exists():
                try:
                    unfinished.replace(goal)
                except OSError:
                    if not goal.exists():  # else another process has just written the same
                        raise
                _sync(parent)
            return goal
    except OSError as error:
        raise write_fault(parent, error) from None


@contextmanager
def _filled_folder(parent: Path, contents: Mapping[str, Content]) -> Iterator[Path]:
    """A folder with some files, written in the order given, for as long as it has not been moved to its place."""
    _sweep(parent, UNFINISHED)
    unfinished = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=parent))
    try:
        for name, content in contents.items():
            (unfinished / name).parent.mkdir(parents=True, exist_ok=True)
            _fill(unfinished / name, content)
        _sync(unfinished)
        unfinished.chmod(0o777 & ~_umask())
        yield unfinished
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def move_folder(path: Path, goal: Path) -> None:
    """Move a folder to another place of the same disk, at once.

    Raises: Fault where something stands there already, or it cannot be moved.
    """
    require_empty(goal)
    try:
        path.replace(goal)
        _sync(goal.parent)
        _sync(path.parent)
    except OSError as error:
        raise write_fault(goal, error) from None


def make_folder(path: Path) -> None:
    """Make a folder, and those above it, where they are not there yet.

    Raises: Fault where that cannot be done.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Fault(f"this folder cannot be made: {error.strerror or error}", Place(str(path))) from None


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """A temporary folder for as long as it is needed; what killed processes left of theirs a day ago is taken away.

    Raises: Fault where the system has no place for temporary files.
    """
    try:
        _sweep(Path(tempfile.gettempdir()), SCRATCH)
        folder = Path(tempfile.mkdtemp(prefix=SCRATCH))
    except OSError as error:
        raise Fault(
            f"no temporary file can be written ({error.strerror or error}); the environment variable TMPDIR names "
            "another folder for them"
        ) from None
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _write_through(path: Path, content: Content) -> None:
    """Write to a device or a pipe; what is not bytes yet is made in a temporary folder first."""
    if callable(content):
        with temporary_folder() as place:
            content(place / path.name)
            content = (place / path.name).read_bytes()
    raw = content.encode() if isinstance(content, str) else content
    sys.stdout.flush()  # what was printed before comes before
    with os.fdopen(_opened(path), "wb") as stream:
        stream.write(raw)


def _opened(path: Path) -> int:
    """Open what is there for writing, and make nothing; from a named pipe somebody must read."""
    open_already = open_descriptor(path)
    if open_already is not None:
        return os.dup(open_already)
    patience = time.monotonic() + PATIENCE
    while True:
        try:
            handle = os.open(path, os.O_WRONLY | getattr(os, "O_NONBLOCK", 0))
        except OSError as error:
            if error.errno != errno.ENXIO or time.monotonic() > patience:
                raise
            time.sleep(PAUSE)
        else:
            if os.name == "posix":
                os.set_blocking(handle, True)
            return handle


def _replace_file(path: Path, content: Content) -> None:
    require_parent(path)
    _sweep(path.parent, UNFINISHED)
    handle, name = tempfile.mkstemp(prefix=UNFINISHED, suffix=path.suffix, dir=path.parent)
    os.close(handle)
    unfinished = Path(name)
    try:
        _fill(unfinished, content)
        _like(unfinished, path)
        unfinished.replace(path)
        _sync(path.parent)
    finally:
        unfinished.unlink(missing_ok=True)


def _like(new: Path, old: Path) -> None:
    """Give a new file the permissions and, where the system allows it, the owner of the one that it replaces."""
    try:
        state = old.stat()
    except FileNotFoundError:
        new.chmod(0o666 & ~_umask())
        return
    if hasattr(os, "chown"):
        with suppress(PermissionError):
            os.chown(new, state.st_uid, state.st_gid)
    new.chmod(S_IMODE(state.st_mode))


def _sweep(folder: Path, prefix: str) -> None:
    """Take away what our own writers that were killed left in a folder a day ago or earlier."""
    with suppress(OSError):
        for leftover in folder.glob(f"{prefix}*"):
            with suppress(OSError):
                state = leftover.lstat()
                mine = not hasattr(os, "getuid") or state.st_uid == os.getuid()
                if mine and time.time() - state.st_mtime > STALE:
                    shutil.rmtree(leftover, ignore_errors=True) if S_ISDIR(state.st_mode) else leftover.unlink()


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
