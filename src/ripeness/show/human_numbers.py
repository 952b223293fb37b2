"""Human numbers: a number of a scenario in the units in which people speak, whatever unit the model reckons in."""

from __future__ import annotations

from math import exp

from ripeness.show.words import number, rough

PEOPLE = {
    "thousand persons": 1_000.0,
    "million persons": 1_000_000.0,
    "thousand persons per month": 1_000.0,
    "persons per month": 1.0,
}
BARE = frozenset({"index", "ratio", "precision", "count"})
# unit -> by what it is multiplied, and of what the per cent are
IN_PER_CENT = {
    "share": (1.0, ""),
    "stakes": (1.0, "of what is at stake"),
    "stakes per month": (1.0, "of what is at stake a month"),
    "stakes per death per million": (100.0, "of what is at stake for 100 deaths per million people"),
    "per month": (1.0, "a month"),
    "per year": (1.0, "a year"),
}
SMALL = 0.1  # per cent below which a share is told in thousandths


def human_number(value: float, unit: str, of: str = "", *, brief: bool = False) -> str:
    """A number in words: shares in per cent, people one by one, strength as times; `of` says of what a share is.

    `brief`: without what it is of, where that was told already.

    >>> human_number(0.28, "share", "of the stake"), human_number(430, "thousand persons")
    ('28 % of the stake', '430,000 people')
    >>> human_number(0.25, "log ratio"), human_number(0.015, "per month"), human_number(0.5, "stakes")
    ('1.3 times', '1.5 % a month', '50 % of what is at stake')
    """
    if unit in IN_PER_CENT:
        factor, words = IN_PER_CENT[unit]
        return f"{_percent(value * factor)} {'' if brief else words or of}".strip()
    if unit == "log ratio":
        return f"{rough(exp(value))} times"
    if unit in PEOPLE:
        people = number(value * PEOPLE[unit])
        return people if brief else f"{people} people{' a month' if unit.endswith('month') else ''}"
    if unit in BARE or brief:
        return rough(value)
    return f"{rough(value)} {unit.replace('per month', 'a month').replace('per year', 'a year')}"


def _percent(value: float) -> str:
    """Hundredths, with decimals where there is less than ten of them."""
    hundredths = 100 * value
    if abs(hundredths) >= 10 or hundredths == 0:
        return f"{hundredths:.0f} %"
    return f"{hundredths:.1f} %" if abs(hundredths) >= SMALL else f"{rough(hundredths)} %"
