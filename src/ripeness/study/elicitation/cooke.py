"""Cooke's classical model: how well judges know what is known, and the weights that follow.

A judge is scored on seed questions, whose true values are known to the analyst alone. The calibration is the chance
that misses as large as the judge's come from well chosen intervals; the information is how much narrower the intervals
are than the span of all that anybody thought possible. Weights are their product where the calibration reaches a
cutoff.

Source: Cooke 1991, "Experts in uncertainty", Oxford University Press, chapter 12.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaincc

from ripeness.scenario.judge_seeds import SeedTruth
from ripeness.world.fault import Fault
from ripeness.world.quantity import Quantity

Array = NDArray[np.float64]
LEVELS = (0.05, 0.5, 0.95)
OVERSHOOT = 0.1  # by which the span of a question is stretched at either end
CUTOFF = 0.05  # calibration below which a judge has no weight, where nobody says otherwise
FEWEST = 8  # seed questions below which the scores tell little (Cooke and Goossens 2008)


@dataclass(frozen=True, slots=True)
class JudgeScore:
    """How a judge did on the seed questions, and the weight that follows.

    `below` ... `above`: how many true values lay below low, from low to best, from best to high, above high.
    """

    judge: str
    calibration: float
    information: float
    weight: float
    hits: tuple[int, ...]


def calibration_score(counts: Sequence[int], levels: Sequence[float] = LEVELS) -> float:
    """The chance of misses at least as large, if the judge's intervals hold what they say.

    `counts`: true values in each interval between the stated quantiles. 2 N I(s, p) is asymptotically chi-squared,
    where s are the shares seen, p those stated, and I is the relative information.

    >>> round(calibration_score((1, 3, 3, 1)), 2)
    0.69
    """
    stated = np.diff([0.0, *levels, 1.0])
    total = sum(counts)
    seen = np.array(counts) / total
    information = float(np.sum(np.where(seen > 0, seen * np.log(np.where(seen > 0, seen, 1.0) / stated), 0.0)))
    return float(gammaincc((len(counts) - 1) / 2, max(total * information, 0.0)))


def information_score(quantiles: Array, span: tuple[float, float], levels: Sequence[float] = LEVELS) -> float:
    """The relative information of stated quantiles against a uniform over the span.

    Shapes: quantiles (Q,), rising. Units: quantiles and span alike; the score in nats.

    >>> information_score(np.array([0.05, 0.5, 0.95]), (0.0, 1.0))
    0.0
    """
    low, high = span
    stated = np.diff([0.0, *levels, 1.0])
    widths = np.diff([low, *quantiles, high])
    return float(np.log(high - low) + np.sum(stated * np.log(stated / widths)))


def judge_scores(
    answers: Mapping[str, Mapping[str, Quantity]], truths: Mapping[str, SeedTruth], cutoff: float = CUTOFF
) -> tuple[JudgeScore, ...]:
    """Score every judge on the seed questions, and weigh them.

    `answers` holds the quantity that each judge states for each question.

    Raises: Fault where a judge has not answered all questions, or with no figure above 0 on a logarithmic scale, and
    where nobody reaches the cutoff.
    """
    _require_all(answers, truths)
    stated = {judge: {key: np.array(numbers[key].interval()) for key in truths} for judge, numbers in answers.items()}
    return score_quantiles(stated, truths, cutoff)


def score_quantiles(
    stated: Mapping[str, Mapping[str, Array]],
    truths: Mapping[str, SeedTruth],
    cutoff: float = CUTOFF,
    levels: Sequence[float] = LEVELS,
) -> tuple[JudgeScore, ...]:
    """The same for quantiles at any levels. Shapes: each array of `stated` (Q,), rising.

    Raises: Fault where nobody reaches the cutoff.
    """
    spans = {key: _span([rows[key] for rows in stated.values()], truth) for key, truth in truths.items()}
    scores = []
    for judge, rows in stated.items():
        places = [int(np.searchsorted(rows[key], truth.value)) for key, truth in truths.items()]
        counts = tuple(places.count(n) for n in range(len(levels) + 1))
        informations = [information_score(_on(rows[key], truth), spans[key], levels) for key, truth in truths.items()]
        scores.append((judge, calibration_score(counts, levels), float(np.mean(informations)), counts))
    raw = np.array([c * i if c >= cutoff else 0.0 for _, c, i, _ in scores])
    if raw.sum() <= 0:
        best = max(calibration for _, calibration, _, _ in scores)
        raise Fault(
            f"no judge is calibrated at {cutoff:g} (the best reaches {best:.2g}); lower the cutoff, or pool alike"
        )
    shares = raw / raw.sum()
    return tuple(
        JudgeScore(judge, calibration, information, float(share), counts)
        for (judge, calibration, information, counts), share in zip(scores, shares, strict=True)
    )


def _require_all(answers: Mapping[str, Mapping[str, Quantity]], truths: Mapping[str, SeedTruth]) -> None:
    for judge, numbers in answers.items():
        missing = [key for key in truths if key not in numbers]
        if missing:
            raise Fault(f"'{judge}' has not answered the seed question '{missing[0]}', whose true value is known")
        for key, truth in truths.items():
            lowest = numbers[key].interval()[0]
            if truth.logarithmic and lowest <= 0:
                message = f"'{judge}' answers the seed question '{key}' with {lowest:g}, which has no logarithm"
                raise Fault(f"{message}; write a figure above 0, or give its scale as plain in the key")


def _on(values: Array, truth: SeedTruth) -> Array:
    return np.log(values) if truth.logarithmic else np.asarray(values, dtype=np.float64)


def _span(rows: Sequence[Array], truth: SeedTruth) -> tuple[float, float]:
    """The intrinsic range of a question: all stated figures and the true value, stretched at either end."""
    figures = _on(np.concatenate([*rows, [truth.value]]), truth)
    low, high = float(figures.min()), float(figures.max())
    margin = OVERSHOOT * (high - low)
    return low - margin, high + margin
