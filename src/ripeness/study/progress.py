"""Progress of long work, of a part and of the whole, and the time left once that is known."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from time import monotonic

from ripeness.world.compiling import CLOCK

Progress = Callable[[int, int], None]

LEAST_SECONDS = 1.0  # of work observed before a time left is shown
LEAST_REPORTS = 3
MOST_REPORTS = 512  # remembered; beyond that every second one is forgotten
WORKING = "working"  # what is shown before anything is counted
UNSTEADY = 2.0  # a pace that changed by this factor between two halves is not known


def part_progress(progress: Progress | None, number: int, parts: int) -> Progress | None:
    """Return the progress callback of one part, counted from 0, where all parts take about as long.

    >>> part_progress(lambda done, total: print(done, "of", total), 1, 3)(2, 4)
    6 of 12
    """
    if progress is None:
        return None
    # Nothing done at all is not reported: no time left can be estimated from it.
    return lambda done, total: progress(number * total + done, parts * total) if number * total + done else None


class Pace:
    """How far a work is, and how long the rest takes at the pace of work of its kind.

    The pace is measured from the first report on, without the seconds in which loops were compiled: what came before is
    reading, compiling or another work. It is not shown before it is known: from three reports over a second, and while
    both halves of what was seen went about as fast. Work that starts from nothing again is work of another kind.

    `clock`: seconds of work, for tests. Units: seconds.

    >>> seconds = iter([0.0, 2.0, 4.0, 4.0])
    >>> pace = Pace(lambda: next(seconds))
    >>> pace.report(100, 1000), pace.report(300, 1000), pace.seconds_left()
    (None, None, None)
    >>> pace.report(500, 1000), pace.seconds_left(), pace.words()
    (None, 5.0, '500 of 1,000 runs, 5 s left')
    """

    def __init__(self, clock: Callable[[], float] | None = None, unit: str = "runs") -> None:
        self._clock = clock or _working_seconds
        self._begins, self._ends = 0.0, 1.0
        self.unit, self.activity = unit, WORKING
        self._reports: tuple[
            tuple[float, int], ...
        ] = ()  # (seconds, done); replaced whole, since pages read it meanwhile
        self.done = 0
        self.total = 0

    def report(self, done: int, total: int) -> None:
        """Record progress: so much done of so much in all."""
        earlier = () if done < self.done else self._reports
        if len(earlier) >= MOST_REPORTS:
            earlier = earlier[::2]
        self._reports = (*earlier, (self._clock(), done))
        self.done, self.total = done, total

    def stage(self, unit: str, begins: float, ends: float) -> None:
        """Begin work of another kind, which takes the whole from one share of it to another."""
        self.unit, self._begins, self._ends = unit, begins, ends
        self._reports, self.done, self.total = (), 0, 0

    def share(self) -> float:
        """How much of the whole is done, from 0 to 1."""
        fraction = min(1.0, self.done / self.total) if self.total else 0.0
        return self._begins + fraction * (self._ends - self._begins)

    def seconds_left(self) -> float | None:
        """The time to go; none while it is not known, or while work of another kind is still to come."""
        reports = self._reports
        if self._ends < 1 or len(reports) < LEAST_REPORTS or reports[-1][0] - reports[0][0] < LEAST_SECONDS:
            return None
        halfway = bisect_left(reports, ((reports[0][0] + reports[-1][0]) / 2, 0))
        middle = reports[min(max(halfway, 1), len(reports) - 2)]
        earlier, later = _rate(reports[0], middle), _rate(middle, reports[-1])
        if not 0 < max(earlier, later) <= UNSTEADY * min(earlier, later):
            return None
        return (self.total - self.done) / later

    def words(self) -> str:
        """How far it is, as a line: that loops are being compiled, or how many are done and, once known,
        the time to go.
        """
        if CLOCK.running:
            return f"compiling once for this machine and version, {CLOCK.seconds():.0f} s so far"
        if not self.total:
            return self.activity
        line = f"{self.done:,} of {self.total:,} {self.unit}"
        seconds = None if self.done >= self.total else self.seconds_left()
        return line if seconds is None else f"{line}, {time_in_words(seconds)} left"


def announce_stage(progress: Progress | None, unit: str, begins: float, ends: float) -> None:
    """Announce work of another kind to a progress that accepts it: counted in `unit`, from share to share."""
    hear = getattr(progress, "stage", None)
    if hear is not None:
        hear(unit, begins, ends)


def time_in_words(seconds: float) -> str:
    """Format a time left.

    >>> time_in_words(7.4), time_in_words(190)
    ('7 s', '3 min')
    """
    return f"{seconds:.0f} s" if seconds < 100 else f"{seconds / 60:.0f} min"


def _working_seconds() -> float:
    return monotonic() - CLOCK.seconds()


def _rate(first: tuple[float, int], last: tuple[float, int]) -> float:
    """What was done in a second between two reports; 0 where no time passed."""
    seconds = last[0] - first[0]
    return (last[1] - first[1]) / seconds if seconds > 0 else 0.0
