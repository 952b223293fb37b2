"""Never: what to say of an outcome that happens in no run, or in all of them, and what would be needed to see it."""

from __future__ import annotations

from collections.abc import Mapping

from ripeness.show.words import outcome, percent
from ripeness.study.target import Target

SMALL = 0.1  # probability below which a decimal is of use
RULE_OF_THREE = 3  # with none among n, the 95 % upper bound is about 3 / n (Hanley and Lippman-Hand 1983)


def called(name: str, names: Mapping[str, str]) -> str:
    """An outcome in words, from the name that an analyst types.

    >>> called("victory:north", {"north": "the North"})
    'victory of the North'
    """
    kind, _, whose = name.partition(":")
    return outcome(kind, whose or None, names)


def aimed_at(target: Target, names: Mapping[str, str]) -> str:
    """The target in words, with its month.

    >>> aimed_at(Target("frozen", None, 24.0, (6,)), {})
    'frozen front by month 24'
    """
    said = called(target.name, names)
    return f"{said} {'in' if target.outcome == 'fighting' else 'by'} month {target.month:g}"


def fine(p: float) -> str:
    """A probability in percent, with a decimal where it is small.

    >>> fine(.0303), fine(.42)
    ('3.0 %', '42 %')
    """
    return f"{100 * p:.1f} %" if 0 < p < SMALL else percent(p)


def never(target: Target, names: Mapping[str, str], draws: int, p: float) -> str:
    """Why nothing can be said, and what would help; empty where the outcome happens in some runs and not in others."""
    if 0 < p < 1:
        return ""
    said = aimed_at(target, names)
    if p >= 1:
        return f"All {draws:,} runs show '{said}', so there is nothing to tell them apart; look at an earlier --month."
    return (
        f"None of {draws:,} runs shows '{said}': it is rarer than about 1 in {max(draws // RULE_OF_THREE, 1):,} (95 %)."
        f" To see it, look at a later --month, fight more --draws, or ask `ripeness flip --outcome {target.name}` for"
        " the smallest changes that bring it about."
    )
