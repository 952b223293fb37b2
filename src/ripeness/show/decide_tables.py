"""An actor table, decided: each issue as a table of rules, and what a reader needs to know about the numbers."""

from __future__ import annotations

from typing import Any

from ripeness.show.cell import StyledText, TableCell, number_cell, row, styled
from ripeness.show.table import Layout, Table, text_table
from ripeness.show.table import layout as laid_out

WHY_FIRST = (
    "The weighted mean stands first: on the European Union's record no rule beat it by more than half a point of 100. "
    "Where councils chose between courses, rules that pick a pivot (median, Condorcet, challenge) did better."
)


def decision_layout(decisions: Any) -> Layout:
    """One table an issue: rules down, outcome and interval across; `decisions` is what the verb `decide` returns."""
    titles = decisions.titles()
    parts: list[Table | StyledText] = []
    for issue in decisions.issues:
        parts.append(_issue(decisions, issue, titles))
        for answer in issue.rules:
            if answer.rounds:
                rounds = "  ".join(f"{value:.4g}" for value in answer.rounds)
                parts.append(styled(f"{answer.rule}, round by round:\n  {rounds}"))
        parts.append(StyledText())
    return laid_out(*parts, *map(styled, _legend(decisions)))


def _issue(decisions: Any, issue: Any, titles: dict[str, str]) -> Table:
    """What each rule decides on one issue."""
    rows = []
    for answer in issue.rules:
        ends = (_position_cell(answer.low), _position_cell(answer.high)) if decisions.uncertain else ()
        rows.append(
            row(answer.rule, _position_cell(answer.outcome), *ends, meaning_of_rule(decisions, answer.rule, titles))
        )
    headings = ("outcome", "5 %", "95 %") if decisions.uncertain else ("outcome",)
    return text_table(("rule", *headings, "what it says"), rows, numeric=headings, title=issue.issue)


def meaning_of_rule(decisions: Any, rule: str, titles: dict[str, str]) -> str:
    """What a rule says, with the name of who captured or the share that is needed."""
    if rule == "capture":
        return f"{decisions.captor} decides alone"
    if rule == "quota":
        return f"Least that over {decisions.quota:g} accept"
    if rule == "unitary" and decisions.leader:
        return f"One mind: {decisions.leader}"
    return titles[rule].split(": ", 1)[-1]


def _legend(decisions: Any) -> list[str]:
    """What a reader needs to know about the numbers."""
    lines = [WHY_FIRST]
    if decisions.uncertain:
        lines.append(f"Medians of {decisions.draws} draws (seed {decisions.seed}); 5 % to 95 % is a 90 % interval.")
    else:
        lines.append("The table holds no ranges such as '5 to 10', so there are no intervals.")
    if decisions.leader:
        lines.append(f"{decisions.leader} leads with weight {decisions.leader_weight:g}.")
    warnings = (f"Warning: {text}." for text in decisions.warnings)
    return [*warnings, *lines, *(f"Note: {note}." for note in decisions.notes)]


def _position_cell(value: float) -> TableCell:
    """Five significant digits."""
    return number_cell(f"{value:.5g}", value)
