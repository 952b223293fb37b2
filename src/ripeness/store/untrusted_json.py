"""JSON of other people's making: read within bounds, and every way in which it can be wrong ends in a Fault."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from math import isfinite
from pathlib import Path
from typing import Any, NoReturn

from ripeness.world.fault import Fault, Place

LARGEST = 200_000_000  # bytes; a ledger of 100,000 entries has some 80 million
DEEPEST = 100  # objects within objects; what this program writes has at most 8
_SURROGATE = re.compile("[\ud800-\udfff]")


def read_bytes(path: Path, *, largest: int = LARGEST) -> bytes:
    """Read a file up to a size.

    Units: `largest` in bytes.
    Raises: Fault where it cannot be read, or is larger.
    """
    try:
        with Path(path).open("rb") as stream:
            data = stream.read(largest + 1)
    except (OSError, ValueError) as error:  # a path that holds a zero byte is a ValueError
        raise Fault(f"cannot be read: {getattr(error, 'strerror', None) or error}", Place(str(path))) from None
    if len(data) > largest:
        raise Fault(f"is larger than {largest / 1e6:,.0f} MB", Place(str(path)))
    return data


def decode_json_text(data: bytes, path: Path | str) -> str:
    """The text of JSON: UTF-8, -16 or -32, with or without its mark.

    Raises: Fault where it is none of these.
    """
    try:
        return data.decode(json.detect_encoding(data)).removeprefix("\ufeff")
    except UnicodeDecodeError:
        raise Fault("is not UTF-8 text; save it as UTF-8", Place(str(path))) from None


def parse_json(text: str, place: Place) -> Any:
    r"""Read JSON whose numbers are finite, whose keys stand once, and whose letters are whole.

    Raises: Fault with line and column of what is no such JSON.

    >>> parse_json('{"yes": NaN}', Place("run.json"))
    Traceback (most recent call last):
    ripeness.world.fault.Fault: run.json:1:1: NaN is no number of JSON
    >>> parse_json('{"yes": 1,\n "no" 0}', Place("run.json"))
    Traceback (most recent call last):
    ripeness.world.fault.Fault: run.json:2:7: is not JSON: Expecting ':' delimiter
    """

    def refuse(message: str) -> NoReturn:
        raise Fault(message, place)

    def read_number(digits: str) -> float:
        value = float(digits)
        return value if isfinite(value) else refuse(f"the number {digits[:20]} is too large")

    def read_integer(digits: str) -> int:
        return int(digits) if len(digits) <= 300 else refuse(f"a number of {len(digits)} digits is too large")

    def read_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        entries = dict(pairs)
        if len(entries) < len(pairs):
            names = [name for name, _ in pairs]
            twice = next(name for name in names if names.count(name) > 1)
            refuse(f"the key {twice[:60]!r} stands twice in one object")
        return entries

    try:
        value = json.loads(
            text,
            parse_float=read_number,
            parse_int=read_integer,
            object_pairs_hook=read_object,
            parse_constant=lambda name: refuse(f"{name} is no number of JSON"),
        )
    except json.JSONDecodeError as error:
        raise Fault(f"is not JSON: {error.msg}", _within(place, error.lineno, error.colno)) from None
    except RecursionError:
        raise Fault("holds too many lists or objects within one another", place) from None
    if _too_deep(value):
        raise Fault(f"holds more than {DEEPEST} lists or objects within one another", place)
    if "\\u" in text and holds_lone_surrogate(value):
        raise Fault("holds half a letter (a lone surrogate, \\ud800 to \\udfff)", place)
    return value


def holds_lone_surrogate(value: Any) -> bool:
    r"""Whether a text or key in a value holds half of a letter beyond the first 65,536.

    >>> holds_lone_surrogate({"name": "\ud83c"}), holds_lone_surrogate({"name": "\U0001f54a"})
    (True, False)
    """
    return any(_SURROGATE.search(part) for part in iterate_texts(value))


def iterate_texts(value: Any) -> Iterable[str]:
    """All texts and keys in a value.

    >>> sorted(iterate_texts({"case": ["a", 1]}))
    ['a', 'case']
    """
    waiting = [value]
    while waiting:
        part = waiting.pop()
        if isinstance(part, str):
            yield part
        elif isinstance(part, Mapping):
            yield from (key for key in part if isinstance(key, str))
        waiting.extend(_parts(part))


def _within(place: Place, line: int, column: int) -> Place:
    """A spot of a text that itself begins at a place."""
    return Place(place.file, place.line + line - 1, column if line > 1 else place.column + column - 1)


def _too_deep(value: Any) -> bool:
    level = [value]
    for _ in range(DEEPEST):
        level = [part for parent in level for part in _parts(parent)]
        if not level:
            return False
    return True


def _parts(value: Any) -> Iterable[Any]:
    if isinstance(value, Mapping):
        return value.values()
    return value if isinstance(value, list | tuple) else ()
