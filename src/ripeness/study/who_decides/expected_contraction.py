"""What an observation is expected to tell of the order of two powers, before it is made.

Draws of a posterior stand for what is known. Each outcome that the observation may have weighs them anew by its chance
under each; the outcomes count by their chances over all draws. So the expectation over an observation that is made
once is a sum and has no error but that of the draws. Of one that is made several times, two outcomes are counted, and
more are simulated from draws that stand for the truth in turn.

Source: Ryan, Drovandi, McGree and Pettitt 2016 (expected utility of a design by reweighing of draws).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from ripeness.study.who_decides.tempered_smc import NamedDraws

Array = NDArray[np.float64]
SURE = 0.9  # chance from which one faction counts as surely stronger than another
TRUTHS = 400  # draws that stand for the truth, where outcomes of several observations are simulated
LEAST_SD = 1e-9


@dataclass(frozen=True, slots=True)
class ExpectedContraction:
    """By pair of factions: expected share of the sd of the log ratio of powers that goes, and chance to be sure.

    Shapes: (P,) each. `sure` is the chance that one of the two is stronger with a probability of at least 0.9
    afterwards.
    """

    contraction: Array
    sure: Array


def expected_contraction(log_chance: Array, log_ratio: Array, probability: Array | None = None) -> ExpectedContraction:
    """What is expected of one observation, over its outcomes.

    `log_chance` of each outcome under each draw; `probability` of each outcome, where it is not the mean chance of the
    draws. Shapes: log_chance (Y, N), log_ratio (P, N) of two powers, probability (Y,); returns (P,) each.

    >>> log_ratio = np.linspace(-2, 2, 101)[None, :]
    >>> sees_who = np.log(np.clip(np.stack([log_ratio[0] > 0, log_ratio[0] <= 0]), 1e-12, 1))
    >>> answer = expected_contraction(sees_who, log_ratio)
    >>> round(float(answer.contraction[0]), 1), round(float(answer.sure[0]), 1)
    (0.5, 1.0)
    """
    top = log_chance.max(axis=1, keepdims=True)
    weight = np.exp(log_chance - top)
    total = weight.sum(axis=1)
    if probability is None:
        probability = total * np.exp(top[:, 0])
        probability = probability / probability.sum()
    weight /= total[:, None]
    centred = log_ratio - log_ratio.mean(axis=1, keepdims=True)
    mean = weight @ centred.T
    sd = np.sqrt(np.maximum(weight @ (centred**2).T - mean**2, 0.0))
    above = weight @ (log_ratio > 0).T.astype(np.float64)
    sd_before = np.maximum(centred.std(axis=1), LEAST_SD)
    return ExpectedContraction(
        1 - probability @ sd / sd_before,
        np.asarray(probability @ ((above >= SURE) | (above <= 1 - SURE))),
    )


def normalised(log_chance: Array) -> Array:
    """Log chances of all outcomes, scaled to sum to 1 under each draw. Shapes: (Y, N)."""
    top = log_chance.max(axis=0)
    return np.asarray(log_chance - top - np.log(np.exp(log_chance - top).sum(axis=0)))


def repeated_outcomes(log_chance: Array, times: int, seed: int, label: str) -> tuple[Array, Array | None]:
    """Outcomes of several such observations, alike and independent under each draw, and their probabilities.

    Two outcomes are counted, and their probability is left to the draws; more are simulated. Shapes: log_chance
    (Y, N), summing to 1 over Y; returns (times + 1, N) and None, or (S, N) and (S,).
    """
    if len(log_chance) == 2:
        hits = np.arange(times + 1.0)[:, None]
        ways = gammaln(times + 1) - gammaln(hits + 1) - gammaln(times - hits + 1)
        return ways + hits * log_chance[0] + (times - hits) * log_chance[1], None
    truths = np.linspace(0, log_chance.shape[1] - 1, min(TRUTHS, log_chance.shape[1])).astype(np.intp)
    threshold = np.cumsum(np.exp(log_chance[:, truths]), axis=0)
    draws = NamedDraws(seed, f"{label}/plan", np.arange(len(truths), dtype=np.uint64))
    counts = np.zeros((len(truths), len(log_chance)))
    for _ in range(times):
        outcome = np.minimum((draws.shares() * threshold[-1] > threshold).sum(axis=0), len(log_chance) - 1)
        counts[np.arange(len(truths)), outcome] += 1
    return counts @ log_chance, np.full(len(truths), 1 / len(truths))
