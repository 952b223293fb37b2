"""Recorder: what a study notes of each run while the wars are simulated, on this machine or on another."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from copy import copy
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from ripeness.ensemble.design import Span
from ripeness.war.situation import Situation


class RunRecorder(ABC):
    """Notes of each run, in arrays whose last axis is the run; called as a `Watch`.

    Each run has columns of its own, so that chunks may report at once and in any order. Where chunks are simulated
    elsewhere, each takes a `part` of the recorder with it, and its notes are written to their place here.

    `arrays` are the names of its arrays, which `allocate` makes; `first_run` is the number of the run in the first
    column.
    """

    arrays: ClassVar[tuple[str, ...]] = ()
    first_run: int = 0

    @abstractmethod
    def __call__(self, step: int, situation: Situation, place: NDArray[np.intp]) -> None:
        """Take notes after a step."""

    @abstractmethod
    def allocate(self, runs: int) -> None:
        """Make the arrays for so many runs, nothing noted in them yet."""

    def columns(self, situation: Situation, active: NDArray[Any]) -> NDArray[np.intp]:
        """Where the notes on some of the runs of a situation stand. Shapes: active, an index of its columns."""
        return situation.shared.run_ids[active].astype(np.intp) - self.first_run

    def part(self, first_run: int, runs: int) -> Self:
        """The same recorder for a few runs, nothing noted in it yet."""
        part = copy(self)
        part.first_run = first_run
        part.allocate(runs)
        return part

    def notes(self) -> dict[str, NDArray[Any]]:
        """What was noted, by the name of the array."""
        return {name: getattr(self, name) for name in self.arrays}

    def put(self, span: Span, notes: Mapping[str, NDArray[Any]]) -> None:
        """Write the notes on a chunk's runs to their place."""
        for name, array in notes.items():
            getattr(self, name)[..., span.first : span.last] = array
