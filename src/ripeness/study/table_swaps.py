"""Which disagreement between actor tables matters: numbers swapped from table to table under common draws."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import permutations
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ripeness.decision.rule import Rule
from ripeness.study.table_agreement import KINDS_OF_NUMBER, best_numbers
from ripeness.study.table_decision import EFFORT, Council, outcomes_by_draw, steps_of_rule

Array = NDArray[np.float64]
OWN_CALL = 2_000  # steps that calling a rule costs by itself
SIMPLE = frozenset(("weighted_mean", "unitary", "capture"))  # rules whose steps grow with the actors, not with triples


@dataclass(frozen=True, slots=True)
class NumberSwap:
    """What one number, or all of a kind or of an actor, does to the outcome on an issue when tables exchange it.

    `kind` is influence, position, salience, or empty for all numbers of the actor; `actor` is empty for all actors.
    `effect` is how far the outcome moves, the mean over pairs of tables and both directions. `share` is the part of the
    difference between the two tables farthest apart that goes with it: the mean of what the swap does in either of
    them, over the difference; None where they do not differ. `values` holds the number of each table, where it is one.

    Units: effect and positions as in the tables; salience 0 to 1.
    """

    issue: str
    kind: str
    actor: str
    effect: float
    share: float | None
    values: tuple[float | None, ...] = ()


class NumberGroup(NamedTuple):
    """Numbers that are swapped together; -1 stands for all actors, an empty kind for all kinds."""

    kind: str
    actor: int


def swap_numbers(rule: Rule, councils: Sequence[Council]) -> tuple[tuple[NumberSwap, ...], int]:
    """Swap every number, kind and actor between tables, and see what moves; and how many draws were used.

    Groups come before single numbers are sorted by effect, issue by issue. The draws of one number are the same in
    every table, so that nothing but the disagreement moves the outcome.
    """
    issues, factions, draws = councils[0].position.shape
    groups = [
        *(NumberGroup(kind, -1) for kind in KINDS_OF_NUMBER),
        *(NumberGroup("", actor) for actor in range(factions)),
        *(NumberGroup(kind, actor) for kind in KINDS_OF_NUMBER for actor in range(factions)),
    ]
    pairs = list(permutations(range(len(councils)), 2))
    calls = issues * len(groups) * len(pairs)
    steps = float(factions) if rule.name in SIMPLE else steps_of_rule(rule, issues if rule.joint else 1, factions)
    effort = steps + OWN_CALL / draws
    used = int(max(1, min(draws, EFFORT / (calls * effort))))
    shortened = [
        replace(
            council,
            power=council.power[:, :used],
            salience=council.salience[..., :used],
            position=council.position[..., :used],
        )
        for council in councils
    ]
    swaps: list[NumberSwap] = []
    for issue in range(issues):
        alone = [council if rule.joint else _of_one_issue(council, issue) for council in shortened]
        at = issue if rule.joint else 0
        before = np.array([_outcome(rule, council, at, used) for council in alone])
        moves = {
            (group, a, b): _move(rule, (alone[a], float(before[a])), alone[b], group, at, used)
            for group in groups
            for a, b in pairs
        }
        low, high = int(np.argmin(before)), int(np.argmax(before))
        distance = float(before[high] - before[low])
        for group in groups:
            effect = float(np.mean([abs(moves[group, a, b]) for a, b in pairs]))
            two_ways = moves.get((group, low, high), 0.0) - moves.get((group, high, low), 0.0)
            swaps.append(
                NumberSwap(
                    councils[0].table.issues[issue],
                    group.kind,
                    "" if group.actor < 0 else councils[0].table.actors[group.actor],
                    effect,
                    float(two_ways / 2 / distance) if distance > 0 else None,
                    _values(councils, group, issue),
                )
            )
    return tuple(sorted(swaps, key=lambda swap: -swap.effect)), used


def _of_one_issue(council: Council, issue: int) -> Council:
    """The same council with one issue before it."""
    table = council.table
    at = slice(issue, issue + 1)
    return replace(
        council,
        table=replace(table, issues=table.issues[at], ends=table.ends[at], stated=table.stated[at]),
        salience=council.salience[at],
        position=council.position[at],
    )


def _outcome(rule: Rule, council: Council, issue: int, used: int) -> float:
    return float(np.median(outcomes_by_draw(rule, council, used)[issue, -1]))


def _move(
    rule: Rule, base_outcome: tuple[Council, float], donor: Council, group: NumberGroup, issue: int, used: int
) -> float:
    """How far the outcome of the base moves with the group's numbers of the donor."""
    base, outcome = base_outcome
    actors = slice(None) if group.actor < 0 else slice(group.actor, group.actor + 1)
    power, salience, position = base.power.copy(), base.salience.copy(), base.position.copy()
    if group.kind in ("influence", ""):
        power[actors] = donor.power[actors]
    if group.kind in ("salience", ""):
        salience[issue, actors] = donor.salience[issue, actors]
    if group.kind in ("position", ""):
        # Where only one of two tables has a position, salience says so, and there is none to be swapped.
        stated = (base.table.stated & donor.table.stated)[issue, actors, None]
        position[issue, actors] = np.where(stated, donor.position[issue, actors], position[issue, actors])
    pairs = ((power, base.power), (salience, base.salience), (position, base.position))
    if all(np.array_equal(swapped, unchanged) for swapped, unchanged in pairs):
        return 0.0
    swapped_council = replace(base, power=power, salience=salience, position=position)
    return _outcome(rule, swapped_council, issue, used) - outcome


def _values(councils: Sequence[Council], group: NumberGroup, issue: int) -> tuple[float | None, ...]:
    """The number in each table, None where it is not stated; nothing for a group of numbers."""
    if group.actor < 0 or not group.kind:
        return ()
    values = []
    for council in councils:
        numbers = best_numbers(council.table)[group.kind]
        value = float(numbers[group.actor] if group.kind == "influence" else numbers[issue, group.actor])
        values.append(None if np.isnan(value) else value)
    return tuple(values)
