"""Mind: what a belligerent makes of the war, loop by loop: what it learns, wants, and grows weary of."""

from __future__ import annotations

import numpy as np

from ripeness.war import rows as at
from ripeness.war.body import Array, Body, Plan
from ripeness.war.perceive import perceive
from ripeness.war.react import dissatisfaction, grow_weary, protest, strain
from ripeness.war.shift import press
from ripeness.war.want import cost_of_war, per_million, reservation, weigh
from ripeness.world.compiled import woven


@woven
def learn(sign: float, body: Body, rows: Array, laws: Array, links: Array, step: float) -> None:
    """Let a month of fighting tell every faction of one belligerent who is stronger."""
    faction = body.faction
    perceive(
        sign,
        rows[at.RATIO],
        rows[at.LUCK],
        rows[at.INTENSITY],
        laws,
        links,
        step,
        faction[at.MEAN],
        faction[at.PRECISION],
    )


@woven
def want(first: Body, second: Body, rows: Array, laws: Array, links: Array) -> None:
    """Reckon costs on both sides, then the reservation share of every faction."""
    scratch = np.empty((3, rows.shape[1]))
    for body in (first, second):
        reckon(body, rows, links, scratch[0])
    for body, rival in ((first, second), (second, first)):
        reserve(body, rival, rows, laws, links, scratch)


@woven
def reckon(body: Body, rows: Array, links: Array, losses: Array) -> None:
    """Reckon what the next month of fighting costs each faction of one belligerent."""
    own, faction = body.own, body.faction
    per_million(own[at.EXPECTED], own[at.POPULATION], losses)
    cost_of_war(
        losses,
        own[at.REPORTING],
        own[at.ECONOMY],
        rows[at.INTENSITY],
        faction[at.CASUALTY_AVERSION],
        faction[at.EXPOSURE],
        faction[at.WAR_GAIN],
        faction[at.INFORMEDNESS],
        faction[at.STAKE_VALUE],
        links,
        faction[at.MONTHLY],
    )


@woven
def reserve(body: Body, rival: Body, rows: Array, laws: Array, links: Array, outlook: Array) -> None:
    """Find the reservation share of each faction of one belligerent. Shapes: outlook (3, R), scratch."""
    own, faction = body.own, body.faction
    weigh(own, rival.own, rival.faction[at.POWER], rival.faction[at.MONTHLY], rows[at.GUARANTORS], laws, links, outlook)
    reservation(
        own[at.FRONT],
        faction[at.MEAN],
        own[at.EFFORT],
        rival.own[at.EFFORT],
        rows[at.INTENSITY],
        faction[at.MONTHLY],
        own[at.RIVAL_COST],
        outlook[0],
        outlook[1],
        outlook[2],
        faction[at.OFFICE],
        faction[at.PUNISHMENT],
        own[at.OFFICE_LINE],
        own[at.PUNISHMENT_LINE],
        faction[at.CULPABLE],
        faction[at.AUDIENCE_COST],
        own[at.STATED_TERMS],
        faction[at.PEACE_COST],
        faction[at.STAKE_VALUE],
        laws,
        links,
        faction[at.RESERVATION],
        faction[at.SHIFT],
        faction[at.WORTH],
    )


@woven
def see_losses(body: Body, laws: Array, step: float, scratch: Array) -> None:
    """Let every faction grow weary of the losses that it believes in."""
    own, weariness = body.own, body.faction[at.WEARINESS]
    grow_weary(
        own[at.DEATHS],
        own[at.REPORTED],
        own[at.FRESH],
        own[at.USUAL],
        own[at.POPULATION],
        body.faction[at.INFORMEDNESS],
        laws,
        step,
        scratch,
        weariness,
    )
    strain(own[at.STRAIN], weariness)


@woven
def take_to_the_streets(plan: Plan, body: Body, laws: Array, links: Array, step: float) -> None:
    """Let the factions that can protest do so."""
    own, faction = body.own, body.faction
    for f in plan.streets:
        protest(
            faction[at.WEARINESS, f],
            own[at.ECONOMY],
            faction[at.ORGANISATION, f],
            faction[at.DISTANCE, f],
            own[at.REPRESSION],
            laws,
            links,
            step,
            faction[at.PARTICIPATION, f],
        )


@woven
def find_fault(plan: Plan, body: Body, scratch: Array) -> None:
    """Set how far each faction is from what is decided."""
    dissatisfaction(
        body.issue[at.POSITION],
        body.issue[at.SALIENCE],
        body.table[at.DECIDED],
        plan.coupled,
        plan.terms,
        body.own[at.DEMAND],
        scratch,
        body.faction[at.DISSATISFIED],
    )


@woven
def feel_pressure(body: Body) -> None:
    """Reckon the pressure on a polity."""
    own, faction = body.own, body.faction
    press(
        own[at.FRONT],
        own[at.FRONT_START],
        own[at.SQUEEZE_LEVEL],
        own[at.ECONOMY],
        faction[at.POWER],
        faction[at.WEARINESS],
        own[at.WEARY],
        own[at.PRESSURE],
    )
