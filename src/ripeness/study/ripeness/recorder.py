"""Recorder of ripeness and of what a peace rests on, month by month during the simulation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from ripeness.ensemble.design import Design
from ripeness.ensemble.recorder import RunRecorder
from ripeness.study.ripeness.moment import RipeMoment, judge_ripeness
from ripeness.war.aftermath import renewal_parts
from ripeness.war.prepare import War
from ripeness.war.situation import Situation

Array = NDArray[np.float32]


@dataclass
class RipenessRecorder(RunRecorder):
    """Recorded ripeness, demands and terms. Chunks may report at once: each run has places of its own.

    Shapes: marks (T, F, R), run_marks (T, R), 0 where a war was over; demand (T, 2, R) and least (S, F, R), not a
    number where it was over, the latter at the shown steps only; parts (3, R), what a settlement in a run's last step
    would rest on; left_out (F, R), whose own terms it would not meet. Step 0 is the start, step t the end of month t.
    """

    arrays: ClassVar[tuple[str, ...]] = ("marks", "run_marks", "demand", "lowest_terms", "parts", "left_out")

    war: War
    design: Design
    theta: float
    shown_steps: Sequence[int]
    marks: NDArray[np.uint8] = field(init=False)
    run_marks: NDArray[np.uint8] = field(init=False)
    demand: Array = field(init=False)
    lowest_terms: Array = field(init=False)
    parts: Array = field(init=False)
    left_out: NDArray[np.uint8] = field(init=False)

    def __post_init__(self) -> None:
        """Make room for every run of the design."""
        self.allocate(self.design.draws)

    def allocate(self, runs: int) -> None:
        """Allocate the arrays."""
        steps = self.war.horizon + 1
        factions = sum(side.factions for side in self.war.sides[:2])
        self.marks = np.zeros((steps, factions, runs), dtype=np.uint8)
        self.run_marks = np.zeros((steps, runs), dtype=np.uint8)
        self.demand = np.full((steps, 2, runs), np.nan, dtype=np.float32)
        self.lowest_terms = np.full((len(self.shown_steps), factions, runs), np.nan, dtype=np.float32)
        self.parts = np.zeros((3, runs), dtype=np.float32)
        self.left_out = np.zeros((factions, runs), dtype=np.uint8)

    def open(self, situation: Situation) -> None:
        """Record the start of all runs, once they have been simulated: notes of chunks from elsewhere replace it.

        The situation has one column a point; every run takes that of its own.
        """
        sample_of_run = np.arange(self.design.draws) // self.design.per_point
        moment = judge_ripeness(self.war, situation, self.theta)
        self._note(0, np.arange(self.design.draws), moment, sample_of_run)

    def __call__(self, number: int, situation: Situation, place: NDArray[np.intp]) -> None:
        """Record a chunk after a step; wars that end in it are still counted."""
        columns = np.flatnonzero(place >= 0)
        runs = self.columns(situation, columns)
        self._note(number + 1, runs, judge_ripeness(self.war, situation, self.theta), columns)
        terms = situation.shared.terms
        parts = renewal_parts(situation, (terms, 1.0 - terms))
        self.parts[:, runs] = np.stack(parts)[:, columns]
        rows = [
            polity.reservation > share + 1e-9
            for polity, share in zip(situation.principals(), (terms, 1.0 - terms), strict=True)
        ]
        self.left_out[:, runs] = np.concatenate(rows)[:, columns]

    def _note(self, step: int, runs: NDArray[np.intp], moment: RipeMoment, columns: NDArray[np.intp]) -> None:
        self.marks[step][:, runs] = moment.marks[:, columns]
        self.run_marks[step][runs] = moment.run_marks[columns]
        self.demand[step][:, runs] = moment.demand[:, columns]
        if step in self.shown_steps:
            self.lowest_terms[list(self.shown_steps).index(step)][:, runs] = moment.lowest_terms[:, columns]
