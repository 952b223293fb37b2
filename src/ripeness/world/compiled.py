"""The one way a loop is compiled here: kept on disk, free of Python's lock, and never with relaxed arithmetic.

With NUMBA_DISABLE_JIT=1 the same source runs as plain Python and gives the same bits; that is its test.
The compiler's own cache looks at a loop's file only, while constants and functions of other files are compiled in. The
cache therefore lives in a folder named by the content of the whole package: a change anywhere compiles anew.
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

Loop = TypeVar("Loop", bound=Callable[..., Any])
ROOMS = ("world", "decision", "war", "study")  # rooms that hold compiled loops


@cache
def cache_folder() -> Path:
    """Say where compiled loops are kept: under RIPENESS_CACHE, else the user's cache folder, else a temporary one."""
    package = Path(__file__).parent.parent
    digest = hashlib.sha256(f"{sys.version} {numba.__version__} {package}".encode())
    for room in ROOMS:
        for file in sorted((package / room).rglob("*.py")):
            digest.update(file.read_bytes())
    home = os.environ.get("RIPENESS_CACHE") or os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    folder = Path(home) / "ripeness" / "compiled" / digest.hexdigest()[:16]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        folder = Path(tempfile.mkdtemp(prefix="ripeness-compiled-"))
    return folder


def compiled(loop: Loop) -> Loop:
    """Compile a module-level function at its first call, once per machine and version.

    Assumes that the function divides by no zero: plain Python would warn where compiled code is silent.

    >>> @compiled
    ... def double(x: float) -> float:
    ...     return 2 * x
    >>> double(2.0)
    4.0
    """
    return _compile(loop, inlined=False)


def inlined(formula: Loop) -> Loop:
    """Compile a formula into every loop that calls it, so that the compiler can work on several draws at once."""
    return _compile(formula, inlined=True)


def _compile(loop: Loop, *, inlined: bool) -> Loop:
    before = numba.config.CACHE_DIR
    numba.config.CACHE_DIR = str(cache_folder())
    try:
        return cast("Loop", numba.njit(cache=True, nogil=True, error_model="numpy", forceinline=inlined)(loop))
    finally:
        numba.config.CACHE_DIR = before
