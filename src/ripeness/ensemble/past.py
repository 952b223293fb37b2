"""Past: what is known of the war before the day from which it is forecast, as it binds the runs of an ensemble.

Which parameter sample each point of the design takes, and the random draws of the first steps; later ones are each
run's own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

import numpy as np
from numpy.typing import NDArray

from ripeness.ensemble.design import Span
from ripeness.war.situation import Situation

Watch = Callable[[int, Situation, NDArray[np.intp]], None]


@dataclass(frozen=True, slots=True)
class Past:
    """Which parameter sample each point takes, and which run's random draws until a step; its own, where none is named.

    `elapsed` are the months from the start of the scenario to the day from which is forecast: all runs still fight
    then, and months ahead count from it.
    Shapes: samples (points,), numbers of parameter samples; numbers (points,), of runs whose random draws agreed with
    what is known; runs of one point share both.
    """

    samples: NDArray[np.uint64] | None = None
    numbers: NDArray[np.uint64] | None = None
    until: int = 0
    elapsed: float = 0.0

    def steps(self, step: float) -> int:
        """Whole steps that lie before the day of the forecast, one begun included. Units: step in months."""
        return ceil(round(self.elapsed / step, 9))

    def draws(self, span: Span) -> NDArray[np.uint64]:
        """Numbers under which the runs of a chunk begin."""
        if self.numbers is None:
            return span.draws()
        return self.numbers[np.arange(span.first, span.last) // span.per_point]

    def watch(self, span: Span, next_watch: Watch | None, step_length: float) -> Watch | None:
        """What gives each run its own number once the past is over; who else looks sees the runs' own numbers
        throughout, and steps counted from the day of the forecast: -1 is the step that ends on it. Units: step_length
        in months.
        """
        next_watch = _from_step(self.steps(step_length), next_watch)
        if self.numbers is None:
            return next_watch

        def look(step: int, situation: Situation, place: NDArray[np.intp]) -> None:
            draws = situation.shared.run_ids
            shared_ids, is_running = draws.copy(), place >= 0
            if step < self.until:
                draws[is_running] = (span.first + place[is_running]).astype(np.uint64)
            if next_watch is not None:
                next_watch(step, situation, place)
            if step < self.until - 1:
                draws[:] = shared_ids

        return look


def _from_step(first: int, watch: Watch | None) -> Watch | None:
    """A watch that counts steps from `first` and looks from the step before it on."""
    if watch is None or not first:
        return watch

    def look(step: int, situation: Situation, place: NDArray[np.intp]) -> None:
        if step >= first - 1:
            watch(step - first, situation, place)

    return look
