"""Simulate: a chunk of wars from the start to their ends; wars that have ended are set aside, the others go on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ripeness.war.aftermath import aftermath, spare
from ripeness.war.month import Conditions, Course, course, month_by_hand
from ripeness.war.opening import open_war
from ripeness.war.picture import Album
from ripeness.war.situation import Situation, cut
from ripeness.war.wage import Ends, Field, clear, close, wage

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from ripeness.war.body import Array
    from ripeness.war.prepare import War

THIN = 0.65  # share of running wars below which the ended ones are cleared out of the table
BLOCK = 512  # runs fought at once where nobody looks: their table fits the processor's second cache

Watch = "Callable[[int, Situation, np.ndarray], None]"


@dataclass(frozen=True, slots=True)
class Chunk:
    """Results of some runs: arrays by name with runs last, and whole histories of the first few of them."""

    results: dict[str, Array]
    album: dict[str, NDArray[np.float32]]


def simulate(
    war: War,
    drawn: Array,
    draws: np.ndarray,
    how: Conditions,
    kept: int = 0,
    watch: Callable[[int, Situation, np.ndarray], None] | None = None,
    stated: tuple[Array, Array] | None = None,
    point: np.ndarray | None = None,
) -> Chunk:
    """Fight some wars to their ends or to the horizon.

    Shapes: drawn (K, N), the inputs at each point; draws (R,), the numbers of the runs; point (R,), the point that each
    run takes, where these are not one each. The histories of the first `kept` of these runs are kept whole. `watch` is
    called after each step with the step's number, the situation, and which runs it holds. `stated` are the reservations
    at the start of the war as it was stated (see opening.py), where this one is a what-if.
    """
    situation = open_war(war, drawn, draws, how.links, stated, point)
    runs, book, album = len(draws), course(war, how), Album(war, kept)
    ends = Ends(
        situation.table,
        war.told,
        np.zeros(runs),
        np.full(runs, war.horizon * war.step),
        np.ones(runs),
        situation.shared.draws,
    )
    seen = runs if watch is not None or not war.compiled else min(kept, runs)
    if seen > 0:
        _look_on(war, _send_out(ends, 0, seen), book, ends, album, watch)
    for first in range(seen, runs, BLOCK):
        field = wage(book, ends, _send_out(ends, first, min(first + BLOCK, runs)), 0, war.horizon, THIN)
        close(ends, clear(ends, field, war.horizon, war.step, 0.0))
    over = np.flatnonzero(ends.code)
    spare(situation, over, 1 - ends.fought[over], war.step)
    rest = np.maximum(war.horizon * war.step - ends.months, 0.0)
    return Chunk(aftermath(situation, ends.code, ends.months, rest, how.seed), album.pages())


def _send_out(ends: Ends, first: int, last: int) -> Field:
    """Some runs of a chunk at the start of the first step."""
    place = np.arange(first, last)
    return Field(cut(ends.table, first, last), ends.draws[first:last].copy(), place, np.zeros((2, len(place))))


def _look_on(
    war: War,
    field: Field,
    book: Course,
    ends: Ends,
    album: Album,
    watch: Callable[[int, Situation, np.ndarray], None] | None,
) -> None:
    """Fight some runs one month at a time, for somebody to look at the situation after each of them."""
    situation = Situation(war.side_plans, len(war.happenings), field.table, field.draws)
    album.take(0, situation, field.place)
    for number in range(war.horizon):
        before = len(field.place)
        field = _one_month(war, situation, field, book, ends, number)
        if len(field.place) == 0:
            return
        if len(field.place) < before:
            situation.lay(field.table, field.draws)
        album.take(number + 1, situation, field.place)
        if watch is not None:
            watch(number, situation, field.place)
    close(ends, clear(ends, field, war.horizon, war.step, 0.0))


def _one_month(war: War, situation: Situation, field: Field, book: Course, ends: Ends, number: int) -> Field:
    """One step, compiled as a whole if its rules of decision are."""
    if war.compiled:
        return wage(book, ends, field, number, number + 1, THIN)
    field = clear(ends, field, number, war.step, THIN)
    if len(field.place) > 0:
        situation.lay(field.table, field.draws)
        month_by_hand(war, situation, book, number, field.ending)
    return field
