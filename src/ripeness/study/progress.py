"""Progress of a part of a longer work, told as progress of the whole."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[int, int], None]


def part(progress: Progress | None, number: int, parts: int) -> Progress | None:
    """What to call in the part of this number, counted from 0, where all parts take about as long.

    >>> part(lambda done, total: print(done, "of", total), 1, 3)(2, 4)
    6 of 12
    """
    if progress is None:
        return None
    # Nothing done at all is not told: there is no time left to be guessed from it.
    return lambda done, total: progress(number * total + done, parts * total) if number * total + done else None
