"""Mishap: an error of the program itself, logged in full under a number; whoever asked is told the number alone."""

from __future__ import annotations

import secrets
import sys
import traceback

from ripeness.world.fault import Fault


def logged(error: BaseException, place: str) -> Fault:
    """Write an error of the program to standard error under a number; what whoever asked is told."""
    number = secrets.token_hex(4)
    trace = "".join(traceback.format_exception(error, chain=False))
    print(f"internal error {number} at {place[:200]!a}\n{trace}", file=sys.stderr, flush=True)  # noqa: T201
    return Fault(f"an error of the program itself, number {number}; the server's log tells more")
