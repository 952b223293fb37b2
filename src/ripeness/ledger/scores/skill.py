"""Skill: which share of a reference's mean score was saved, and how far so few questions allow to say so."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum, isfinite, nan, sqrt

from ripeness.ledger.scores.interval import LEVEL, ScoreInterval
from ripeness.ledger.scores.relative import skill


def skill_interval(scores: Sequence[float], references: Sequence[float]) -> ScoreInterval:
    """Bound the skill score over a reference on the same questions, by the jackknife and Student's t.

    1 is perfect, 0 no better than the reference, below 0 worse. Leaving out one question at a time allows for the
    reference's being a mean of few questions, too. Assumes questions that are independent of one another.
    Source: Murphy 1988 (skill); Miller 1974 (the jackknife of a ratio); Bradley, Schwartz and Hashino 2008.

    >>> bound = skill_interval([0.1, 0.2, 0.3], [0.4, 0.5, 0.6])
    >>> round(bound.value, 3), round(bound.low, 3), round(bound.high, 3), bound.n
    (0.6, 0.395, 0.805, 3)
    """
    n = len(scores)
    if n == 0:
        return ScoreInterval(nan, nan, nan, 0)
    own_sum, other = fsum(scores), fsum(references)
    value = skill(own_sum, other)
    if n == 1 or not isfinite(value):
        return ScoreInterval(value, nan, nan, n)
    left_out = [skill(own_sum - score, other - reference) for score, reference in zip(scores, references, strict=True)]
    if not all(isfinite(part) for part in left_out):
        return ScoreInterval(value, nan, nan, n)
    from scipy.special import stdtrit

    middle = fsum(left_out) / n
    error = sqrt((n - 1) / n * fsum((part - middle) ** 2 for part in left_out))
    half = float(stdtrit(n - 1, (1 + LEVEL) / 2)) * error
    return ScoreInterval(value, value - half, value + half, n)
