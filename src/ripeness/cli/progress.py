"""Progress on standard error: how many runs are done, how long the rest takes, and when loops are being compiled."""

from __future__ import annotations

import sys
from time import monotonic

OFTEN, SELDOM = 0.2, 10.0  # seconds between two lines: on a terminal, and in a log
MARK = "*move_front*.nbc"  # a compiled loop that every war needs


class Progress:
    """Called with (runs done, runs in all); silent for what takes less than a moment."""

    def __init__(self, what: str = "runs") -> None:
        self.what = what
        self.began = monotonic()
        self.told = self.began
        self.on_screen = sys.stderr.isatty()

    def __call__(self, done: int, total: int) -> None:
        """Say how far it is."""
        now = monotonic()
        if now - self.told < (OFTEN if self.on_screen else SELDOM):
            return
        self.told = now
        left = (now - self.began) * (total - done) / done
        line = f"{done:,} of {total:,} {self.what}, {_time(left)} left"
        print(
            f"\r\033[K{line}" if self.on_screen else line,
            end="" if self.on_screen else "\n",
            file=sys.stderr,
            flush=True,
        )

    def clear(self) -> None:
        """Take the line off the screen."""
        if self.on_screen and self.told != self.began:
            print("\r\033[K", end="", file=sys.stderr, flush=True)


def announce_compiling() -> None:
    """Say so when this machine has not compiled the loops yet."""
    from ripeness.world.compiled import cache_folder

    if not any(cache_folder("war").rglob(MARK)):
        print("compiling once for this machine and version: some 20 seconds", file=sys.stderr, flush=True)


def _time(seconds: float) -> str:
    """A time to go.

    >>> _time(7.4), _time(190)
    ('7 s', '3 min')
    """
    return f"{seconds:.0f} s" if seconds < 100 else f"{seconds / 60:.0f} min"
