"""Output: lines and JSON on standard output or error, without control characters, readable in any encoding."""

from __future__ import annotations

import sys
from typing import Any

from ripeness.store.json_text import json_text
from ripeness.world.readable import CONTROLS, can_encode, without_controls


def say(text: object, *, end: str = "\n", error: bool = False) -> None:
    """Print a line; control characters in it are shown as signs."""
    print(without_controls(str(text)), end=end, file=sys.stderr if error else sys.stdout, flush=error)


def say_data(text: str) -> None:
    """Print text that other programs read: as it is, but on a terminal, where control characters are shown as signs."""
    print(without_controls(text) if sys.stdout.isatty() else text, end="")


def say_json(value: dict[str, Any], indent: int | None = 2) -> None:
    """Print values as JSON; a number that does not exist is null."""
    from ripeness.store.json_text import json_text, plain_value

    say_json_text(json_text(plain_value(value), indent=indent))


def say_json_text(text: str) -> None:
    """Print JSON that is written already; letters that cannot be printed are escaped,
    so that it reads back the same.
    """
    encoding = sys.stdout.encoding or "utf-8"
    text = CONTROLS.sub(lambda match: _escaped(match[0]), text)
    print(
        text if can_encode(text, encoding) else "".join(_escaped(c) if not can_encode(c, encoding) else c for c in text)
    )


def _escaped(letter: str) -> str:
    r"""A letter as JSON writes it in ASCII.

    >>> _escaped("\x1b"), _escaped("±")
    ('\\u001b', '\\u00b1')
    """
    return json_text(letter, ascii_only=True)[1:-1] if letter != "\x7f" else "\\u007f"
