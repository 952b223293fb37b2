"""Statements of a scenario as series of positions, and the positions at the start that they give where none is stated.

Where a file states no position at the start, the statements up to the start give it, instead of a default; nobody's
position at the start of a war rests on what was said later. A position that a file states stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import numpy as np

from ripeness.scenario.archetypes import is_default
from ripeness.scenario.faction_form import FactionStatement
from ripeness.scenario.model_parameters import default_parameters
from ripeness.scenario.position_series import UNKNOWN, StatedSeries, position_at_start, statement_sd
from ripeness.scenario.schema import Scenario
from ripeness.scenario.yaml_node import Node
from ripeness.world.admiralty import best_grade, report_doubt
from ripeness.world.calendar import months_between
from ripeness.world.quantity import Z90, Quantity

NOTE = "from dated statements up to the start"
DIGITS = 6


def statement_sources(statement: FactionStatement) -> tuple[str, ...]:
    """Ids of the sources of a statement."""
    return (statement.source,) if isinstance(statement.source, str) else statement.source


def statement_grade(scenario: Scenario, statement: FactionStatement) -> str:
    """The Admiralty grade of a statement: its own, else the best of its sources."""
    listed = [scenario.sources[key].grade for key in statement_sources(statement) if key in scenario.sources]
    return statement.grade or best_grade(listed)


def statements_on(scenario: Scenario, polity: str, faction: str, issue: str) -> tuple[FactionStatement, ...]:
    """What a faction said on an issue, by date."""
    statements = scenario.polities[polity].factions[faction].statements
    return tuple(sorted((row for row in statements if row.issue == issue), key=lambda row: row.date))


def stated_series(scenario: Scenario, polity: str, faction: str, issue: str) -> StatedSeries:
    """The statements of a faction on an issue as a series, each with the sd of its interval and grade."""
    rows = statements_on(scenario, polity, faction, issue)
    walk = scenario.laws.get("position_walk", default_parameters()["position_walk"]).centre
    intervals = [row.position.interval() for row in rows]
    doubts = [report_doubt(statement_grade(scenario, row)) for row in rows]
    return StatedSeries(
        np.array([months_between(scenario.start, row.date) for row in rows]),
        np.array([centre for _, centre, _ in intervals]),
        np.array(
            [
                statement_sd((high - low) / (2 * Z90), doubt)
                for (low, _, high), doubt in zip(intervals, doubts, strict=True)
            ]
        ),
        walk,
    )


def position_without_statements(position: Quantity) -> tuple[float, float]:
    """What is known of a position at the start apart from statements: mean and sd, in shares of the issue.

    Nothing, where statements are all that it rests on.
    """
    low, centre, high = position.interval()
    return centre, UNKNOWN if position.note == NOTE else (high - low) / (2 * Z90)


def statements_until(scenario: Scenario, day: date) -> Scenario:
    """The same scenario without what was said after a day."""
    polities = {
        key: polity.model_copy(
            update={
                "factions": {
                    name: faction.model_copy(
                        update={"statements": tuple(row for row in faction.statements if row.date <= day)}
                    )
                    for name, faction in polity.factions.items()
                }
            }
        )
        for key, polity in scenario.polities.items()
    }
    return scenario.model_copy(update={"polities": polities})


def with_stated_starts(scenario: Scenario, tree: Node) -> Node:
    """The tree of a scenario, with those positions at the start that its statements alone give.

    `scenario` is what the tree says; a position that a file states stays as it is.
    """
    for polity, faction, issue in _unstated_with_statements(scenario, tree):
        series = stated_series(scenario, polity, faction, issue)
        if not len(series.before().months):
            continue
        rows = [row for row in statements_on(scenario, polity, faction, issue) if row.date <= scenario.start]
        sources = list(dict.fromkeys(key for row in rows for key in statement_sources(row) if key in scenario.sources))
        number = _number_node(tree.at(["polities", polity, "factions", faction, "statements"]), series, sources)
        tree = _with_position(tree, ("polities", polity, "factions", faction, "positions", issue), number)
    return tree


def _unstated_with_statements(scenario: Scenario, tree: Node) -> Iterator[tuple[str, str, str]]:
    for polity, form in scenario.polities.items():
        for faction, member in form.factions.items():
            positions = tree.at(["polities", polity, "factions", faction]).map().get("positions")
            for issue in dict.fromkeys(row.issue for row in member.statements):
                position = None if positions is None else positions.map().get(issue)
                if issue in form.issues and (position is None or is_default(position)):
                    yield polity, faction, issue


def _number_node(statements: Node, series: StatedSeries, sources: list[str]) -> Node:
    """The number as a file would state it, standing where the statements do."""
    mean, sd = position_at_start(series)
    low, centre, high = (round(min(max(x, 0.0), 1.0), DIGITS) for x in (mean - Z90 * sd, mean, mean + Z90 * sd))

    def leaf(content: str | float) -> Node:
        return replace(statements, content=content, text=str(content))

    return replace(
        statements,
        content={
            "value": leaf(centre),
            "range": replace(statements, content=[leaf(low), leaf(high)]),
            "kind": leaf("derived"),
            "source": replace(statements, content=[leaf(key) for key in sources]),
            "note": leaf(NOTE),
        },
    )


def _with_position(node: Node, path: tuple[str, ...], number: Node) -> Node:
    if not path:
        return number
    entry = node.map().get(path[0]) or replace(node, content={})
    return node.with_entry(path[0], _with_position(entry, path[1:], number))
