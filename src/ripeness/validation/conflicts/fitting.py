"""Fitting: cause-specific hazards as Poisson regressions of ends on months under risk.

A model with hazards that are constant within cells has the likelihood of a Poisson regression with the log of the
exposure as offset (Holford 1980). The normal priors of its terms are the penalty of the regression, so the estimate is
the posterior mode. Its covariance is the inverse of the information, widened by how much the conflicts differ among
themselves (Huber 1967; Liang and Zeger 1986): dyads of one conflict are not independent.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ripeness.study.record.classes import CAUSES
from ripeness.study.record.hazards import design, prior_spreads, terms
from ripeness.validation.conflicts.exposure import Exposure

Array = NDArray[np.float64]
MOST_STEPS = 200
TOLERANCE = 1e-7
UNSEEN = 0.5  # ends that count where none was seen


@dataclass(frozen=True, slots=True, eq=False)
class ExposureTable:
    """Distinct rows of the regression, with what each conflict spent and ended in each.

    Shapes: rows (U, P); place (N,), the row of each spell; months (N,); ended (N, len(CAUSES)); conflict (N,).
    """

    rows: Array
    place: NDArray[np.intp]
    months: Array
    ended: Array
    conflict: NDArray[np.str_]

    def totals(self, chosen: NDArray[np.bool_]) -> tuple[Array, Array]:
        """Months and ends of the chosen spells in each row. Shapes: chosen (N,); returns (U,), (U, len(CAUSES))."""
        count = len(self.rows)
        place = self.place[chosen]
        months = np.bincount(place, self.months[chosen], count).astype(np.float64)
        ended = np.column_stack([np.bincount(place, column, count) for column in self.ended[chosen].T]).astype(
            np.float64
        )
        return months, ended


def exposure_table(record: Exposure) -> ExposureTable:
    """Lay spells together whose row in the regression is the same."""
    spells = record.spells
    of_traits = terms(spells["kind"], spells["territory"], spells["war"], spells["parties"], spells["year"])
    rows, place = np.unique(design(spells["kind"], spells["cell"], of_traits), axis=0, return_inverse=True)
    ended = (spells["cause"][:, None] == np.arange(len(CAUSES))).astype(np.float64)
    return ExposureTable(rows, place.ravel(), spells["exit"] - spells["entry"], ended, record.spell_conflict)


def fit_hazards(rows: Array, months: Array, ended: Array, spreads: Array | None = None) -> Array:
    """Log hazards of every end by penalised Poisson regression.

    Shapes: rows (U, P), months (U,), ended (U, C); spreads (P,) of the priors; returns (C, P).
    """
    from sklearn.linear_model import PoissonRegressor
    from threadpoolctl import threadpool_limits

    spread = (prior_spreads() if spreads is None else spreads)[1:]
    seen = months > 0
    columns = rows[seen, 1:] * spread
    fitted = []
    with threadpool_limits(1):
        for ends in ended.T:
            if not ends.any():
                fitted.append(_never_seen(float(months.sum()), len(spread)))
                continue
            model = PoissonRegressor(
                alpha=1.0 / months.sum(), solver="newton-cholesky", max_iter=MOST_STEPS, tol=TOLERANCE
            )
            model.fit(columns, ends[seen] / months[seen], sample_weight=months[seen])
            fitted.append(np.concatenate([[model.intercept_], model.coef_ * spread]))
    return np.array(fitted)


def _never_seen(months: float, terms: int) -> Array:
    """Log hazard of an end that was never seen: half of one over all months, for none is impossible (Jeffreys 1946)."""
    return np.concatenate([[np.log(UNSEEN / months)], np.zeros(terms)])


def covariance_of(table: ExposureTable, mean: Array) -> Array:
    """Covariance of fitted log hazards, by conflict. Shapes: mean (C, P); returns (C, P, P)."""
    precision = 1.0 / prior_spreads() ** 2  # of an infinite spread: 0
    _, cluster = np.unique(table.conflict, return_inverse=True)
    parts = []
    for coefficients, ends in zip(mean, table.ended.T, strict=True):
        expected = np.exp(table.rows @ coefficients)[table.place] * table.months
        information = np.einsum(
            "u,up,uq->pq", np.bincount(table.place, expected, len(table.rows)), table.rows, table.rows
        )
        scores = np.zeros((cluster.max() + 1, table.rows.shape[1]))
        np.add.at(scores, cluster, (ends - expected)[:, None] * table.rows[table.place])
        bread = np.linalg.inv(information + np.diag(precision))
        parts.append(bread @ (scores.T @ scores + np.diag(precision)) @ bread)
    return np.array(parts)
