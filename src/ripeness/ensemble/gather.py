"""Gather: the results of all runs in one place, whatever the order in which chunks come in."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from ripeness.ensemble.design import Design, Span, steps_ahead
from ripeness.ensemble.inputs import InputMatrix, Inputs
from ripeness.scenario.schema import Scenario
from ripeness.war.prepare import War
from ripeness.war.simulate import Chunk
from ripeness.world.outcome import FIGHTING

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Ensemble:
    """Many wars of one scenario.

    Shapes: results by name (draws,), (belligerents, draws), or (factions, draws) over all belligerents' factions in
    order; album by name (months + 1, ..., kept), not a number after a war's end; inputs (uncertain, points), the
    values of the numbers named in `input_names`, drawn again when they are read. `elapsed` are the months from the
    start of the scenario to the day of the forecast, to which all runs were fought.
    Units: months since the start in `results`, people in thousands, money in billion dollars.
    """

    scenario: Scenario
    war: War
    design: Design
    results: dict[str, Floats]
    album: dict[str, Floats]
    inputs: InputMatrix
    input_names: tuple[str, ...]
    elapsed: float = 0.0

    @property
    def code(self) -> Floats:
        """How each run ended within the horizon, by the codes of world/outcome.py."""
        if not self.elapsed:
            return self.results["code"]
        return np.where(self._fought > self.horizon, np.float32(FIGHTING), self.results["code"])

    @property
    def months(self) -> Floats:
        """How many months each run is fought from the day of the forecast; of wars that go on, to the horizon."""
        return np.minimum(self._fought, np.float32(self.horizon)) if self.elapsed else self.results["months"]

    @property
    def _fought(self) -> Floats:
        return self.results["months"] - np.float32(self.elapsed)

    @property
    def point(self) -> NDArray[np.intp]:
        """Which parameter sample each run took."""
        return np.arange(self.design.draws) // self.design.per_point

    @property
    def horizon(self) -> float:
        """How far ahead it looks from the day of the forecast, in months."""
        return steps_ahead(self.scenario, self.design) * self.war.step

    def __repr__(self) -> str:
        """One line."""
        first, second = (side.name for side in self.war.sides[:2])
        return (
            f"<Ensemble {first} against {second}: {self.design.draws:,} runs at {self.design.points:,} points, "
            f"{self.horizon:g} months, seed {self.design.seed}>"
        )


@dataclass
class ResultCollector:
    """Collects the results of chunks, which several threads may add at once."""

    design: Design
    inputs: Inputs
    results: dict[str, Floats] = field(default_factory=dict)
    album: dict[str, Floats] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def put(self, span: Span, chunk: Chunk) -> None:
        """Write a chunk to its place."""
        with self.lock:
            for name, values in chunk.results.items():
                self._room(self.results, name, values.shape[:-1], self.design.draws)
            for name, pages in chunk.album.items():
                self._room(self.album, name, pages.shape[:-1], min(self.design.kept, self.design.draws))
        for name, values in chunk.results.items():
            self.results[name][..., span.first : span.last] = values
        for name, pages in chunk.album.items():
            self.album[name][..., span.first : span.first + span.kept] = pages

    @staticmethod
    def _room(arrays: dict[str, Floats], name: str, shape: tuple[int, ...], runs: int) -> None:
        if name not in arrays:
            arrays[name] = np.empty((*shape, runs), dtype=np.float32)

    def ensemble(self, scenario: Scenario, war: War, elapsed: float = 0.0) -> Ensemble:
        """The ensemble, once every chunk is in; names sorted, so that the order of the chunks leaves no trace."""
        return Ensemble(
            scenario,
            war,
            self.design,
            dict(sorted(self.results.items())),
            dict(sorted(self.album.items())),
            InputMatrix(self.inputs, self.design.points),
            self.inputs.names,
            elapsed,
        )
