"""The opening situation, before any month is simulated, one column a parameter sample."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ripeness.ensemble.design import Design
from ripeness.ensemble.inputs import Overrides, inputs_of
from ripeness.ensemble.past import Past
from ripeness.ensemble.run import links
from ripeness.scenario.schema import Scenario
from ripeness.war.opening import open_war
from ripeness.war.prepare import War, prepare
from ripeness.war.situation import Situation

Array = NDArray[np.float64]


def opening_at_samples(
    scenario: Scenario, design: Design, cuts: Sequence[str] = (), overrides: Overrides | None = None
) -> tuple[War, Situation]:
    """Return the opening situation at every parameter sample. No random draws enter it yet.

    Raises: Fault for an unknown link or path.
    """
    war, values = parameter_samples(scenario, design, overrides)
    return war, open_situation(war, values, cuts)


def parameter_samples(
    scenario: Scenario, design: Design, overrides: Overrides | None = None, past: Past | None = None
) -> tuple[War, Array]:
    """Return every parameter of the war at every sample, those that the past has left. Shapes: returns the war and
    (K, samples).

    Raises: Fault for an unknown path.
    """
    war = prepare(scenario, design.horizon)
    points = np.arange(design.points, dtype=np.uint64)
    taken = None if past is None else past.samples
    return war, np.ascontiguousarray(inputs_of(war, design.seed, overrides, taken).at(points))


def open_situation(war: War, values: Array, cuts: Sequence[str] = ()) -> Situation:
    """Return the opening situation for parameter values. Shapes: values (K, N), rows as in the war.

    Raises: Fault for an unknown link.
    """
    return open_war(war, values, np.arange(values.shape[1], dtype=np.uint64), links(cuts))
