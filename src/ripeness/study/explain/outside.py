"""Outside view: the steps that past conflicts give, before anything of the model."""

from __future__ import annotations

import numpy as np

from ripeness.study.explain.step import RECORD, ExplainStep, OutsideView
from ripeness.study.record.classes import CLASS_OF_END, CLASSES
from ripeness.study.record.curve import RecordCurve, record_curve
from ripeness.study.record.kind_counts import ClassShares, class_shares, shipped_kind_counts
from ripeness.study.record.traits import ConflictTraits
from ripeness.study.weighted_statistics import MeanEstimate

KIND, LASTED, TRAITS = "kind", "lasted", "traits"


def outside_view(
    traits: ConflictTraits, months_fought: float, month: float, outcome: str, strength: float | None
) -> OutsideView:
    """All past conflicts of the kind; those that had lasted as long; those with this one's traits.

    The first two are counts; the third comes from the curve that was fitted to all kinds. Units: months.

    >>> traits = ConflictTraits("interstate", "territory", "war", 0, 2023)
    >>> [step.key for step in outside_view(traits, 12.6, 24, "settlement", None).steps]
    ['kind', 'lasted', 'traits']
    """
    place = CLASSES.index(outcome)
    curve = record_curve(traits, months_fought, [month])
    of_kind = class_shares(traits.kind, 0.0, [month])
    lasted = class_shares(traits.kind, months_fought, [month])
    n_of_kind, n_lasted = int(shipped_kind_counts()[traits.kind].lasted[0]), int(curve.n[0, 0])
    first = ExplainStep(
        KIND,
        f"past conflicts, {traits.kind}",
        "all of the kind, from their first day; no trait but the kind counts",
        RECORD,
        *_of_class(of_kind, place),
        n=n_of_kind,
    )
    second = ExplainStep(
        LASTED,
        "that had lasted as long",
        f"those that still went on after {months_fought:.0f} months",
        RECORD,
        *_of_class(lasted, place),
        _moved(lasted.p[place, 0], of_kind.p[place, 0]),
        n=n_lasted,
    )
    ends = [n for n, end in enumerate(curve.ends) if CLASSES.index(CLASS_OF_END[end]) == place]
    third = ExplainStep(
        TRAITS,
        "with traits like these",
        _traits_in_words(traits),
        RECORD,
        *_of_curve(curve, ends),
        _moved(curve.p[ends, 0].sum(), lasted.p[place, 0]),
        n=n_lasted,
    )
    return OutsideView((first, second, third), strength)


def _of_class(shares: ClassShares, place: int) -> tuple[float, float, float]:
    return float(shares.p[place, 0]), float(shares.low[place, 0]), float(shares.high[place, 0])


def _of_curve(curve: RecordCurve, ends: list[int]) -> tuple[float, float, float]:
    """Ends of one class together; half-widths of their intervals are added in squares."""
    p = float(curve.p[ends, 0].sum())
    below, above = (
        float(np.sqrt((side**2).sum()))
        for side in (curve.p[ends, 0] - curve.low[ends, 0], curve.high[ends, 0] - curve.p[ends, 0])
    )
    return p, max(p - below, 0.0), min(p + above, 1.0)


def _moved(p: float, before: float) -> MeanEstimate:
    """A difference of two numbers of the record, which have no Monte Carlo error."""
    return MeanEstimate(*(3 * (float(p - before),)))


def _traits_in_words(traits: ConflictTraits) -> str:
    """The traits as a table says them.

    >>> _traits_in_words(ConflictTraits("interstate", "territory", "war", 2, 2023))
    'over territory, war, 2 other armed parties, as of 2023; fitted to all kinds together'
    """
    over = f"over {traits.over}" if traits.over else "issue not stated"
    parties = f"{traits.other_parties or 'no'} other armed part{'y' if traits.other_parties == 1 else 'ies'}"
    return f"{over}, {traits.intensity}, {parties}, as of {traits.year}; fitted to all kinds together"
