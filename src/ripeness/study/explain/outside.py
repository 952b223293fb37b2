"""Outside view: the steps that past conflicts give, before anything of the model."""

from __future__ import annotations

from ripeness.study.blend import record_classes
from ripeness.study.explain.step import RECORD, ExplainStep, OutsideView
from ripeness.study.record.classes import CLASSES
from ripeness.study.record.curve import record_curve
from ripeness.study.record.kind_counts import KindShares, kind_shares, shipped_kind_counts
from ripeness.study.record.strength import RecordStrength
from ripeness.study.record.traits import ConflictTraits
from ripeness.study.weighted_statistics import MeanEstimate

KIND, LASTED, TRAITS = "kind", "lasted", "traits"


def outside_view(
    traits: ConflictTraits, months_fought: float, month: float, outcome: str, strength: RecordStrength | None
) -> OutsideView:
    """All past conflicts of the kind; those that had lasted as long; those with this one's traits.

    The first two are counts; the third comes from the curve that was fitted to all kinds. Units: months.

    >>> traits = ConflictTraits("interstate", "territory", "war", 0, 2023)
    >>> [step.key for step in outside_view(traits, 12.6, 24, "settlement", None).steps]
    ['kind', 'lasted', 'traits']
    """
    place = CLASSES.index(outcome)
    curve = record_curve(traits, months_fought, [month])
    of_kind = kind_shares(traits.kind, 0.0, [month])
    lasted = kind_shares(traits.kind, months_fought, [month])
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
    p, low, high = (float(row[place, 0]) for row in record_classes(curve))
    third = ExplainStep(
        TRAITS,
        "with traits like these",
        _traits_in_words(traits),
        RECORD,
        p,
        low,
        high,
        _moved(p, lasted.p[place, 0]),
        n=n_lasted,
    )
    return OutsideView((first, second, third), strength)


def _of_class(shares: KindShares, place: int) -> tuple[float, float, float]:
    return float(shares.p[place, 0]), float(shares.low[place, 0]), float(shares.high[place, 0])


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
