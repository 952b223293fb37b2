"""The war as it was stated, beside a what-if: from where stated positions on terms move.

A faction that says what it would settle for says so under things as they are. Change them, and its position moves by what
the change does to its reservation share; without this a what-if from the start would leave stated terms where they are.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ripeness.ensemble.design import Design, Span
from ripeness.ensemble.inputs import Overrides, inputs_of
from ripeness.scenario.schema import Scenario
from ripeness.war.link import NAMES
from ripeness.war.opening import open_war
from ripeness.war.prepare import War, prepare

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Stated:
    """A scenario as stated, with what evidence has set in it (`overrides`), and with the links that are cut in it, too."""

    scenario: Scenario
    overrides: Overrides = field(default_factory=dict)
    links: tuple[float, ...] = (1.0,) * len(NAMES)

    def reservations(self, span: Span, design: Design, changed: War) -> tuple[Array, Array] | None:
        """Reservations of both belligerents' factions at the start, for the runs of a chunk.

        Shapes: two (F, R). None where the changed war has other factions, which cannot be compared.
        """
        war = prepare(self.scenario, design.horizon)
        if any(here.faction_keys != there.faction_keys for here, there in zip(war.sides[:2], changed.sides[:2], strict=True)):
            return None
        values = inputs_of(war, design.seed, self.overrides).at(span.points())
        first, second = open_war(war, values, span.points(), np.array(self.links)).belligerents()
        of_run = span.point_of_draw()
        return first.reservation.take(of_run, axis=1), second.reservation.take(of_run, axis=1)
