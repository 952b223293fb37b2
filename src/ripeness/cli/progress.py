"""Progress on standard error: how many runs are done, how long the rest takes once that is known,
and when loops are compiled.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from time import monotonic

from ripeness.study.progress import WORKING, Pace

OFTEN, SELDOM = 0.25, 10.0  # seconds between two lines: on a terminal, and in a log
PATIENCE = 1.0  # seconds before the first line: what is done by then needs none


class Progress:
    """Called with (done, in all); a thread writes the line anew, so that a long silence is told as what it is."""

    def __init__(self, unit: str = "runs") -> None:
        self.pace = Pace(unit=unit)
        self.on_screen = sys.stderr.isatty()
        self._over = Event()
        self._line = ""
        self._writer = Thread(target=self._write, daemon=True)
        self._writer.start()

    def __call__(self, done: int, total: int) -> None:
        """Take in how far it is."""
        self.pace.report(done, total)

    def stage(self, unit: str, begins: float, ends: float) -> None:
        """Begin work of another kind, which goes from one share of the whole to another."""
        self.pace.stage(unit, begins, ends)

    def begin(self, activity: str) -> None:
        """Say what is being done, where nothing is counted."""
        self.pace.activity = activity

    def close(self) -> None:
        """Write no more, and take the line off the screen."""
        self._over.set()
        self._writer.join()
        if self.on_screen and self._line:
            print("\r\033[K", end="", file=sys.stderr, flush=True)

    def _write(self) -> None:
        if self._over.wait(PATIENCE):
            return
        written_at = 0.0
        while True:
            line = self.pace.words()
            late = self.on_screen or (monotonic() - written_at >= SELDOM and line != WORKING)
            if late and line != self._line:
                self._line, written_at = line, monotonic()
                if self.on_screen:
                    print(f"\r\033[K{line}", end="", file=sys.stderr, flush=True)
                else:
                    print(line, file=sys.stderr, flush=True)
            if self._over.wait(OFTEN):
                return


@contextmanager
def progress_of(unit: str = "runs") -> Iterator[Progress]:
    """Tell on standard error how far the work inside is."""
    progress = Progress(unit)
    try:
        yield progress
    finally:
        progress.close()
