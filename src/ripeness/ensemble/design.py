"""Design: how many runs, at which parameter samples, with which random draws, to tell apart what each of them does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from numbers import Integral

import numpy as np
from numpy.typing import NDArray

from ripeness.scenario.schema import Scenario
from ripeness.world.fault import Fault

DRAWS = 20_000
PER_POINT = 8  # runs that share their inputs: enough to see luck inside a point, few enough to see many points
KEPT = 512  # whole histories kept for pictures: 5 and 95 % points rest on some 25 runs each
CHUNK = 1024  # runs begun at once: few enough for their tables to stay small, many enough to call Python seldom
MOST = 2**32 - 1  # draws are numbered by 32-bit words


@dataclass(frozen=True, slots=True)
class Design:
    """A nested design: run r takes the inputs of parameter sample ("point") r // per_point and random draws of its own.

    A chunk and the workers change the speed, never the result. `horizon` in steps; none: the scenario's own.

    >>> Design(draws=20).points
    3
    >>> [(span.first, span.last) for span in Design(draws=20, chunk=16).spans()]
    [(0, 16), (16, 20)]
    """

    draws: int = DRAWS
    seed: int = 1
    per_point: int = PER_POINT
    horizon: int | None = None
    kept: int = KEPT
    chunk: int = CHUNK
    workers: int | None = None

    def __post_init__(self) -> None:
        """Refuse what cannot be run."""
        for name, value, minimum, maximum in (
            ("draws", self.draws, 1, MOST),
            ("seed", self.seed, 0, 2**64 - 1),
            ("per_point", self.per_point, 1, MOST),
            ("horizon", 1 if self.horizon is None else self.horizon, 1, 600),
            ("kept", self.kept, 0, MOST),
            ("chunk", self.chunk, 1, MOST),
            ("workers", 1 if self.workers is None else self.workers, 1, 1024),
        ):
            if isinstance(value, bool) or not isinstance(value, Integral):
                raise Fault(f"{name} is {value!r:.60}; a whole number from {minimum} to {maximum} is wanted")
            if not minimum <= value <= maximum:
                raise Fault(f"{name} is {value}; it can be {minimum} to {maximum}")

    @property
    def points(self) -> int:
        """How many points of the inputs are drawn."""
        return -(-self.draws // self.per_point)

    def spans(self) -> Iterator[Span]:
        """The chunks in order."""
        for first in range(0, self.draws, self.chunk):
            last = min(first + self.chunk, self.draws)
            yield Span(first, last, self.per_point, max(0, min(self.kept, last) - first))


def steps_ahead(scenario: Scenario, design: Design) -> int:
    """How many steps an ensemble looks ahead from the day of its forecast."""
    return design.horizon or scenario.horizon


@dataclass(frozen=True, slots=True)
class Span:
    """A chunk: consecutive runs, and how many of them (the first ones) keep their whole histories."""

    first: int
    last: int
    per_point: int = PER_POINT
    kept: int = 0

    def draws(self) -> NDArray[np.uint64]:
        """Numbers of the runs."""
        return np.arange(self.first, self.last, dtype=np.uint64)

    def points(self) -> NDArray[np.uint64]:
        """Numbers of the parameter samples that these runs need, each once."""
        return np.arange(self.first // self.per_point, (self.last - 1) // self.per_point + 1, dtype=np.uint64)

    def point_of_draw(self) -> NDArray[np.intp]:
        """For each run, which of `points()` it takes."""
        return np.arange(self.first, self.last) // self.per_point - self.first // self.per_point
