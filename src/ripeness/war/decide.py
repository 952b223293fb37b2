"""Decide: positions follow the situation, and the polity's rule turns them into one decision an issue.

Terms follow the reservation shares; other positions follow pressure, weariness, the front, rents and discontent.
Public demands follow the coalition's terms with inertia, the media line at once: it moves first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ripeness.decision.rule import CAPTOR
from ripeness.decision.rules import TABLE
from ripeness.war.law import INERTIA
from ripeness.war.rows import PARTICIPATION, POSITION, RESERVATION, RESERVATION_START, STATED, STREET
from ripeness.world.compiled import compiled

if TYPE_CHECKING:
    from ripeness.war.body import Array, Body, Plan, Whole
    from ripeness.war.prepare import Side
    from ripeness.war.situation import Polity


@compiled
def respond(
    stated: Array, own: Array, faction: Array, strength: Array, responds: Whole, links: Array, position: Array
) -> None:
    """Move stated positions by how far what drives them has moved since the start, within the issue's axis, 0 to 1.

    Shapes: stated, position (I, F, R), position written; own (N, R); faction (M, F, R); strength (K, R); responds (K, 6):
    issue, faction, whether the driver is each faction's own, its rows now and at the start, the link that carries it.
    """
    for i in range(position.shape[0]):
        for f in range(position.shape[1]):
            at = position[i, f]
            before = stated[i, f]
            for r in range(at.shape[0]):
                at[r] = before[r]
    for k in range(responds.shape[0]):
        i, f, each, now, start = responds[k, 0], responds[k, 1], responds[k, 2], responds[k, 3], responds[k, 4]
        link = links[responds[k, 5]]
        driver = faction[now, f] if each else own[now]
        first = faction[start, f] if each else own[start]
        at, answer = position[i, f], strength[k]
        for r in range(at.shape[0]):
            at[r] += answer[r] * (driver[r] - first[r]) * link
    for i in range(position.shape[0]):
        for f in range(position.shape[1]):
            at = position[i, f]
            for r in range(at.shape[0]):
                at[r] = min(max(at[r], 0.0), 1.0)


@compiled
def take_terms(stated: Array, reservation: Array, start: Array, unstated: Whole, position: Array) -> None:
    """Let positions on terms follow the reservation shares: free where none was stated, else moved by their change.

    Shapes: stated, reservation, start, position (F, R), position written; unstated (F,): below 0 where nothing was stated.
    """
    for f in range(position.shape[0]):
        for r in range(position.shape[1]):
            moved = stated[f, r] + reservation[f, r] - start[f, r]
            position[f, r] = reservation[f, r] if unstated[f] < 0 else moved


@compiled
def most(participation: Array, out: Array) -> None:
    """Participation in the street: that of the faction with the most. Shapes: participation (F, R); out (R,), written."""
    for r in range(out.shape[0]):
        out[r] = participation[0, r]
    for f in range(1, participation.shape[0]):
        for r in range(out.shape[0]):
            out[r] = max(out[r], participation[f, r])


@compiled
def take_positions(plan: Plan, body: Body, links: Array) -> None:
    """Set every faction's position on every issue from what it stated and what has changed since."""
    own, faction, issue = body.own, body.faction, body.issue
    most(faction[PARTICIPATION], own[STREET])
    respond(issue[STATED], own, faction, body.strength, plan.responds, links, issue[POSITION])
    if plan.terms >= 0:
        terms = plan.terms
        take_terms(
            issue[STATED, terms],
            faction[RESERVATION],
            faction[RESERVATION_START],
            plan.terms_stated,
            issue[POSITION, terms],
        )


@compiled
def follow(terms: Array, laws: Array, step: float, demand: Array) -> None:
    """Let the public demand follow the coalition's terms. Shapes: terms, demand (R,), demand written."""
    for r in range(terms.shape[0]):
        demand[r] += min(laws[INERTIA, r] * step, 1.0) * (terms[r] - demand[r])


def decide(side: Side, polity: Polity) -> None:
    """Let the rule of each issue decide; writes polity.decided."""
    for name, captor, first, last in side.rules:
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
