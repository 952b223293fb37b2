"""Relative scores: better or worse than someone else on the very same question."""

from __future__ import annotations

from math import isinf, nan
from typing import TYPE_CHECKING

from ripeness.ledger.scores.interval import mean

if TYPE_CHECKING:
    from collections.abc import Mapping


def gain(score: float, reference: float) -> float:
    """Say how much smaller, so better, an own score is than a reference's on one question: above 0 is better.

    Both infinite count as equal: they were wrong alike.

    >>> gain(0.2, 0.5)
    0.3
    """
    return 0.0 if isinf(score) and isinf(reference) else reference - score


def skill(score: float, reference: float) -> float:
    """Give the share of the reference's mean score that was saved: 1 is perfect, 0 no better, below 0 worse.

    Source: Murphy 1988.

    >>> skill(0.2, 0.5)
    0.6
    """
    return 1 - score / reference if reference else nan


def against_peers(scores: Mapping[str, float]) -> dict[str, float]:
    """Set each forecaster's score on one question against the mean of all others': above 0 is better than they.

    The gains of one question sum to 0 over its forecasters. A forecaster without peers is left out.

    >>> against_peers({"a": 0.25, "b": 0.75})
    {'a': 0.5, 'b': -0.5}
    """
    if len(scores) <= 1:
        return {}
    return {
        forecaster: gain(own_score, mean([score for peer, score in scores.items() if peer != forecaster]))
        for forecaster, own_score in scores.items()
    }
