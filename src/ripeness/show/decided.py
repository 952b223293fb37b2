"""An actor table, decided: each issue as a table of rules, and what a reader needs to know about the numbers."""

from __future__ import annotations

from typing import Any

from rich.console import RenderableType
from rich.text import Text

from ripeness.show.fitted import Fitted
from ripeness.show.lines import listing

WHY_FIRST = (
    "The weighted mean stands first: on the European Union's record no rule beat it by more than half a point of 100. "
    "Where councils chose between courses, rules that pick a pivot (median, Condorcet, challenge) did better."
)


def layout(found: Any) -> list[RenderableType]:
    """One table an issue: rules down, outcome and interval across; `found` is what the verb `decide` returns."""
    titles = found.titles()
    laid: list[RenderableType] = []
    for issue in found.issues:
        laid.append(_issue(found, issue, titles))
        for answer in issue.rules:
            if answer.rounds:
                rounds = "  ".join(f"{value:.4g}" for value in answer.rounds)
                laid.append(Text(f"{answer.rule}, round by round:\n  {rounds}"))
        laid.append(Text(""))
    return [*laid, *(Text(line) for line in _legend(found))]


def _issue(found: Any, issue: Any, titles: dict[str, str]) -> Fitted:
    ends = ("5 %", "95 %") if found.uncertain else ()
    place = listing("rule", "outcome", *ends, "what it says", right=("outcome", *ends), title=issue.issue)
    for answer in issue.rules:
        interval = (_number(answer.low), _number(answer.high)) if found.uncertain else ()
        place.add_row(answer.rule, _number(answer.outcome), *interval, _said(found, answer.rule, titles))
    return place


def _said(found: Any, rule: str, titles: dict[str, str]) -> str:
    """What a rule says, with the name of who captured or the share that is needed."""
    if rule == "capture":
        return f"{found.captor} decides alone"
    if rule == "quota":
        return f"Least that over {found.quota:g} accept"
    if rule == "unitary" and found.leader:
        return f"One mind: {found.leader}"
    return titles[rule].split(": ", 1)[-1]


def _legend(found: Any) -> list[str]:
    """What a reader needs to know about the numbers."""
    lines = [WHY_FIRST]
    if found.uncertain:
        lines.append(f"Medians of {found.draws} draws (seed {found.seed}); 5 % to 95 % is a 90 % interval.")
    else:
        lines.append("The table holds no ranges such as '5 to 10', so there are no intervals.")
    if found.leader:
        lines.append(f"{found.leader} leads with weight {found.leader_weight:g}.")
    return [*(f"Warning: {text}." for text in found.warnings), *lines, *(f"Note: {note}." for note in found.notes)]


def _number(value: float) -> str:
    """Five significant digits."""
    return f"{value:.5g}"
