"""Outcomes and targets in words; what to say of one that happens in no simulation, or in all of them."""

from __future__ import annotations

from collections.abc import Mapping

from ripeness.show.words import at, day, outcome, percent
from ripeness.study.target import Target

SMALL = 0.1  # probability below which a decimal is of use
RULE_OF_THREE = 3  # with none among n, the 95 % upper bound is about 3 / n (Hanley and Lippman-Hand 1983)


def outcome_in_words(name: str, names: Mapping[str, str]) -> str:
    """An outcome in words, from the name that an analyst types.

    >>> outcome_in_words("victory:north", {"north": "the North"})
    'victory of the North'
    """
    kind, _, polity = name.partition(":")
    return outcome(kind, polity or None, names)


def target_in_words(target: Target, names: Mapping[str, str]) -> str:
    """The target in words, with its month, or the day where that was asked.

    >>> from datetime import date
    >>> target_in_words(Target("frozen", None, 24.0, (6,)), {})
    'frozen front by month 24'
    >>> target_in_words(Target("frozen", None, 27.6, (6,), date(2025, 7, 1)), {})
    'frozen front by 1 July 2025'
    """
    outcome_words = outcome_in_words(target.name, names)
    if target.day is not None:
        return f"{outcome_words} {'on' if target.outcome == 'fighting' else 'by'} {day(target.day)}"
    return f"{outcome_words} {'in' if target.outcome == 'fighting' else 'by'} month {at(target.month)}"


def fine_percent(p: float) -> str:
    """A probability in percent, with a decimal where it is small.

    >>> fine_percent(.0303), fine_percent(.42)
    ('3.0 %', '42 %')
    """
    return f"{100 * p:.1f} %" if 0 < p < SMALL else percent(p)


def reason_for_no_answer(target: Target, names: Mapping[str, str], draws: int, p: float) -> str:
    """Why nothing can be said, and what would help; empty where the outcome happens in some runs and not in others."""
    if 0 < p < 1:
        return ""
    target_words = target_in_words(target, names)
    if p >= 1:
        return (
            f"All {draws:,} runs show '{target_words}', so there is nothing to tell them apart; look at an"
            " earlier --month."
        )
    return (
        f"None of {draws:,} runs shows '{target_words}': it is rarer than about 1 in"
        f" {max(draws // RULE_OF_THREE, 1):,} (95 %)."
        f" To see it, look at a later --month, fight more --draws, or ask `ripeness flip --outcome {target.name}` for"
        " the smallest changes that bring it about."
    )
