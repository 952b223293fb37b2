"""Begin: the situation at the start of a forecast, from the drawn inputs."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ripeness.decision.rule import DEFAULTS, NOISE, QUOTA, SETTINGS
from ripeness.war.body import Array
from ripeness.war.fight import SURVIVORS
from ripeness.war.happening import LEAST_QUALITY
from ripeness.war.law import BARRIER, MIXED_LINE, OFFICE_LINE, PUNISHMENT_LINE
from ripeness.war.pace import paced
from ripeness.war.prepare import Side, War
from ripeness.war.situation import Belligerent, Polity, Situation
from ripeness.world.compiled import compiled

LEAST_POWER = 1e-6  # power has a logarithm


def begin(war: War, drawn: Array, draws: NDArray[np.uint64], point: NDArray[np.intp]) -> Situation:
    """Set the scene: powers, positions, beliefs and means at the start.

    Shapes: drawn (K, N), one column a point of the inputs; draws (R,), the numbers of the runs; point (R,), each run's
    column.
    """
    table = np.zeros((len(war.origins), len(draws)))
    set_out(drawn, point.astype(np.uint64), war.origins, table)
    situation = Situation(war.side_plans, len(war.happenings), table, draws.copy())
    shared = situation.shared
    shared.laws[:] = paced(shared.laws[:-1], war.step)
    held = np.clip(shared.front, 1e-6, 1 - 1e-6)
    shared.front = np.clip(np.log(held / (1 - held)), -shared.laws[BARRIER], shared.laws[BARRIER])
    for side, polity in zip(war.sides, situation.sides, strict=True):
        _inside(polity)
        if isinstance(polity, Belligerent):
            _at_war(side, polity)
    return situation


@compiled
def set_out(drawn: Array, point: NDArray[np.uint64], origins: NDArray[np.int64], table: Array) -> None:
    """Fill the table of a war from the inputs at the point of each run; what starts from no input is left at 0.

    Shapes: drawn (K, N); point (R,); origins (rows,); table (rows, R), written.
    """
    for n in range(table.shape[0]):
        if origins[n] >= 0:
            source, target = drawn[origins[n]], table[n]
            for r in range(target.shape[0]):
                target[r] = source[point[r]]


def _inside(polity: Polity) -> None:
    """Powers sum to 1, and have a logarithm; settings that no scenario states are those of decision/rule.py."""
    power = np.maximum(polity.power, LEAST_POWER)
    power /= power.sum(axis=0)
    polity.power, polity.log_power = power, np.log(power)
    for row in range(SETTINGS):
        if row not in {QUOTA, NOISE}:
            polity.settings[row] = DEFAULTS[row]


def _at_war(side: Side, polity: Belligerent) -> None:
    """What strength is made of has a logarithm; what is reported is a share of the deaths so far."""
    polity.forces = polity.forces_start = np.maximum(polity.forces, SURVIVORS)
    polity.population = np.maximum(polity.population, SURVIVORS)
    polity.quality = np.maximum(polity.quality, LEAST_QUALITY)
    polity.scaling = np.ones_like(polity.forces)
    polity.reported = polity.deaths_start * polity.reporting
    polity.culpable = np.broadcast_to(side.culpable[:, None], polity.culpable.shape)


def stated_deaths(side: Side, drawn: Array, point: NDArray[np.intp]) -> Array | None:
    """Deaths a month that the scenario states for this belligerent, where it states any. Shapes: as in begin;
    returns (R,).
    """
    return drawn[side.resources["deaths"]][point] if side.states_deaths else None


def draw_lines(side: Side, polity: Belligerent, laws: Array) -> None:
    """Set the shares below which a culpable leader loses office, or more, by regime (Goemans 2000)."""
    held = 1 / (1 + np.exp(-polity.front))
    if side.regime == "mixed":
        polity.office_line[:] = polity.punishment_line[:] = laws[MIXED_LINE] * held
    else:
        polity.office_line[:] = laws[OFFICE_LINE] * held
        polity.punishment_line[:] = np.minimum(laws[PUNISHMENT_LINE], laws[OFFICE_LINE]) * held
