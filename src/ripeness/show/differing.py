"""Differing: whether several codings or readings of one war give different answers, and where they part most."""

from __future__ import annotations

from collections.abc import Mapping

from ripeness.show.words import bare_percent, outcome
from ripeness.study.forecast import WarForecast
from ripeness.study.probabilities import OutcomeProbability


def differing(told: Mapping[str, WarForecast], names: Mapping[str, str]) -> str:
    """Two sentences: the likeliest outcome under each, and the outcome on which two of them lie furthest apart.

    `told` holds forecasts of one war by the name of the coding or the reading. What two runs of the same would differ
    by, their Monte Carlo errors, is not called a difference.
    """
    last = min(one.months[-1] for one in told.values())
    rows = {name: [row for row in one.merged if row.month == last] for name, one in told.items()}
    return f"{_likeliest(rows, names)} {_widest(rows, names)}"


def _likeliest(rows: Mapping[str, list[OutcomeProbability]], names: Mapping[str, str]) -> str:
    """Who says what, those who say the same together."""
    found: dict[str, list[str]] = {}
    for name, chances in rows.items():
        first, second = sorted(chances, key=lambda chance: -chance.p)[:2]
        tied = [first, second] if second.mc_high >= first.mc_low else [first]
        said = " or ".join(outcome(chance.outcome, chance.polity, names) for chance in tied)
        found.setdefault(said + (" (a tie)" if len(tied) > 1 else ""), []).append(name)
    if len(found) == 1:
        return f"The likeliest is the same under all: {next(iter(found))}."
    return "The likeliest is " + "; ".join(f"{what} under {_and(who)}" for what, who in found.items()) + "."


def _widest(rows: Mapping[str, list[OutcomeProbability]], names: Mapping[str, str]) -> str:
    """The outcome whose probability differs most, and between which two."""
    spreads = []
    for across in zip(*rows.values(), strict=True):
        by_name = dict(zip(rows, across, strict=True))
        least, most = min(by_name, key=lambda name: by_name[name].p), max(by_name, key=lambda name: by_name[name].p)
        spreads.append((by_name[most].p - by_name[least].p, by_name, least, most))
    _, by_name, least, most = max(spreads, key=lambda one: one[0])
    low, high = by_name[least], by_name[most]
    if high.mc_low <= low.mc_high:
        return "No outcome differs between them by more than their Monte Carlo error."
    what = outcome(low.outcome, low.polity, names)
    return f"They part most on {what}: {bare_percent(low.p)} in 100 under {least}, {bare_percent(high.p)} under {most}."


def _and(words: list[str]) -> str:
    """Words as a list that is read aloud.

    >>> _and(["public"]), _and(["public", "essay", "ceasefire"])
    ('public', 'public, essay and ceasefire')
    """
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last
