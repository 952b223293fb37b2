"""Single: one run of an ensemble simulated again, with the same inputs and random draws, its whole history kept."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ripeness.ensemble.design import Design, Span
from ripeness.ensemble.inputs import inputs_of
from ripeness.ensemble.run import links
from ripeness.scenario.schema import Scenario
from ripeness.war.conditions import Conditions
from ripeness.war.prepare import War, prepare
from ripeness.war.simulate import simulate

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Course:
    """One war from its start to its end. Shapes: results by name (), (2,) or (factions,); album (steps + 1, ...)."""

    scenario: Scenario
    war: War
    draw: int
    results: dict[str, Array]
    album: dict[str, NDArray[np.float32]]

    @property
    def steps(self) -> int:
        """How many steps were fought; the last may be fought in part."""
        return int(np.ceil(float(self.results["months"]) / self.war.step - 1e-9))


def single(scenario: Scenario, draw: int, design: Design) -> Course:
    """Simulate one run of a design again; it is the same war whatever else the design holds."""
    war = prepare(scenario, design.horizon)
    span = Span(draw, draw + 1, design.per_point, 1)
    inputs = np.ascontiguousarray(inputs_of(war, design.seed).at(span.points()))
    chunk = simulate(war, inputs, span.draws(), Conditions(design.seed, links(())), kept=1)
    results = {name: values[..., 0] for name, values in chunk.results.items()}
    return Course(scenario, war, draw, results, {name: pages[..., 0] for name, pages in chunk.album.items()})
