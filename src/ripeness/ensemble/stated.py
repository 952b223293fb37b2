"""The war as it was stated, beside a what-if: from where stated positions on terms move.

A faction that says what it would settle for says so under things as they are. Change them, and its position moves by
what the change does to its reservation share; without this a what-if from the start would leave stated terms where they
are.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ripeness.ensemble.design import Design, Span
from ripeness.ensemble.inputs import Overrides, inputs_of
from ripeness.ensemble.past import Past
from ripeness.scenario.schema import Scenario
from ripeness.war.opening import open_war
from ripeness.war.pathway import NAMES
from ripeness.war.prepare import War, prepare

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Stated:
    """Reservations of both belligerents' factions at the start of the war as stated; all arms beside it share them.

    Shapes: reservations two (F, points).
    """

    factions: tuple[tuple[str, ...], tuple[str, ...]]
    reservations: tuple[Array, Array]

    def of(self, span: Span, changed: War) -> tuple[Array, Array] | None:
        """The reservations of a chunk's runs; none where the changed war has other factions, which cannot be compared.

        Shapes: returns two (F, R).
        """
        if tuple(side.faction_keys for side in changed.sides[:2]) != self.factions:
            return None
        point_ids = span.points().astype(np.intp)[span.point_of_draw()]
        first, second = (rows.take(point_ids, axis=1) for rows in self.reservations)
        return first, second


def as_stated(
    scenario: Scenario,
    design: Design,
    overrides: Overrides | None = None,
    carries: Array | None = None,
    past: Past | None = None,
) -> Stated:
    """Set the scene of the war as stated at every point of a design, with what evidence has set in it and the
    parameter samples that the past has left.

    `carries`: 1 for each causal link that carries in it and 0 for each that is cut; none: all carry.

    A design with fewer draws on the same seed has the same first points, so that it can use the same answer.

    Raises: Fault for an unknown path.
    """
    war = prepare(scenario, design.horizon)
    inputs = inputs_of(war, design.seed, overrides, None if past is None else past.samples)
    linked = np.ones(len(NAMES)) if carries is None else carries
    first, second = (np.empty((len(side.faction_keys), design.points)) for side in war.sides[:2])
    for span in design.spans():
        points = span.points()
        pair = open_war(war, inputs.at(points), points, linked, seed=design.seed).belligerents()
        for rows, polity in zip((first, second), pair, strict=True):
            rows[:, points.astype(np.intp)] = polity.reservation_start
    return Stated((war.sides[0].faction_keys, war.sides[1].faction_keys), (first, second))
