"""Pools: several forecasts of one question as one, and the weights that past scores give to each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import fsum

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
PRIOR_QUESTIONS = 20  # answered questions at which a record counts as much as the prior that all forecast alike


def linear_pool(probabilities: ArrayLike, weights: ArrayLike) -> Array:
    """Average forecasts outcome by outcome: what one expects who believes each member with its weight.

    Shapes: probabilities (N, K); weights (N,), none below zero and not all zero; returns (K,).
    Source: Stone 1961; Genest and Zidek 1986, section 3.

    >>> linear_pool([[0.25, 0.75], [0.5, 0.5]], [1, 1])
    array([0.375, 0.625])
    """
    forecasts, shares = _members(probabilities, weights)
    return np.asarray(shares @ forecasts)


def log_pool(probabilities: ArrayLike, weights: ArrayLike) -> Array:
    """Average the logarithms of forecasts, scaled to sum to one: the pool that news moves as it moves its members.

    What a member of some weight calls impossible is impossible in the pool. Not numbers where nothing else is left.

    Shapes: probabilities (N, K); weights (N,), none below zero and not all zero; returns (K,).
    Source: Genest and Zidek 1986, section 3; Genest 1984 (external Bayesianity).

    >>> log_pool([[0.2, 0.8], [0.8, 0.2]], [1, 1])
    array([0.5, 0.5])
    >>> log_pool([[0.1, 0.9], [0.5, 0.5]], [1, 1]).round(3)
    array([0.25, 0.75])
    """
    forecasts, shares = _members(probabilities, weights)
    used = shares > 0
    with np.errstate(divide="ignore", invalid="ignore"):
        exponents = shares[used] @ np.log(forecasts[used])
        pooled = np.exp(exponents - exponents.max())
    return np.asarray(pooled / pooled.sum())


def _members(probabilities: ArrayLike, weights: ArrayLike) -> tuple[Array, Array]:
    forecasts, shares = np.asarray(probabilities, dtype=np.float64), np.asarray(weights, dtype=np.float64)
    if shares.ndim != 1 or len(shares) != len(forecasts) or (shares < 0).any() or not shares.sum() > 0:
        message = "a pool needs a weight for each forecast, none below zero and not all zero"
        raise ValueError(message)
    return forecasts, shares / shares.sum()


def record_weights(
    members: Sequence[str], scores: Sequence[Mapping[str, float]], prior: float = PRIOR_QUESTIONS
) -> dict[str, float]:
    """Weigh members by the inverse of their past Brier scores, each set against all who answered the same questions.

    `scores` has one mapping a past question, from who answered it to the Brier score. With r the sum of a member's own
    scores over the sum of the mean scores on those questions, both with `prior` further questions of mean score, the
    weight is 1 / r. Who answered only hard questions loses nothing by that; who answered few weighs much like the mean.
    Source: Bates and Granger 1969 (inverse squared errors); Diebold and Pauly 1990 (shrinkage to equal weights).

    Units: shares, sum 1.

    >>> weights = record_weights(["a", "b", "c"], [{"a": 0.1, "b": 0.5}] * 20)
    >>> {name: round(weight, 3) for name, weight in weights.items()}
    {'a': 0.462, 'b': 0.231, 'c': 0.308}
    """
    answered = [by_member for by_member in scores if by_member]
    means = [fsum(by_member.values()) / len(by_member) for by_member in answered]
    usual = fsum(means) / len(means) if means else 0.0
    raw = {}
    for name in members:
        places = [n for n, by_member in enumerate(answered) if name in by_member]
        own_sum = fsum(answered[n][name] for n in places) + prior * usual
        others = fsum(means[n] for n in places) + prior * usual
        raw[name] = others / own_sum if own_sum > 0 else 1.0
    total = fsum(raw.values())
    return {name: weight / total for name, weight in raw.items()}
