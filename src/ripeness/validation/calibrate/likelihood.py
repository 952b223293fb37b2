"""Likelihood: how probable the record of each war is at each point.

A run gives the probability that its war ends in the month in which the record's war did, by each way
(competing_risks.py). For every run this is weighed by how its losses by then, its deaths a month and its leaders' fates
agree with the record; the mean over runs, which differ in what no number of a war shows, is the likelihood:

    L_war = mean over runs of  sum over ways of  P(ends then, by this way, recorded as this outcome)
            x p(loss ratio) x p(deaths a month per soldier) x P(leaders' exits)

The mean over runs of a war's own kind is mixed with that over its era, since kinds differ little and the runs of a kind
are few. One war in twenty may have come about in a way that is none of the model's (Box and Tiao 1968): its length,
losses and deaths then come from wide distributions that know no parameter, so that no single war rules the fit.
How interstate conflicts since 1946 ended, by channel, is multinomial.
What is left of noise is that of a mean over runs; `noise` says how large.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite, log, sqrt

import numpy as np
from numpy.typing import NDArray

from ripeness.validation.calibrate import measure
from ripeness.validation.calibrate.competing_risks import (
    CEASED,
    FIRST_WINS_WAYS,
    FROZE,
    SECOND_WINS_WAYS,
    SETTLED,
    EndDistribution,
)
from ripeness.validation.history.coding import Kind, channels
from ripeness.validation.history.record import OUTCOMES, PastWar
from ripeness.validation.history.wars import DAYS_PER_MONTH

Array = NDArray[np.float64]
OWN_KIND = 1 / 3  # share of the mean over a war's own kind; the others are that over its era
RATIO_MEASURED = 0.6  # sd with which the record knows a log loss ratio: each side's losses to half as much again
INTENSITY_MEASURED = 1.0  # sd of log deaths a month per soldier: forces are a whole country's, not those committed
STRANGE = 0.05  # share of wars that no parameter describes
STRANGE_DAYS, STRANGE_LENGTH = 180.0, 1.8  # median and log sd of their length, about that of all wars on record
STRANGE_RATIO, STRANGE_INTENSITY = 2.0, 2.5  # sd of their log loss ratio, and of log deaths a month per soldier
STRANGE_DEADLINESS = 0.005  # median of the latter
GROSS, WIDER = 0.05, 4.0  # share of records with a gross error, whose sd is so much wider
LEAST_CHANCE = 1e-3


@dataclass(frozen=True, slots=True)
class LogLikelihoods:
    """Log-likelihoods. Shapes: wars (points, N); channels (points,); noise (points,), sd of the sum by chance."""

    wars: Array
    channels: Array
    noise: Array

    @property
    def total(self) -> Array:
        """Of the whole record. Shapes: (points,)."""
        return np.asarray(self.wars.sum(axis=1) + self.channels)


def end_month(war: PastWar) -> int:
    """The month, counted from 0, in which a war ended.

    >>> from ripeness.validation.history.record import Camp
    >>> end_month(PastWar(1, "", 1, 1900, "", Camp("a"), Camp("b"), months=0.4))
    0
    """
    return max(int(np.ceil(war.months)) - 1, 0)


def log_likelihoods(
    simulated: Mapping[Kind, EndDistribution], values: Mapping[str, Array], wars: Sequence[PastWar]
) -> LogLikelihoods:
    """Likelihood of each war's record at every point. Wars without a known outcome say nothing.

    Shapes: values by name (points,).
    """
    points = len(next(iter(values.values())))
    by_war, variance = np.zeros((points, len(wars))), np.zeros(points)
    by_channel = np.zeros(points)
    for recent in (False, True):
        era = {kind: runs for kind, runs in simulated.items() if kind[0] is recent}
        if not era:
            continue
        for n, war in enumerate(wars):
            if war.recent is recent and war.outcome:
                by_war[:, n], relative = _of_war(war, era, values, points)
                variance += relative
        if recent:
            by_channel = _of_channels(era, points)
    return LogLikelihoods(by_war, by_channel, np.sqrt(variance))


def _of_war(
    war: PastWar, era: Mapping[Kind, EndDistribution], values: Mapping[str, Array], points: int
) -> tuple[Array, Array]:
    """Log-likelihood of one war and its variance by chance. Shapes: each (points,)."""
    by_kind = {kind: _by_run(war, runs, values).reshape(points, -1) for kind, runs in era.items()}
    every = np.concatenate(list(by_kind.values()), axis=1)
    own_kind = by_kind.get(war.kind, every)
    described = (1 - STRANGE) * (OWN_KIND * own_kind.mean(axis=1) + (1 - OWN_KIND) * every.mean(axis=1))
    variance = (
        OWN_KIND**2 * own_kind.var(axis=1) / own_kind.shape[1]
        + (1 - OWN_KIND) ** 2 * every.var(axis=1) / every.shape[1]
    )
    mean = described + STRANGE * _strange(war)
    return np.log(mean), (1 - STRANGE) ** 2 * variance / mean**2


def _strange(war: PastWar) -> float:
    """Density of the record of a war that no parameter describes."""
    density = 1 / len(OUTCOMES)
    if isfinite(war.months):
        month = max(end_month(war), 0.5)
        density *= _normal(log((month + 0.5) * DAYS_PER_MONTH / STRANGE_DAYS), STRANGE_LENGTH) / (month + 0.5)
    if war.first.deaths > 0 and war.second.deaths > 0:
        density *= _normal(log(war.first.deaths / war.second.deaths), STRANGE_RATIO)
        if (deadliness := _deadliness(war)) is not None:
            density *= _normal(deadliness - log(STRANGE_DEADLINESS), STRANGE_INTENSITY)
    return float(density * 0.5 ** sum(isfinite(camp.ousted) for camp in (war.first, war.second)))


def _normal(gap: float, spread: float) -> float:
    return float(np.exp(-0.5 * (gap / spread) ** 2) / (spread * sqrt(2 * np.pi)))


def _deadliness(war: PastWar) -> float | None:
    """Log deaths a month per soldier, where forces and length are known."""
    soldiers = war.first.forces * war.second.forces
    if not (soldiers > 0 and isfinite(soldiers) and isfinite(war.months)):
        return None
    return log((war.first.deaths + war.second.deaths) / war.months / 2 / (sqrt(soldiers) * 1000))


def _by_run(war: PastWar, runs: EndDistribution, values: Mapping[str, Array]) -> Array:
    """Probability (density) of a war's record in each run. Shapes: (R,)."""
    outcome = OUTCOMES.index(war.outcome)
    if not isfinite(war.months):
        return runs.classes[outcome].astype(np.float64)
    moment = runs.moments.index(end_month(war))
    band = np.repeat(values["band_after" if runs.kind[0] else "band_before"], runs.per_point)
    ways, terms = runs.ways[moment].astype(np.float64), runs.terms[moment].astype(np.float64)
    if outcome == measure.FIRST_WINS:
        ends = [(ways[FIRST_WINS_WAYS].sum(axis=0), 1.0), (ways[SETTLED] * (terms >= 0.5 + band), terms)]
    elif outcome == measure.SECOND_WINS:
        ends = [(ways[SECOND_WINS_WAYS].sum(axis=0), 0.0), (ways[SETTLED] * (terms <= 0.5 - band), terms)]
    else:
        inside = np.abs(terms - 0.5) < band
        ends = [(ways[FROZE] + ways[CEASED], runs.share[moment].astype(np.float64)), (ways[SETTLED] * inside, terms)]
    probability = np.zeros(len(terms))
    for mass, share in ends:
        probability += mass * _exits(war, runs, moment, np.broadcast_to(share, mass.shape), values)
    return probability * _losses(war, runs.deaths[moment].astype(np.float64))


def _losses(war: PastWar, deaths: Array) -> Array:
    """Density of a war's recorded losses, given those of each run. Shapes: deaths (2, R); returns (R,)."""
    density = np.ones(deaths.shape[1])
    if not (war.first.deaths > 0 and war.second.deaths > 0):
        return density
    density = _measured(log(war.first.deaths / war.second.deaths) - measure.loss_ratio(deaths), RATIO_MEASURED)
    if (recorded := _deadliness(war)) is not None:
        density = density * _measured(recorded - measure.intensity(deaths, war.months), INTENSITY_MEASURED)
    return density


def _measured(gap: Array, spread: float) -> Array:
    """Density of a record that errs by so much: normal, with a share of gross errors."""
    ratio = gap / spread
    narrow = (1 - GROSS) * np.exp(-0.5 * ratio**2)
    return np.asarray((narrow + GROSS / WIDER * np.exp(-0.5 * (ratio / WIDER) ** 2)) / (spread * sqrt(2 * np.pi)))


def _exits(war: PastWar, runs: EndDistribution, moment: int, share: Array, values: Mapping[str, Array]) -> Array:
    """Probability of what became of both leaders by a year after the end. Shapes: share, returns (R,)."""
    chance = np.ones(share.shape)
    for side, camp in enumerate((war.first, war.second)):
        if isfinite(camp.ousted):
            held = share if side == 0 else 1 - share
            exit_chance = measure.exit_chance(runs.kind, side, runs.fell[moment, side].astype(np.float64), held, values)
            exit_chance = np.clip(exit_chance, LEAST_CHANCE, 1 - LEAST_CHANCE)
            chance = chance * (exit_chance if camp.ousted > 0 else 1 - exit_chance)
    return chance


def _of_channels(era: Mapping[Kind, EndDistribution], points: int) -> Array:
    """Log-likelihood of the ends by channel since 1946. Shapes: returns (points,)."""
    observed, weight = channels()
    shares = np.concatenate([runs.channels.reshape(3, points, -1) for runs in era.values()], axis=2).mean(axis=2)
    shares = np.maximum(shares, LEAST_CHANCE)
    return np.asarray(weight * (np.asarray(observed)[:, None] * np.log(shares / shares.sum(axis=0))).sum(axis=0))
