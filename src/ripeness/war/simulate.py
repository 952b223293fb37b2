"""Simulate: a chunk of wars from the start to their ends; wars that have ended are set aside, the others go on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ripeness.war.aftermath import aftermath, spare
from ripeness.war.happen import inputs
from ripeness.war.month import Conditions, month
from ripeness.war.opening import open_war
from ripeness.war.picture import Album

if TYPE_CHECKING:
    from collections.abc import Callable

    from ripeness.war.body import Array
    from ripeness.war.prepare import War
    from ripeness.war.situation import Situation

THIN = 0.65  # share of running wars below which the ended ones are cleared out of the arrays

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
    stated: tuple[Array, Array] | None = None,
) -> Chunk:
    """Fight some wars to their ends or to the horizon.

    Shapes: drawn (K, R), the inputs of each run; draws (R,), their numbers. The histories of the first `kept` of these runs
    are kept whole. `watch` is called after each step with the step's number, the situation, and which runs it holds.
    `stated` are the reservations at the start of the war as it was stated (see opening.py), where this one is a what-if.
    """
    situation = open_war(war, drawn, draws, how.links, stated)
    runs = len(draws)
    place, last = np.arange(runs), situation.ends()
    code, months = np.zeros(runs), np.full(runs, war.horizon * war.step)
    events = {row: drawn[row] for row in inputs(war.happenings)}
    album = Album(war, kept)
    album.take(0, situation, place)
    for number in range(war.horizon):
        ended, fought = month(war, situation, events, number, how)
        album.take(number + 1, situation, place)
        if watch is not None:
            watch(number, situation, place)
        over = np.flatnonzero((ended > 0) & (place >= 0))
        if len(over) > 0:
            to = place[over]
            situation.tell(last, over, to)
            spare(last, to, 1 - fought[over], war.step)
            code[to], months[to] = ended[over], (number + fought[over]) * war.step
            place = np.where(ended > 0, -1, place)
            going = np.flatnonzero(place >= 0)
            if len(going) == 0:
                break
            if len(going) < THIN * len(place):
                situation.keep(going)
                events, place = {row: values[going] for row, values in events.items()}, place[going]
    left = np.flatnonzero(place >= 0)
    situation.tell(last, left, place[left])
    rest = np.maximum(war.horizon * war.step - months, 0.0)
    return Chunk(aftermath(last, code, months, rest, how.seed), album.pages())
