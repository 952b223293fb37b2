"""A polity as compiled loops read it: its body, which changes every month, and its plan, which does not.

All quantities of a war stand in one table, a row each, with the runs in the last axis. A body is a view of one polity's
rows in it; a plan says where they stand. So runs whose war is over are cleared out of one array, in place.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ripeness.decision.rule import SETTINGS
from ripeness.world.compiled import compiled

Array = NDArray[np.float64]
Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]


class Body(NamedTuple):
    """A polity as kernels read it.

    Shapes: own (N, R); faction (M, F, R); issue (3, I, F, R); table (2, I, R); settings (S, R); strength (K, R), one
    row a response. Rows are those of rows.py; settings are those of decision/rule.py.
    """

    own: Array
    faction: Array
    issue: Array
    table: Array
    settings: Array
    strength: Array


class Plan(NamedTuple):
    """What does not change about a polity, as kernels read it: where it stands, who leads, what its issues are for.

    `first` is its first row in the war's table, `own_rows` and `faction_rows` how many of a kind follow; `about` is the
    belligerent that a patron looks at, -1 for none; roles are numbers of issues, -1 for none.
    Shapes: faction_luck, veto, hit, rent_issue, terms_stated (F,); streets (N,); coupled (I,), 1 for issues with a role
    in the war; responds (K, 6): issue, faction, and DRIVERS;
    rules (G, 4): rule, captor, issues from .. to; flows (W, 3): issue, role, belligerent.
    """

    luck: int
    first: int
    own_rows: int
    faction_rows: int
    factions: int
    issues: int
    about: int
    leader: int
    terms: int
    effort: int
    restraint: int
    reform: int
    faction_luck: Whole
    veto: Flags
    hit: Array
    rent_issue: Whole
    terms_stated: Whole
    coupled: Whole
    streets: Whole
    responds: Whole
    rules: Whole
    flows: Whole


NUMBERS = Plan._fields.index("faction_luck")  # how many fields of a plan are plain numbers


class Plans(NamedTuple):
    """The plans of all polities, belligerents first, as one thing that a kernel can read however many patrons there
    are.

    Shapes: numbers (P, 12), the plain numbers of each plan; counts (P, 4): streets, responses, groups of rules, flows;
    the rest as in a plan, one more axis in front, filled up to the longest.
    """

    numbers: Whole
    counts: Whole
    faction_luck: Whole
    veto: Flags
    hit: Array
    rent_issue: Whole
    terms_stated: Whole
    coupled: Whole
    streets: Whole
    responds: Whole
    rules: Whole
    flows: Whole


def plans_of(plans: tuple[Plan, ...]) -> Plans:
    """Stack plans of several polities."""
    counts = [(len(plan.streets), len(plan.responds), len(plan.rules), len(plan.flows)) for plan in plans]
    rest = (_stack([getattr(plan, field) for plan in plans]) for field in Plan._fields[NUMBERS:])
    return Plans(np.array([plan[:NUMBERS] for plan in plans], dtype=np.int64), np.array(counts, dtype=np.int64), *rest)


def _stack(arrays: list[np.ndarray]) -> np.ndarray:
    longest = max(len(array) for array in arrays)
    stacked = np.zeros((len(arrays), longest, *arrays[0].shape[1:]), dtype=arrays[0].dtype)
    for n, array in enumerate(arrays):
        stacked[n, : len(array)] = array
    return stacked


@compiled
def plan_of(plans: Plans, n: int) -> Plan:
    """The plan of one of the polities."""
    one, many = plans.numbers[n], plans.counts[n]
    factions = one[4]
    return Plan(
        one[0],
        one[1],
        one[2],
        one[3],
        one[4],
        one[5],
        one[6],
        one[7],
        one[8],
        one[9],
        one[10],
        one[11],
        plans.faction_luck[n, :factions],
        plans.veto[n, :factions],
        plans.hit[n, :factions],
        plans.rent_issue[n, :factions],
        plans.terms_stated[n, :factions],
        plans.coupled[n, : one[5]],
        plans.streets[n, : many[0]],
        plans.responds[n, : many[1]],
        plans.rules[n, : many[2]],
        plans.flows[n, : many[3]],
    )


@compiled
def body_in(table: Array, plan: Plan) -> Body:
    """The body of a polity as it stands in the war's table. Shapes: table (rows, R); returns views."""
    runs, many, issues = table.shape[1], plan.factions, plan.issues
    faction = plan.first + plan.own_rows
    issue = faction + plan.faction_rows * many
    decided = issue + 3 * issues * many
    settings = decided + 2 * issues
    strength = settings + SETTINGS
    return Body(
        table[plan.first : faction],
        table[faction:issue].reshape((plan.faction_rows, many, runs)),
        table[issue:decided].reshape((3, issues, many, runs)),
        table[decided:settings].reshape((2, issues, runs)),
        table[settings:strength],
        table[strength : strength + plan.responds.shape[0]],
    )


def rows_of(plan: Plan) -> int:
    """How many rows of the table a polity takes."""
    inside = plan.faction_rows * plan.factions + 3 * plan.issues * plan.factions + 2 * plan.issues
    return plan.own_rows + inside + SETTINGS + len(plan.responds)
