"""The one way a loop is compiled here: kept on disk, free of Python's lock, and never with relaxed arithmetic.

With NUMBA_DISABLE_JIT=1 the same source runs as plain Python and gives the same bits; that is its test.
The compiler's own cache looks at a loop's file only, while constants and functions of other files are compiled in. The
cache therefore lives in a folder named by the content of every file that a loop can see: its own room's and lower
ones'.
"""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from stat import S_ISDIR
from typing import Any, TypeVar, cast

import numba
import numpy as np
from numba.core import event

from ripeness.world.compiling import CLOCK
from ripeness.world.loop_cache import LoopCache

Loop = TypeVar("Loop", bound=Callable[..., Any])
ROOMS = ("world", "decision", "war", "study")  # rooms that hold compiled loops, lowest first


class _Compilations(event.Listener):  # type: ignore[misc]  # numba publishes no types
    """Moves the clock of compiling: the compiler tells of each loop that it did not find on disk."""

    def on_start(self, event: event.Event) -> None:  # noqa: ARG002  (named by the compiler)
        """A loop is compiled from here on."""
        CLOCK.start()

    def on_end(self, event: event.Event) -> None:  # noqa: ARG002
        """It is compiled."""
        CLOCK.stop()


event.register("numba:compile", _Compilations())


@cache
def cache_folder(room: str) -> Path:
    """Say where a room's compiled loops are kept: under RIPENESS_CACHE, the user's cache folder, or a temporary one."""
    package = Path(__file__).parent.parent
    digest = hashlib.sha256(f"{sys.version} {numba.__version__} {package}".encode())
    for below in ROOMS[: ROOMS.index(room) + 1]:
        for file in sorted((package / below).rglob("*.py")):
            text = file.read_bytes()
            if _seen_by_loops(text):
                digest.update(text)
    name = digest.hexdigest()[:16]
    try:
        folder = _home() / "ripeness" / "compiled" / name
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, RuntimeError):  # the latter where this user has no home
        folder = _own_temporary() / name
    return folder


def _home() -> Path:
    chosen = os.environ.get("RIPENESS_CACHE") or os.environ.get("XDG_CACHE_HOME")
    return Path(chosen) if chosen else Path.home() / ".cache"


def _own_temporary() -> Path:
    """A folder that no other user can write to: what lies in it is run."""
    name = Path(tempfile.gettempdir()) / f"ripeness_compiled_{getattr(os, 'getuid', int)()}"
    with suppress(OSError):
        name.mkdir(mode=0o700)
    with suppress(OSError):
        state = name.lstat()
        private = S_ISDIR(state.st_mode) and not state.st_mode & 0o077
        if private and state.st_uid == getattr(os, "getuid", int)():
            return name
    return Path(tempfile.mkdtemp(prefix="ripeness-compiled-"))


def _seen_by_loops(text: bytes) -> bool:
    """Whether a file holds loops, formulas, or nothing but constants for them."""
    return b"@compiled" in text or b"@inlined" in text or b"@ir_inlined" in text or b"def " not in text


def compiled(loop: Loop) -> Loop:
    """Compile a module-level function at its first call, once per machine and version.

    Assumes that the function divides by no zero: plain Python would warn where compiled code is silent.

    >>> from ripeness.world.arithmetic import exp
    >>> round(exp(1.0), 9)
    2.718281828
    """
    return _compile(loop)


def ir_inlined(loop: Loop) -> Loop:
    """Write a function out into whichever loop calls it, so that it is compiled once, there, and not by itself as well.

    For functions that only say which loop comes next: where each of them is compiled by itself, the compiler works on
    all that it calls again at every level.
    """
    return _compile(loop, inline="always")


def inlined(formula: Loop) -> Loop:
    """Compile a formula into every loop that calls it, so that the compiler can work on several draws at once."""
    return _compile(formula, forceinline=True)


def runtime_int(number: int) -> int:
    """A whole number that a loop reads when it runs; a loop given a plain one is compiled anew for each number.

    >>> int(runtime_int(3))
    3
    """
    return cast("int", np.int64(number))


def _compile(loop: Loop, **options: bool | str) -> Loop:
    parts = loop.__module__.split(".")
    room = parts[1] if len(parts) > 1 and parts[0] == "ripeness" and parts[1] in ROOMS else ROOMS[-1]
    options = {"nogil": True, "error_model": "numpy", "no_cfunc_wrapper": True, **options}
    compiling = numba.njit(**options)(loop)
    if not numba.config.DISABLE_JIT:
        compiling._cache = LoopCache(loop, cache_folder(room) / loop.__module__.rpartition(".")[0])  # noqa: SLF001  (what cache=True does, with our own)
    return cast("Loop", compiling)
