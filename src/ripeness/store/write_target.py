"""Where a file or folder may be written: what stands there, where links lead, and whether there is room."""

from __future__ import annotations

import errno
import os
import re
import tempfile
from pathlib import Path
from stat import S_ISBLK, S_ISCHR, S_ISDIR, S_ISFIFO, S_ISREG

from ripeness.world.fault import Fault, Place

UNFINISHED = ".unfinished-"
DESCRIPTOR = re.compile(r"(?:/dev/fd|/proc/self/fd)/(\d+)")
STREAMS = {"/dev/stdout": 1, "/dev/stderr": 2}


def require_writable_file(path: Path) -> None:
    """Say whether a file can be written here, before the work whose outcome it is to hold.

    Raises: Fault where the folder above is missing or lets nothing be written, or a folder or a disk stands here.
    """
    path = Path(path)
    require_parent(path)
    try:
        if not is_written_through(path):
            goal = link_target(path)
            require_parent(goal)
            _require_writable(goal.parent)
    except OSError as error:
        raise write_fault(path, error) from None


def require_free_folder(path: Path) -> None:
    """Say whether a new folder can stand here, before the work whose outcome it is to hold.

    Raises: Fault where something is there already (an empty folder does not count), or the folder above is missing or
    lets nothing be written.
    """
    path = Path(path)
    require_empty(path)
    try:
        goal = link_target(path)
        require_parent(goal)
        _require_writable(goal.parent)
    except OSError as error:
        raise write_fault(path, error) from None


def require_parent(path: Path) -> None:
    """Say whether the folder above is there.

    Raises: Fault where it is not.
    """
    if not os.path.isdir(path.parent):  # noqa: PTH112  (a name that is too long is no folder, and no error)
        raise Fault(f"the folder '{path.parent}' does not exist", Place(str(path)))


def require_empty(path: Path) -> None:
    """Say whether nothing stands at a place but an empty folder.

    Raises: Fault where something does, or a disk is mounted there.
    """
    try:
        state = os.stat(path)  # noqa: PTH116  (of the path as it was typed, links followed)
        occupied = not S_ISDIR(state.st_mode) or any(path.iterdir())
    except FileNotFoundError:
        occupied = False
    except OSError as error:
        raise write_fault(path, error) from None
    if occupied:
        raise Fault("something is there already and is left as it is; name another folder", Place(str(path)))
    if path.is_mount():
        raise Fault("another disk is mounted here; name a new folder in it", Place(str(path)))


def _require_writable(folder: Path) -> None:
    """Try whether a file can be made in a folder, since permissions do not bind everybody.

    Raises: OSError where none can.
    """
    handle, name = tempfile.mkstemp(prefix=UNFINISHED, dir=folder)
    try:
        os.write(handle, b"\n")
    finally:
        os.close(handle)
        Path(name).unlink(missing_ok=True)


def is_written_through(path: Path) -> bool:
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
    return not S_ISREG(mode) or open_descriptor(path) is not None


def link_target(path: Path) -> Path:
    """Where a path leads once its links are followed; what it leads to need not be there.

    Raises: OSError for links that lead in a circle.
    """
    if not path.is_symlink():
        return path
    goal = Path(os.path.realpath(path))
    if goal.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
    return goal


def open_descriptor(path: Path) -> int | None:
    """The number under which this process has a file open already, where a path names it so.

    >>> open_descriptor(Path("/dev/stdout")), open_descriptor(Path("/dev/fd/63")), open_descriptor(Path("/dev/null"))
    (1, 63, None)
    """
    numbered = DESCRIPTOR.fullmatch(str(path))
    return int(numbered[1]) if numbered else STREAMS.get(str(path))


def write_fault(path: Path, error: OSError) -> Fault:
    """Put into words why a place cannot be written to."""
    why = "nobody reads from this pipe" if error.errno == errno.ENXIO else error.strerror or str(error)
    return Fault(f"cannot be written: {why}", Place(str(path)))
