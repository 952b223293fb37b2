"""Past: the luck of those first steps that evidence has already told of; from then on every run has luck of its own."""

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
    """Whose luck each point of the design has until a step.

    Shapes: numbers (points,), numbers of draws whose luck agreed with the evidence; runs of one point share it.
    """

    numbers: NDArray[np.uint64]
    until: int

    def draws(self, span: Span) -> NDArray[np.uint64]:
        """Numbers under which the runs of a chunk begin."""
        return self.numbers[np.arange(span.first, span.last) // span.per_point]

    def watch(self, span: Span, other: Watch | None) -> Watch:
        """What gives each run its own number once the past is over; who else looks sees the runs' own numbers
        throughout.
        """

        def look(step: int, situation: Situation, place: NDArray[np.intp]) -> None:
            draws = situation.shared.run_ids
            borrowed, held = draws.copy(), place >= 0
            if step < self.until:
                draws[held] = (span.first + place[held]).astype(np.uint64)
            if other is not None:
                other(step, situation, place)
            if step < self.until - 1:
                draws[:] = borrowed

        return look
