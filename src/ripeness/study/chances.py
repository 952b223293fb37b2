"""Chances: the probability of each outcome by a month, with the two uncertainties that must not be mixed.

*Monte Carlo error* says how far the probability would move if the ensemble were run again with other luck: it goes to
zero with more draws. The *spread over inputs* says how far the probability itself hangs on what nobody knows: it stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ripeness.world.outcome import ENDS

Array = NDArray[np.float64]
Z90 = 1.6448536269514722  # standard normal quantile at .95: intervals are 90 % intervals
TAILS = (0.05, 0.95)
NIL = 1e-9  # far below what any number of draws can tell from 0


@dataclass(frozen=True, slots=True)
class Chance:
    """Probability of one outcome by one month.

    `p_low` to `p_high`: 5-95 % spread of the probability over the uncertain inputs, with luck averaged out; not a
    number when no two runs share their inputs. `mc_low` to `mc_high`: 90 % Monte Carlo interval of `p`.
    """

    outcome: str
    polity: str | None
    how: str | None
    month: float
    p: float
    p_low: float
    p_high: float
    mc_low: float
    mc_high: float


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of outcome: what it is called, whose it is, and the codes of world/outcome.py that belong to it."""

    outcome: str
    side: int | None
    how: str | None
    codes: tuple[int, ...]


KINDS = tuple(Kind(end.outcome, end.side, end.how, (end.code,)) for end in ENDS)


def merged_kinds() -> tuple[Kind, ...]:
    """The kinds with every way to the same outcome taken together.

    >>> [(kind.outcome, kind.side) for kind in merged_kinds()][:3]
    [('victory', 0), ('victory', 1), ('collapse', 0)]
    """
    codes: dict[tuple[str, int | None], tuple[int, ...]] = {}
    for end in ENDS:
        codes[end.outcome, end.side] = (*codes.get((end.outcome, end.side), ()), end.code)
    return tuple(Kind(outcome, side, None, found) for (outcome, side), found in codes.items())


def chances(
    code: NDArray[np.floating],
    months: NDArray[np.floating],
    point: NDArray[np.intp],
    polities: Sequence[str],
    at: Sequence[float],
    kinds: Sequence[Kind] = KINDS,
) -> list[Chance]:
    """Count outcomes by each of some months. A war that has not ended by then is still fighting.

    Shapes: code, months (fought), point (R,); polities names both belligerents.
    """
    runs = np.bincount(point).astype(np.float64)
    found = []
    for month in at:
        ended = np.where(months <= month, code, 0).astype(np.intp)
        counts = np.bincount(ended * len(runs) + point, minlength=len(ENDS) * len(runs)).reshape(len(ENDS), -1)
        hits = np.array([counts[list(kind.codes)].sum(axis=0) for kind in kinds], dtype=np.float64)
        p = hits.sum(axis=1) / runs.sum()
        mc_low, mc_high = monte_carlo(hits, runs)
        p_low, p_high = spread(hits, runs)
        for n, kind in enumerate(kinds):
            whose = None if kind.side is None else polities[kind.side]
            numbers = (float(x[n]) for x in (p, p_low, p_high, mc_low, mc_high))
            found.append(Chance(kind.outcome, whose, kind.how, float(month), *numbers))
    return found


def monte_carlo(hits: Array, runs: Array) -> tuple[Array, Array]:
    """90 % interval of a share among runs that share inputs in groups (Wilson's, at the effective number of runs).

    The effective number follows from the variance between groups; it lies between the number of groups and of runs, and
    is the former where all runs agree, since agreement says nothing about how much runs of a group resemble each other.
    Shapes: hits (..., G), runs (G,); returns two (...,).
    Source: Wilson 1927; Cochran 1977, "Sampling techniques", section 9A (ratio estimate over clusters).
    """
    total, groups = runs.sum(), len(runs)
    p = hits.sum(axis=-1) / total
    scale = groups / max(groups - 1, 1)
    variance = scale * ((hits - p[..., None] * runs) ** 2).sum(axis=-1) / total**2
    with np.errstate(divide="ignore", invalid="ignore"):
        effective = np.where(variance > 0, p * (1 - p) / variance, groups)
    effective = np.clip(effective, min(groups, total), total)
    weight = Z90**2 / effective
    centre = (p + weight / 2) / (1 + weight)
    half = Z90 / (1 + weight) * np.sqrt(p * (1 - p) / effective + weight / (4 * effective))
    return np.minimum(np.maximum(centre - half, 0.0), p), np.maximum(np.minimum(centre + half, 1.0), p)


def spread(hits: Array, runs: Array) -> tuple[Array, Array]:
    """5 and 95 % points of the probability over the inputs, luck averaged out.

    Runs of a group share their inputs and differ in luck, so the variance of the groups' shares is that of the
    probability plus that of luck; the latter is estimated inside the groups and taken off. What is left is given the
    form of a beta distribution with the overall mean (exact where inputs decide nothing, or all; in between a
    two-moment approximation that stays within 0 and 1).
    Shapes: hits (..., G), runs (G,); returns two (...,), not a number when no group has two runs.
    Source: the variance components of a beta-binomial sample (Kleinman 1973, JASA 68, 46-54).
    """
    several = runs >= 2
    if several.sum() < 2:
        missing = np.full(hits.shape[:-1], np.nan)
        return missing, missing.copy()
    mean = hits.sum(axis=-1) / runs.sum()
    hits, runs = hits[..., several], runs[several]
    share = hits / runs
    luck = (share * (1 - share) / (runs - 1)).mean(axis=-1)
    between = np.maximum(share.var(axis=-1, ddof=1) - luck, 0.0)
    return beta_tails(mean, between)


def beta_tails(mean: Array, variance: Array) -> tuple[Array, Array]:
    """5 and 95 % points of a beta distribution with this mean and variance; the mean itself where nothing varies.

    Shapes: (...,) each.

    >>> low, high = beta_tails(np.array([.5]), np.array([1 / 12]))
    >>> round(float(low[0]), 3), round(float(high[0]), 3)
    (0.05, 0.95)
    """
    from scipy.special import betaincinv  # slow to import: only when a forecast is made

    room = mean * (1 - mean)
    varies = (variance > 1e-12) & (room > 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        size = np.where(varies, np.maximum(room / np.where(varies, variance, 1.0) - 1, 1e-3), 1.0)
    low, high = (
        np.where(
            varies, betaincinv(np.where(varies, mean * size, 1.0), np.where(varies, (1 - mean) * size, 1.0), tail), mean
        )
        for tail in TAILS
    )
    # Where nearly every point gives 0, the mean lies above the 95 % point; the probability itself always lies inside.
    return np.minimum(np.where(low < NIL, 0.0, low), mean), np.maximum(high, mean)
