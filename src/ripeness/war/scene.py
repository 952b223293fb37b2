"""Scene: a block filled from the drawn inputs, before anybody acts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ripeness.decision.rule import DEFAULTS, FOLLOWS, NOISE, QUOTA, SETTINGS
from ripeness.war.combat import SURVIVORS
from ripeness.war.happening import LEAST_QUALITY
from ripeness.war.pace import set_pace
from ripeness.war.situation import Belligerent, PolityView, Situation
from ripeness.world.chance import DECISION, uniforms
from ripeness.world.compiled import compiled

if TYPE_CHECKING:
    from ripeness.war.block import Array, Block, Whole
    from ripeness.war.prepare import War
    from ripeness.war.side import Side

LEAST_POWER = 1e-6  # power has a logarithm


def set_scene(
    war: War,
    drawn: Array,
    run_ids: NDArray[np.uint64],
    point: NDArray[np.intp],
    over: Block | None,
    seed: int | None = None,
) -> Block:
    """Fill a block from the drawn inputs, and set what stands in no file: powers, settings, pace.

    Without a seed there is no chance in it: choices follow whom they are likelier to follow.
    """
    block = over or war.layout.block(0)
    block.n_runs = len(run_ids)
    fill(drawn, point.astype(np.uint64), war.origins, war.layout.run_rows, block.memory)
    situation = Situation([block])
    shared, parameters = situation.shared, situation.parameters
    shared.run_ids, shared.place = run_ids, np.arange(len(run_ids))
    shared.months, shared.share_fought = war.horizon * war.step, 1.0
    shared.lull, shared.truce_first = 1.0, -1.0
    set_pace(parameters, war.step)
    if war.recent:
        parameters.advance = parameters.advance * parameters.advance_era
    share_held = np.clip(shared.front, 1e-6, 1 - 1e-6)
    shared.front = np.clip(np.log(share_held / (1 - share_held)), -parameters.barrier, parameters.barrier)
    for side, polity in zip(war.sides, situation.sides, strict=True):
        _inside(polity)
        _draw_followed(side, polity, run_ids, seed)
        if isinstance(polity, Belligerent):
            _at_war(side, polity)
    return block


@compiled
def fill(drawn: Array, point: NDArray[np.uint64], origins: Whole, run_rows: Whole, memory: Array) -> None:
    """Fill a block from the inputs at the point of each run; what starts from no input is left at 0.

    Shapes: drawn (K, N); point (R,); origins, run_rows (Q,); memory (words,), written.
    """
    for n in range(run_rows.shape[0]):
        row = memory[run_rows[n] : run_rows[n] + point.shape[0]]
        for r in range(row.shape[0]):
            row[r] = 0.0
        if origins[n] >= 0:
            source = drawn[origins[n]]
            for r in range(row.shape[0]):
                row[r] = source[point[r]]


def _inside(polity: PolityView) -> None:
    """Powers sum to 1, and have a logarithm; settings that no scenario states are those of decision/rule.py."""
    power = np.maximum(polity.power, LEAST_POWER)
    power /= power.sum(axis=0)
    polity.power, polity.log_power = power, np.log(power)
    for row in range(SETTINGS):
        if row not in {QUOTA, NOISE, FOLLOWS}:
            polity.settings[row] = DEFAULTS[row]


def _draw_followed(side: Side, polity: PolityView, run_ids: NDArray[np.uint64], seed: int | None) -> None:
    """Draw once a run whether the choices of a polity follow its leader, from the chance that they do."""
    random = np.full((4, len(run_ids)), 0.5)
    if seed is not None:
        uniforms(seed, run_ids, 0, DECISION, side.random_key, random)
    polity.settings[FOLLOWS] = random[0] < polity.settings[FOLLOWS]


def _at_war(side: Side, polity: Belligerent) -> None:
    """What strength is made of has a logarithm; what is reported is a share of the deaths so far."""
    polity.forces = polity.forces_start = np.maximum(polity.forces, SURVIVORS)
    polity.population = np.maximum(polity.population, SURVIVORS)
    polity.quality = np.maximum(polity.quality, LEAST_QUALITY)
    polity.camp, polity.burden = 1.0 - 2.0 * side.beside, 1.0
    polity.loss_scale = 1.0
    polity.reported = polity.deaths_start * polity.reporting
    polity.culpable = side.culpable[:, None]
    if side.can_splinter:
        armed = polity.arms.sum(axis=0)
        polity.arms = polity.arms / np.where(armed > 0.0, armed, 1.0)  # nobody takes men along where nobody has any
