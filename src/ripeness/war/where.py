"""Where: the row of the war's table in which one quantity of one polity stands."""

from __future__ import annotations

from ripeness.war.body import Plan
from ripeness.war.rows import DECIDED


def of_faction(plan: Plan, row: int, faction: int = 0) -> int:
    """Row of what each faction has: trait, power, belief."""
    return plan.first + plan.own_rows + row * plan.factions + faction


def of_issue(plan: Plan, row: int, issue: int, faction: int = 0) -> int:
    """Row of what each faction wants on an issue: stated, position, salience."""
    return of_faction(plan, plan.faction_rows) + (row * plan.issues + issue) * plan.factions + faction


def of_table(plan: Plan, issue: int, row: int = DECIDED) -> int:
    """Row of what is decided on an issue, or of its reference point."""
    return of_issue(plan, 3, 0) + row * plan.issues + issue


def of_setting(plan: Plan, row: int) -> int:
    """Row of a setting of decision/rule.py."""
    return of_table(plan, 0, 2) + row
