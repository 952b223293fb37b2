"""Decide: positions follow the situation, and the polity's rule turns them into one decision an issue.

Terms follow the reservation shares; other positions follow pressure, weariness, the front, rents and discontent.
Public demands follow the coalition's terms with inertia, the media line at once: it moves first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ripeness.decision.rule import CAPTOR
from ripeness.decision.rules import TABLE
from ripeness.war.law import INERTIA
from ripeness.world.compiled import compiled

if TYPE_CHECKING:
    from ripeness.war.prepare import Side
    from ripeness.war.situation import Array, Polity


@compiled
def respond(position: Array, driver: Array, start: Array, strength: Array, link: float) -> None:
    """Move one position by a response to how far a driver has moved since the start.

    Shapes: all (R,); position is written.
    """
    for r in range(position.shape[0]):
        position[r] += strength[r] * (driver[r] - start[r]) * link


@compiled
def clip(position: Array) -> None:
    """Keep positions on their issue's axis, 0 to 1. Shapes: position (I, F, R), written."""
    for i in range(position.shape[0]):
        for f in range(position.shape[1]):
            for r in range(position.shape[2]):
                position[i, f, r] = min(max(position[i, f, r], 0.0), 1.0)


@compiled
def follow(terms: Array, laws: Array, step: float, demand: Array) -> None:
    """Let the public demand follow the coalition's terms. Shapes: terms, demand (R,), demand written."""
    for r in range(terms.shape[0]):
        demand[r] += min(laws[INERTIA, r] * step, 1.0) * (terms[r] - demand[r])


def take_positions(side: Side, polity: Polity, links: Array) -> None:
    """Set every faction's position on every issue from what it stated and what has changed since."""
    polity.position[:] = polity.stated
    for issue, faction, driver, strength in polity.responses:
        respond(polity.position[issue, faction], polity.driver(driver, faction), polity.driver_start(driver, faction),
                strength, links[side.driver_link(driver)])
    clip(polity.position)
    if side.terms >= 0:
        for f in range(side.factions):
            free = polity.reservation[f] if side.terms_stated[f] < 0 else (
                polity.stated[side.terms, f] + polity.reservation[f] - polity.reservation_start[f]
            )
            polity.position[side.terms, f] = free


def decide(side: Side, polity: Polity) -> None:
    """Let the rule of each issue decide; writes polity.decided."""
    for name, captor, first, last in side.rules:
        polity.settings[CAPTOR] = captor
        TABLE[name].kernel(
            polity.power, polity.salience[first:last], polity.position[first:last], side.veto, side.leader, polity.leader_weight,
            polity.reference[first:last], polity.settings, polity.decided[first:last],
        )
