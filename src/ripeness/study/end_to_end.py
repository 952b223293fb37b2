"""End to end: what moving one number from one end of its interval to the other does to each outcome, month by month."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ripeness.ensemble.gather import Ensemble
from ripeness.study.target import outcome_codes_at, outcome_shares, outcomes_by_name
from ripeness.study.weighted_statistics import MeanEstimate, estimate_mean

Array = NDArray[np.float64]
GROUP = 8  # numbers that are moved together to see whether any of them matters
EVERY = 6  # months between two at which an effect is measured


@dataclass(frozen=True, slots=True)
class EndToEndEffect:
    """By how much more often each outcome comes about by each month with a number at its high end than at its low end.

    `differences` by outcome as an analyst types it, one a month of `months`, paired run by run.
    """

    path: str
    months: tuple[float, ...]
    differences: dict[str, tuple[MeanEstimate, ...]]


def end_to_end_effect(path: str, low: Ensemble, high: Ensemble, weights: Array) -> EndToEndEffect:
    """Compare two ensembles with common random numbers that differ in one number. Shapes: weights (R,)."""
    months = measured_months(low.horizon)
    keys = [side.key for side in low.war.sides[:2]]
    differences: dict[str, list[MeanEstimate]] = {name: [] for name in outcomes_by_name(keys)}
    for month in months:
        codes = [outcome_codes_at(ensemble, month) for ensemble in (low, high)]
        for name, kind in outcomes_by_name(keys).items():
            at_low, at_high = (np.isin(code, kind.codes).astype(np.float64) for code in codes)
            differences[name].append(estimate_mean(at_high - at_low, low.point, weights))
    return EndToEndEffect(path, months, {name: tuple(estimates) for name, estimates in differences.items()})


def measured_months(horizon: float) -> tuple[float, ...]:
    """The months at which an effect is measured, the horizon last.

    >>> measured_months(20.0)
    (6.0, 12.0, 18.0, 20.0)
    """
    return (*(float(month) for month in range(EVERY, int(horizon), EVERY) if month < horizon), float(horizon))


def outcome_courses(ensemble: Ensemble, weights: Array | None, months: Sequence[float]) -> dict[str, tuple[float, ...]]:
    """The share of every outcome by each month. Shapes: weights (R,)."""
    shares = [outcome_shares(ensemble, month, weights) for month in months]
    return {name: tuple(share[name] for share in shares) for name in shares[0]}


def flipped_share(low: Ensemble, high: Ensemble) -> float:
    """The share of runs that stand otherwise halfway to the horizon or at it, of two with common random numbers."""
    shares = [
        float(np.mean(outcome_codes_at(low, month) != outcome_codes_at(high, month)))
        for month in (low.horizon / 2, low.horizon)
    ]
    return sum(shares) / len(shares)


def leading_by_groups(
    paths: Sequence[str], flipped: Callable[[Sequence[str]], float], most: int, size: int = GROUP
) -> tuple[str, ...]:
    """The paths that flip most, found by moving groups of neighbours together and then the members of the best alone.

    Source: Bettonville and Kleijnen 1997, "Searching for important factors in simulation models with many factors",
    European Journal of Operational Research 96, whose groups are halved where these are opened at once.

    >>> leading_by_groups(["a", "b", "c", "d"], lambda group: sum(ord(x) - 96 for x in group), 2, size=2)
    ('d', 'c')
    """
    groups = [paths[start : start + size] for start in range(0, len(paths), size)]
    best = sorted(groups, key=lambda group: -flipped(group))[: max(1, most // 2)]
    alone = {path: flipped([path]) for group in best for path in group}
    return tuple(sorted(alone, key=lambda path: -alone[path])[:most])
