"""Posterior: the points at which simulated wars look like the record, and how to take some wars out of it again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ripeness.store.atomic_write import write_file
from ripeness.store.npz import read_npz
from ripeness.validation.calibrate.cloud import effective_number
from ripeness.validation.calibrate.pareto import pareto_k, truncate_weights
from ripeness.validation.calibrate.prior import ParameterPrior, parameter_prior
from ripeness.validation.calibrate.search import SearchResult
from ripeness.world.fault import Fault, Place

Array = NDArray[np.float64]
KEPT = 400  # points kept: those that weigh most with any one war left out
SHIPPED, UNITARY = "posterior.npz", "posterior-unitary.npz"  # with factions; with each side as one person
ARRAYS = {"names": "D", "numbers": "W", "scores": "SD", "log_weight": "S", "wars": "SW"}
LEVELS = (0.05, 0.5, 0.95)


@dataclass(frozen=True, slots=True)
class ParameterPosterior:
    """Weighted points. Shapes: scores (S, D), log_weight (S,), wars (S, W) simulated log-likelihoods by war number."""

    prior: ParameterPrior
    numbers: tuple[int, ...]
    scores: Array
    log_weight: Array
    wars: Array

    def values(self) -> dict[str, Array]:
        """The parameters and coefficients at every point, in their units. Shapes: each (S,)."""
        return self.prior.values(self.scores)

    @property
    def weight(self) -> Array:
        """Shapes: (S,), sums to 1."""
        return np.asarray(np.exp(self.log_weight))

    @property
    def effective(self) -> float:
        """How many equally weighted points these are worth, by simulated likelihood."""
        return effective_number(self.log_weight)

    def without(self, numbers: Iterable[int]) -> Array:
        """Weights with some wars' likelihood taken out; wars that never were in it change nothing. Shapes: (S,)."""
        if not set(numbers := tuple(numbers)) & set(self.numbers):
            return self.weight
        return np.asarray(np.exp(truncate_weights(self.log_weight - self._of(numbers))))

    def trust(self, numbers: Iterable[int]) -> float:
        """Pareto k of taking these wars out."""
        ratio = self._of(numbers)
        return pareto_k(-ratio[self.resampled(len(ratio))]) if np.any(ratio) else 0.0

    def _of(self, numbers: Iterable[int]) -> Array:
        places = [self.numbers.index(number) for number in numbers if number in self.numbers]
        return np.asarray(self.wars[:, places].sum(axis=1))

    def resampled(self, count: int) -> NDArray[np.intp]:
        """Places of equally weighted points, by systematic resampling (Kitagawa 1996)."""
        marks = (np.arange(count) + 0.5) / count
        return np.minimum(np.searchsorted(np.cumsum(self.weight), marks), len(self.weight) - 1)

    def __repr__(self) -> str:
        return f"<Posterior of {len(self.prior.names)} numbers: {len(self.scores)} points worth {self.effective:.0f}>"


class WeightedScores(Protocol):
    """Points of a fit. Shapes: scores (N, D), weight (N,), sums to 1."""

    @property
    def prior(self) -> ParameterPrior:
        """What was uncertain before."""

    @property
    def scores(self) -> Array:
        """On the scale on which the prior is normal."""

    @property
    def weight(self) -> Array:
        """By which each point counts."""


@dataclass(frozen=True, slots=True)
class ParameterUpdate:
    """What the record says on one number: its 5, 50 and 95 % points before and after, and the contraction.

    Contraction is 1 less posterior over prior variance, on the scale on which the prior is normal: 0 nothing learnt.
    """

    name: str
    before: tuple[float, float, float]
    after: tuple[float, float, float]
    contraction: float
    shift: float
    control: bool


def posterior_of(result: SearchResult, points: int = KEPT) -> ParameterPosterior:
    """Keep the points that weigh most, whichever war is left out."""
    leave_one_out = result.log_weight[:, None] - result.wars
    leave_one_out = leave_one_out - np.logaddexp.reduce(leave_one_out, axis=0)
    rank = np.maximum(leave_one_out.max(axis=1), result.log_weight)
    best = np.sort(np.argsort(-rank)[:points])
    log_weight = result.log_weight[best] - np.logaddexp.reduce(result.log_weight[best])
    return ParameterPosterior(result.prior, result.numbers, result.scores[best], log_weight, result.wars[best])


def contraction(fit: WeightedScores) -> list[ParameterUpdate]:
    """For every number, what it was before and what it is after."""
    from scipy.special import ndtri

    weight = fit.weight
    edges = fit.prior.values(np.repeat(ndtri(np.array(LEVELS))[:, None], len(fit.prior.names), axis=1))
    rows = []
    for d, name in enumerate(fit.prior.names):
        column = fit.scores[:, d]
        mean = float(weight @ column)
        variance = float(weight @ (column - mean) ** 2)
        order = np.argsort(column)
        marks = np.interp(LEVELS, np.cumsum(weight[order]) - weight[order] / 2, column[order])
        row = np.zeros((len(LEVELS), len(fit.prior.names)))
        row[:, d] = marks
        updated = fit.prior.values(row)[name]
        rows.append(
            ParameterUpdate(name, _three(edges[name]), _three(updated), 1 - variance, mean, name in fit.prior.controls)
        )
    return rows


def _three(values: Array) -> tuple[float, float, float]:
    low, middle, high = (float(f"{value:.4g}") for value in values)
    return low, middle, high


def save(posterior: ParameterPosterior, path: Path) -> None:
    """Write a posterior to a file, whole or not at all."""

    def write(to: Path) -> None:
        with to.open("wb") as stream:
            np.savez_compressed(
                stream,
                names=np.array(posterior.prior.names),
                numbers=np.array(posterior.numbers),
                scores=posterior.scores.astype(np.float32),
                log_weight=posterior.log_weight.astype(np.float32),
                wars=posterior.wars.astype(np.float32),
            )

    write_file(path, write)


def load(path: Path | None = None, shipped: str = SHIPPED) -> ParameterPosterior:
    """Read a posterior from a file, or the shipped one: fitted on 57 wars of Sarkees and Wayman 2010.

    Raises: Fault for a file that is none, or was fitted under another coding.

    >>> len(load().numbers)
    57
    """
    name = str(path) if path else shipped
    try:
        raw = path.read_bytes() if path else (files("ripeness.validation.calibrate") / shipped).read_bytes()
    except OSError as error:
        raise Fault(f"cannot be read: {error.strerror or error}", Place(name)) from None
    try:
        arrays = read_npz(raw, ARRAYS, Place(name))
    except Fault as fault:
        message = "is not a file of fitted laws; `ripeness calibrate --out` writes one"
        raise Fault(f"{message}: it {fault.message}", Place(name)) from None
    prior = parameter_prior()
    if tuple(arrays["names"].tolist()) != prior.names:
        raise Fault(
            "these laws were fitted under another coding; fit them again with `ripeness calibrate`", Place(name)
        )
    if arrays["numbers"].dtype.kind not in "iu" or not len(arrays["scores"]):
        raise Fault("these laws hold no points, or wars without a number; fit them again", Place(name))
    scores, log_weight = arrays["scores"].astype(np.float64), arrays["log_weight"].astype(np.float64)
    log_weight = log_weight - np.logaddexp.reduce(log_weight)
    numbers = tuple(arrays["numbers"].tolist())
    return ParameterPosterior(prior, numbers, scores, log_weight, arrays["wars"].astype(np.float64))
