"""Simulate: a chunk of wars from the start to their ends; wars that have ended are set aside, the others go on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ripeness.war.aftermath import aftermath
from ripeness.war.month import Conditions, month
from ripeness.war.opening import open_war
from ripeness.war.picture import Album

if TYPE_CHECKING:
    from collections.abc import Callable

    from ripeness.war.prepare import War
    from ripeness.war.situation import Array, Situation

THIN = 0.8  # share of running wars below which the ended ones are cleared out of the arrays

Watch = "Callable[[int, Situation, np.ndarray], None]"


@dataclass(frozen=True, slots=True)
class Chunk:
    """Results of some runs: arrays by name with runs last, and whole histories of the first few of them."""

    results: dict[str, Array]
    album: dict[str, Array]


def simulate(
    war: War,
    drawn: Array,
    draws: np.ndarray,
    how: Conditions,
    kept: int = 0,
    watch: Callable[[int, Situation, np.ndarray], None] | None = None,
) -> Chunk:
    """Fight some wars to their ends or to the horizon.

    Shapes: drawn (K, R), the inputs of each run; draws (R,), their numbers. The histories of the first `kept` of these runs
    are kept whole. `watch` is called after each step with the step's number, the situation, and which runs it holds.
    """
    situation = open_war(war, drawn, draws, how.links)
    runs = len(draws)
    place = np.arange(runs)
    album = Album(war, kept)
    album.take(0, situation, place)
    results: dict[str, Array] = {}
    for number in range(war.horizon):
        ending = month(war, situation, drawn, number, how)
        album.take(number + 1, situation, place)
        if watch is not None:
            watch(number, situation, place)
        over = (ending.code > 0) & (place >= 0)
        if over.any():
            _record(results, war, situation, np.flatnonzero(over), ending.code[over], (number + ending.when[over]) * war.step, place, how, runs)
            place = np.where(over, -1, place)
            going = np.flatnonzero(place >= 0)
            if len(going) == 0:
                break
            if len(going) < THIN * len(place):
                situation.keep(going)
                drawn, place = np.ascontiguousarray(drawn[:, going]), place[going]
    left = place >= 0
    if left.any():
        months = np.full(int(left.sum()), war.horizon * war.step)
        _record(results, war, situation, np.flatnonzero(left), np.zeros(len(months)), months, place, how, runs)
    return Chunk(results, album.pages())


def _record(
    results: dict[str, Array], war: War, situation: Situation, which: np.ndarray, code: Array, months: Array, place: np.ndarray,
    how: Conditions, runs: int,
) -> None:
    """Write the results of the runs that are over to their places."""
    left = np.maximum(war.horizon * war.step - months, 0.0)
    for name, values in aftermath(situation, which, code, months, left, how.seed).items():
        if name not in results:
            results[name] = np.full((*values.shape[:-1], runs), np.nan)
        results[name][..., place[which]] = values
