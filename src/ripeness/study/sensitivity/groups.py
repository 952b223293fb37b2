"""Groups: how much hangs on all numbers of one source, one kind, or one grade together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ripeness.ensemble.gather import Ensemble
from ripeness.study.sensitivity.points import points
from ripeness.study.sensitivity.shares import Shares
from ripeness.study.target import Target

Z90 = 1.6448536269514722  # standard normal quantile at .95
NONE = "no source"


@dataclass(frozen=True, slots=True)
class Fixed:
    """What happens when a group's numbers are all held at their medians, on the same draws.

    `p` is the probability then; `removed` the share of the decided variance that goes with their uncertainty.
    """

    p: float
    moved: float
    removed: float


@dataclass(frozen=True, slots=True)
class Group:
    """Numbers that rest on the same thing: how many, and the sum of their first-order shares with its 90 % interval."""

    by: str
    name: str
    title: str
    numbers: int
    share: float
    low: float
    high: float
    fixed: Fixed | None = None


def grouped(
    by: str, members: Mapping[str, Sequence[int]], titles: Mapping[str, str], told: Shares
) -> tuple[Group, ...]:
    """Add up first-order shares over groups, the largest first.

    A number that cites two sources counts for both. What numbers do only in combination is not in a sum of
    first-order shares; holding the group at its medians shows it. The error of a sum is what shuffling the outcomes
    gives such a sum, and on top of it the resampling error of the members that matter.
    """
    found = []
    for name, rows in members.items():
        index = np.asarray(rows, dtype=np.intp)
        total = float(told.share[index].sum())
        by_chance = float(told.shuffled[index].sum(axis=0).var(ddof=1))
        sampling = float((told.error[index][told.matters[index]] ** 2).sum())
        half = Z90 * np.sqrt(by_chance + sampling)
        low, high = max(total - half, 0.0), max(total + half, 0.0)
        found.append(Group(by, name, titles.get(name, name), len(index), max(total, 0.0), low, high))
    return tuple(sorted(found, key=lambda group: (-group.share, group.name)))


def fixed(base: Ensemble, held: Ensemble, target: Target) -> Fixed:
    """Compare an ensemble with the same draws in which some numbers stand at their medians."""
    before, after = (points(target.hits(one), one.point) for one in (base, held))
    removed = 1 - after.decided / before.decided if before.decided > 0 else 0.0
    return Fixed(after.p, after.p - before.p, removed)
