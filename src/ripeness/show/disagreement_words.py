"""Disagreement in words: how far analysts' versions lie apart, and which groups of numbers make them do so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isnan
from typing import TYPE_CHECKING

from ripeness.show.words import bare_percent, day, outcome
from ripeness.world.wording import join_words

if TYPE_CHECKING:
    from ripeness.study.disagreement import GroupPart
    from ripeness.study.version_spread import OutcomeSpread, VersionDisagreement

MOST_NAMED = 3  # groups that the sentence names
MOST = 0.5  # share from which a group makes most of a difference
READING_WORDS = {"factional": "rival factions", "unitary": "one leader on each side"}


def sentence(disagreement: VersionDisagreement, names: Mapping[str, str]) -> str:
    """How far versions differ, and which numbers make the difference."""
    parts = (spread_sentence(disagreement, names), cause_sentence(disagreement, names))
    return " ".join(part for part in parts if part)


def spread_sentence(disagreement: VersionDisagreement, names: Mapping[str, str]) -> str:
    """How far versions differ on the main outcome, and with one leader on each side."""
    spread = disagreement.main_outcome
    label, by = outcome(spread.outcome, spread.polity, names), day(disagreement.on)
    low, high = spread.lowest, spread.highest
    if not spread.differs:
        ends = range_in_words(low.p, high.p)
        return f"Analysts' versions do not differ by more than chance on {label} by {by}: {ends} in 100."
    return (
        f"Analysts differ: {label} by {by} {range_in_words(low.p, high.p)} in 100 (lowest in {low.version}, highest in "
        f"{high.version}){_other_model(disagreement, spread)}."
    )


def _other_model(disagreement: VersionDisagreement, spread: OutcomeSpread) -> str:
    """The range under the other actor model."""
    for reading in actor_models(disagreement)[1:]:
        chances = [chance.p for chance in disagreement.of(spread.outcome, spread.polity, reading)]
        estimated = [p for p in chances if not isnan(p)]
        if estimated:
            return f"; with {READING_WORDS[reading]} {range_in_words(min(estimated), max(estimated))}"
    return ""


def cause_sentence(disagreement: VersionDisagreement, names: Mapping[str, str]) -> str:
    """Which groups of numbers make versions differ on the main outcome; empty where that was not asked.

    Where that cannot be told, of the outcome with the widest range of which it can.
    """
    if not disagreement.mixtures:
        return ""
    main = disagreement.main_outcome
    leading = _leading(main)
    if leading:
        return f"{_how_much(leading[0])} of it comes from how they code {_shares(leading)}."
    runs = f"{disagreement.mixtures} mixtures of versions with {disagreement.mixture_draws:,} runs each"
    cannot = f"Which numbers make the difference cannot be told from {runs}."
    others = [spread for spread in disagreement.outcomes if spread.differs and _leading(spread)]
    if not others:
        return cannot
    other = max(others, key=lambda spread: spread.highest.p - spread.lowest.p)
    leading, label = _leading(other), outcome(other.outcome, other.polity, names)
    return (
        f"{cannot} On {label} ({range_in_words(other.lowest.p, other.highest.p)} in 100) "
        f"{_how_much(leading[0]).lower()} of the difference comes from {_shares(leading)}."
    )


def _leading(spread: OutcomeSpread) -> tuple[GroupPart, ...]:
    return () if spread.split is None else spread.split.leading[:MOST_NAMED]


def _how_much(part: GroupPart) -> str:
    return "Most" if part.low > MOST else "The largest part"


def _shares(leading: Sequence[GroupPart]) -> str:
    first, *others = leading
    return _with_share(first) + (f", then {join_words([_with_share(part) for part in others])}" if others else "")


def _with_share(part: GroupPart) -> str:
    """A group with its share of the variance and the 90 % interval.

    >>> from ripeness.study.disagreement import GroupPart
    >>> _with_share(GroupPart("power", "the powers of factions", 0.61, 0.5, 0.72))
    'the powers of factions (61 %, 50 to 72)'
    """
    return f"{part.label} ({100 * part.share:.0f} %, {100 * part.low:.0f} to {100 * part.high:.0f})"


def range_in_words(low: float, high: float) -> str:
    """Two probabilities in percent; one, where they read alike."""
    ends = bare_percent(low), bare_percent(high)
    return ends[0] if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}"


def actor_models(disagreement: VersionDisagreement) -> list[str]:
    """The actor models, the one asked about first."""
    readings = dict.fromkeys(chance.reading for chance in disagreement.chances)
    return sorted(readings, key=lambda reading: reading != disagreement.reading)
