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
from ripeness.war.prepare import War, prepare
from ripeness.world.pathway_names import NAMES

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Stated:
    """Reservations of all belligerents' factions at the start of the war as stated; all arms beside it share them.

    Shapes: reservations one (F, points) each.
    """

    factions: tuple[tuple[str, ...], ...]
    reservations: tuple[Array, ...]

    def of(self, span: Span, changed: War) -> tuple[Array, ...] | None:
        """The reservations of a chunk's runs; none where the changed war has other factions, which cannot be compared.

        Shapes: returns one (F, R) each.
        """
        if tuple(side.faction_keys for side in changed.armed) != self.factions:
            return None
        point_ids = span.points().astype(np.intp)[span.point_of_draw()]
        return tuple(rows.take(point_ids, axis=1) for rows in self.reservations)


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
    reservations = tuple(np.empty((len(side.faction_keys), design.points)) for side in war.armed)
    for span in design.spans():
        points = span.points()
        fighters = open_war(war, inputs.at(points), points, linked, seed=design.seed).belligerents()
        for rows, polity in zip(reservations, fighters, strict=True):
            rows[:, points.astype(np.intp)] = polity.reservation_start
    return Stated(tuple(side.faction_keys for side in war.armed), reservations)
