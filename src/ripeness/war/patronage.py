"""Patronage: what patrons see of the war, and what they send to it and withhold from it."""

from __future__ import annotations

from ripeness.war import rows as at
from ripeness.war.body import Array, Body, Plans, Whole, body_in, plan_of
from ripeness.war.link import AID_MUNITIONS, SANCTIONS_ECONOMY, TRADE_ECONOMY
from ripeness.war.shift import normalise
from ripeness.world.arithmetic import exp
from ripeness.world.chance import keep
from ripeness.world.compiled import compiled

MONTHS_PER_YEAR = 12.0
AID, SANCTIONS, TRADE = 0, 1, 2  # what a flow carries
ROLES = ("aid", "sanctions", "trade")


@compiled
def look_on(about: int, patron: Body, first: Body, second: Body, years: float) -> None:
    """What a patron sees: the front of the side that it is about, and how long the war has gone on.

    The powers of its factions stay as events leave them.
    """
    if about >= 0:
        keep((first if about == 0 else second).own[at.FRONT], patron.own[at.FRONT])
    fill(years, patron.own[at.WEARY])


@compiled
def receive(plans: Plans, table: Array, first: Body, second: Body, links: Array) -> None:
    """Add up what patrons send and withhold: munitions a month, and output lost a month. Shapes: table (rows, R)."""
    if plans.numbers.shape[0] == 2:
        return
    for polity in (first, second):
        fill(0.0, polity.own[at.AID])
        fill(0.0, polity.own[at.SQUEEZE])
    for n in range(2, plans.numbers.shape[0]):
        plan = plan_of(plans, n)
        patron = body_in(table, plan)
        for k in range(plan.flows.shape[0]):
            decided = patron.table[at.DECIDED, plan.flows[k, 0]]
            send(plan.flows[k, 1], decided, patron.own, (first if plan.flows[k, 2] == 0 else second).own, links)
    for polity in (first, second):
        in_a_year(polity.own[at.SQUEEZE], polity.own[at.SQUEEZE_LEVEL])


@compiled
def send(role: int, decided: Array, patron: Array, own: Array, links: Array) -> None:
    """Add one flow from a patron to what a belligerent receives. Shapes: decided (R,); patron, own (N, R),
    own written.
    """
    aid, squeeze = own[at.AID], own[at.SQUEEZE]
    capacity, reliability = patron[at.AID_CAPACITY], patron[at.RELIABILITY]
    sanctions, trade = patron[at.SANCTIONS_WEIGHT], patron[at.TRADE_WEIGHT]
    for r in range(decided.shape[0]):
        if role == AID:
            aid[r] += decided[r] * capacity[r] * reliability[r] * links[AID_MUNITIONS]
        elif role == SANCTIONS:
            squeeze[r] += decided[r] * sanctions[r] * links[SANCTIONS_ECONOMY]
        else:
            squeeze[r] += (1.0 - decided[r]) * trade[r] * links[TRADE_ECONOMY]


@compiled
def fill(value: float, row: Array) -> None:
    """Set a row to one number. Shapes: row (R,), written."""
    for r in range(row.shape[0]):
        row[r] = value


@compiled
def in_a_year(monthly: Array, out: Array) -> None:
    """Twelve times a monthly share. Shapes: (R,); out written."""
    for r in range(out.shape[0]):
        out[r] = monthly[r] * MONTHS_PER_YEAR


@compiled
def drift(plans: Plans, patrons: Whole, table: Array) -> None:
    """Set the powers of some patrons' factions to what events have left of them. Shapes: table (rows, R), written."""
    for k in range(patrons.shape[0]):
        faction = body_in(table, plan_of(plans, patrons[k])).faction
        log_power, gone, power = faction[at.LOG_POWER], faction[at.GONE], faction[at.POWER]
        for f in range(power.shape[0]):
            for r in range(power.shape[1]):
                power[f, r] = exp(log_power[f, r]) * (1.0 - gone[f, r])
        normalise(power)
