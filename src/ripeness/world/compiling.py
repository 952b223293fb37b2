"""Compiling: whether a loop is being compiled right now, and for how long that has gone on since the program started.

What is compiled once for a machine says nothing about how fast runs go: faces tell it as compiling, and a time to go
leaves it out.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from time import monotonic


class CompileClock:
    """Adds up the seconds in which at least one loop was being compiled, be it by several threads at once.

    >>> clock = CompileClock()
    >>> clock.start(10.0), clock.start(11.0), clock.stop(12.0), clock.seconds(12.5)
    (None, None, None, 2.5)
    >>> clock.stop(13.0), clock.seconds(20.0), clock.running
    (None, 3.0, False)
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._depth = 0
        self._since = 0.0
        self._before = 0.0

    @property
    def running(self) -> bool:
        """Whether something is being compiled."""
        return self._depth > 0

    def start(self, now: float | None = None) -> None:
        """Begin to compile a loop. Units: now in seconds, of the monotonic clock."""
        with self._lock:
            if self._depth == 0:
                self._since = monotonic() if now is None else now
            self._depth += 1

    def stop(self, now: float | None = None) -> None:
        """End the compilation of a loop."""
        with self._lock:
            self._depth -= 1
            if self._depth == 0:
                self._before += (monotonic() if now is None else now) - self._since

    def seconds(self, now: float | None = None) -> float:
        """Seconds spent on compiling so far."""
        with self._lock:
            current = (monotonic() if now is None else now) - self._since if self._depth else 0.0
            return self._before + current


CLOCK = CompileClock()  # the one of this process; `world/compiled.py` has the compiler move it


@contextmanager
def compiling() -> Iterator[None]:
    """Count what happens inside as compiling, for work that another process compiles meanwhile."""
    CLOCK.start()
    try:
        yield
    finally:
        CLOCK.stop()
