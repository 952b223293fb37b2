"""Decide: positions follow the situation, and the polity's rule turns them into one decision an issue.

Terms follow the reservation shares; other positions follow pressure, weariness, the front, rents and discontent.
Public demands follow the coalition's terms with inertia, the media line at once: it moves first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ripeness.decision.choose import CODES, apply_rule_code
from ripeness.decision.rule import CAPTOR
from ripeness.decision.rules import TABLE
from ripeness.war import rows as at
from ripeness.war.law import INERTIA
from ripeness.world.compiled import compiled, woven

if TYPE_CHECKING:
    from ripeness.war.body import Array, Body, Plan, Whole
    from ripeness.war.prepare import Side
    from ripeness.war.situation import Polity


@compiled
def respond(
    stated: Array, own: Array, faction: Array, strength: Array, responds: Whole, links: Array, position: Array
) -> None:
    """Move stated positions by how far what drives them has moved since the start, within the issue's axis, 0 to 1.

    Shapes: stated, position (I, F, R), position written; own (N, R); faction (M, F, R); strength (K, R); responds (K,
    6), by issue and faction: issue, faction, whether the driver is each faction's own, its rows now and at the start,
    the link that carries it.
    """
    k = 0
    for i in range(position.shape[0]):
        for f in range(position.shape[1]):
            here, before = position[i, f], stated[i, f]
            if k == responds.shape[0] or responds[k, 0] != i or responds[k, 1] != f:
                for r in range(here.shape[0]):
                    here[r] = min(max(before[r], 0.0), 1.0)
                continue
            for r in range(here.shape[0]):
                here[r] = before[r]
            while k < responds.shape[0] and responds[k, 0] == i and responds[k, 1] == f:
                now, start, link, answer = responds[k, 3], responds[k, 4], links[responds[k, 5]], strength[k]
                driver = faction[now, f] if responds[k, 2] else own[now]
                first = faction[start, f] if responds[k, 2] else own[start]
                for r in range(here.shape[0]):
                    here[r] += answer[r] * (driver[r] - first[r]) * link
                k += 1
            for r in range(here.shape[0]):
                here[r] = min(max(here[r], 0.0), 1.0)


@compiled
def take_terms(stated: Array, reservation: Array, start: Array, unstated: Whole, position: Array) -> None:
    """Let positions on terms follow the reservation shares: free where none was stated, else moved by their change.

    Shapes: stated, reservation, start, position (F, R), position written; unstated (F,): below 0 where nothing was
    stated.
    """
    for f in range(position.shape[0]):
        for r in range(position.shape[1]):
            moved = stated[f, r] + reservation[f, r] - start[f, r]
            position[f, r] = reservation[f, r] if unstated[f] < 0 else moved


@compiled
def most(participation: Array, out: Array) -> None:
    """Participation in the street: that of the faction with the most. Shapes: participation (F, R); out (R,),
    written.
    """
    for r in range(out.shape[0]):
        out[r] = participation[0, r]
    for f in range(1, participation.shape[0]):
        for r in range(out.shape[0]):
            out[r] = max(out[r], participation[f, r])


@woven
def take_positions(plan: Plan, body: Body, links: Array) -> None:
    """Set every faction's position on every issue from what it stated and what has changed since."""
    own, faction, issue = body.own, body.faction, body.issue
    most(faction[at.PARTICIPATION], own[at.STREET])
    respond(issue[at.STATED], own, faction, body.strength, plan.responds, links, issue[at.POSITION])
    if plan.terms >= 0:
        terms = plan.terms
        take_terms(
            issue[at.STATED, terms],
            faction[at.RESERVATION],
            faction[at.RESERVATION_START],
            plan.terms_stated,
            issue[at.POSITION, terms],
        )


@compiled
def follow(terms: Array, laws: Array, step: float, demand: Array) -> None:
    """Let the public demand follow the coalition's terms. Shapes: terms, demand (R,), demand written."""
    for r in range(terms.shape[0]):
        demand[r] += min(laws[INERTIA, r] * step, 1.0) * (terms[r] - demand[r])


@compiled
def decide(plan: Plan, body: Body) -> None:
    """Let the rule of each issue decide: those of decision/choose.py; any other leaves its issues as they are."""
    power, issue, table = body.faction[at.POWER], body.issue, body.table
    for n in range(plan.rules.shape[0]):
        rule, captor, first, last = plan.rules[n, 0], plan.rules[n, 1], plan.rules[n, 2], plan.rules[n, 3]
        appoint(captor, body.settings[CAPTOR])
        apply_rule_code(
            rule,
            power,
            issue[at.SALIENCE, first:last],
            issue[at.POSITION, first:last],
            plan.veto,
            plan.leader,
            body.own[at.LEADER_WEIGHT],
            table[at.REFERENCE, first:last],
            body.settings,
            table[at.DECIDED, first:last],
        )


@compiled
def appoint(captor: int, row: Array) -> None:
    """Name the faction that has captured the polity, -1 for none. Shapes: row (R,), written."""
    for r in range(row.shape[0]):
        row[r] = captor


def let_decide(side: Side, polity: Polity) -> None:
    """Let any rule of the table decide, compiled into the months or not."""
    decide(side.plan, polity.body)
    for name, captor, first, last in side.rules:
        if name not in CODES:
            polity.settings[CAPTOR] = captor
            TABLE[name].kernel(
                polity.power,
                polity.salience[first:last],
                polity.position[first:last],
                side.veto,
                side.leader,
                polity.leader_weight,
                polity.reference[first:last],
                polity.settings,
                polity.decided[first:last],
            )
