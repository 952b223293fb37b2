"""Capture: one faction decides alone, whatever power the others hold on paper."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from ripeness.decision.rule import CAPTOR, Array, Flags, apply_rule
from ripeness.world.compiled import compiled


@compiled
def kernel(
    power: Array,
    salience: Array,
    position: Array,
    veto: Flags,
    leader: int,
    weight: Array,
    reference: Array,
    settings: Array,
    out: Array,
) -> None:
    """Write the captor's position; see rule.py for the shapes.

    Where no captor is named, or it has left, those in power share the outcome by power and salience. A leader weight
    changes nothing: a captor's polity has no other head.
    """
    (issues, factions, _), draws = position.shape, weight.shape[0]
    for i in range(issues):
        for r in range(draws):
            total, sum_of, captured, captors = 0.0, 0.0, False, 0.0
            for f in range(factions):
                pull = power[f, r] * salience[i, f, r]
                total += pull
                sum_of += pull * position[i, f, r]
                if settings[CAPTOR, r] == f and power[f, r] > 0.0:
                    captured = True
                    captors = position[i, f, r]
            shared = sum_of / total if total > 0.0 else reference[i, r]
            out[i, r] = captors if captured else shared


def capture(
    power: ArrayLike, salience: ArrayLike, position: ArrayLike, *, captor: ArrayLike, reference: ArrayLike = np.nan
) -> Array:
    """Settle each issue at the position of the faction that has captured the polity.

    Assumes that the captor wins on every issue that this rule decides, even one it cares little for.

    Shapes: power (..., F); salience and position (..., F, I); captor (...), the number of a faction; returns (..., I).
    Units: positions in any unit.
    Source: Stigler 1971, The Theory of Economic Regulation; Olson 1965, The Logic of Collective Action.

    >>> capture([.4, .35, .25], np.ones((3, 1)), [[.1], [.6], [.9]], captor=1)
    array([0.6])
    """
    return apply_rule(kernel, power, salience, position, reference=reference, settings={CAPTOR: captor})
