"""The evidence matrix: readings against evidence, as in Heuer's Analysis of Competing Hypotheses, with numbers in its
cells.

A cell says how much better a reading predicted an item than readings do on average, given the other items: the
log of its leave-one-out predictive chance less the mean over readings. Items predicted equally well under all
readings tell nothing, however striking they are. Source: Heuer 1999, Psychology of Intelligence Analysis, ch. 8;
Gelfand, Dey and Chang 1992 for leaving one out by weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ripeness.study.who_decides.item import Item
from ripeness.study.who_decides.tempered_smc import effective_size

Array = NDArray[np.float64]
MARKS = ((3.0, "CC"), (1.0, "C"), (-1.0, "N"), (-3.0, "I"))
"""Least log ratio of each mark; below the last stands II. The steps are those of Kass and Raftery for a log Bayes
factor.
"""
MARK_LOG_RATIOS = {"CC": 3.0, "C": 1.0, "N": 0.0, "I": -1.0, "II": -3.0}
"""Log ratio that a hand-made mark counts for, before the grade of its source."""
MIN_EFFECTIVE_SHARE = 0.1  # share of effective draws below which leaving an item out by weights is a guess


@dataclass(frozen=True, slots=True)
class EvidenceCell:
    """One reading on one item: log ratio to the mean over readings, its classical mark, and the log predictive
    chance.
    """

    reading: str
    log_ratio: float
    mark: str
    log_chance: float


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One item under all readings; `diagnosticity` is the widest gap between two readings."""

    polity: str
    item: str
    date: str
    issue: str
    grade: str
    diagnosticity: float
    puzzling: bool = False
    planted: bool = False
    cells: tuple[EvidenceCell, ...] = ()


def leave_one_out_log_chance(by_item: Array) -> tuple[Array, Array]:
    """Return the leave-one-out log probability of each item, and the effective share of draws behind it.

    Shapes: by_item (n, N), log likelihoods under the posterior of all; returns (n,), (n,).

    >>> leave_one_out_log_chance(np.log(np.full((1, 4), .25)))[0].round(3)
    array([-1.386])
    """
    low = by_item.min(axis=1, keepdims=True)
    weight = np.exp(low - by_item)
    share = np.array([effective_size(row) for row in weight]) / by_item.shape[1]
    return low[:, 0] - np.log(weight.mean(axis=1)), share


def consistency_mark(log_ratio: float) -> str:
    """The classical mark of a log ratio: very consistent, consistent, neutral, inconsistent, very inconsistent.

    >>> [consistency_mark(x) for x in (3.5, 1.2, 0.0, -1.2, -5.0)]
    ['CC', 'C', 'N', 'I', 'II']
    """
    return next((name for threshold, name in MARKS if log_ratio >= threshold), "II")


def evidence_matrix(items: Sequence[Item], readings: Sequence[str], chances: Array) -> tuple[EvidenceRow, ...]:
    """The matrix of a polity, the most telling item first. Shapes: chances (readings, items), log predictive
    chances.
    """
    ratio = chances - chances.mean(axis=0)
    rows = [
        EvidenceRow(
            item.polity,
            item.id,
            str(item.on),
            item.issue,
            item.grade,
            float(np.ptp(chances[:, n])),
            item.puzzling,
            item.planted,
            tuple(
                EvidenceCell(key, float(ratio[r, n]), consistency_mark(float(ratio[r, n])), float(chances[r, n]))
                for r, key in enumerate(readings)
            ),
        )
        for n, item in enumerate(items)
    ]
    return tuple(sorted(rows, key=lambda row: -row.diagnosticity))
