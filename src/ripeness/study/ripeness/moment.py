"""Ripeness at one moment for factions, polities and the war; computed from inputs alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ripeness.study.ripeness.faction_conditions import expected_gain, hurting, stalemate, way_out
from ripeness.study.ripeness.terms_council import terms_council, zone_is_open
from ripeness.war.prepare import War
from ripeness.war.situation import Situation

Array = NDArray[np.float64]
STALEMATE, HURTING, WAY_OUT, RIPE = 1, 2, 4, 7  # marks of a faction; ripe is all three
FIRST, SECOND, OPEN, JUDGED = 1, 2, 4, 8  # marks of a run: ripe for either polity, zone open, and that it was judged
HALF = 0.5


@dataclass(frozen=True, slots=True)
class RipeMoment:
    """Ripeness, demands and terms of each run at one moment.

    Shapes: marks (F, R) over both belligerents' factions in order; run_marks (R,); demand (2, R), own shares; least
    (F, R), own shares that the factions would settle for.
    """

    marks: NDArray[np.uint8]
    run_marks: NDArray[np.uint8]
    demand: Array
    lowest_terms: Array


def judge_ripeness(war: War, situation: Situation, theta: float) -> RipeMoment:
    """Compute ripeness in every run. A polity is ripe when factions that its own rule on terms lets win are."""
    shared, pair = situation.shared, situation.principals()
    marks, lowest_terms = [], []
    run_marks = np.full(len(shared.run_ids), JUDGED, dtype=np.uint8)
    for n, (polity, rival) in enumerate((pair, pair[::-1])):
        gross, net = expected_gain(polity, rival)
        council = terms_council(war.sides[n], polity)
        allowed = war.allowed if n == 0 else 1.0 - war.allowed
        faction_marks = STALEMATE * stalemate(polity.belief, gross, shared.parameters.deadlock, theta).astype(np.uint8)
        faction_marks += HURTING * hurting(net, theta).astype(np.uint8)
        faction_marks += WAY_OUT * way_out(council.position, rival.demand, shared.misperception_effect, allowed).astype(
            np.uint8
        )
        polity_ripe = council.decide_on((faction_marks != RIPE).astype(np.float64)) < HALF
        run_marks += (FIRST if n == 0 else SECOND) * polity_ripe.astype(np.uint8)
        marks.append(faction_marks)
        lowest_terms.append(council.position)
    demand = np.stack([polity.demand for polity in pair])
    run_marks += OPEN * zone_is_open(demand[0], demand[1], war.allowed).astype(np.uint8)
    return RipeMoment(np.concatenate(marks), run_marks, demand, np.concatenate(lowest_terms))
