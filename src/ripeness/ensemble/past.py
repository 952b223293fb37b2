"""Past: the random draws of the first steps, which evidence has conditioned; later ones are each run's own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ripeness.ensemble.design import Span
from ripeness.war.situation import Situation

Watch = Callable[[int, Situation, NDArray[np.intp]], None]


@dataclass(frozen=True, slots=True)
class Past:
    """Which run's random draws each parameter sample takes until a step.

    Shapes: numbers (points,), of runs whose random draws agreed with the evidence; runs of one point share them.
    """

    numbers: NDArray[np.uint64]
    until: int

    def draws(self, span: Span) -> NDArray[np.uint64]:
        """Numbers under which the runs of a chunk begin."""
        return self.numbers[np.arange(span.first, span.last) // span.per_point]

    def watch(self, span: Span, next_watch: Watch | None) -> Watch:
        """What gives each run its own number once the past is over; who else looks sees the runs' own numbers
        throughout.
        """

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
