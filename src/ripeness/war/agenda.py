"""The agenda: a polity's issues in the order in which the months decide them, those of one rule together."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ripeness.scenario.polity_form import IssueForm, PolityForm

DEFAULT_RULES = {"terms": "quota"}  # default rule by role
CHOICE, DEGREE = "pivot_or_leader", "weighted_mean"  # default rules of all other issues


def rule_of(issue: IssueForm) -> str:
    """The rule that decides an issue; `capture:FACTION` names its captor."""
    return issue.rule or DEFAULT_RULES.get(str(issue.role), CHOICE if issue.choice else DEGREE)


def agenda(polity: PolityForm) -> dict[str, IssueForm]:
    """A polity's issues, sorted by rule and then by key."""
    return dict(sorted(polity.issues.items(), key=lambda item: (rule_of(item[1]), item[0])))
