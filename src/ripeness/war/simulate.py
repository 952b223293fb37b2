"""Simulate: wars from the start to their ends, a block of them at a time; those that have ended are set aside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ripeness.war.aftermath import aftermath, prorate_last_step
from ripeness.war.block import swap_runs
from ripeness.war.conditions import Conditions, Constants
from ripeness.war.month import carry_on, make_up_minds, month
from ripeness.war.opening import let_decide, open_block
from ripeness.war.picture import Album
from ripeness.war.prepare import constants_of
from ripeness.war.situation import Situation
from ripeness.war.state import BLOCK
from ripeness.world.compiled import compiled

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from ripeness.war.block import Array, Block, State
    from ripeness.war.prepare import War

Watch = "Callable[[int, Situation, np.ndarray], None]"


@dataclass(frozen=True, slots=True)
class Chunk:
    """Results of some runs: arrays by name with runs last, and whole histories of the first few of them."""

    results: dict[str, Array]
    album: dict[str, NDArray[np.float32]]


def simulate(
    war: War,
    drawn: Array,
    run_ids: np.ndarray,
    conditions: Conditions,
    kept: int = 0,
    watch: Callable[[int, Situation, np.ndarray], None] | None = None,
    stated: tuple[Array, ...] | None = None,
    point: np.ndarray | None = None,
) -> Chunk:
    """Simulate some wars to their ends or to the horizon.

    Shapes: drawn (K, N), the inputs at each point; run_ids (R,), the numbers of the runs; point (R,), the point that
    each run takes, where these are not one each. The histories of the first `kept` of these runs are kept whole.
    `watch` is called after each step of each block with the step's number, the situation, and the place of each run of
    it among these. `stated` are the reservations at the start of the war as it was stated (see opening.py), where this
    one is a what-if.
    """
    constants, album, runs = constants_of(war, conditions), Album(war, kept), len(run_ids)
    point = np.arange(runs) if point is None else point
    seed = None if conditions.quiet else conditions.seed
    results: dict[str, Array] = {}
    block = None
    for first in range(0, runs, BLOCK):
        columns = slice(first, min(first + BLOCK, runs))
        then = None if stated is None else tuple(rows[:, columns] for rows in stated)
        block = open_block(war, drawn, run_ids[columns], constants.pathways, then, point[columns], block, seed)
        if watch is not None or first < kept or not war.compiled:
            _simulate_watched(war, block, constants, first, album, watch)
        else:
            advance(block.state, constants, 0, war.horizon)
        block.n_runs = columns.stop - first
        situation = Situation([block])
        place = first + situation.shared.place
        for name, values in _outcomes(war, situation, conditions.seed).items():
            if name not in results:
                results[name] = np.empty((*values.shape[:-1], runs))
            results[name][..., place] = values
    return Chunk(results, album.pages())


@compiled
def advance(state: State, constants: Constants, number: int, until: int) -> None:
    """Simulate the steps from number to until, or for as long as any war of the block goes on.

    Those that have ended are set aside before each step.
    """
    while number < until:
        set_aside(state)
        if state.shared.n_runs == 0:
            return
        month(state, constants, number)
        number += 1


@compiled
def set_aside(state: State) -> None:
    """Let the wars that have ended change places with the last that go on, and count only those."""
    shared = state.shared
    ended, running = np.empty(shared.n_runs, np.int64), np.empty(shared.n_runs, np.int64)
    pairs, last, r = 0, shared.n_runs, 0
    while r < last:
        if shared.outcome[r] > 0.0:
            last -= 1
            while last > r and shared.outcome[last] > 0.0:
                last -= 1
            if last > r:
                ended[pairs], running[pairs] = r, last
                pairs += 1
        r += 1
    swap_runs(state.memory, state.run_rows, ended[:pairs], running[:pairs])
    shared.n_runs = last


def _simulate_watched(
    war: War,
    block: Block,
    constants: Constants,
    first: int,
    album: Album,
    watch: Callable[[int, Situation, np.ndarray], None] | None,
) -> None:
    """Simulate a block one month at a time, for somebody to look at the situation after each of them."""
    situation = Situation([block])
    album.take(0, situation, first + situation.shared.place)
    for number in range(war.horizon):
        _one_month(war, situation, block, constants, number)
        if block.n_runs == 0:
            return
        place = first + situation.shared.place
        album.take(number + 1, situation, place)
        if watch is not None:
            watch(number, situation, place)


def _one_month(war: War, situation: Situation, block: Block, constants: Constants, number: int) -> None:
    """One step, compiled as a whole if its rules of decision are."""
    if war.compiled:
        advance(block.state, constants, number, number + 1)
        return
    set_aside(block.state)
    if block.n_runs > 0:
        make_up_minds(block.state, constants, number)
        let_decide(war, situation)
        carry_on(block.state, constants, number)


def _outcomes(war: War, situation: Situation, seed: int) -> dict[str, Array]:
    """What became of all runs of a block, whose wars are over or have reached the horizon."""
    shared = situation.shared
    over = np.flatnonzero(shared.outcome)
    prorate_last_step(situation, over, 1 - shared.share_fought[over], war.step)
    unfought = np.maximum(war.horizon * war.step - shared.months, 0.0)
    return aftermath(situation, shared.outcome, shared.months, unfought, seed)
