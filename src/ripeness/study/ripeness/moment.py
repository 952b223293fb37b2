"""A moment judged: for which factions it is ripe, for which polity, and for the war; computed from inputs alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ripeness.study.ripeness.council import council, is_open
from ripeness.study.ripeness.stalemate import expected_gain, hurting, stalemate
from ripeness.study.ripeness.way_out import way_out
from ripeness.war.prepare import War
from ripeness.war.situation import Situation

Array = NDArray[np.float64]
STALEMATE, HURTING, WAY_OUT, RIPE = 1, 2, 4, 7  # marks of a faction; ripe is all three
FIRST, SECOND, OPEN, JUDGED = 1, 2, 4, 8  # marks of a run: ripe for either polity, zone open, and that it was judged
HALF = 0.5


@dataclass(frozen=True, slots=True)
class Moment:
    """What is true of each run at one moment.

    Shapes: marks (F, R) over both belligerents' factions in order; run_marks (R,); demand (2, R), own shares; least
    (F, R), own shares that the factions would settle for.
    """

    marks: NDArray[np.uint8]
    run_marks: NDArray[np.uint8]
    demand: Array
    least: Array


def judge(war: War, situation: Situation, theta: float) -> Moment:
    """Judge every run of a situation. A polity is ripe when factions that its own rule on terms lets win are."""
    shared, pair = situation.shared, situation.belligerents()
    marks, least = [], []
    run_marks = np.full(len(shared.run_ids), JUDGED, dtype=np.uint8)
    for n, (polity, rival) in enumerate((pair, pair[::-1])):
        gross, net = expected_gain(polity, rival)
        seats = council(war.sides[n], polity)
        allowed = war.allowed if n == 0 else 1.0 - war.allowed
        found = STALEMATE * stalemate(polity.belief, gross, shared.parameters.deadlock, theta).astype(np.uint8)
        found += HURTING * hurting(net, theta).astype(np.uint8)
        found += WAY_OUT * way_out(seats.position, rival.demand, shared.misperception, allowed).astype(np.uint8)
        carried = seats.decide_on((found != RIPE).astype(np.float64)) < HALF
        run_marks += (FIRST if n == 0 else SECOND) * carried.astype(np.uint8)
        marks.append(found)
        least.append(seats.position)
    demand = np.stack([polity.demand for polity in pair])
    run_marks += OPEN * is_open(demand[0], demand[1], war.allowed).astype(np.uint8)
    return Moment(np.concatenate(marks), run_marks, demand, np.concatenate(least))
