"""Civil conflicts held out: forecasts of the civil template by what other conflicts teach, beside the record's hazards.

Points of a fit weigh, for each conflict, by the likelihood of all others: what that conflict adds to the counts is
taken out again. Forecasts are made after 6 months of fighting or more, since the template says nothing of the first
week, in which one in six dyads ends: coups and raids.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ripeness.ledger.scores.interval import ScoreInterval
from ripeness.scenario.parameter_points import ParameterPoints
from ripeness.study.record.classes import CAUSES
from ripeness.study.record.hazards import CELLS, incidence
from ripeness.validation.backtest.strength import StrengthPosterior, learn_strength
from ripeness.validation.calibrate.civil_wars import TINY, point_forecasts
from ripeness.validation.calibrate.hazard_surface import Counts, fit_hazard_surface
from ripeness.validation.calibrate.pareto import limit_weights
from ripeness.validation.calibrate.ship import FRAILTY, HIDDEN
from ripeness.validation.conflicts.civil_dyads import CIVIL_CODES, counts_by_conflict
from ripeness.validation.conflicts.comparison import clustered_mean
from ripeness.validation.conflicts.exposure import Exposure
from ripeness.validation.conflicts.held_out import ConflictForecasts
from ripeness.validation.conflicts.landmarks import AHEAD, Landmarks, log_scores

Array = NDArray[np.float64]
CAUSE_OF_WAY = ("agreement", "ceasefire", "victory", "victory", "low_activity", "")  # who ceases to exist is followed
EARLIEST = 6  # months fought of the first forecast that is scored


@dataclass(frozen=True, slots=True)
class CivilScores:
    """Mean log scores of the same forecasts by the template, the record's hazards and a life table by kind.

    `held_out` says in which way. `less_hazards` and `less_table` are paired differences of the template, `strength` is
    the record's share in a blend of template and hazards, as it is learnt from them. Units: nats.
    """

    held_out: str
    n: int
    conflicts: int
    model: float
    hazards: float
    table: float
    less_hazards: ScoreInterval
    less_table: ScoreInterval
    strength: StrengthPosterior


def template_hazards(hazards: Array) -> Array:
    """Hazards by cause and cell of the record from those of the template; the first week has those of the month.

    Shapes: hazards (..., S, W); returns (..., len(CAUSES), len(CELLS)).
    """
    by_cause = np.zeros((*hazards.shape[:-2], len(CAUSES), len(CELLS)))
    for ending, cause in enumerate(CAUSE_OF_WAY):
        if cause:
            by_cause[..., CAUSES.index(cause), 1:] += hazards[..., ending]
    by_cause[..., 0] = by_cause[..., 1]
    return by_cause


@dataclass(frozen=True, slots=True)
class PointForecasts:
    """What the template does at every set of parameters that is shipped; those that differ in nothing but what varies
    over wars are one set.

    Shapes: weight (N,), sums to 1; ended (N, S, W) and fought (N, S), expected ends and months of fighting in each span
    of all wars that began; hazards (N, S, W), of which what chance of the runs makes is smoothed away.
    """

    weight: Array
    ended: Array
    fought: Array
    hazards: Array

    def mean(self, weight: Array) -> Array:
        """Hazards of all points together, by cause and cell. Shapes: weight (N,); returns (len(CAUSES), len(CELLS))."""
        ended, fought = np.tensordot(weight, self.ended, 1), weight @ self.fought
        return template_hazards(ended / np.maximum(fought, TINY)[:, None])


def forecasts_by_point(points: ParameterPoints, counts: Counts, runs: int, seed: int) -> PointForecasts:
    """Simulate the template at every shipped point. `counts` say which hazards count for the smoothing."""
    simulated = point_forecasts(points, runs, seed)
    common = [row for row, name in enumerate(points.names) if name not in (HIDDEN, FRAILTY)]
    _, first, place = np.unique(points.values[common], axis=1, return_index=True, return_inverse=True)
    members = np.zeros((len(first), len(points.weight)))
    members[place.ravel(), np.arange(len(points.weight))] = points.weight / points.weight.sum()
    weight = members.sum(axis=1)
    members /= weight[:, None]
    ended = np.einsum("np,psw->nsw", members, simulated.ended_by_point())
    fought = members @ simulated.fought_by_point()
    raw = np.minimum(ended / np.maximum(fought, TINY)[:, :, None], 1.0).reshape(len(first), -1)
    scores = points.scores()[common].T[first]
    smooth = fit_hazard_surface(scores, raw, counts).hazards(scores)
    return PointForecasts(weight, ended, fought, smooth.reshape(ended.shape))


def weights_leaving_out(record: Exposure, points: PointForecasts, spread: Array) -> dict[str, Array]:
    """Weights of points with one conflict taken out, by conflict; the record is what the points were fitted to.

    What a conflict taught is known as well as the runs of a point tell its hazards: weights are limited, so that no
    point counts for all where chance made its runs unlike that conflict.

    Shapes: spread (S, W), by how much the variance of counts was taken to exceed a Poisson's; returns each (N,), sums
    to 1.
    """
    table, names = counts_by_conflict(record)
    months, ended = table[:, :, 0, 1:].sum(axis=1), table[:, :, 1:, 1:].sum(axis=1)
    by_conflict = np.einsum("cws,nsw,sw->cn", ended, np.log(points.hazards), 1 / spread)
    by_conflict -= np.einsum("cs,nsw,sw->cn", months, points.hazards, 1 / spread)
    weights = [limit_weights(np.log(points.weight) - taught) for taught in by_conflict]
    return dict(zip(names.tolist(), weights, strict=True))


def civil_forecasts(chosen: Landmarks, points: PointForecasts, weights: dict[str, Array]) -> Array:
    """The template's forecasts, each conflict without itself; those that taught nothing by all weights.

    Shapes: returns (L, len(CAUSES) + 1, len(AHEAD)).
    """
    forecasts = np.empty((len(chosen.rows), len(CAUSES) + 1, len(AHEAD)))
    for conflict in np.unique(chosen.conflict):
        mean = points.mean(weights.get(str(conflict), points.weight))
        for place in np.flatnonzero(chosen.conflict == conflict):
            forecasts[place] = incidence(mean, float(chosen.rows["fought"][place]), AHEAD)
    return forecasts


def civil_scores(
    name: str, held_out: ConflictForecasts, points: PointForecasts, weights: dict[str, Array]
) -> CivilScores | None:
    """Score the template on the civil conflicts of forecasts that the record's hazards made, held out likewise.

    None where there is none of them.
    """
    rows = held_out.landmarks.rows
    scored = np.isin(rows["kind"], CIVIL_CODES) & (rows["fought"] >= EARLIEST)
    if not scored.any():
        return None
    chosen = held_out.landmarks.chosen(scored)
    model = log_scores(civil_forecasts(chosen, points, weights), chosen)
    record, table = (log_scores(part[scored], chosen) for part in (held_out.hazards, held_out.table))
    _, place, times = np.unique(chosen.conflict, return_inverse=True, return_counts=True)
    strength = learn_strength(np.exp(-np.column_stack([record, model])), 1 / times[place])
    return CivilScores(
        name,
        len(model),
        len(times),
        float(model.mean()),
        float(record.mean()),
        float(table.mean()),
        clustered_mean(model - record, chosen.conflict),
        clustered_mean(model - table, chosen.conflict),
        strength,
    )
