"""Which unknowns the evidence depends on: all others keep their prior, and are integrated out exactly.

Where it is on record which option each faction stood behind, a choice does not depend on where else they stand. Such
positions would be coordinates in which the sampler walks for nothing, and in hundreds of them it loses its way.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ripeness.decision.rules import TABLE
from ripeness.study.who_decides.contest_chances import NOBODY
from ripeness.study.who_decides.council_likelihood import CONDUCT, CouncilLikelihood

Flags = NDArray[np.bool_]


def relevant_unknowns(council: CouncilLikelihood) -> Flags:
    """Whether the likelihood depends on each coordinate; power and the conduct of choices always count as relevant.

    Shapes: returns (D,), in the order of `CouncilLikelihood`.
    """
    conduct = np.full(len(CONDUCT), len(council.by_degree) > 0)
    numbers = np.concatenate([relevant_positions(council).reshape(-1), conduct])[council.numbers.unknown]
    relevant = np.ones(council.unknowns, dtype=np.bool_)
    first = council.prior.unknowns
    relevant[first : first + len(numbers)] = numbers
    return relevant


def relevant_positions(council: CouncilLikelihood) -> Flags:
    """Whether some item depends on where a faction stands on an issue. Shapes: returns (I, F).

    1. An item by degree: on all positions on its issue, save one that a stance replaces; on those on all issues that
       its rule settles together.
    2. A choice by pivot or leader among options with places: on the positions of factions without a stance.
    """
    relevant = np.zeros((len(council.issues), len(council.factions)), dtype=np.bool_)
    together = {issue: issues for name, _, issues in council.council.rules if TABLE[name].joint for issue in issues}
    carried = council.course.carry != 0.0
    for n in council.by_degree:
        issue = council.issues.index(council.items[n].issue)
        relevant[issue] |= carried[n]
        relevant[list(together.get(issue, ()))] = True
    choices = council.contests.choices
    for n, options, stance in zip(council.contests.rows, choices.options, choices.stance, strict=False):
        if not np.isnan(options[0]):
            relevant[council.issues.index(council.items[n].issue)] |= carried[n] & (stance == NOBODY)
    return relevant
