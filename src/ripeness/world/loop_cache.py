"""The cache of compiled loops: what is read from it is what was written to it, or it is compiled anew.

The compiler's own cache trusts its files: one that is cut short or belongs to another loop ends in a traceback or in a
crash of the whole process. Here every file begins with a digest that binds it to its loop and signature, a place that
cannot be written is done without, and a compiled loop's file is named by its content, so that two processes never write
the same one.
"""

from __future__ import annotations

import logging
import pickle
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from typing import Any

import llvmlite
import numba
import numpy as np
from numba.core.caching import CompileResultCacheImpl, FunctionCache
from numba.core.serialize import dumps

DIGEST = sha256().digest_size  # bytes with which every file begins
INDEX, LOOP = ".nbi", ".nbc"
LETTERS = 16  # of a digest in the name of a file
VERSIONS = f"numba {numba.__version__}, llvmlite {llvmlite.__version__}, numpy {np.__version__}"


class LoopFiles(CompileResultCacheImpl):  # type: ignore[misc]  # the compiler publishes no types
    """How compiled loops become bytes and come back; unlike its parent it looks for no folder."""

    def __init__(self, loop: Any) -> None:
        self._lineno = loop.__code__.co_firstlineno
        qualified = loop.__qualname__.replace("<", "").replace(">", "")  # which some systems have in no name
        self._filename_base = f"{Path(loop.__code__.co_filename).stem}.{qualified}-{self._lineno}"
        self._locator = self
        self._py_file = loop.__code__.co_filename  # asked of the locator where a loop cannot be kept


class LoopCache(FunctionCache):  # type: ignore[misc]
    """The compiled forms of one loop in a folder: an index of its signatures, and a file for each."""

    _impl_class = LoopFiles

    def __init__(self, loop: Any, folder: Path) -> None:
        self._name = repr(loop)
        self._py_func = loop
        self._impl = LoopFiles(loop)
        self._folder = folder
        self._index = folder / f"{self._impl.filename_base}{INDEX}"
        self._owner = f"{VERSIONS} {loop.__module__} {self._impl.filename_base} ".encode()
        self.enable()

    @property
    def cache_path(self) -> str:
        """Where the files stand."""
        return str(self._folder)

    def flush(self) -> None:
        """Forget every compiled form."""
        _save(self._index, self._owner, dumps({}))

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        """The compiled form for a signature, None where there is none that is whole."""
        target_context.refresh()
        if not self._enabled:
            return None
        key = self._index_key(sig, target_context.codegen())
        name = self._entries().get(key)
        stored = None if name is None else _load(self._folder / name, self._owner + name.encode())
        return None if stored is None else self._impl.rebuild(target_context, stored)

    def save_overload(self, sig: Any, data: Any) -> None:
        """Keep the compiled form for a signature; where nothing can be written, that is said once and done without."""
        if not self._enabled or not self._impl.check_cachable(data):
            return
        key = self._index_key(sig, data.codegen)
        raw = dumps(self._impl.reduce(data))
        name = f"{self._impl.filename_base}.{sha256(raw).hexdigest()[:LETTERS]}{LOOP}"
        if _save(self._folder / name, self._owner + name.encode(), raw):
            entries = self._entries()
            _save(self._index, self._owner, dumps({**entries, key: name}))
            if entries.get(key, name) != name:
                with suppress(OSError):
                    (self._folder / entries[key]).unlink()

    def _entries(self) -> dict[Any, str]:
        return _load(self._index, self._owner) or {}


def _save(path: Path, owner: bytes, raw: bytes) -> bool:
    """Write a file whole or not at all; whether it could be written."""
    temporary = path.with_name(f"{path.name}.{token_hex(8)}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with temporary.open("xb") as stream:
                stream.write(sha256(owner + raw).digest())
                stream.write(raw)
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        _say_once(str(path.parent), error.strerror or str(error))
        return False
    return True


def _load(path: Path, owner: bytes) -> Any:
    """What a file holds, None where it cannot be read, is not whole, or is another's."""
    try:
        content = path.read_bytes() if path.is_file() else b""  # from a pipe nothing would ever come
    except OSError:
        return None
    digest, raw = content[:DIGEST], content[DIGEST:]
    return pickle.loads(raw) if sha256(owner + raw).digest() == digest else None  # noqa: S301  (what was written here)


@cache
def _say_once(folder: str, why: str) -> None:
    logging.getLogger("ripeness").warning(
        "compiled loops cannot be kept in %s (%s): this run goes on, and the next compiles again. "
        "RIPENESS_CACHE names another folder for them.",
        folder,
        why,
    )
