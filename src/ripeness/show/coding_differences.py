"""Coding differences: whether codings or readings of one war give different answers, and where they part most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isnan

from ripeness.show.words import bare_percent, outcome
from ripeness.study.probabilities import OutcomeProbability
from ripeness.world.wording import join_words


def coding_differences(
    rows: Mapping[str, Sequence[OutcomeProbability]], names: Mapping[str, str], *, widest: bool = True
) -> str:
    """Two sentences: the likeliest outcome under each, and the outcome on which two of them lie furthest apart.

    `rows`: the outcomes of one war by one month, by the name of the coding or the reading; all in the same order. What
    two runs of the same would differ by, their Monte Carlo errors, is not called a difference. `widest`: the second
    sentence too; it is left out where common random numbers have told more closely what differs.
    """
    return f"{_likeliest(rows, names)} {_widest(rows, names)}" if widest else _likeliest(rows, names)


def _likeliest(rows: Mapping[str, Sequence[OutcomeProbability]], names: Mapping[str, str]) -> str:
    """Who says what, those who say the same together."""
    codings_by_outcome: dict[str, list[str]] = {}
    for name, chances in rows.items():
        estimated = [chance for chance in chances if not isnan(chance.p)]
        first, second = sorted(estimated, key=lambda chance: -chance.p)[:2]
        tied = [first, second] if second.mc_high >= first.mc_low else [first]
        likeliest = join_words([outcome(chance.outcome, chance.polity, names) for chance in tied], "or")
        codings_by_outcome.setdefault(likeliest + (" (a tie)" if len(tied) > 1 else ""), []).append(name)
    if len(codings_by_outcome) == 1:
        return f"The likeliest is the same under all: {next(iter(codings_by_outcome))}."
    return (
        "The likeliest is "
        + "; ".join(
            f"{likeliest_outcome} under {_and(codings)}" for likeliest_outcome, codings in codings_by_outcome.items()
        )
        + "."
    )


def _widest(rows: Mapping[str, Sequence[OutcomeProbability]], names: Mapping[str, str]) -> str:
    """The outcome whose probability differs most, and between which two."""
    spreads = []
    for across in zip(*rows.values(), strict=True):
        if any(isnan(row.p) for row in across):
            continue
        by_name = dict(zip(rows, across, strict=True))
        lowest, highest = min(by_name, key=lambda name: by_name[name].p), max(by_name, key=lambda name: by_name[name].p)
        spreads.append((by_name[highest].p - by_name[lowest].p, by_name, lowest, highest))
    _, by_name, lowest, highest = max(spreads, key=lambda spread: spread[0])
    low, high = by_name[lowest], by_name[highest]
    if high.mc_low <= low.mc_high:
        return "No outcome differs between them by more than their Monte Carlo error."
    name_of_outcome = outcome(low.outcome, low.polity, names)
    return (
        f"They part most on {name_of_outcome}: {bare_percent(low.p)} in 100 under {lowest},"
        f" {bare_percent(high.p)} under {highest}."
    )


def _and(words: list[str]) -> str:
    """Words as a list that is read aloud.

    >>> _and(["public"]), _and(["public", "essay", "ceasefire"])
    ('public', 'public, essay and ceasefire')
    """
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last
