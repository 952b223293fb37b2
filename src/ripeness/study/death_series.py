"""Likelihood of deaths on record, period by period, in simulated wars.

Books of one war are wrong in one direction for all its months (what is never counted, whose figures are believed) and
besides by what falls into this month or the next. The logarithm of the deaths on record is that of the simulated ones
plus an error that all periods share and one of each period, both normal; each count may also tell nothing, by its
doubt. The shared error is integrated out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from ripeness.study.observation_likelihood import LOSSES
from ripeness.study.war_path import DeathCount, PathPeriod
from ripeness.world.admiralty import report_doubt
from ripeness.world.calendar import months_between
from ripeness.world.quantity import Z90

Array = NDArray[np.float64]
SHARED_ERROR = 0.5
"""Sd of log deaths that all months of one book share. Measured: totals of Militarized Interstate Events and of the
Correlates of War for 114 sides of 57 wars differ by .68 (half the range of the middle 60 % over .84), half of the
variance each."""
MONTH_ERROR = 0.6
"""Sd of log deaths of a month beyond the shared error: months differ more than a simulated war's course. Measured:
deaths by month of these sides differ from one month to the next by .63 (.52 from the mean of the two beside it), the
spread of differences taken as above and divided by that of a difference of independent months."""
LEAST_DEATHS = float(np.exp(LOSSES[0]))  # thousands a month: one death
GRADE = "B2"  # of a file of months: a usually reliable source, probably true (judged)
SLIVER = 0.1  # share of a step or period below which their overlap is laid on the other steps
NODES = 15  # of the Gauss-Hermite rule over the shared error
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DeathSeries:
    """Deaths of some sides on record over several periods of a stretch of war.

    `sides` are the places of the belligerents whose deaths are counted together. Shapes: share (P, S), of each step's
    deaths that falls into each period; at, sd (P,) of log thousands; newest, the last day on record.
    """

    id: str
    sides: tuple[int, ...]
    share: Array
    at: Array
    sd: Array
    doubt: float
    newest: date

    @property
    def last_step(self) -> int:
        """The last step that a period reaches into."""
        return int(np.flatnonzero(self.share.any(axis=0)).max())

    @property
    def floor(self) -> float:
        """Log likelihood where no period is as on record."""
        return float(len(self.at) * np.log(self.doubt / len(LOSSES)))

    def read(self, deaths: Array) -> Array:
        """Log likelihood of simulated wars; a period that a war does not reach counts only by its doubt.

        Shapes: deaths (S or more steps, 2, N) in thousands, not a number where the war was over; returns (N,).
        """
        of_sides = deaths[: self.share.shape[1], list(self.sides)].sum(axis=1)
        simulated = self.share @ np.nan_to_num(of_sides)
        simulated[((self.share > 0) @ np.isnan(of_sides)) > 0] = np.nan
        error = self.at[:, None] - np.log(np.maximum(simulated, LEAST_DEATHS))
        seen = np.isfinite(simulated)
        error = np.where(seen, error, 0.0)
        nodes, weights = np.polynomial.hermite_e.hermegauss(NODES)
        sd = self.sd[:, None]
        cell = (LOSSES[1] - LOSSES[0]) / (sd * np.sqrt(2 * np.pi))
        by_node = np.empty((NODES, deaths.shape[2]))
        for n, node in enumerate(nodes):
            chance = np.minimum(cell * np.exp(-0.5 * ((error - SHARED_ERROR * node) / sd) ** 2), 1.0)
            by_node[n] = np.log((1 - self.doubt) * chance * seen + self.doubt / len(LOSSES)).sum(axis=0)
        top = by_node.max(axis=0)
        return np.asarray(top + np.log((weights / weights.sum()) @ np.exp(by_node - top)))


def death_series(
    periods: Sequence[PathPeriod], polity: str, sides: tuple[int, ...], began: date, step: float
) -> DeathSeries | None:
    r"""Deaths on record of a polity (of all belligerents for ""), laid over the steps of a war that begins on a day.

    What a step has in common with a period counts for it, deaths of a step being spread evenly over its days; where
    that is hardly anything, the period's other steps stand for it. Periods that begin before the war count from its
    first day on. Units: step in months.

    >>> from ripeness.study.path_file import path_of
    >>> path = path_of("month,deaths:north\n2024-03,2\n2024-04,1\n")
    >>> series = death_series(path.periods, "north", (0,), date(2024, 3, 1), 1.0)
    >>> series.share.round(2).tolist()
    [[1.02, 0.0], [0.0, 0.99]]
    """
    on_record = [period for period in periods if polity in period.deaths and period.last >= began]
    if not on_record:
        return None
    ends = np.array(
        [
            [months_between(began, max(period.first, began)), months_between(began, period.last + DAY)]
            for period in on_record
        ]
    )
    edges = step * np.arange(int(np.ceil(round(ends.max() / step, 9))) + 1)
    overlap = np.maximum(np.minimum(ends[:, 1:], edges[1:]) - np.maximum(ends[:, :1], edges[:-1]), 0.0)
    kept = np.where(overlap < SLIVER * np.minimum(step, overlap.sum(axis=1, keepdims=True)), 0.0, overlap)
    kept *= overlap.sum(axis=1, keepdims=True) / kept.sum(axis=1, keepdims=True)
    counts = [period.deaths[polity] for period in on_record]
    label = f"deaths of {polity}" if polity else "deaths of all belligerents"
    return DeathSeries(
        f"{label}, {on_record[0].first} to {on_record[-1].last}",
        sides,
        kept[:, : 1 + np.flatnonzero(kept.any(axis=0)).max()] / step,
        np.log([max(count.best, LEAST_DEATHS) for count in counts]),
        np.array([_error(count, last - first) for count, (first, last) in zip(counts, ends, strict=True)]),
        report_doubt(GRADE),
        on_record[-1].last,
    )


def _error(count: DeathCount, months: float) -> float:
    """Sd of log deaths of one period: of months, averaged over a longer one; of its interval; of chance in few deaths.

    Units: months. Source of the last: Poisson, variance of the logarithm 1 over the count.
    """
    low, high = (max(value, LEAST_DEATHS) for value in (count.low, count.high))
    interval = np.log(high / low) / (2 * Z90)
    few = 1 / (1 + 1000 * count.best)
    return float(np.sqrt(MONTH_ERROR**2 / max(months, 1.0) + interval**2 + few))
