"""The one way a loop is compiled here: kept on disk, free of Python's lock, and never with relaxed arithmetic.

With NUMBA_DISABLE_JIT=1 the same source runs as plain Python and gives the same bits; that is its test.
The compiler's own cache looks at a loop's file only, while constants and functions of other files are compiled in. The
cache therefore lives in a folder named by the content of every file that a loop can see: its own room's and lower ones'.
"""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
import numpy as np
from numba.core import event

from ripeness.world.compiling import CLOCK

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
    home = os.environ.get("RIPENESS_CACHE") or os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    folder = Path(home) / "ripeness" / "compiled" / digest.hexdigest()[:16]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        folder = Path(tempfile.mkdtemp(prefix="ripeness-compiled-"))
    return folder


def _seen_by_loops(text: bytes) -> bool:
    """Whether a file holds loops, formulas, or nothing but constants for them."""
    return b"@compiled" in text or b"@inlined" in text or b"@woven" in text or b"def " not in text


def compiled(loop: Loop) -> Loop:
    """Compile a module-level function at its first call, once per machine and version.

    Assumes that the function divides by no zero: plain Python would warn where compiled code is silent.

    >>> from ripeness.world.arithmetic import exp
    >>> round(exp(1.0), 9)
    2.718281828
    """
    return _compile(loop)


def woven(loop: Loop) -> Loop:
    """Write a function out into whichever loop calls it, so that it is compiled once, there, and not by itself as well.

    For functions that only say which loop comes next: where each of them is compiled by itself, the compiler works on all
    that it calls again at every level.
    """
    return _compile(loop, inline="always")


def inlined(formula: Loop) -> Loop:
    """Compile a formula into every loop that calls it, so that the compiler can work on several draws at once."""
    return _compile(formula, forceinline=True)


def whole(number: int) -> int:
    """A whole number that a loop reads when it runs; a loop given a plain one is compiled anew for each number.

    >>> int(whole(3))
    3
    """
    return cast("int", np.int64(number))


def _compile(loop: Loop, **how: bool | str) -> Loop:
    parts = loop.__module__.split(".")
    room = parts[1] if len(parts) > 1 and parts[0] == "ripeness" and parts[1] in ROOMS else ROOMS[-1]
    before = numba.config.CACHE_DIR
    numba.config.CACHE_DIR = str(cache_folder(room))
    try:
        return cast("Loop", numba.njit(cache=True, nogil=True, error_model="numpy", no_cfunc_wrapper=True, **how)(loop))
    finally:
        numba.config.CACHE_DIR = before
