"""Deed: what comes of a decision, loop by loop: effort, supply, fighting, losses, power, leaders, talks."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ripeness.war import rows as at
from ripeness.war.body import Array, Body, Plan
from ripeness.war.carry_out import carry_out
from ripeness.war.end import rout
from ripeness.war.fight import expected_losses, face, jolt, lose, meet, move_front, share_luck, strength
from ripeness.war.lead import hazards, own_frame, succeed
from ripeness.war.mind import feel_pressure, find_fault, see_losses, take_to_the_streets
from ripeness.war.react import leave
from ripeness.war.report import report
from ripeness.war.shift import earn, shift
from ripeness.war.supply import supply, wear
from ripeness.war.talk import freeze, settle, surrender
from ripeness.war.want import bear
from ripeness.world.arithmetic import normal_block
from ripeness.world.chance import FACTION, FIGHT, hush, keep, still, uniforms
from ripeness.world.compiled import woven

Draws = NDArray[np.uint64]


@woven
def draw_luck(seed: int, draws: Draws, number: int, key: int, quiet: bool, out: Array, scratch: Array) -> None:
    """Four rows for a belligerent: front and losses (standard normal), leak and removal (uniform)."""
    uniforms(seed, draws, number, FIGHT, key, out)
    for n in range(2):
        keep(out[n], scratch[0])
        normal_block(scratch[0], out[n], scratch[1])
    if quiet:
        hush(out)


@woven
def mobilise(one: Plan, first: Body, other: Plan, second: Body, rows: Array, links: Array) -> None:
    """Turn decisions into effort, restraint and reform, and set the intensity of the fighting."""
    for plan, body in ((one, first), (other, second)):
        do_as_decided(plan, body, links)
    meet(first.own[at.EFFORT], second.own[at.EFFORT], rows[at.INTENSITY])


@woven
def do_as_decided(plan: Plan, body: Body, links: Array) -> None:
    """Carry out what one belligerent has decided."""
    own, faction, decided = body.own, body.faction, body.table[at.DECIDED]
    carry_out(
        decided[plan.effort],
        body.issue[at.POSITION, plan.effort],
        faction[at.POWER],
        faction[at.OBSTRUCTION],
        links,
        own[at.EFFORT],
    )
    if plan.restraint >= 0:
        keep(decided[plan.restraint], own[at.RESTRAINT])
    if plan.reform >= 0:
        keep(decided[plan.reform], own[at.REFORM])


@woven
def provide(own: Array, rows: Array, laws: Array, step: float) -> None:
    """Supply one belligerent, and wear it down."""
    supply(
        own[at.EFFORT],
        rows[at.INTENSITY],
        own[at.AID],
        own[at.SQUEEZE],
        own[at.PRODUCTION],
        own[at.CALL_UP],
        laws,
        step,
        own[at.MUNITIONS],
        own[at.SUPPLIED],
        own[at.FORCES],
        own[at.POOL],
        own[at.ECONOMY],
    )
    wear(
        own[at.ECONOMY],
        own[at.OUTPUT],
        own[at.DISPLACED_START],
        rows[at.INTENSITY],
        laws,
        step,
        own[at.OUTPUT_LOST],
        own[at.DISPLACED],
    )


@woven
def arm(first: Body, second: Body, rows: Array, laws: Array, links: Array) -> None:
    """Reckon both sides' strength, and the losses that each must expect at it."""
    scratch = np.empty((3, rows.shape[1]))
    one, other, intensity = first.own, second.own, rows[at.INTENSITY]
    for own in (one, other):
        strength(
            own[at.FORCES],
            own[at.QUALITY],
            own[at.SUPPLIED],
            own[at.EFFORT],
            own[at.RESTRAINT],
            own[at.ALLY],
            laws,
            links,
            scratch,
            own[at.MEN],
            own[at.SKILL],
        )
    for own, rival in ((one, other), (other, one)):
        expected_losses(
            own[at.MEN],
            own[at.SKILL],
            rival[at.MEN],
            rival[at.SKILL],
            intensity,
            own[at.SCALING],
            laws,
            own[at.EXPECTED],
        )


@woven
def fight(
    one: Array, other: Array, luck: Array, rival_luck: Array, rows: Array, laws: Array, links: Array, step: float
) -> None:
    """Move the front and take both sides' losses. Shapes: one, other (N, R), both sides' own rows; lucks (4, R)."""
    share_luck(luck[0], rival_luck[0], rows[at.LUCK])
    jolt(one[at.JOLT], other[at.JOLT], rows[at.LINE])
    move_front(
        one[at.MEN],
        one[at.SKILL],
        other[at.MEN],
        other[at.SKILL],
        one[at.EFFORT],
        other[at.EFFORT],
        rows[at.INTENSITY],
        rows[at.HIDDEN],
        rows[at.LUCK],
        laws,
        links,
        step,
        rows[at.RATIO],
        rows[at.LINE],
        rows[at.MOVED],
    )
    face(rows[at.LINE], one[at.FRONT], other[at.FRONT])


@woven
def suffer(
    plan: Plan, body: Body, luck: Array, rows: Array, laws: Array, links: Array, step: float, scratch: Array
) -> None:
    """Take one belligerent's losses of the month, report them, and let its society react."""
    own = body.own
    lose(
        own[at.EXPECTED],
        luck[1],
        rows[at.RATIO],
        laws,
        step,
        own[at.FORCES],
        own[at.DEATHS],
        own[at.WOUNDED],
        own[at.WOUNDED_RATIO],
        own[at.FRESH],
    )
    bear(body.faction[at.MONTHLY], step, body.faction[at.BORNE])
    report(own[at.FRESH], own[at.DEATHS], own[at.REPORTING], luck[2], laws, step, own[at.REPORTED], own[at.LEAKED])
    see_losses(body, laws, step, scratch)
    take_to_the_streets(plan, body, laws, links, step)
    find_fault(plan, body, scratch)


@woven
def earn_rents(plan: Plan, body: Body) -> None:
    """Let rents flow to the factions whose issue stands open."""
    for f in range(plan.rent_issue.shape[0]):
        issue = plan.rent_issue[f]
        if issue >= 0:
            earn(body.faction[at.TRADE_RENT, f], body.table[at.DECIDED, issue], body.faction[at.RENTS, f])


@woven
def shift_power(
    sign: float,
    plan: Plan,
    body: Body,
    rows: Array,
    laws: Array,
    draws: Draws,
    links: Array,
    step: float,
    number: int,
    seed: int,
    quiet: bool,
) -> None:
    """Let factions leave, and power move."""
    own, faction = body.own, body.faction
    runs, many = draws.shape[0], plan.faction_luck.shape[0]
    luck, walk, exits = np.empty((5, runs)), np.empty((many, runs)), np.empty((many, runs))
    for f in range(many):
        uniforms(seed, draws, number, FACTION, plan.faction_luck[f], luck)
        normal_block(luck[0], walk[f], luck[4])
        keep(luck[1], exits[f])
    if quiet:
        still(walk, exits)
    leave(
        faction[at.DISSATISFIED], faction[at.LOYALTY], faction[at.EXIT_RATE], exits, plan.leader, step, faction[at.GONE]
    )
    feel_pressure(body)
    earn_rents(plan, body)
    shift(
        faction[at.RENTS],
        faction[at.WAR_WEIGHT],
        faction[at.CREDIT],
        faction[at.PARTICIPATION],
        plan.hit,
        faction[at.GONE],
        own[at.REFORM],
        own[at.PRESSURE],
        rows[at.INTENSITY],
        sign,
        rows[at.MOVED],
        walk,
        laws,
        links,
        step,
        faction[at.LOG_POWER],
        faction[at.POWER],
    )


@woven
def lead(
    sign: float,
    plan: Plan,
    body: Body,
    rows: Array,
    laws: Array,
    links: Array,
    step: float,
    luck: Array,
    scratch: Array,
) -> None:
    """Let leaders fall, and others follow."""
    own, faction = body.own, body.faction
    hazards(
        own[at.FRONT],
        own[at.FRONT_START],
        faction[at.POWER],
        faction[at.DISSATISFIED],
        faction[at.PARTICIPATION],
        own[at.REPRESSION],
        laws,
        links,
        own[at.REMOVAL],
        own[at.COLLAPSE],
    )
    own_frame(sign, rows[at.RATIO], scratch[0])
    succeed(
        own[at.REMOVAL],
        luck,
        plan.leader,
        scratch[0],
        faction[at.POWER],
        faction[at.RESERVATION],
        own[at.DEMAND],
        faction[at.STUBBORNNESS],
        step,
        body.issue[at.STATED],
        faction[at.MEAN],
        faction[at.PRECISION],
        faction[at.CULPABLE],
        np.empty(faction[at.POWER].shape),
        own[at.FELL],
    )


@woven
def talk(
    own: Array, rival: Array, rows: Array, laws: Array, step: float, recent: bool, allowed: Array, hazard: Array
) -> None:
    """Monthly hazards of every way to end, by the codes of world/outcome.py less one. Shapes: hazard (10, R),
    8 rows written.
    """
    rout(rows[at.LINE], laws, hazard[0], hazard[1])
    surrender(rival[at.DEMAND], rival[at.FRONT], rival[at.FORCES], rival[at.FORCES_START], laws, hazard[2])
    surrender(own[at.DEMAND], own[at.FRONT], own[at.FORCES], own[at.FORCES_START], laws, hazard[3])
    settle(
        own[at.DEMAND],
        rival[at.DEMAND],
        rows[at.MISPERCEPTION],
        rows[at.MEDIATION],
        allowed,
        laws,
        rows[at.ZONE],
        rows[at.TERMS],
        hazard[4],
    )
    freeze(
        own[at.DEMAND],
        rival[at.DEMAND],
        own[at.CLAIM],
        rival[at.CLAIM],
        rows[at.LINE],
        rows[at.MOVED],
        recent,
        laws,
        step,
        hazard[5],
    )
    keep(own[at.COLLAPSE], hazard[6])
    keep(rival[at.COLLAPSE], hazard[7])
