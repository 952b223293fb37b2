"""Chance by a day: what a run says of one outcome by one day or month, whichever it is within the horizon."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from ripeness.study.aims_and_costs import belligerent_keys
from ripeness.study.target import Target, read_target
from ripeness.workbench.outcome_question import BY_OR_MONTH
from ripeness.world.calendar import month_by
from ripeness.world.dates import as_day
from ripeness.world.fault import ArgumentFault

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ripeness.ensemble.gather import Ensemble

Time = tuple[date | str | None, float | None]


def target_by(
    ensemble: Ensemble, first_day: date, outcome: str, when: tuple[date | str | None, float | None]
) -> Target:
    """The outcome and the month that are meant; `when` is a day or a month, one of which must be given.

    Units: months from the first day, the day of the forecast.

    Raises: ArgumentFault for neither or both, an outcome that the war does not have, or a time outside the forecast.
    """
    day, month = as_day(when[0], "by"), when[1]
    if (day is None) == (month is None):
        raise ArgumentFault("by", BY_OR_MONTH if day is not None else " or {month} must say by when")
    at = month if day is None else month_by(day, first_day, ensemble.horizon)
    return read_target(outcome, belligerent_keys(ensemble), at, ensemble.horizon)


def chance(ensemble: Ensemble, target: Target, weights: NDArray[np.float64] | None = None) -> float:
    """Probability of the outcome: the share of the runs, or of their weights. Shapes: weights (R,)."""
    hits = target.hits(ensemble)
    return float(hits.mean() if weights is None else (hits * weights).sum() / weights.sum())
