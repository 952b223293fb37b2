"""Patronage: what patrons see of the war, and what they send to it and withhold from it."""

from __future__ import annotations

import numpy as np

from ripeness.war.body import Array
from ripeness.war.link import AID_MUNITIONS, SANCTIONS_ECONOMY, TRADE_ECONOMY
from ripeness.war.prepare import Side, War
from ripeness.war.situation import Patron, Polity, Situation

MONTHS_PER_YEAR = 12.0


def look_on(side: Side, patron: Polity, situation: Situation, years: float) -> None:
    """What a patron sees: the front of the side that it is about, and how long the war has gone on.

    The powers of its factions stay as events leave them.
    """
    for flow in side.flows[:1]:
        patron.front[:] = situation.belligerents()[flow.toward].front
    patron.weary[:] = years


def receive(war: War, situation: Situation, links: Array) -> None:
    """Add up what patrons send and withhold: munitions a month, and output lost a month."""
    if len(war.sides) == 2:
        return
    for polity in situation.belligerents():
        polity.aid[:] = 0.0
        polity.squeeze[:] = 0.0
    for side, patron in zip(war.sides[2:], situation.sides[2:], strict=True):
        if not isinstance(patron, Patron):
            continue
        for flow in side.flows:
            target, decided = situation.belligerents()[flow.toward], patron.decided[flow.issue]
            if flow.role == "aid":
                target.aid += decided * patron.aid_capacity * patron.reliability * links[AID_MUNITIONS]
            elif flow.role == "sanctions":
                target.squeeze += decided * patron.sanctions_weight * links[SANCTIONS_ECONOMY]
            else:
                target.squeeze += (1.0 - decided) * patron.trade_weight * links[TRADE_ECONOMY]
    for polity in situation.belligerents():
        polity.squeeze_level[:] = polity.squeeze * MONTHS_PER_YEAR


def drift(patron: Polity) -> None:
    """Set the powers of a patron's factions to what events have left of them."""
    strength = np.exp(patron.log_power) * (1.0 - patron.gone)
    patron.power[:] = strength / strength.sum(axis=0)
