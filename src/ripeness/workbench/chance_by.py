"""Chance by a day: what a run says of one outcome by one day or month, whichever it is within the horizon.

In three views: the model, the record of past conflicts, and their blend, which is the answer where there is one.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from math import nan
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ripeness.study.aims_and_costs import belligerent_keys
from ripeness.study.blend import record_classes
from ripeness.study.disagreement import FEWEST_RUNS
from ripeness.study.outcome_classes import ChanceEstimate, class_shares
from ripeness.study.probabilities import OutcomeProbability, merged_kinds, outcome_probabilities
from ripeness.study.record.classes import CLASS_OF_OUTCOME, CLASSES
from ripeness.study.target import Target, outcome_codes_at, outcomes_by_name, read_target
from ripeness.study.weighted_statistics import estimate_share, run_weights
from ripeness.workbench.outcome_question import BY_OR_MONTH
from ripeness.world.calendar import month_by
from ripeness.world.dates import as_day
from ripeness.world.fault import ArgumentFault
from ripeness.world.wording import did_you_mean

if TYPE_CHECKING:
    from ripeness.ensemble.gather import Ensemble
    from ripeness.workbench.run_weights import RunWeights

BLEND, MODEL, RECORD = "blend", "model", "record"
VIEWS = (BLEND, MODEL, RECORD)
Time = tuple[date | str | None, float | None]


def target_by(ensemble: Ensemble, first_day: date, outcome: str, when: Time) -> Target:
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


def views_of(weigh: RunWeights) -> tuple[str, ...]:
    """The views that a run has, the one that answers first."""
    return (MODEL,) if weigh.strength is None else VIEWS


def chance_in(ensemble: Ensemble, weigh: RunWeights, target: Target, view: str | None = None) -> float:
    """Probability of an outcome in a view; without one, in the blend where there is one, else in the model.

    The blend and the record know classes of ends: a settlement is an agreement or a ceasefire there. Whose victory it
    is, and whether by collapse, is in the blend as the weighted runs have it.

    Raises: ArgumentFault for a view that the run has not, or an outcome on which the view says nothing.
    """
    views = views_of(weigh)
    if view is not None and view not in VIEWS:
        raise ArgumentFault(
            "of", f": '{view[:40]}' is no view; {did_you_mean(view, VIEWS, 'views are blend, model, record')}"
        )
    if view is not None and view not in views:
        raise ArgumentFault("of", f": this run has no {view}; {weigh.note}")
    chosen = view or views[0]
    if chosen == MODEL:
        return chance(ensemble, target)
    kind = CLASS_OF_OUTCOME.get(target.outcome, target.outcome)
    if target.polity is None and target.outcome == "ceasefire":
        raise ArgumentFault(
            "outcome",
            f": the {chosen} has agreements and ceasefires together, as settlement; the model (of='model') has each",
        )
    of_class = class_chances(ensemble, weigh, target.month, chosen)[kind].p
    if target.polity is None:
        return of_class
    if chosen == RECORD:
        raise ArgumentFault("outcome", f": the record does not say whose {target.outcome} it is")
    return of_class * _share_of_class(ensemble, weigh, target)


def class_chances(ensemble: Ensemble, weigh: RunWeights, month: float, view: str) -> dict[str, ChanceEstimate]:
    """Probabilities of the classes of ends by a month, in a view that the run has. Units: months from its first day."""
    if view == BLEND:
        rows = weigh.blend_rows(ensemble, [month])
        return {row.outcome: ChanceEstimate(row.p, row.low, row.high) for row in rows}
    if view == RECORD:
        parts = [part[:, 0] for part in record_classes(weigh.curve(ensemble, [month]))]
        return {name: ChanceEstimate(*(float(part[n]) for part in parts)) for n, name in enumerate(CLASSES)}
    shares = class_shares(ensemble, month)
    return {name: ChanceEstimate(shares.p[n], shares.low[n], shares.high[n]) for n, name in enumerate(CLASSES)}


def outcome_chances(ensemble: Ensemble, weigh: RunWeights, month: float) -> tuple[OutcomeProbability, ...]:
    """Every outcome by a month in the view that answers; Monte Carlo error is that of the weighted runs.

    Not a number where a class has several outcomes and no run ends in any; where fewer than 100 runs do, weights of few
    runs part it, and the interval says no more than that the outcome is at most all of the class. The spread over
    inputs is known of the model alone. Units: months from its first day.
    """
    keys, kinds = belligerent_keys(ensemble), merged_kinds()
    rows = outcome_probabilities(ensemble.code, ensemble.months, ensemble.point, keys, [month], kinds)
    if weigh.strength is None:
        return tuple(rows)
    weights = run_weights(len(ensemble.code), weigh(ensemble) if weigh.anchored is None else weigh.anchored.weights)
    classes = class_chances(ensemble, weigh, month, BLEND)
    codes = outcome_codes_at(ensemble, month)
    shares = [estimate_share(np.isin(codes, kind.codes), ensemble.point, weights) for kind in kinds]
    of_class: dict[str, list[float]] = {name: [] for name in classes}
    n_ended = dict.fromkeys(classes, 0)
    for row, share, kind in zip(rows, shares, kinds, strict=True):
        n_ended[CLASS_OF_OUTCOME[row.outcome]] += int(np.isin(codes, kind.codes).sum())
        of_class[CLASS_OF_OUTCOME[row.outcome]].append(share.p)
    answered = []
    for row, share in zip(rows, shares, strict=True):
        p, members = classes[CLASS_OF_OUTCOME[row.outcome]].p, of_class[CLASS_OF_OUTCOME[row.outcome]]
        if len(members) > 1:
            p = p * share.p / sum(members) if sum(members) else nan
        low, high = max(p - (share.p - share.low), 0.0), min(p + (share.high - share.p), 1.0)
        if len(members) > 1 and n_ended[CLASS_OF_OUTCOME[row.outcome]] < FEWEST_RUNS:
            low, high = 0.0, classes[CLASS_OF_OUTCOME[row.outcome]].high
        answered.append(replace(row, p=p, p_low=nan, p_high=nan, mc_low=low, mc_high=high))
    return tuple(answered)


def _share_of_class(ensemble: Ensemble, weigh: RunWeights, target: Target) -> float:
    """The share of an outcome in its class of ends, by the weights of the runs.

    Raises: ArgumentFault where no run ends so.
    """
    kind = CLASS_OF_OUTCOME.get(target.outcome, target.outcome)
    weights = weigh(ensemble) if weigh.anchored is None else weigh.anchored.weights
    members = [
        Target(kind_of.outcome, None, target.month, kind_of.codes)
        for kind_of in outcomes_by_name(belligerent_keys(ensemble)).values()
        if CLASS_OF_OUTCOME.get(kind_of.outcome, kind_of.outcome) == kind
    ]
    total = sum(chance(ensemble, member, weights) for member in members)
    if not total:
        raise ArgumentFault("outcome", f": no run ends in a {kind} by then, so that the blend's is nobody's; run more")
    return chance(ensemble, target, weights) / total
