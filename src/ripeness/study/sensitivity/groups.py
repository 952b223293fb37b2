"""Groups: sensitivity to all parameters of one source, one kind, or one grade together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ripeness.ensemble.gather import Ensemble
from ripeness.study.sensitivity.sample_means import sample_means
from ripeness.study.sensitivity.variance_shares import VarianceShares, decided_variance, resample_counts
from ripeness.study.target import Target
from ripeness.study.weighted_statistics import estimate_mean, run_weights

TAILS = (0.05, 0.95)
NO_SOURCE = "no source"
CHANCE = 0.95  # share of shuffles in which no group of a kind rises above the level that chance reaches


@dataclass(frozen=True, slots=True)
class HeldAtMedians:
    """Effect of holding a group's parameters at their medians, with common random numbers.

    `p` is the probability then, `moved` its change; `removed` the share of the decided variance that goes with their
    uncertainty, below zero where others come to matter more. Each with its 90 % Monte Carlo interval.
    """

    p: float
    moved: float
    moved_low: float
    moved_high: float
    removed: float
    removed_low: float
    removed_high: float


@dataclass(frozen=True, slots=True)
class ParameterGroup:
    """Parameters with the same source, kind or grade, and the share of variance that they predict together.

    `numbers` counts those that can move the war. `stands_out`: the share is above the maximum that as many groups would
    reach by chance (95 %).
    """

    by: str
    name: str
    title: str
    numbers: int
    share: float
    low: float
    high: float
    stands_out: bool = False
    fixed: HeldAtMedians | None = None

    @property
    def rank(self) -> tuple[bool, float, str]:
        """First what stands out, then by what holding it removes or, where it was not held, by its share."""
        size = self.share if self.fixed is None else max(self.fixed.removed, self.share)
        return (not self.stands_out, -size, self.name)


def group_shares(
    by: str, members: Mapping[str, Sequence[int]], titles: Mapping[str, str], variance: VarianceShares
) -> tuple[ParameterGroup, ...]:
    """Return what groups predict together (see predictive_gains.py), those that stand out first, then the largest.

    A number that cites two sources counts for both. What numbers do only in combination is not in it; holding the group
    at its medians shows it.
    """
    index = {name: np.asarray(rows, dtype=np.intp) for name, rows in members.items()}
    if not index:
        return ()
    luckiest = np.max([variance.gains.shuffled[rows].sum(axis=0) for rows in index.values()], axis=0)
    level = max(float(np.quantile(luckiest, CHANCE)), 0.0)
    groups = [
        ParameterGroup(
            by,
            name,
            titles.get(name, name),
            len(rows),
            *variance.of(rows),
            bool(variance.gains.gain[rows].sum() > level),
        )
        for name, rows in index.items()
    ]
    return tuple(sorted(groups, key=lambda group: group.rank))


def compare_held(
    base: Ensemble, held_ensemble: Ensemble, target: Target, weights: NDArray[np.float64] | None = None
) -> HeldAtMedians:
    """Compare an ensemble with the same draws in which some numbers stand at their medians. Shapes: weights (R,)."""
    base_means, held_means = (
        sample_means(target.hits(ensemble), ensemble.point, weights) for ensemble in (base, held_ensemble)
    )
    change = estimate_mean(
        target.hits(held_ensemble) - target.hits(base), base.point, run_weights(base.design.draws, weights)
    )
    removed = 1 - held_means.decided / base_means.decided if base_means.decided > 0 else 0.0
    counts = resample_counts(len(base_means.mean), base.design.seed)
    resampled = np.array(
        [
            1 - decided_variance(held_means, count) / max(decided_variance(base_means, count), np.finfo(float).tiny)
            for count in counts.T
        ]
    )
    low, high = (removed + float(np.quantile(resampled, tail) - np.median(resampled)) for tail in TAILS)
    return HeldAtMedians(held_means.p, change.mean, change.low, change.high, removed, min(low, 1.0), min(high, 1.0))
