"""Predictive gains: how much variance parameters predict together, on samples that were not used to fit.

Adding up first-order shares adds up their noise: a source with a hundred numbers that do nothing looks large. Here each
number gets a straight and a bent effect, fitted on four fifths of the points and kept only where it is plain there, and
what these effects predict of the other fifth is counted. What is fitted to noise predicts nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ripeness.study.sensitivity.sample_means import SampleMeans

Array = NDArray[np.float64]
FOLDS = 5
MIN_STANDARD_ERRORS = 2.5  # standard errors above which an effect is kept


@dataclass(frozen=True, slots=True)
class PredictiveGains:
    """What each parameter predicts, in units of variance, and the same under shuffled outcomes.

    `predicted`: the part of each sample's outcome that the parameter predicts, fitted without that sample.
    Shapes: gain (K,), shuffled (K, shuffles), predicted (K, N), outcome (N,), less its mean.
    """

    gain: Array
    shuffled: Array
    predicted: NDArray[np.float32]
    outcome: Array

    def at_points(self, rows: NDArray[np.intp]) -> Array:
        """What some parameters predict together, sample by sample; its mean is their gain. Shapes: returns (N,)."""
        prediction = self.predicted[rows].sum(axis=0, dtype=np.float64)
        return 2 * prediction * self.outcome - prediction**2


def predictive_gains(scores: Array, means: SampleMeans, order: NDArray[np.intp]) -> PredictiveGains:
    """Cross-validate: fit on four fifths of the samples, count on the other, each fifth once.

    With b the effect of a standardised number where it was fitted and c its covariance with the outcome elsewhere, b
    predicts 2 b c - b^2 of the variance: below zero where b was noise. Effects of several numbers add up, since scores
    are uncorrelated: inputs are drawn independently of each other, and those that are drawn jointly are decorrelated.

    Shapes: scores (K, N), each of mean 0 and standard deviation 1; order (N, shuffles), shuffles of the outcomes.
    Source: the sum of out-of-sample squared errors that a predictor saves; cross-validation as in Hastie, Tibshirani
    and Friedman 2009, "The elements of statistical learning", section 7.10.
    """
    n_parameters, size = scores.shape
    outcome = means.weight * (means.mean - means.p)
    outcomes = np.concatenate([outcome[:, None], outcome[order]], axis=1)
    bent = scores**2
    bent -= bent.mean(axis=1, keepdims=True)
    sd = bent.std(axis=1, keepdims=True)
    basis = np.concatenate([scores, np.where(sd > 0, bent / np.where(sd > 0, sd, 1.0), 0.0)])
    fold = np.arange(size) % FOLDS
    inside = [fold == k for k in range(FOLDS)]
    products = np.stack([basis[:, part] @ outcomes[part] for part in inside])
    total, error = products.sum(axis=0), outcomes.std(axis=0)
    gain, predicted = np.zeros((2 * n_parameters, outcomes.shape[1])), np.zeros((n_parameters, size), dtype=np.float32)
    for product, part in zip(products, inside, strict=True):
        n_left_out = int(part.sum())
        effect = (total - product) / max(size - n_left_out, 1)
        effect = np.where(
            np.abs(effect) > MIN_STANDARD_ERRORS * error / np.sqrt(max(size - n_left_out, 1)), effect, 0.0
        )
        gain += (2 * effect * product / max(n_left_out, 1) - effect**2) * n_left_out / size
        left_out_part = effect[:, :1] * basis[:, part]
        predicted[:, part] = left_out_part[:n_parameters] + left_out_part[n_parameters:]
    gain = gain[:n_parameters] + gain[n_parameters:]
    return PredictiveGains(gain[:, 0], gain[:, 1:], predicted, outcome)
