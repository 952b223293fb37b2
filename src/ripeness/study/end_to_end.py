"""End to end: what moving one number from one end of its interval to the other does to each outcome, month by month."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ripeness.ensemble.gather import Ensemble
from ripeness.study.sensitivity.sample_means import sample_means
from ripeness.study.target import outcome_codes_at, outcome_shares, outcomes_by_name
from ripeness.study.weighted_statistics import MeanEstimate, estimate_mean, run_weights

Array = NDArray[np.float64]
EVERY = 6  # months between two at which an effect is measured


@dataclass(frozen=True, slots=True)
class EndToEndEffect:
    """By how much more often each outcome comes about by each month with a number at its high end than at its low end.

    `differences` by outcome as an analyst types it, one a month of `months`, paired run by run.
    """

    path: str
    months: tuple[float, ...]
    differences: dict[str, tuple[MeanEstimate, ...]]


def end_to_end_effect(path: str, low: Ensemble, high: Ensemble, weights: Array) -> EndToEndEffect:
    """Compare two ensembles with common random numbers that differ in one number. Shapes: weights (R,)."""
    months = measured_months(low.horizon)
    keys = [side.key for side in low.war.sides[:2]]
    differences: dict[str, list[MeanEstimate]] = {name: [] for name in outcomes_by_name(keys)}
    for month in months:
        codes = [outcome_codes_at(ensemble, month) for ensemble in (low, high)]
        for name, kind in outcomes_by_name(keys).items():
            at_low, at_high = (np.isin(code, kind.codes).astype(np.float64) for code in codes)
            differences[name].append(estimate_mean(at_high - at_low, low.point, weights))
    return EndToEndEffect(path, months, {name: tuple(estimates) for name, estimates in differences.items()})


def measured_months(horizon: float) -> tuple[float, ...]:
    """The months at which an effect is measured, the horizon last.

    >>> measured_months(20.0)
    (6.0, 12.0, 18.0, 20.0)
    """
    return (*(float(month) for month in range(EVERY, int(horizon), EVERY) if month < horizon), float(horizon))


def outcome_courses(ensemble: Ensemble, weights: Array | None, months: Sequence[float]) -> dict[str, tuple[float, ...]]:
    """The share of every outcome by each month. Shapes: weights (R,)."""
    shares = [outcome_shares(ensemble, month, weights) for month in months]
    return {name: tuple(share[name] for share in shares) for name in shares[0]}


def numbers_that_go_with_outcomes(
    ensemble: Ensemble, weights: Array | None, settable: Collection[str], most: int
) -> tuple[str, ...]:
    """The numbers with which the probability of some outcome goes most, by one ensemble: candidates to be measured.

    The slope of each outcome's probability on each number over the parameter samples, the largest of any outcome by
    half of the horizon or by its end; what chance alone gives is among them. Shapes: weights (R,).
    """
    names = [n for n, name in enumerate(ensemble.input_names) if name in settable]
    inputs = np.asarray(ensemble.inputs[names], dtype=np.float64)
    spread = inputs.std(axis=1, keepdims=True)
    scaled = np.where(spread > 0, (inputs - inputs.mean(axis=1, keepdims=True)) / np.where(spread > 0, spread, 1), 0.0)
    largest = np.zeros(len(names))
    keys = [side.key for side in ensemble.war.sides[:2]]
    for month in (ensemble.horizon / 2, ensemble.horizon):
        codes = outcome_codes_at(ensemble, month)
        for kind in outcomes_by_name(keys).values():
            hits = np.isin(codes, kind.codes).astype(np.float64)
            means = sample_means(hits, ensemble.point, run_weights(len(hits), weights))
            slopes = scaled @ (means.weight * (means.mean - means.p)) / len(means.mean)
            largest = np.maximum(largest, np.abs(slopes))
    order = np.argsort(-largest, kind="stable")[:most]
    return tuple(ensemble.input_names[names[n]] for n in order)
