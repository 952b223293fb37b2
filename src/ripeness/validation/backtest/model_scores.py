"""A sheet of scores: each model's Brier and log score after so many months,
and its distance from the baseline with an interval.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from math import nan

import numpy as np
from numpy.typing import NDArray

from ripeness.ledger.scores.brier import brier
from ripeness.ledger.scores.log import log_score
from ripeness.ledger.scores.ranked_probability import ranked_probability
from ripeness.validation.backtest.baselines import outcomes_of
from ripeness.validation.history.record import PastWar

Array = NDArray[np.float64]
REPEATS = 2000  # bootstrap samples: the 5 and 95 % points then move by a few hundredths of their distance
LOW, HIGH = 5.0, 95.0
FEWEST = 5  # wars below which drawing them again says nothing of how far a mean can be trusted
ORDER = (0, 2, 1)  # initiator wins, draw, target wins: the outcomes in their order, for the ranked score


@dataclass(frozen=True, slots=True)
class ModelScore:
    """One model after so many months; differences are against the baseline of that month,
    each with a 90 % paired interval.
    """

    model: str
    months_fought: int
    n: int
    brier: float
    log: float
    ranked: float
    baseline: str
    brier_minus_baseline: float
    low: float
    high: float
    log_minus_baseline: float
    log_low: float
    log_high: float

    def plain(self) -> dict[str, object]:
        """As a mapping; not a number becomes nothing."""
        return {key: None if value != value else value for key, value in asdict(self).items()}  # noqa: PLR0124


def baseline_at(months: int) -> str:
    """What a model is held against: the era rate at the start, later the era and the known losses."""
    return "era" if months == 0 else "era+loss"


def scores(forecasts: Mapping[str, Array], wars: Sequence[PastWar], months: int, seed: int) -> list[ModelScore]:
    """Score several models on the same wars. Shapes: forecasts by model (N, K).
    Wars without a known outcome do not count.
    """
    with_outcome = np.array([bool(war.outcome) for war in wars], dtype=bool)
    truth = outcomes_of([war for war in wars if war.outcome])
    baseline_name = baseline_at(months)
    baseline = forecasts[baseline_name][with_outcome]
    return [
        _score(name, rows[with_outcome], baseline, truth, months, baseline_name, seed)
        for name, rows in forecasts.items()
    ]


def _score(
    model: str, forecast: Array, baseline: Array, truth: NDArray[np.int64], months: int, baseline_name: str, seed: int
) -> ModelScore:
    if not len(truth):
        return ModelScore(model, months, 0, nan, nan, nan, baseline_name, *[nan] * 6)
    squared, logarithmic = brier(forecast, truth), log_score(forecast, truth)
    gap, log_gap = squared - brier(baseline, truth), logarithmic - log_score(baseline, truth)
    ranks = ranked_probability(forecast[:, ORDER], np.argsort(ORDER)[truth])
    return ModelScore(
        model,
        months,
        len(truth),
        float(squared.mean()),
        float(logarithmic.mean()),
        float(ranks.mean()),
        baseline_name,
        float(gap.mean()),
        *paired_interval(gap, seed),
        float(log_gap.mean()),
        *paired_interval(log_gap, seed),
    )


def paired_interval(differences: Array, seed: int) -> tuple[float, float]:
    """90 % bootstrap interval of a mean difference, wars drawn with replacement; none (not a number) for fewer than
    five.

    Assumes independent wars.

    Source: Efron 1979.

    >>> paired_interval(np.zeros(10), 1)
    (0.0, 0.0)
    """
    if len(differences) < FEWEST:
        return nan, nan
    generator = np.random.Generator(np.random.Philox(key=seed))
    means = differences[generator.integers(0, len(differences), (REPEATS, len(differences)))].mean(axis=1)
    low, high = np.percentile(means, [LOW, HIGH])
    return float(low), float(high)
