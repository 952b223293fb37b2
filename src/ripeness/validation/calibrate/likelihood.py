"""Likelihood: how probable the record of each war is at each point, estimated from wars simulated there.

1. Outcome and length fall into cells (3 outcomes, 7 spans). A kind's shares of runs are drawn towards those of its era,
   and these towards the product of the era's outcome and length shares, since a few hundred runs leave cells empty.
2. Given the outcome, the log loss ratio is normal with the runs' mean and spread; so are log deaths a month per
   soldier.
3. Leaders forced out by a year after the end: Bernoulli, by side and whether it won, lost or drew.
4. How interstate conflicts since 1946 ended, by channel: multinomial.
This is a synthetic likelihood (Wood 2010): it is noisy, and the noise is the smaller the more runs a point has.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite, log, sqrt

import numpy as np
from numpy.typing import NDArray

from ripeness.validation.calibrate import measure
from ripeness.validation.calibrate.simulated_wars import SimulatedWars
from ripeness.validation.history.coding import Kind, channels
from ripeness.validation.history.record import OUTCOMES, PastWar

Array = NDArray[np.float64]
CELLS = len(OUTCOMES) * measure.SPANS
TOWARD_ERA = 150.0  # runs that the era's shares count for in a kind's: regimes change little, chance much
TOWARD_PRODUCT = 0.5  # share of the product of margins in an era's cells
TOWARD_EQUAL = 1.0  # runs that each outcome and each span of an era is given
MEASURED = 0.5  # sd with which the record knows a log loss ratio: sources differ by half as much again
LEAST_CHANCE = 1e-3
LEAST_RUNS = 25.0  # runs that the whole era's mean and spread count for in those of one outcome


@dataclass(frozen=True, slots=True)
class LogLikelihoods:
    """Log-likelihoods. Shapes: wars (points, N); channels (points,)."""

    wars: Array
    channels: Array

    @property
    def total(self) -> Array:
        """Of the whole record. Shapes: (points,)."""
        return np.asarray(self.wars.sum(axis=1) + self.channels)


def log_likelihoods(
    simulated: Mapping[Kind, SimulatedWars], values: Mapping[str, Array], wars: Sequence[PastWar]
) -> LogLikelihoods:
    """Likelihood of each war's record at every point. Wars without a known outcome say nothing.

    Shapes: values by name (points,).
    """
    points = len(next(iter(values.values())))
    by_war = np.zeros((points, len(wars)))
    by_channel = np.zeros(points)
    for recent in (False, True):
        era = {kind: runs for kind, runs in simulated.items() if kind[0] is recent}
        if not era:
            continue
        runs_of_era = _EraRuns(era, values, points)
        for n, war in enumerate(wars):
            if war.recent is recent and war.outcome:
                by_war[:, n] = runs_of_era.log_likelihood(war)
        if recent:
            by_channel = runs_of_era.channels()
    return LogLikelihoods(by_war, by_channel)


class _EraRuns:
    """All runs of an era, point by point."""

    def __init__(self, era: Mapping[Kind, SimulatedWars], values: Mapping[str, Array], points: int) -> None:
        shape = (points, -1)
        self.outcome = {kind: measure.recorded_outcome(runs, values).reshape(shape) for kind, runs in era.items()}
        self.span = {kind: measure.length_span(runs.months).reshape(shape) for kind, runs in era.items()}
        self.cells = {kind: _counts(self.outcome[kind] * measure.SPANS + self.span[kind], CELLS) for kind in era}
        self.pooled = _smoothed(np.sum(list(self.cells.values()), axis=0))
        outcome = np.concatenate(list(self.outcome.values()), axis=1)
        self.outcomes = outcome
        self.ratio = _moments(
            np.concatenate([measure.loss_ratio(runs.losses).reshape(shape) for runs in era.values()], axis=1), outcome
        )
        self.deaths = _moments(
            np.concatenate([measure.intensity(runs).reshape(shape) for runs in era.values()], axis=1), outcome
        )
        ousted = [measure.leader_exit_chance(runs, values).reshape(2, points, -1) for runs in era.values()]
        self.ousted = np.concatenate(ousted, axis=2)
        self.code = np.concatenate([measure.channel(runs.code).reshape(shape) for runs in era.values()], axis=1)

    def log_likelihood(self, war: PastWar) -> Array:
        """Of one war at every point."""
        outcome = OUTCOMES.index(war.outcome)
        total = np.log(self._cell(war, outcome))
        if war.first.deaths > 0 and war.second.deaths > 0:
            total = total + _normal(
                log(war.first.deaths / war.second.deaths), self.ratio[0][outcome], self.ratio[1][outcome]
            )
            soldiers = (
                sqrt(max(war.first.forces, 0) * max(war.second.forces, 0)) * 1000
                if isfinite(war.first.forces * war.second.forces)
                else 0
            )
            if soldiers > 0 and isfinite(war.months):
                intensity = log((war.first.deaths + war.second.deaths) / max(war.months, 1 / 30) / 2 / soldiers)
                total = total + _normal(intensity, self.deaths[0][outcome], self.deaths[1][outcome])
        for side, camp in enumerate((war.first, war.second)):
            if isfinite(camp.ousted):
                chance = self._ousted(side, outcome)
                total += np.log(chance if camp.ousted > 0 else 1 - chance)
        return np.asarray(total)

    def _cell(self, war: PastWar, outcome: int) -> Array:
        kind = war.kind
        counts = self.cells.get(kind, np.zeros((len(self.pooled), CELLS)))
        shares = (counts + TOWARD_ERA * self.pooled) / (counts.sum(axis=1, keepdims=True) + TOWARD_ERA)
        if not isfinite(war.months):
            first = outcome * measure.SPANS
            return np.asarray(shares[:, first : first + measure.SPANS].sum(axis=1))
        return np.asarray(shares[:, outcome * measure.SPANS + int(measure.length_span(np.array([war.months]))[0])])

    def _ousted(self, side: int, outcome: int) -> Array:
        """Drawn a little towards the chance over all outcomes. Shapes: returns (points,)."""
        selected = self.outcomes == outcome
        overall = np.clip(self.ousted[side].mean(axis=1), LEAST_CHANCE, 1 - LEAST_CHANCE)
        return np.asarray(
            ((self.ousted[side] * selected).sum(axis=1) + LEAST_RUNS / 2 * overall)
            / (selected.sum(axis=1) + LEAST_RUNS / 2)
        )

    def channels(self) -> Array:
        """Of the ends by channel since 1946."""
        observed, weight = channels()
        counts = np.column_stack([(self.code == n).sum(axis=1) for n in range(len(observed))]) + TOWARD_EQUAL
        return np.asarray(
            weight * (np.asarray(observed) * np.log(counts / counts.sum(axis=1, keepdims=True))).sum(axis=1)
        )


def _smoothed(cells: Array) -> Array:
    """Shares of cells, drawn towards the product of their margins. Shapes: cells (points, CELLS); returns the same."""
    table = cells.reshape(len(cells), len(OUTCOMES), measure.SPANS)
    outcome, length = (table.sum(axis=axis) + TOWARD_EQUAL for axis in (2, 1))
    outcome, length = outcome / outcome.sum(axis=1, keepdims=True), length / length.sum(axis=1, keepdims=True)
    product = (outcome[:, :, None] * length[:, None, :]).reshape(cells.shape)
    return np.asarray(
        TOWARD_PRODUCT * product + (1 - TOWARD_PRODUCT) * cells / np.maximum(cells.sum(axis=1, keepdims=True), 1.0)
    )


def _counts(place: NDArray[np.int64], cells: int) -> Array:
    """How many runs of each point fall into each cell. Shapes: place (points, runs); returns (points, cells)."""
    points = place.shape[0]
    flat = place + cells * np.arange(points)[:, None]
    return np.bincount(flat.ravel(), minlength=points * cells).reshape(points, cells).astype(np.float64)


def _moments(values: Array, outcome: NDArray[np.int64]) -> tuple[Array, Array]:
    """Mean and variance by outcome, drawn a little towards those of all runs. Shapes: each (outcomes, points)."""
    mean, variance = values.mean(axis=1), values.var(axis=1)
    means, variances = [], []
    for number in range(len(OUTCOMES)):
        selected = outcome == number
        count = selected.sum(axis=1) + LEAST_RUNS
        centre = ((values * selected).sum(axis=1) + LEAST_RUNS * mean) / count
        spread = (((values - centre[:, None]) ** 2 * selected).sum(axis=1) + LEAST_RUNS * variance) / count
        means.append(centre)
        variances.append(spread)
    return np.array(means), np.array(variances)


def _normal(value: float, mean: Array, variance: Array) -> Array:
    total_variance = variance + MEASURED**2
    return np.asarray(-0.5 * np.log(2 * np.pi * total_variance) - 0.5 * (value - mean) ** 2 / total_variance)
