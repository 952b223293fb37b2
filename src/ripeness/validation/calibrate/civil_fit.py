"""Civil fit: parameters under which the civil template ends as dyads of governments and movements did.

The record is counts: how many dyads ended in each span of months fought and in each way, and for how many months they
were at risk (study/record/civil_counts.py). Their likelihood is that of Poisson counts, each way's divided by how much
more conflicts differ than counts would (a composite likelihood, adjusted as in Liang and Zeger 1986). The search is
that of the fit to wars between states (search.py), with a surface through hazards (hazard_surface.py): rounds of points
that close in on what fits, and points drawn from prior times the last surface. What ships is weighed once more, so
that all points together end as the dyads on record did: weights of least relative entropy (typical_war.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ripeness.scenario.model_parameters import parameter_field
from ripeness.scenario.parameter_points import CIVIL_FILE, ParameterPoints, read_points
from ripeness.study.progress import Progress
from ripeness.study.record.civil_counts import WAYS, CivilCounts
from ripeness.validation.calibrate.civil_prior import civil_prior
from ripeness.validation.calibrate.civil_wars import (
    AHEAD,
    FOUGHT,
    SPANS,
    TINY,
    first_asked,
    forecast_spans,
    point_forecasts,
    point_shares,
)
from ripeness.validation.calibrate.emulator import sample
from ripeness.validation.calibrate.hazard_surface import Counts, fit_hazard_surface
from ripeness.validation.calibrate.posterior import ParameterUpdate, contraction
from ripeness.validation.calibrate.prior import ParameterPrior, normals
from ripeness.validation.calibrate.rounds import SEED_STEP
from ripeness.validation.calibrate.search import spread_starts, tempering_power
from ripeness.validation.calibrate.ship import FRAILTY, HIDDEN, POINTS
from ripeness.validation.calibrate.typical_war import least_entropy, traits_of_points
from ripeness.world.quantity import Z90

Array = NDArray[np.float64]
CIVIL_POINTS, CIVIL_ROUNDS, CIVIL_RUNS = 320, 8, 64
STEPS = 1000  # of the walks over the surface
REPLICATIONS = 16  # templates at each point that is shipped
# Units of log-likelihood that a unit of relative entropy to the fit is worth. At 20 and less weights follow the chance
# of the simulated wars: the record is less likely in wars simulated with other random draws.
KEPT = 40.0
MOST_WEIGHT = 0.02  # of one point, of the whole: weights are truncated there (Ionides 2008)
MISFIT = 0.3  # by which the logarithm of a hazard of the template may miss that of the average dyad
LEAST_ERROR = 0.004  # of a share on record: below it a template is not asked to be right
GROUPS: tuple[int | None, ...] = (None,)  # other armed parties of the templates; None: all dyads together
AT_ONCE = 30_000  # runs for which what they say is held in memory at a time
RECORD = "{dyads} dyads of {conflicts} civil conflicts (UCDP Conflict Termination v3-2021), counts by months and way"
CITATION = "Kreutz 2010, How and when armed conflicts end"


@dataclass(frozen=True, slots=True)
class CivilPosterior:
    """Equally likely points. Shapes: scores (N, D), total (N,), log-likelihoods by the surface.

    `error` is the median error of an emulated log hazard at points left out, chance of the simulated runs included.
    """

    prior: ParameterPrior
    scores: Array
    total: Array
    error: float
    tried: int
    counts: CivilCounts
    seed: int

    @property
    def weight(self) -> Array:
        """Shapes: (N,), sums to 1."""
        return np.full(len(self.scores), 1 / len(self.scores))

    def values(self) -> dict[str, Array]:
        """The parameters and spreads at every point, in their units. Shapes: each (N,)."""
        return self.prior.values(self.scores)

    def updates(self) -> list[ParameterUpdate]:
        """What the record says on each number."""
        return contraction(self)

    def __repr__(self) -> str:
        return (
            f"<CivilPosterior {len(self.scores):,} points after {self.tried:,} were tried; error of a log hazard "
            f"{self.error:.2f}>"
        )


def counts_of(counts: CivilCounts, groups: Sequence[int | None] = GROUPS) -> Counts:
    """The counts that templates are held against, the first week left out: coups and raids.

    `groups` are numbers of other armed parties, None for all dyads together. A count of n ends has the variance that
    conflicts give it, and that of a template which may miss the hazard by MISFIT.
    """
    months, ended, spread = [], [], []
    for others in groups:
        of_group, ways = counts.pooled(others)
        months.append(np.repeat(of_group[1:], len(WAYS)))
        ended.append(ways[:, 1:].T.ravel())
        spread.append(np.tile(counts.spread, SPANS))
    ends, by_chance = np.concatenate(ended), np.concatenate(spread)
    return Counts(np.concatenate(months), ends, by_chance + MISFIT**2 * ends)


def fit_civil(
    counts: CivilCounts,
    seed: int = 1,
    points: int = CIVIL_POINTS,
    rounds: int = CIVIL_ROUNDS,
    runs: int = CIVIL_RUNS,
    progress: Progress | None = None,
) -> CivilPosterior:
    """Look for parameters under which the civil template ends as these dyads did.

    `runs` are those of a template at a point.
    """
    prior, compared = civil_prior(), counts_of(counts)
    start = prior.draw(seed, 0, points)
    scores, hazards = np.zeros((0, len(prior.names))), np.zeros((0, len(compared.months)))
    for number in range(1, rounds + 1):
        simulated = simulate_hazards(prior, start, runs, seed + SEED_STEP * number)
        scores, hazards = np.vstack([scores, start]), np.vstack([hazards, simulated])
        power = tempering_power(number, rounds) if number < rounds else 1.0
        anywhere = prior.draw(seed, number * points, points)
        surface = fit_hazard_surface(scores, hazards, compared)
        start = sample(surface, points, power, seed + number, spread_starts(start, anywhere), STEPS)
        if progress is not None:
            progress(number, rounds)
    fitted = fit_hazard_surface(scores, hazards, compared)
    error = float(np.median(fitted.error))
    return CivilPosterior(prior, start, fitted.total(start), error, len(scores), counts, seed)


def simulate_hazards(prior: ParameterPrior, scores: Array, runs: int, seed: int) -> Array:
    """Hazards of every template, span and way at some points, a few at a time.

    Shapes: scores (N, D); returns (N, Q).
    """
    at_once = max(AT_ONCE // runs, 1)
    parts = []
    for n, first in enumerate(range(0, len(scores), at_once)):
        values = prior.values(scores[first : first + at_once])
        groups = [forecast_spans(values, runs, seed + n, others or 0).hazards() for others in GROUPS]
        parts.append(np.concatenate([hazards.reshape(len(hazards), -1) for hazards in groups], axis=1))
    return np.concatenate(parts)


def civil_points(posterior: CivilPosterior, version: str) -> ParameterPoints:
    """The points of a fit, with values of their own of what no number of a war shows, weighed by the typical civil war.

    Those values fill their distribution evenly, so that no side is favoured.
    """
    from scipy.special import ndtri

    drawn = np.arange(POINTS) * len(posterior.scores) // POINTS
    values = {name: row[drawn] for name, row in posterior.values().items()}
    for name in (HIDDEN, FRAILTY):
        evenly = ndtri((np.argsort(normals(f"ship/civil/{name}", posterior.seed, 0, POINTS)) + 0.5) / POINTS)
        values[name] = values.pop(f"{name}_spread") * evenly
    values[FRAILTY] = np.exp(values[FRAILTY])
    names = tuple(sorted(values))
    rows = [np.clip(values[name], (admits := parameter_field(name)).low, admits.high) for name in names]
    provenance = {
        "version": version,
        "seed": str(posterior.seed),
        "record": RECORD.format(dyads=posterior.counts.dyads, conflicts=posterior.counts.conflicts),
        "citation": CITATION,
        "effective": f"{POINTS}",
    }
    points = ParameterPoints(names, np.array(rows), np.ones(POINTS), provenance)
    return weigh_civil(read_points(points.text(), CIVIL_FILE).in_order(), posterior.counts, posterior.seed)


def weigh_civil(points: ParameterPoints, counts: CivilCounts, seed: int) -> ParameterPoints:
    """The same points, with weights under which all together end as the dyads on record did.

    Held against the record are hazards, as in the search, and what a forecast says after each of FOUGHT: wars that are
    fought from their first day have not the fronts and armies of those that are opened late.
    """
    compared = counts_of(counts)
    parts = [point_forecasts(points, REPLICATIONS, seed, others or 0) for others in GROUPS]
    ended = np.concatenate([part.ended_by_point().reshape(len(points.weight), -1) for part in parts], axis=1)
    fought = np.concatenate([np.repeat(part.fought_by_point(), len(WAYS), axis=1) for part in parts], axis=1)
    forecast = point_shares(points, REPLICATIONS, seed)
    shares, errors = record_shares(counts)

    def log_likelihood(weight: Array) -> float:
        hazard = (weight @ ended) / np.maximum(weight @ fought, TINY)
        misses = (forecast.shares(weight) - shares) / errors
        return float(compared.log_likelihood(hazard[None])[0] - 0.5 * (misses**2).sum() / len(AHEAD))

    tilted = least_entropy(log_likelihood, traits_of_points(points), KEPT)
    weight = np.minimum(tilted, MOST_WEIGHT)
    weight /= weight.sum()
    effective = f"{1 / float((weight**2).sum()):.0f}"
    return ParameterPoints(
        points.names, points.values, weight / weight.mean(), {**points.provenance, "effective": effective}
    )


def record_shares(counts: CivilCounts) -> tuple[Array, Array]:
    """How dyads on record ended after each of FOUGHT and by each of AHEAD, and the standard error of that.

    The months ahead tell the same ends once more, so that each counts by its part. Shapes: returns (F, W + 1, M) twice.
    """
    rows = [counts.shares(first_asked(fought), np.array(AHEAD, float)) for fought in FOUGHT]
    shares, low, high = (np.array(part) for part in zip(*rows, strict=True))
    return shares, np.maximum((high - low) / (2 * Z90), LEAST_ERROR)
