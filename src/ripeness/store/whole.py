"""Whole or not at all: a file or a folder that is cut short in the writing never takes the place of anything.

What is no regular file keeps its place: a link is followed and its target written anew, a terminal, a pipe or /dev/null
is written through, a disk is refused.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from stat import S_IMODE, S_ISBLK, S_ISCHR, S_ISDIR, S_ISFIFO, S_ISREG

from ripeness.world.fault import Fault, Place

UNFINISHED = ".unfinished-"
SCRATCH = "ripeness-"  # begins the names of our own folders where the system keeps temporary files
STALE = 24 * 3600  # seconds after which what a killed writer left is nobody's any more
PATIENCE, PAUSE = 10.0, 0.05  # seconds: for somebody to read from a named pipe, and between two looks
DESCRIPTOR = re.compile(r"(?:/dev/fd|/proc/self/fd)/(\d+)")
STREAMS = {"/dev/stdout": 1, "/dev/stderr": 2}
Content = str | bytes | Callable[[Path], None]


def write_file(path: Path, content: Content) -> None:
    """Write a file beside its place and put it there at once: a reader sees the old one or the new one.

    A content may be a text, bytes, or a function that writes to the path it is given. A link keeps pointing where it
    points, and a file that is written anew keeps its permissions.

    Raises: Fault where the place cannot be written to.
    """
    path = Path(path)
    need_parent(path)
    try:
        if _is_written_through(path):
            _write_through(path, content)
        else:
            _replace_file(_target(path), content)
    except OSError as error:
        raise _fault(path, error) from None


def write_folder(path: Path, contents: Mapping[str, Content]) -> None:
    """Write a folder of files beside its place and put it there at once, complete.

    Raises: Fault where something is there already (an empty folder does not count), or nothing can be written.
    """
    path = Path(path)
    _need_no_content(path)
    try:
        goal = _target(path)
        need_parent(goal)
        with _filled_folder(goal.parent, contents) as beside:
            beside.replace(goal)
            _sync(goal.parent)
    except OSError as error:
        raise _fault(path, error) from None


def write_folder_named(parent: Path, contents: Mapping[str, Content], name: Callable[[Path], str]) -> Path:
    """Write a folder of files under a name that `name` makes from the folder once its files are there.

    What stands under that name already is left as it is. Returns its path.

    Raises: Fault where nothing can be written.
    """
    try:
        with _filled_folder(parent, contents) as beside:
            goal = parent / name(beside)
            if not goal.exists():
                try:
                    beside.replace(goal)
                except OSError:
                    if not goal.exists():  # else another process has just written the same
                        raise
                _sync(parent)
            return goal
    except OSError as error:
        raise _fault(parent, error) from None


@contextmanager
def _filled_folder(parent: Path, contents: Mapping[str, Content]) -> Iterator[Path]:
    """A folder with some files, written in the order given, for as long as it has not been moved to its place."""
    _sweep(parent, UNFINISHED)
    beside = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=parent))
    try:
        for name, content in contents.items():
            (beside / name).parent.mkdir(parents=True, exist_ok=True)
            _fill(beside / name, content)
        _sync(beside)
        beside.chmod(0o777 & ~_umask())
        yield beside
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def need_file(path: Path) -> None:
    """Say whether a file can be written here, before the work whose outcome it is to hold.

    Raises: Fault where the folder above is missing or lets nothing be written, or a folder or a disk stands here.
    """
    path = Path(path)
    need_parent(path)
    try:
        if not _is_written_through(path):
            goal = _target(path)
            need_parent(goal)
            _need_writable(goal.parent)
    except OSError as error:
        raise _fault(path, error) from None


def need_room(path: Path) -> None:
    """Say whether a new folder can stand here, before the work whose outcome it is to hold.

    Raises: Fault where something is there already (an empty folder does not count), or the folder above is missing or
    lets nothing be written.
    """
    path = Path(path)
    _need_no_content(path)
    try:
        goal = _target(path)
        need_parent(goal)
        _need_writable(goal.parent)
    except OSError as error:
        raise _fault(path, error) from None


def need_parent(path: Path) -> None:
    """Say whether the folder above is there.

    Raises: Fault where it is not.
    """
    if not os.path.isdir(path.parent):  # noqa: PTH112  (a name that is too long is no folder, and no error)
        raise Fault(f"the folder '{path.parent}' does not exist", Place(str(path)))


def make_folder(path: Path) -> None:
    """Make a folder, and those above it, where they are not there yet.

    Raises: Fault where that cannot be done.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Fault(f"this folder cannot be made: {error.strerror or error}", Place(str(path))) from None


@contextmanager
def scratch() -> Iterator[Path]:
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


def _need_no_content(path: Path) -> None:
    try:
        state = os.stat(path)  # noqa: PTH116  (of the path as it was typed, links followed)
        taken = not S_ISDIR(state.st_mode) or any(path.iterdir())
    except FileNotFoundError:
        taken = False
    except OSError as error:
        raise _fault(path, error) from None
    if taken:
        raise Fault("something is there already and is left as it is; name another folder", Place(str(path)))
    if path.is_mount():
        raise Fault("another disk is mounted here; name a new folder in it", Place(str(path)))


def _need_writable(folder: Path) -> None:
    """Raises: OSError where no file can be made in a folder; only trying tells,
    for permissions do not bind everybody.
    """
    handle, name = tempfile.mkstemp(prefix=UNFINISHED, dir=folder)
    try:
        os.write(handle, b"\n")
    finally:
        os.close(handle)
        Path(name).unlink(missing_ok=True)


def _is_written_through(path: Path) -> bool:
    """Whether what stands here is written to, and not replaced: anything but a regular file or nothing at all.

    Raises: Fault where a folder or a disk stands here; OSError where it cannot be asked.
    """
    try:
        mode = os.stat(path).st_mode  # noqa: PTH116  (links followed, /dev/stdout to what it is open as)
    except FileNotFoundError:
        return False
    if S_ISDIR(mode):
        raise Fault("this is a folder; name a file in it", Place(str(path)))
    if S_ISBLK(mode):
        raise Fault("this is a disk, not a file; it is left as it is", Place(str(path)))
    if not (S_ISREG(mode) or S_ISCHR(mode) or S_ISFIFO(mode)):
        raise Fault("this is no file that can be written", Place(str(path)))
    return not S_ISREG(mode) or _descriptor(path) is not None


def _target(path: Path) -> Path:
    """Where a path leads once its links are followed; what it leads to need not be there.

    Raises: OSError for links that lead in a circle.
    """
    if not path.is_symlink():
        return path
    goal = Path(os.path.realpath(path))
    if goal.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
    return goal


def _write_through(path: Path, content: Content) -> None:
    """Write to a device or a pipe; what is not bytes yet is made in a temporary folder first."""
    if callable(content):
        with scratch() as place:
            content(place / path.name)
            content = (place / path.name).read_bytes()
    raw = content.encode() if isinstance(content, str) else content
    sys.stdout.flush()  # what was printed before comes before
    with os.fdopen(_opened(path), "wb") as stream:
        stream.write(raw)


def _descriptor(path: Path) -> int | None:
    """The number under which this process has a file open already, where a path names it so.

    >>> _descriptor(Path("/dev/stdout")), _descriptor(Path("/dev/fd/63")), _descriptor(Path("/dev/null"))
    (1, 63, None)
    """
    named = DESCRIPTOR.fullmatch(str(path))
    return int(named[1]) if named else STREAMS.get(str(path))


def _opened(path: Path) -> int:
    """Open what is there for writing, and make nothing; from a named pipe somebody must read."""
    open_already = _descriptor(path)
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
    need_parent(path)
    _sweep(path.parent, UNFINISHED)
    handle, name = tempfile.mkstemp(prefix=UNFINISHED, suffix=path.suffix, dir=path.parent)
    os.close(handle)
    beside = Path(name)
    try:
        _fill(beside, content)
        _like(beside, path)
        beside.replace(path)
        _sync(path.parent)
    finally:
        beside.unlink(missing_ok=True)


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
        for left in folder.glob(f"{prefix}*"):
            with suppress(OSError):
                state = left.lstat()
                mine = not hasattr(os, "getuid") or state.st_uid == os.getuid()
                if mine and time.time() - state.st_mtime > STALE:
                    shutil.rmtree(left, ignore_errors=True) if S_ISDIR(state.st_mode) else left.unlink()


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


def _fault(path: Path, error: OSError) -> Fault:
    why = "nobody reads from this pipe" if error.errno == errno.ENXIO else error.strerror or str(error)
    return Fault(f"cannot be written: {why}", Place(str(path)))


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
