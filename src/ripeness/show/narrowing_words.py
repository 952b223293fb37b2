"""Narrowing: what would make a spread of probabilities smaller, in words: the inputs that carry most of it."""

from __future__ import annotations

import re

from ripeness.show.words import percent
from ripeness.study.sensitivity.leading import LeadingParameter
from ripeness.world.wording import join_words

MOST_NAMED = 2  # inputs that are named
LITTLE = 0.1  # share of the spread below which the leading inputs would hardly narrow it
LAW = re.compile(r"law \w+ \((.*)\)")


def short_name(parameter: LeadingParameter) -> str:
    """The name of an input; that of a parameter of the model by what it means.

    >>> short_name(LeadingParameter("laws.settle", "law settle (hazard of settlement)", 0.1, 0.2, 0, 1, "1/month"))
    'hazard of settlement'
    """
    match = LAW.fullmatch(parameter.name)
    return match[1] if match else parameter.name


def narrowing_words(leading: tuple[LeadingParameter, ...]) -> str:
    """What would narrow a spread: the inputs that carry most of it, and how much that is.

    >>> narrowing_words(())
    ''
    """
    named = leading[:MOST_NAMED]
    if not named:
        return ""
    share = min(sum(parameter.share for parameter in named), 1.0)
    listed = join_words([short_name(parameter) for parameter in named])
    if share < LITTLE:
        carriers = "the leading input carries" if len(named) == 1 else "the leading inputs carry"
        return f"No one input would narrow it much: {carriers} {percent(share)} of the spread ({listed})."
    return f"To narrow it, learn {listed}: {percent(share)} of the spread over the inputs."
