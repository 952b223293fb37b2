"""Outcome probabilities by a month, with Monte Carlo error and parameter uncertainty kept apart.

*Monte Carlo error* says how far the probability would move if the ensemble were run again with other random draws: it
goes to zero with more runs. *Parameter uncertainty* says how far the probability itself depends on the parameters that
the scenario calls uncertain: it stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ripeness.study.parameter_uncertainty import HitHistogram, hit_histogram, probability_tails
from ripeness.world.outcome import ENDS
from ripeness.world.quantity import Z90

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class OutcomeProbability:
    """Probability of one outcome by one month.

    `p_low` to `p_high`: 5-95 % interval of the probability over the parameters, noise removed; not a
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
class OutcomeKind:
    """One kind of outcome: what it is called, whose it is, and the codes of world/outcome.py that belong to it."""

    outcome: str
    side: int | None
    how: str | None
    codes: tuple[int, ...]


OUTCOME_KINDS = tuple(OutcomeKind(end.outcome, end.side, end.how, (end.code,)) for end in ENDS)


def merged_kinds() -> tuple[OutcomeKind, ...]:
    """The kinds with every way to the same outcome taken together.

    >>> [(kind.outcome, kind.side) for kind in merged_kinds()][:3]
    [('victory', 0), ('victory', 1), ('collapse', 0)]
    """
    codes: dict[tuple[str, int | None], tuple[int, ...]] = {}
    for end in ENDS:
        codes[end.outcome, end.side] = (*codes.get((end.outcome, end.side), ()), end.code)
    return tuple(OutcomeKind(outcome, side, None, end_codes) for (outcome, side), end_codes in codes.items())


def outcome_probabilities(
    code: NDArray[np.floating],
    months: NDArray[np.floating],
    sample_of_run: NDArray[np.intp],
    polities: Sequence[str],
    at: Sequence[float],
    kinds: Sequence[OutcomeKind] = OUTCOME_KINDS,
) -> list[OutcomeProbability]:
    """Return the probability of each outcome by some months. A war that has not ended by then is still fighting.

    Shapes: code, months (fought), sample_of_run (R,); polities names both belligerents.
    """
    runs = np.bincount(sample_of_run).astype(np.float64)
    parts, histograms = [], []
    for month in at:
        ended = np.where(months <= month, code, 0).astype(np.intp)
        counts = np.bincount(ended * len(runs) + sample_of_run, minlength=len(ENDS) * len(runs)).reshape(len(ENDS), -1)
        hits = np.array([counts[list(kind.codes)].sum(axis=0) for kind in kinds], dtype=np.float64)
        parts.append((hits.sum(axis=1) / runs.sum(), *monte_carlo_interval(hits, runs)))
        histograms.append(hit_histogram(hits, runs))
    p, mc_low, mc_high = (np.array(part) for part in zip(*parts, strict=True)) if parts else (np.empty((0, 0)),) * 3
    hit_counts = [table.counts for table in histograms if table is not None]
    p_low, p_high = (
        probability_tails(p, HitHistogram(np.array(hit_counts))) if hit_counts else (np.full_like(p, np.nan),) * 2
    )
    rows = []
    for m, month in enumerate(at):
        for n, kind in enumerate(kinds):
            owner = None if kind.side is None else polities[kind.side]
            numbers = (float(x[m, n]) for x in (p, p_low, p_high, mc_low, mc_high))
            rows.append(OutcomeProbability(kind.outcome, owner, kind.how, float(month), *numbers))
    return rows


def monte_carlo_interval(hits: Array, runs: Array) -> tuple[Array, Array]:
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


def parameter_interval(hits: Array, runs: Array) -> tuple[Array, Array]:
    """Return 5 and 95 % points of the probability over the parameters (see study/parameter_uncertainty.py).

    Shapes: hits (..., G), runs (G,); returns two (...,), not a number when no two groups have two runs.
    """
    table = hit_histogram(hits, runs)
    if table is None:
        unknown = np.full(hits.shape[:-1], np.nan)
        return unknown, unknown.copy()
    return probability_tails(hits.sum(axis=-1) / runs.sum(), table)
