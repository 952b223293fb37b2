"""The start, before any month is fought: what the inputs alone say, one column a point of the design."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ripeness.ensemble.design import Design
from ripeness.ensemble.inputs import Overrides, inputs_of
from ripeness.ensemble.run import links
from ripeness.scenario.schema import Scenario
from ripeness.war.opening import open_war
from ripeness.war.prepare import War, prepare
from ripeness.war.situation import Situation


def opening(
    scenario: Scenario, design: Design, cuts: Sequence[str] = (), overrides: Overrides | None = None
) -> tuple[War, Situation]:
    """Set the scene at every point of a design. Luck plays no part in it yet.

    Raises: Fault for an unknown link or path.
    """
    war = prepare(scenario, design.horizon)
    points = np.arange(design.points, dtype=np.uint64)
    values = np.ascontiguousarray(inputs_of(war, design.seed, overrides).at(points))
    return war, open_war(war, values, points, links(cuts))
