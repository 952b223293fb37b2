"""Carried: which items of evidence carry a verdict on two classes of readings, and which one speaks most against it.

A class foretells an item, the others being known, as its readings do on average, each by the weight that the other
items leave it: with w_r the weights within the class after all items and c_r the chance of the item under reading r,
the chance under the class is 1 / sum(w_r / c_r). Over two classes its log ratio is what the item adds to the log Bayes
factor when it comes last.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ripeness.study.who_decides.bayes_factors import ReadingVerdict, WeighedReading
from ripeness.study.who_decides.evidence_matrix import EvidenceRow

Array = NDArray[np.float64]
MOST = 3  # items named as those that carry the verdict


@dataclass(frozen=True, slots=True)
class DecisiveItem:
    """By how much an item favours the class of a verdict over the next; below zero it speaks against the verdict."""

    polity: str
    item: str
    log_ratio: float


def decisive_items(
    verdict: ReadingVerdict, readings: Sequence[WeighedReading], table: Sequence[EvidenceRow]
) -> tuple[DecisiveItem, ...]:
    """The items that favour a verdict most, most telling first, then the one that speaks most against it,
    if any does.
    """
    rows = [row for row in table if row.polity == verdict.polity]
    if not verdict.second or not rows:
        return ()
    ratio = _log_chance_under_class(verdict.best, readings, rows) - _log_chance_under_class(
        verdict.second, readings, rows
    )
    order = np.argsort(-ratio, kind="stable")
    picked = [n for n in order[:MOST] if ratio[n] > 0] + [n for n in order[-1:] if ratio[n] < 0]
    return tuple(DecisiveItem(verdict.polity, rows[n].item, float(ratio[n])) for n in picked)


def _log_chance_under_class(kind: str, readings: Sequence[WeighedReading], rows: Sequence[EvidenceRow]) -> Array:
    """Log chance of each item under a class, the other items being known. Shapes: returns (n,)."""
    class_readings = [reading for reading in readings if reading.candidate.kind == kind]
    logs = np.array(
        [np.log(max(reading.candidate.mass, 1e-300)) + reading.posterior.log_evidence for reading in class_readings]
    )
    place = {reading.candidate.key: n for n, reading in enumerate(class_readings)}
    chances = np.array([[cell.log_chance for cell in row.cells if cell.reading in place] for row in rows]).T
    return np.asarray(-(np.logaddexp.reduce(logs[:, None] - chances, axis=0) - np.logaddexp.reduce(logs)))
